"""What a check of a column accepts is exactly what its row schema accepts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from liftplan.models.constraints import constraints
from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.findings import Findings
from liftplan.models.messages import LANGUAGES
from liftplan.models.rows import TABLES, Budget
from liftplan.models.tables import Table
from liftplan.models.validate.cells import check_cells

from ..thorough import many

FIELDS = [(table, field) for table, schema in TABLES.items() for field in schema.model_fields]
TOLD_APART = {"blank", "list-empty", "listed-twice"}
"""What content asks for beyond the schema."""

LETTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.one_of(
    st.text(LETTERS, max_size=6),
    st.text("ab中_-.；; \u0301\u200d²", max_size=4),
    st.sampled_from(
        ["grant", "hard", "must", "projects", "at_least", "fiscal", "a" * 64, "a" * 65, "字" * 500, "字" * 501]
    ),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "int": st.one_of(st.integers(-(2**62), 2**62), st.sampled_from([0, 1, 50, 51, 1949, 2100, 2101, 10**4, 10**12])),
    "float": st.floats(allow_infinity=False),
    "bool": st.booleans(),
    "text": WORDS,
    "list": st.lists(WORDS, max_size=3).map(tuple),
}


def row(table: str) -> dict[str, Any]:
    """The fields of one valid row."""
    found = next(example_county()[table].rows(), None) or Budget(fund="work_relief", year=2015, amount=1)
    return found.model_dump()


def accepted(table: str, values: dict[str, Any]) -> bool:
    """Whether the schema takes the row."""
    try:
        TABLES[table].model_validate(values, strict=True)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=".".join)
@settings(max_examples=many(40))
@given(data=st.data())
def test_check_and_schema_agree(table: str, field: str, data: st.DataObject) -> None:
    """Whatever stands in a cell: it is refused by the check if and only if the schema refuses it."""
    kind = constraints(TABLES[table])[field].kind
    values = {**row(table), field: data.draw(VALUES[kind])}
    columns = {name: [value] for name, value in values.items()}
    county = example_county()
    changed = County.build(
        county.head, county.policy, {**county.tables, table: Table.from_columns(TABLES[table], columns)}
    )
    findings = Findings()
    check_cells(changed, findings)
    codes = {problem.code for problem in findings.problems if problem.place.column == field}
    refused = "value" in codes or ("blank" in codes and kind == "text" and not accepted(table, values))
    assert refused == (not accepted(table, values))
    assert codes <= {"value", *TOLD_APART}


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=".".join)
def test_every_constraint_can_be_told(table: str, field: str) -> None:
    """The rule of every column is a text in each language, with its bounds and choices."""
    constraint = constraints(TABLES[table])[field]
    for language in LANGUAGES:
        rule = constraint.rule().text(language)
        assert rule
        assert all(choice in rule for choice in constraint.choices)
    if constraint.kind == "int":
        assert constraint.low is not None
        assert constraint.high is not None


def test_ranges_are_those_of_the_schema() -> None:
    """Bounds, choices, patterns and lengths come from the annotations."""
    funds, households = constraints(TABLES["funds"]), constraints(TABLES["households"])
    assert (funds["amount"].low, funds["amount"].high) == (0, 10**12)
    assert (households["persons"].low, households["persons"].high) == (1, 50)
    assert constraints(TABLES["costs"])["yuan"].low == 1
    assert funds["channel"].choices == ("fiscal", "sector", "household", "social")
    assert funds["modes"].choices == ("grant", "interest_subsidy", "reward", "build_first")
    assert funds["purposes"].identifier
    assert funds["name"].longest == 500
    assert funds["id"].required
    assert not funds["modes"].required
