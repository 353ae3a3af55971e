"""The words of the summary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from rich.console import Console

import liftplan
from liftplan.models.problems import InternalError
from liftplan.reports.certainty import certainty, lower_levels
from liftplan.reports.summary import summary
from liftplan.solver.result import Result


def result_of(solution: liftplan.Solution, **changes: Any) -> Result:
    """The result with fields of its plan changed."""
    plan = solution.plan.model_copy(update=changes)
    return replace(solution.result, plan=plan, status=plan.status, objective_bound=plan.objective_bound)


def with_fees(county: liftplan.County) -> liftplan.County:
    """The county with 1 % of two of its funds reserved."""
    funds = county["funds"]
    fees = np.where(np.isin(funds["id"], ["special_poverty", "drinking_water"]), 100, 0)
    return county.with_tables(funds=funds.replace(fee_bp=fees))


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


def test_money_adds_up_for_the_reader() -> None:
    """Amount = fee + allocated + left over in every row of money, the total included; fees are told as reserved."""
    solution = liftplan.solve(with_fees(liftplan.load("tiny")), threads=1)
    tables = solution.tables
    for frame in (tables.departments, tables.channels):
        assert frame["fee"].sum() == solution.funds["fee"].sum() > 0
        assert (frame["amount"] == frame["fee"] + frame["allocated"] + frame["left"]).all()
    text = printed(solution.result, solution.county)
    rows = [line.split() for line in text.splitlines() if line.strip().startswith("total ")]
    assert len(rows) == 2
    for row in rows:
        amount, fee, allocated, left = (int(row[place].replace(",", "")) for place in (1, 2, 3, -1))
        assert amount == fee + allocated + left
    assert text.count("reserved as fee") == (solution.funds["fee"] > 0).sum()


def test_fees_are_not_shown_where_there_are_none(solution: liftplan.Solution) -> None:
    """A county without fees has no column of zeros."""
    assert "fee" not in printed(solution.result, solution.county).lower().split()


def test_third_level_is_called_an_improvement(solution: liftplan.Solution) -> None:
    """The number of ledger lines is not said to be the least."""
    text = printed(solution.result, solution.county)
    assert f"The ledger has {len(solution.plan.ledger)} lines; their number was improved, not proved" in text


@pytest.mark.parametrize(
    ("goal", "bound", "words"),
    [
        ("least_money", None, "Whether less money could do as much is not proved."),
        ("least_money", 269_000, "No plan that does as much spends less. This is proved."),
        ("least_money", 250_000, "spends less than 250,000 yuan"),
        ("most_needs", None, "269,000 person-needs are met."),
        ("most_needs", 270_000, "meets more than 270,000"),
    ],
)
def test_second_level_is_told_with_its_bound(
    solution: liftplan.Solution, goal: str, bound: int | None, words: str
) -> None:
    """What is proved of the second goal, in plain words."""
    second = {"goal": goal, "value": 269_000, "bound": bound}
    plan = liftplan.Plan.model_validate({**solution.plan.model_dump(), "second": second})
    assert words in str(lower_levels(plan)[0])


def test_rule_without_a_price_of_its_own_is_named(solution: liftplan.Solution) -> None:
    """Where R4 asks for as much as R3, the summary says so beside the prices."""
    assert len(solution.plan.implied) == 3
    text = printed(solution.result, solution.county)
    assert "R3 implied by R4, number of villages: 3." in text
    assert "R3 implied" not in printed(result_of(solution, implied=()), solution.county)


def test_prices_are_listed_dearest_first(solution: liftplan.Solution) -> None:
    """Funds and rules with a price are shown with it; those without are left out."""
    prices = solution.tables.prices
    assert prices["price"].is_monotonic_decreasing
    assert set(prices["subject"][prices["implied_by"] == "R4"]) == {"v01", "v02", "v03"}
    text = printed(solution.result, solution.county)
    assert "Special poverty fund" in text[text.index("People for 10,000 yuan more") :]
    assert "Drinking-water fund" not in text[text.index("People for 10,000 yuan more") :]


def test_scenario_is_named_unless_it_changes_nothing(solution: liftplan.Solution) -> None:
    """The word `base` is no part of the summary."""
    assert "base" not in printed(solution.result, solution.county)
    assert "· pooled" in printed(result_of(solution, scenario="pooled"), solution.county)


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
