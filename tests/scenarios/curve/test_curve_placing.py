"""Where points of a curve go, and what its quantities are."""

from __future__ import annotations

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.scenarios.curve import axis_of, next_value
from liftplan.scenarios.curve.placing import between, even


def test_even_values_hold_both_ends() -> None:
    """Whole numbers, each once."""
    assert even(0, 100, 5) == [0, 25, 50, 75, 100]
    assert even(3, 5, 9) == [3, 4, 5]


def test_the_interval_where_the_slope_changes_most_is_halved() -> None:
    """A straight piece is left alone while there is a bend; a tie goes to the wider, then to the first."""
    assert next_value({0: 0, 10: 10, 20: 20, 30: 20, 40: 20}) == 15
    assert next_value({0: 0, 10: 10, 20: 20}) == 5
    assert next_value({0: 5, 10: 5, 40: 5}) == 25


def test_the_edge_where_plans_begin_is_found_first_but_not_for_ever() -> None:
    """Halved until it is narrow; after that the curve itself counts, and nothing is looked for where nothing is."""
    assert next_value({0: None, 40: None, 80: 5, 120: 50, 160: 60}) == 60
    assert next_value({0: None, 78: None, 80: 5, 120: 50, 160: 60}) == 100
    assert next_value({0: None, 20: None, 79: None, 80: 5}) == 49


def test_what_is_under_way_is_expected_on_the_straight_line() -> None:
    """Between two plans; elsewhere nothing is."""
    assert between({0: 0, 10: 20}, 5) == 10
    assert between({0: None, 10: 20}, 5) is None
    assert between({0: 0, 10: 20}, 12) is None
    assert between({0: 0, 10: 20}, 10) == 20


def test_no_whole_number_between_is_the_end() -> None:
    """Nothing is asked twice."""
    assert next_value({0: 1, 1: 2, 2: 9}) is None


def test_quantities_of_a_county() -> None:
    """Their present value, and the override that sets another."""
    tiny = liftplan.load("tiny")
    money = axis_of(tiny, "money")
    open_ = tiny["funds"]["integrable"]
    assert money.present == tiny["funds"]["amount"][open_].sum()
    assert money.override(money.present // 2) == "funds[integrable=true].amount x 0.500000000"
    fund = str(tiny["funds"]["id"][0])
    assert axis_of(tiny, f"fund:{fund}").override(7) == f"funds[id={fund}].amount = 7"
    assert axis_of(tiny, "minimum:R4.poverty").override(5) == "policy.R4.rows[poverty].minimum = 5"
    assert axis_of(tiny, "poverty_line").override(3000) == "poverty_line = 3000"


@pytest.mark.parametrize("over", ["mony", "fund:none", "minimum:R4.povert", "fund:", "minimum:R7"])
def test_unknown_quantities_name_the_nearest(over: str) -> None:
    """As all unknown names do."""
    with pytest.raises(InputProblems) as caught:
        axis_of(liftplan.load("tiny"), over)
    assert caught.value.problems[0].code == "curve-over"
