"""The scenario editor's form: which overrides its fields make, and which fields overrides fill."""

from __future__ import annotations

from typing import Any

import pytest

import liftplan
from liftplan.service.worker.outline import outline
from liftplan.web.changes import form_of, read
from liftplan.web.routes.scenarios import name_of

OUTLINE = outline(liftplan.load("tiny"))


@pytest.mark.parametrize(
    "field, text, line",
    [
        ("share.transport", "90", "funds[department=transport].amount x 0.9"),
        ("share.transport", "90\uff05", "funds[department=transport].amount x 0.9"),
        ("share.transport", "92.5%", "funds[department=transport].amount x 0.925"),
        ("fund.village_road", "80,000", "funds[village_road].amount = 80000"),
        ("fund.village_road", "90%", "funds[village_road].amount x 0.9"),
        ("line", "3000", "poverty_line = 3000"),
        ("R3", "30000", "policy.R3.minimum = 30000"),
        ("R6", "120", "policy.R6.growth_bp = 12000"),
        ("rule.R5", "soft", "policy.R5.enforce = soft"),
        ("price.R5", "0.5", "policy.R5.price = 500000"),
        ("purposes", "pooled", "policy.R2.purpose_rule = pooled"),
        ("more", "never project v01-p01\n\n", "never project v01-p01"),
    ],
)
def test_a_changed_field_is_one_override(field: str, text: str, line: str) -> None:
    """Each field makes its line, the line is one that the county takes, and it fills the same field again."""
    found = read({field: text}, OUTLINE)
    assert (found.lines, dict(found.wrong)) == ((line,), {})
    liftplan.under("tiny", overrides=found.lines)
    assert read(form_of(found.lines, OUTLINE), OUTLINE).lines == found.lines


def test_fields_as_the_county_has_them_change_nothing() -> None:
    """A form that nobody touched asks for the county as it stands."""
    form = {
        "share.transport": "100",
        "fund.village_road": "90000",
        "R3": "35000",
        "rule.R5": "hard",
        "R6": "110",
        "line": "",
    }
    assert read(form, OUTLINE).lines == ()


@pytest.mark.parametrize("field, text", [
    ("share.transport", "-1"), ("share.transport", "much"), ("fund.village_road", "1.5"), ("fund.village_road", "NaN"),
    ("R3", "Infinity"), ("rule.R8", "off"), ("rule.R5", "perhaps"), ("price.R5", "-2"),
])  # fmt: skip
def test_what_is_no_amount_is_told_at_its_field(field: str, text: str) -> None:
    """A field that makes no sense makes no line."""
    found = read({field: text}, OUTLINE)
    assert (found.lines, list(found.wrong)) == ((), [field])


def test_lines_in_another_order_stay_lines() -> None:
    """Overrides that the fields would reorder stand in the further lines as they are."""
    lines = ("funds[village_road].amount = 80000", "funds[department=transport].amount x 0.9")
    form: dict[str, Any] = form_of(lines, OUTLINE)
    assert form == {"more": "\n".join(lines)}


@pytest.mark.parametrize(
    "form, line, name",
    [
        ({}, "funds[department=transport].amount x 0.9", "县交通运输局 x 0.9"),
        ({}, "policy.R3.minimum = 30000", "policy.R3.minimum 30000"),
        ({}, "never household v01-h0001", ""),
        ({"name": "less: roads"}, "never household v01-h0001", "less roads"),
    ],
)
def test_a_scenario_is_named_after_its_change_but_never_after_a_household(
    form: dict[str, str], line: str, name: str
) -> None:
    """Names of scenarios are seen by viewers too."""
    with liftplan.speaking("zh"):
        assert name_of(form, (line,), OUTLINE) == name


@pytest.mark.parametrize("field", ["share.transport", "fund.village_road", "R3", "line", "R6", "price.R5"])
@pytest.mark.parametrize("text", ["9e9999999", "9e999000", "-1e9999999", "NaN", "Infinity", "x"])
def test_a_figure_beyond_all_bounds_is_told(field: str, text: str) -> None:
    """Whatever stands in a field is an amount, or is told to be none."""
    assert list(read({field: text}, OUTLINE).wrong) == [field]


@pytest.mark.parametrize(
    "line",
    ["funds[department=transport].amount x 1.2.3", "funds[village_road].amount x 1.2.3", "policy.R5.price = dear"],
)
def test_lines_that_are_no_amount_stay_lines(line: str) -> None:
    """A line written by hand that no field can show comes back as it was written."""
    assert form_of((line,), OUTLINE) == {"more": line}
