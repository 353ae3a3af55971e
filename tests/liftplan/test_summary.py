"""The words of the summary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

import liftplan
from liftplan.models.problems import InternalError
from liftplan.reports.certainty import certainty
from liftplan.reports.summary import summary
from liftplan.solver.result import Result


def result_of(solution: liftplan.Solution, **changes: Any) -> Result:
    """The result with fields of its plan changed."""
    plan = solution.plan.model_copy(update=changes)
    return replace(solution.result, plan=plan, status=plan.status, objective_bound=plan.objective_bound)


def printed(result: Result, county: liftplan.County) -> str:
    """The summary as plain text."""
    console = Console(width=120, record=True, file=None)
    with console.capture() as captured:
        console.print(summary(result, county))
    return captured.get()


def test_proved_plan_is_said_to_be_the_best(solution: liftplan.Solution) -> None:
    """An optimal plan of people alone: nobody lifts more."""
    assert str(certainty(solution.result)) == "No plan lifts more people. This is proved."


def test_gap_is_told_in_people(solution: liftplan.Solution) -> None:
    """A bound of 3.7 more people means at most 3 more."""
    people = solution.people_lifted
    result = result_of(solution, status="feasible", objective_bound=people + 3.7, gap=3.7 / people)
    assert f"more than {people + 3} people, 3 more than this one" in str(certainty(result))


def test_score_is_told_when_it_is_not_people(solution: liftplan.Solution) -> None:
    """With weights or penalties the score is named, not people."""
    result = result_of(solution, status="feasible", objective=5.5, objective_bound=7.0, gap=1.5 / 5.5)
    assert "scores 5.5" in str(certainty(result))
    assert "higher score" in str(certainty(result_of(solution, objective=5.5)))


@pytest.mark.parametrize(
    ("status", "stopped_by", "bound", "words"),
    [
        ("infeasible", "proof", None, "proved"),
        ("unknown", "time", None, "nothing is proved: the time limit was reached"),
        ("unknown", "time", 812.34, "more than 812.3"),
    ],
)
def test_ends_without_a_plan(status: Any, stopped_by: Any, bound: float | None, words: str) -> None:
    """Without a plan the reason is told, and the bound if there is one."""
    assert words in str(certainty(Result(status, stopped_by, None, bound, 1.0)))


def test_money_left_over_has_a_reason(solution: liftplan.Solution) -> None:
    """Every fund with money left is listed with its reason."""
    text = printed(solution.result, solution.county)
    left = solution.funds[solution.funds["left"] > 0]
    assert len(left)
    assert all(name in text for name in left["name"])


def test_soft_rules_that_are_not_kept_are_listed(solution: liftplan.Solution) -> None:
    """A shortfall of a soft rule is shown with its amount."""
    short = {"rule": "R3", "subject": "v01", "short": 1234, "unit": "yuan", "penalty": 1}
    plan = liftplan.Plan.model_validate({**solution.plan.model_dump(), "shortfalls": [short]})
    text = printed(replace(solution.result, plan=plan), solution.county)
    assert "1,234 yuan" in text
    assert "v01" in text


def test_internal_errors_are_liftplans_own() -> None:
    """Whoever catches liftplan's errors catches internal ones too."""
    assert issubclass(InternalError, liftplan.LiftplanError)
