"""Levels 2 and 3 at the optimum of level 1."""

from __future__ import annotations

from typing import Any

from liftplan.models.county import County
from liftplan.models.policy import Objective
from liftplan.models.rows import CostLine, Measure, Row
from liftplan.solver import reference

from .hamlet import county, fund, home, house, pair, project


def _second(made: County) -> tuple[int | None, int | None]:
    """Level 1 in units, and what level 2 reaches for it."""
    first = reference.solve(made)
    assert first.objective is not None
    answer = reference.solve(made, first=first.objective)
    assert answer.status == "optimal"
    assert answer.objective == first.objective
    return answer.objective, answer.second(made.policy.objective.second)


def test_least_money_takes_the_cheaper_way() -> None:
    """The large household's house is to be had for 10,000 or for 9,000 yuan; the useless road is not built."""
    made = pair(12_000, house("large", 9_000, name="cheap"), project("road", 1))
    assert _second(made) == (3 * 10**14, 9_000)


def _needy(*rows: Row | list[Row], **changes: Any) -> County:
    """Small lacks house and water, large lacks a house; under `most_needs`, 20,000 yuan; houses cost 10,000."""
    homes: list[Row] = [home("small", 2, needs=("house", "water"), **changes), home("large", 3)]
    houses = [*house("small", 10_000), *house("large", 10_000)]
    return county(fund(20_000), homes, houses, *rows, objective=Objective(second="most_needs"))


def test_most_needs_helps_those_who_stay() -> None:
    """Large is lifted; the other 10,000 yuan give small a house: one need of two persons."""
    assert _second(_needy()) == (3 * 10**14, 2)


def test_most_needs_does_not_count_the_lifted() -> None:
    """A well for 1 yuan would lift small too: with 20,001 yuan all five are lifted, and no need of others is left."""
    well = Measure(id="well", household="small", name="well", meets=("water",))
    made = _needy(well, CostLine(item="well", purpose="house", yuan=1))
    assert _second(made.with_tables(funds=county(fund(20_001)).tables["funds"])) == (5 * 10**14, 0)


def test_most_needs_counts_who_lacks_income() -> None:
    """Small gets house and well and stays poor: two needs of two persons, though nobody calls it lifted."""
    well = Measure(id="well", household="small", name="well", meets=("water",))
    assert _second(_needy(well, income=0)) == (3 * 10**14, 4)


def test_fewest_lines_at_the_second_level() -> None:
    """Two funds of 10,000 could share both houses in four lines; two lines are enough."""
    made = pair(10_000, fund(10_000, "other"))
    answer = reference.solve(made, first=5 * 10**14, second=20_000)
    assert answer.status == "optimal"
    assert answer.evaluation is not None
    assert (answer.evaluation.totals.ledger_yuan, answer.evaluation.totals.ledger_lines) == (20_000, 2)


def test_a_level_that_cannot_be_kept_is_infeasible() -> None:
    """Nobody lifts six people with two houses."""
    assert reference.solve(pair(20_000), first=6 * 10**14).status == "infeasible"
