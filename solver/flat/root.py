"""Prices for the whole problem, by column generation where it has many options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftplan.solver.flat.prices import Bound, Pricer, Prices
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.flat.relaxation import Relaxation
from liftplan.solver.problem import Bools, Ints

SMALL = 20_000
"""Options up to which all of them are in the LP from the start."""

STEPS = 8
"""How often the penalty may be raised tenfold while sources' limits are broken."""


@dataclass(frozen=True)
class Root:
    """The best bound at the root."""

    prices: Prices
    bound: Bound
    penalty: float
    """At which the relaxation keeps the sources' limits, value units per unit of money."""
    refusal: Prices | None
    """Plain prices that prove that no choice can be paid."""


def root(problem: FlatProblem, pricer: Pricer, allowed: Bools, stop: Callable[[], bool]) -> Root:
    """Solve the relaxation over the allowed options; any prices it ends with are worth something."""
    relaxation = Relaxation(problem, _first_columns(problem, allowed))
    spread = np.maximum.reduceat(problem.values, problem.start[:-1]) - np.minimum.reduceat(
        problem.values, problem.start[:-1]
    )
    worth = float(max(1, spread.sum()))
    penalty = 10.0 * worth / max(1.0, float(problem.amount.sum()))
    best: tuple[Prices, Bound] | None = None
    refusal = None
    for _ in range(STEPS):
        relaxation.penalise(penalty)
        found, missing = _generate(problem, relaxation, pricer, allowed, False, stop)
        if best is None or found[1].total < best[1].total:
            best = found
        if not missing or stop():
            break
        plain, _ = _generate(problem, relaxation, pricer, allowed, True, stop)
        if plain[1].total < 0:
            refusal = plain[0]
            break
        penalty *= 10.0
    assert best is not None
    return Root(*best, penalty, refusal)


def _first_columns(problem: FlatProblem, allowed: Bools) -> Ints:
    """All options of a small problem; else the most valued and the cheapest of each group."""
    options = np.flatnonzero(allowed)
    if len(options) <= SMALL:
        return options
    group = problem.group[options]
    money = np.add.reduceat(np.append(problem.costs.value, 0), problem.costs.start[:-1])
    money[problem.costs.start[:-1] == problem.costs.start[1:]] = 0
    chosen = []
    for key in (-problem.values[options], money[options]):
        order = np.lexsort((key, group))
        chosen.append(options[order[np.unique(group[order], return_index=True)[1]]])
    return np.unique(np.concatenate(chosen))


def _generate(
    problem: FlatProblem, relaxation: Relaxation, pricer: Pricer, allowed: Bools, plain: bool, stop: Callable[[], bool]
) -> tuple[tuple[Prices, Bound], bool]:
    """Solve, price all options, add the best ones, until none is missing. Best prices; whether limits are broken."""
    best: tuple[Prices, Bound] | None = None
    while True:
        point = relaxation.solve(plain=plain)
        prices = pricer.whole(point.prices, plain=plain)
        bound = pricer.bound(prices, allowed)
        if best is None or bound.total < best[1].total:
            best = prices, bound
        inside = np.zeros(problem.options, dtype=np.bool_)
        inside[relaxation.columns] = True
        # the LP's own idea of each group: the least loss among its columns
        least = np.minimum.reduceat(np.where(inside, bound.loss, np.iinfo(np.int64).max), problem.start[:-1])
        fresh = np.flatnonzero(allowed & ~inside & (bound.loss == 0) & (least > 0)[problem.group])
        if not len(fresh) or stop():
            return best, point.missing
        relaxation.add(fresh)
