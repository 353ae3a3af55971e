"""From decisions to a plan in whole yuan: exact, refused where there is none, kept only if better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftplan.solver.clock import Clock
from liftplan.solver.columns import effects
from liftplan.solver.incumbent import Incumbent, realise, realised
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.progress import Cancel
from liftplan.solver.search import Search
from liftplan.solver.settings import Settings
from liftplan.solver.value import objective_units, unpaid_cells, violated_rows

from .whole import Plans, settled_problem

SEEDS = range(60)
PER_SEED = 12
"""Plans looked at of each problem."""


def some(plans: Plans, seed: int) -> list[int]:
    """Some plans, half of them such as keep the hard rows, if there are."""
    rng = np.random.default_rng(seed)
    kept = np.flatnonzero(plans.keeps)
    first = rng.choice(kept, min(len(kept), PER_SEED // 2), replace=False)
    return [*first.tolist(), *rng.integers(0, len(plans.keeps), PER_SEED // 2 if len(plans.keeps) else 0).tolist()]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_is_worth_what_enumeration_says(seed: int) -> None:
    """Objective and people are exact; decisions without flows give nothing."""
    plans = Plans(settled_problem(seed))
    households = plans.problem.households
    counted = (households.needs != 0) | (households.income_gap > 0)
    for plan in some(plans, seed):
        made = realise(plans.problem, plans.decisions(plan))
        if not plans.keeps[plan]:
            assert made is None
            continue
        assert made is not None
        assert made.objective == plans.objective[plan]
        assert made.people == int(households.persons[plans.lifted[plan] & counted].sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_flows_pay_for_everything_and_keep_the_hard_rows(seed: int) -> None:
    """Also where funds may share: each cell gets what decisions cost there, and the objective is that of the flows."""
    problem = settled_problem(seed, payers=4)
    plans = Plans(problem)
    for plan in some(plans, seed):
        made = realise(problem, plans.decisions(plan))
        if made is not None:
            assert not len(unpaid_cells(problem, made.decisions, made.flows))
            assert not len(violated_rows(problem, made.decisions, made.flows))
            assert made.objective == objective_units(problem, made.decisions, made.flows)


@pytest.mark.parametrize("seed", SEEDS)
def test_only_what_is_better_is_made(seed: int) -> None:
    """Asked for more than a plan is worth, or as much, it is not made; asked for a unit less, it is."""
    plans = Plans(settled_problem(seed))
    for plan in some(plans, seed):
        if plans.keeps[plan]:
            value, decisions = int(plans.objective[plan]), plans.decisions(plan)
            assert realise(plans.problem, decisions, better_than=value) is None
            assert realise(plans.problem, decisions, better_than=value - 1) is not None


@pytest.mark.parametrize("seed", SEEDS)
def test_direct_effects_follow_from_projects(seed: int) -> None:
    """Whatever effects decisions name, the plan has exactly those that its projects bring."""
    plans = Plans(settled_problem(seed))
    automatic = plans.problem.measures.automatic
    for plan in some(plans, seed):
        decisions = plans.decisions(plan)
        made = realise(plans.problem, replace(decisions, taken=decisions.taken ^ automatic))
        if plans.keeps[plan]:
            assert made is not None
            assert (made.decisions.taken & automatic).tolist() == effects(plans.problem, decisions.built).tolist()
            assert made.objective == plans.objective[plan]


@pytest.mark.parametrize("seed", SEEDS)
def test_decisions_have_flows_or_not(seed: int) -> None:
    """Flows are said to exist exactly where enumeration keeps every hard row."""
    plans = Plans(settled_problem(seed))
    for plan in some(plans, seed):
        assert (realised(plans.problem, plans.decisions(plan), cancel=Cancel()) is not None) == bool(plans.keeps[plan])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_only_gets_better(seed: int) -> None:
    """Of plans offered one after another the search keeps those that are better than all before."""
    plans = Plans(settled_problem(seed))
    settings = Settings(gap=0, threads=1, reproducible=True)
    search = Search(plans.problem, Oracle(plans.problem, 1), settings, Clock(None, None), lambda *_: None)
    assert not search.offer(None)
    best: Incumbent | None = None
    for plan in np.random.default_rng(seed).permutation(some(plans, seed)).tolist():
        made = realise(plans.problem, plans.decisions(plan))
        better = made is not None and (best is None or made.objective > best.objective)
        assert search.offer(made) == better
        best = made if better else best
        assert search.best is best
