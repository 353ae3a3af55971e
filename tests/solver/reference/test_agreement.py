"""Reference and core agree on random small counties; the whole suite is benchmarks/agreement.py."""

from __future__ import annotations

from functools import cache

import pytest

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.scenarios.small import suite
from liftplan.scenarios.small.order import HARD_RULES, SOFT_RULES, foci
from liftplan.solver import reference
from liftplan.solver.check import check_decisions
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

from ...thorough import THOROUGH

COUNTIES = 24
TRIED = tuple(range(COUNTIES)) if THOROUGH else (4, 9, 10, 11, 14, 15, 16, 20, 21, 22, 23)
"""Places of those that are tried; the few of them have every rule in focus too, hard and soft."""

NEAR = 1e-6
"""Persons: the proof of a plan under priced soft rules."""

LIMITED = Settings(gap=0, time_limit=5.0, threads=1)


@cache
def counties() -> list[County]:
    """All counties."""
    return [county for _, county in suite(COUNTIES)]


@cache
def answer(place: int) -> tuple[County, reference.Answer, Result]:
    """A county, what the reference says and what the core says: only of those that this process is asked for."""
    county = counties()[place]
    return county, reference.solve(county, time_limit=120.0), solve(county, LIMITED)


@pytest.mark.parametrize("place", TRIED)
def test_the_core_agrees_with_the_reference(place: int) -> None:
    """What the core claims is what the reference proves; its bound is never below, its plan never above."""
    _, proved, result = answer(place)
    if "infeasible" in {proved.status, result.status}:
        assert (proved.objective, result.plan) == (None, None)
        return
    assert proved.objective is not None
    persons = proved.objective / UNITS_PER_PERSON
    if result.objective_bound is not None:
        assert result.objective_bound >= persons - 1e-9
    if result.plan is not None and proved.status == "optimal":
        assert result.plan.objective <= persons + NEAR
        if result.status == "optimal":
            assert result.plan.objective >= persons - NEAR


@pytest.mark.parametrize("place", TRIED[:8])
def test_level_2_lies_between_value_and_bound(place: int) -> None:
    """The best of level 2, for at least the level 1 of the core's plan, is not beyond the bound that the core gives."""
    county, _, result = answer(place)
    if result.plan is None:
        assert result.status in {"infeasible", "unknown"}
        return
    plan, goal = result.plan, county.policy.objective.second
    decided = check_decisions(county, plan.projects, plan.measures, plan.topups, plan.ledger)
    first = decided.evaluation.objective_units
    best = reference.solve(county, time_limit=120.0, first=first).second(goal)
    assert best is not None
    assert plan.second is not None
    sign = 1 if goal == "least_money" else -1
    assert sign * best <= sign * plan.second.value
    if plan.second.bound is not None:
        assert sign * plan.second.bound <= sign * best


def test_every_rule_is_in_focus() -> None:
    """Of the counties above, some have it hard and some, where it can be, soft."""
    hard = {rule for place in TRIED for rule in foci(place)[0]}
    soft = {rule for place in TRIED for rule in foci(place)[1]}
    assert (hard, soft) == (set(HARD_RULES), set(SOFT_RULES))


def test_nearly_all_are_proved() -> None:
    """Five seconds are enough for the core to close most of them; the reference closes all but a few."""
    answers = [answer(place) for place in TRIED]
    assert sum(result.stopped_by == "proof" for _, _, result in answers) > len(TRIED) // 2
    assert sum(proved.status in {"optimal", "infeasible"} for _, proved, _ in answers) >= len(TRIED) - 2
