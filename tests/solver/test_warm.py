"""An earlier plan given to a solve: used where it still holds, harmless where it does not."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.models.planfiles import plan_text
from liftplan.scenarios.small import random_small
from liftplan.solver.check import check_plan
from liftplan.solver.columns import effects
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.problem import HARD, Decisions
from liftplan.solver.progress import Cancel, Event
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve
from liftplan.solver.warm import warm_decisions

from ..thorough import THOROUGH
from .changes import CHANGES, richer
from .drawn import broken, direct_cost

SEEDS = (3, 4, 5, 13, 14, 16, 19, 20, 24, 25, 29)[:: 1 if THOROUGH else 2]
QUICK = (14, 24, 25) if THOROUGH else (24,)
"""Solved in a moment, with all these changes."""
SETTINGS = Settings(gap=0, time_limit=20.0, threads=1)


@cache
def planned(seed: int) -> tuple[County, Plan]:
    """A small county and its best plan."""
    county = random_small(seed)
    plan = solve(county, SETTINGS).plan
    assert plan is not None
    return county, plan


@cache
def changed(seed: int, number: int) -> Compiled:
    """The county after a change, compiled."""
    county, plan = planned(seed)
    return compile_county(CHANGES[number](county, plan, np.random.default_rng(seed)))


def taken_over(compiled: Compiled, plan: Plan) -> Decisions:
    """What a plan decides in a county: its projects and measures, the effects and top-ups that follow from them."""
    problem = compiled.problem
    named = compiled.decisions(plan.projects, plan.measures, plan.topups)
    taken = (named.taken & ~problem.measures.automatic) | effects(problem, named.built)
    direct, households = direct_cost(problem, taken), problem.households
    deficit = np.where((direct > 0) | households.always_assisted, np.maximum(0, households.minimum - direct), 0)
    return Decisions(named.built, taken, np.where(households.minimum_price == HARD, deficit, 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_of_the_same_county_comes_back(seed: int) -> None:
    """Its decisions are the plan's own, but for top-ups where the minimum is soft."""
    county, plan = planned(seed)
    compiled = compile_county(county)
    found = warm_decisions(compiled, plan)
    assert found is not None
    named = compiled.named(found)
    assert (named.projects, named.measures) == (plan.projects, plan.measures)
    assert county.policy.R5.enforce == "soft" or named.topups == plan.topups


@pytest.mark.parametrize("number", range(len(CHANGES)), ids=[change.__name__ for change in CHANGES])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_is_taken_over_exactly_where_it_holds(seed: int, number: int) -> None:
    """In a changed county its decisions come back if they break nothing inside a block, and never otherwise."""
    compiled, plan = changed(seed, number), planned(seed)[1]
    problem, expected = compiled.problem, taken_over(compiled, plan)
    unpaid = ((expected.topup > 0) & (problem.households.topup_cell < 0)).any()
    found = warm_decisions(compiled, plan)
    assert (found is None) == bool(unpaid or broken(problem, expected))
    if found is not None:
        assert found.built.tolist() == expected.built.tolist()
        assert found.taken.tolist() == expected.taken.tolist()
        assert found.topup.tolist() == expected.topup.tolist()


def test_changes_leave_some_plans_and_break_some() -> None:
    """Both happen often among the cases above."""
    found = [
        warm_decisions(changed(seed, number), planned(seed)[1]) is None
        for seed in SEEDS
        for number in range(len(CHANGES))
    ]
    assert len(found) // 6 <= sum(found) <= len(found) - len(found) // 6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_solve_begins_with_a_plan_that_still_holds(seed: int) -> None:
    """With more money the old plan is there before any bound is, and worth what it was (topped up more, if soft)."""
    county, plan = planned(seed)
    events: list[Event] = []
    more = richer(county, plan, np.random.default_rng(0))
    assert solve(more, SETTINGS, listener=events.append, warm_start=plan).plan is not None
    if county.policy.R5.enforce != "soft" and county.policy.R13.enforce == "off":
        first = next(event for event in events if event.objective is not None)
        assert first.bound is None
        assert first.objective is not None
        assert first.objective >= plan.objective - 1e-9


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_plan_cancelled_before_a_bound_claims_nothing(seed: int) -> None:
    """An earlier plan whose solve is cancelled at once has a bound that needs no search, not its own value."""
    county = random_small(seed)
    plan = solve(county, Settings(gap=0, threads=1)).plan
    assert plan is not None
    cancel = Cancel()

    def listen(event: Event) -> None:
        if event.objective is not None:
            cancel.set()

    again = solve(county, Settings(gap=0, threads=1), listener=listen, cancel=cancel, warm_start=plan)
    assert again.plan is not None
    assert again.stopped_by == "cancelled"
    assert again.plan.objective >= plan.objective
    assert again.plan.objective_bound >= plan.objective_bound
    assert again.status == "feasible"


@pytest.mark.parametrize("number", range(len(CHANGES)), ids=[change.__name__ for change in CHANGES])
@pytest.mark.parametrize("seed", QUICK)
def test_an_old_plan_does_not_change_what_is_best(seed: int, number: int) -> None:
    """With it or without it the changed county is solved to the same optimum, or found to have no plan."""
    county, plan = changed(seed, number).county, planned(seed)[1]
    cold, warm = solve(county, SETTINGS), solve(county, SETTINGS, warm_start=plan)
    assert warm.status == cold.status
    if warm.plan is not None:
        assert cold.plan is not None
        assert warm.plan.objective == pytest.approx(cold.plan.objective, abs=2e-6)
        assert check_plan(county, warm.plan) == []


@pytest.mark.parametrize("seed", QUICK)
def test_a_reproducible_solve_repeats_from_an_earlier_plan(seed: int) -> None:
    """To the byte, whatever the number of threads."""
    county, plan = planned(seed)
    more = richer(county, plan, np.random.default_rng(0))
    made = [
        solve(more, Settings(gap=0, reproducible=True, threads=threads), warm_start=plan).plan for threads in (1, 2, 1)
    ]
    assert all(one is not None for one in made)
    assert len({plan_text(one) for one in made if one is not None}) == 1
