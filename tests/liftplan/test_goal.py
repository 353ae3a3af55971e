"""Goals: the least money for so many people lies between a proof and a plan."""

from __future__ import annotations

from typing import Any

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.scenarios.curve import several
from liftplan.scenarios.goal import least_money

from .program import Inside


@pytest.fixture(scope="module")
def goal() -> liftplan.Goal:
    """The least money for 51 people of `tiny`, which lifts 49 with what it has."""
    return liftplan.goal("tiny", 51, threads=1)


def test_both_ends_are_what_single_solves_prove(goal: liftplan.Goal) -> None:
    """At the upper end a plan, at the lower none, and they are near."""
    assert goal.lower is not None
    assert goal.upper is not None
    assert 0 < goal.upper - goal.lower <= max(1, goal.content.axis.present // 1000)
    axis = goal.content.axis
    enough = liftplan.solve(liftplan.under("tiny", overrides=[axis.override(goal.upper)]), threads=1)
    short = liftplan.solve(liftplan.under("tiny", overrides=[axis.override(goal.lower)]), threads=1)
    assert enough.people_lifted >= 51
    assert short.objective_bound is not None
    assert short.objective_bound < 51


def test_less_than_now_may_be_enough() -> None:
    """The search goes down where the present money is enough; no plan at all is a proof too."""
    found = liftplan.goal("tiny", 49, within=0.01, threads=1)
    assert found.upper is not None
    assert found.lower is not None
    assert found.lower < found.upper <= found.content.axis.present
    assert {point.status for point in found.reached.points if point.value <= found.lower} == {"infeasible"}


def test_what_cannot_be_reached_is_told_with_its_proof(call: Inside) -> None:
    """Money alone does not lift all of `tiny`: 55 of them are registered."""
    code, told = call.json("goal", "tiny", "--people", "55", "--threads", "1", "--quiet")
    assert (code, told["upper_yuan"]) == (4, None)
    assert told["lower_yuan"] == 16 * told["present"]


def test_chosen_funds_are_changed_alone() -> None:
    """Their amounts are added; a fund that is named twice counts once."""
    tiny = liftplan.load("tiny")
    funds = dict(zip(tiny["funds"]["id"].tolist(), tiny["funds"]["amount"].tolist(), strict=True))
    first, second, *_ = (name for name, amount in funds.items() if amount)
    axis = several(tiny, [first, second, first])
    assert axis.present == funds[first] + funds[second]
    changed = liftplan.under(tiny, overrides=[axis.override(2 * axis.present)]).county
    doubled = dict(zip(changed["funds"]["id"].tolist(), changed["funds"]["amount"].tolist(), strict=True))
    assert {name for name in funds if doubled[name] != funds[name]} == {first, second}
    assert doubled[first] == 2 * funds[first]


def test_a_wide_gap_leaves_the_interval_wide_and_true() -> None:
    """Solves that decide nothing are on neither side."""
    tiny = liftplan.load("tiny")
    axis = several(tiny, [])
    settings = liftplan.Settings(gap=0.2, threads=1)
    found = least_money(tiny, axis, 51, 1000, settings)
    for point in found.points:
        if found.lower is not None and point.value <= found.lower:
            assert point.people is None or point.people < 51
        if found.upper is not None and point.value < found.upper:
            assert point.people is None or point.people < 51


@pytest.mark.parametrize(
    "change",
    [
        {"R3": {"enforce": "soft", "price": 5}},
        {"objective": {"weights": {"poor": 2}}},
        {"R13": {"enforce": "hard", "rows": [{"id": "all", "department": "poverty", "share_bp": 5000}]}},
    ],
)
def test_counties_whose_bounds_are_no_people_are_refused(change: dict[str, Any]) -> None:
    """Prices, weights, and spending that grows with the money."""
    county = liftplan.load("tiny")
    policy = liftplan.Policy.model_validate({**county.policy.model_dump(), **change})
    with pytest.raises(InputProblems) as caught:
        liftplan.goal(county.with_policy(policy), 5)
    assert [problem.code for problem in caught.value.problems] == ["goal"]


@pytest.mark.parametrize(("people", "funds"), [(0, ()), (56, ()), (5, ("nowhere",))])
def test_goals_that_mean_nothing_are_refused(people: int, funds: tuple[str, ...]) -> None:
    """More people than there are, funds that are none."""
    with pytest.raises(InputProblems):
        liftplan.goal("tiny", people, funds)
