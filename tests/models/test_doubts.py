"""Amounts in the wrong unit are doubted; amounts in yuan are not."""

from __future__ import annotations

import pytest

from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.tables import Table
from liftplan.models.validate import validate
from liftplan.scenarios.generator import Knobs, generate

from .edits import changed, headed, multiplied, ruled

TEN_THOUSANDTH = 1e-4


def places(county: County) -> set[tuple[str, str]]:
    """Where the doubts about units are; nothing grave may be found."""
    problems = validate(county)
    assert all(problem.warning for problem in problems)
    return {(problem.place.table, problem.place.column) for problem in problems if problem.code == "unit"}


WRONG_UNIT = {
    "all funds": (multiplied("funds", "amount", TEN_THOUSANDTH), ("funds", "amount")),
    "one fund": (changed("funds", 3, amount=34), ("funds", "amount")),
    "incomes": (multiplied("households", "income", TEN_THOUSANDTH), ("households", "income")),
    "last year": (changed("baseline", 0, yuan=80), ("baseline", "yuan")),
    "poverty line of a month": (headed(poverty_line={2015: 238}), ("", "poverty_line.2015")),
    "R3": (ruled(R3={"minimum": 30}), ("policy", "R3.minimum")),
    "R5": (ruled(R5={"minimum": 1}), ("policy", "R5.minimum")),
    "R3 of yuan read as 10,000": (ruled(R3={"minimum": 3_000_000_000}), ("policy", "R3.minimum")),
    "R5 of yuan read as 10,000": (ruled(R5={"minimum": 100_000_000}), ("policy", "R5.minimum")),
    "R4 of yuan read as 10,000": (
        ruled(R4={"rows": [{"id": "ndrc", "departments": ["ndrc"], "minimum": 400_000_000}]}),
        ("policy", "R4.rows.0.minimum"),
    ),
    "one village's": (changed("minimum_overrides", 0, minimum=3_200_000_000), ("minimum_overrides", "minimum")),
}
"""What is in another unit: the county, and where that is doubted."""


@pytest.mark.parametrize("what", WRONG_UNIT)
def test_wrong_unit_is_doubted(what: str) -> None:
    """Figures in 10,000 yuan, or of a month, are pointed at."""
    county, place = WRONG_UNIT[what]
    assert place in places(county)


def test_costs_in_ten_thousands_are_doubted() -> None:
    """Cost lines that are tiny against the funds."""
    county = generate(Knobs(seed=1, villages=3, households_per_village=5))
    assert ("costs", "yuan") in places(multiplied("costs", "yuan", TEN_THOUSANDTH, county))


def test_minimums_of_departments_in_ten_thousands_are_doubted() -> None:
    """A row of R4 with 4 yuan means 40,000."""
    rows = [{"id": "ndrc", "departments": ["ndrc"], "minimum": 4}]
    assert ("policy", "R4.rows.0.minimum") in places(ruled(R4={"rows": rows}))


@pytest.mark.parametrize("seed", range(3))
def test_yuan_are_not_doubted(seed: int) -> None:
    """Counties in yuan, whatever their size, give no doubt."""
    assert places(example_county()) == set()
    assert places(generate(Knobs(seed=seed, villages=3, households_per_village=20))) == set()


def test_last_year_is_not_compared_with_funds_that_are_not_there() -> None:
    """Without the table of funds nothing is said of its sum."""
    county = example_county()
    problems = validate(county.with_tables(funds=Table.empty(county["funds"].schema)))
    assert "table-empty" in {problem.code for problem in problems}
    assert not [problem for problem in problems if problem.code == "unit"]


def test_minimums_that_are_there_by_default_are_not_doubted() -> None:
    """A county with less money than the default minimum of R3 has not written it."""
    assert ("policy", "R3.minimum") not in places(ruled(R3={"minimum": 3_000_000}))
