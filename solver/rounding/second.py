"""Level 2 on top of a plan: with its projects, cheaper packages or more needs met, level 1 kept."""

from __future__ import annotations

from typing import Literal

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.columns import columns_of, hard_topups, taken_measures, weigh
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at, units
from liftplan.solver.ledger.demand import cell_demand, lifted
from liftplan.solver.merging import Merged
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Bools, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.rounding.choice import Floor, relax
from liftplan.solver.rounding.deciding import decide
from liftplan.solver.rounding.packages import TOLERANCE, decided_worth
from liftplan.solver.rounding.pool import (
    Pool,
    alternatives_of,
    decisions_from,
    joined,
    nearest,
    packages_of,
    pool_of,
)

Goal = Literal["least_money", "most_needs"]

WIDTH = 400
"""Households that the integer program decides."""

WHOLE = 1e-6
"""Weights nearer than this to 1 count as whole."""

MOST, MOST_RELAXED = 12, 3
"""Packages per household that are considered where it is undecided, and in the relaxation."""

UNITS = {"least_money": 10_000, "most_needs": 1}
"""Yuan, or person-needs, in the unit of the programs' goal."""

WITHIN = 0.5
"""By how many such units the integer program may miss its best."""


def refined(
    problem: Problem,
    oracle: Oracle,
    plan: Decisions,
    least: int,
    goal: Goal,
    duals: Floats,
    money: Merged,
    *,
    slack: float,
    time_limit: float | None,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> Decisions | None:
    """Decisions with the plan's projects, worth at least `least` (units) and better by the goal; None if none found.

    duals: (rows,) multipliers, persons per row unit. money: the problem with its money merged. slack: persons within
    which packages are considered.
    """
    prices = priced_at(problem, duals, oracle.room(problem))
    wide = pool_of(problem, oracle, plan.built, prices, slack, MOST)
    if wide is None:
        return None
    own = packages_of(oracle, columns_of(problem, oracle.static.blocks, plan))
    pool = joined(nearest(wide, units(slack, prices), MOST_RELAXED), own)
    alternatives, number = alternatives_of(money.problem, plan.built, pool)
    if not len(alternatives.group):
        return None
    least_persons = least / UNITS_PER_PERSON - TOLERANCE * 1e-2
    floor = Floor(
        least_persons - decided_worth(problem, alternatives, plan.built),
        _cost(problem, pool, goal)[number >= 0],
        UNITS[goal],
    )
    relaxed = relax(money.problem, alternatives, floor, time_limit, cancel)
    if relaxed is None:
        return None
    weights = np.ones(len(pool.home))
    weights[number >= 0] = relaxed.weights
    free = _free(pool, own, weights, seed)
    narrow = joined(joined(own, pool.of(free)), nearest(wide, units(slack, prices), MOST).of(free))
    alternatives, number = alternatives_of(money.problem, plan.built, narrow)
    base = decided_worth(problem, alternatives, plan.built)
    floor = Floor(least_persons - base, _cost(problem, narrow, goal)[number >= 0], UNITS[goal])
    chosen = decide(
        money.problem,
        alternatives,
        floor=floor,
        start=_places(narrow, number, own),
        within=WITHIN,
        time_limit=time_limit,
        work_limit=work_limit,
        workers=workers,
        seed=seed,
        cancel=cancel,
    )
    if chosen is None:
        return None
    return decisions_from(problem, plan.built, narrow, chosen.chosen, chosen.topup[money.cell])


def _free(pool: Pool, own: Pool, weights: Floats, seed: int) -> Bools:
    """(households,) `WIDTH` of them, where the relaxation leaves the plan's package first, else by lot.

    weights: (packages of the pool,).
    """
    kept = np.bincount(pool.home, np.where(_planned(pool, own), weights, 0.0)) > 1 - WHOLE
    lot = np.random.default_rng(seed).permutation(len(kept))
    free = np.zeros(len(kept), dtype=np.bool_)
    free[lot[np.argsort(kept[lot], kind="stable")][:WIDTH]] = True
    return free


def _places(pool: Pool, number: Ints, own: Pool) -> Ints:
    """(groups,) the alternative that the plan takes. number: (packages of the pool,) of each as an alternative."""
    places: Ints = number[(number >= 0) & _planned(pool, own)]
    return places


def _planned(pool: Pool, own: Pool) -> Bools:
    """(packages of the pool,) which are the plan's own: one of each household, in order."""
    same: Bools = pool.take == own.take[pool.home]
    return same


def _cost(problem: Problem, pool: Pool, goal: Goal) -> Ints:
    """(packages,) what the goal counts, small is good: yuan, or minus person-needs met where not lifted."""
    measures, owner = taken_measures(problem, pool.home, pool.take)
    packages = weigh(problem, pool.home, measures, owner, np.zeros(len(pool.home), dtype=np.int64))
    if goal == "least_money":
        return packages.direct + hard_topups(problem, pool.home, packages.direct)
    met = np.zeros(len(pool.home), dtype=np.int64)
    np.bitwise_or.at(met, owner, problem.measures.meets[measures])
    needs = np.bitwise_count(met & problem.households.needs[pool.home]).astype(np.int64)
    return np.where(packages.lifted, 0, -needs * problem.households.persons[pool.home])


def second_value(problem: Problem, plan: Decisions, goal: Goal) -> int:
    """Ledger yuan, or person-needs met among those not lifted."""
    if goal == "least_money":
        return int(cell_demand(problem, plan).sum())
    taken = np.flatnonzero(plan.taken)
    met = np.zeros(len(problem.households.block), dtype=np.int64)
    np.bitwise_or.at(met, problem.measures.household[taken], problem.measures.meets[taken])
    needs: Ints = np.bitwise_count(met & problem.households.needs).astype(np.int64)
    return int((np.where(lifted(problem, plan), 0, needs) * problem.households.persons).sum())
