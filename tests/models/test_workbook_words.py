"""The names in workbooks: there for everything, in both languages, and never ambiguous."""

from __future__ import annotations

import itertools
import typing
from typing import Any

import pytest
from pydantic import BaseModel

from liftplan.models.constraints import constraints
from liftplan.models.county import Head, Source
from liftplan.models.files.workbook.headers import Headers, header_of
from liftplan.models.files.workbook.settings import COLUMNS, constraint_of
from liftplan.models.files.workbook.words.choices import codes_of, names_of
from liftplan.models.files.workbook.words.meanings import column_meaning, table_meaning
from liftplan.models.files.workbook.words.settings import HEAD, rule_meaning, rule_name
from liftplan.models.files.workbook.words.sheets import MINIMUMS, SHEETS, SOURCES, SPENDING
from liftplan.models.files.workbook.words.units import MONEY, SHARES
from liftplan.models.messages import LANGUAGES
from liftplan.models.nearest import plain
from liftplan.models.policy import DepartmentMin, Policy, SpendMinRow
from liftplan.models.rows import TABLES

LISTS: dict[str, Any] = {**TABLES, MINIMUMS: DepartmentMin, SPENDING: SpendMinRow, SOURCES: Source}

RULES = [
    f"{part}.{field}"
    for part, schema in typing.get_type_hints(Policy).items()
    if isinstance(schema, type) and issubclass(schema, BaseModel)
    for field in schema.model_fields
    if field != "rows"
]
"""Path of every setting of the policy."""


def test_every_sheet_has_names_of_its_own() -> None:
    """Each table has a sheet, and no two sheets share a name in any language; Excel takes them."""
    assert set(LISTS) < set(SHEETS)
    names = [plain(name) for key, one in SHEETS.items() for name in {key, one.en, one.zh} if name]
    assert len({plain(one.en) for one in SHEETS.values()}) == len({one.zh for one in SHEETS.values()}) == len(SHEETS)
    assert set(names) == {plain(text) for key, one in SHEETS.items() for text in (key, one.en, one.zh)}
    assert all(len(one.text(language)) <= 31 for one in SHEETS.values() for language in LANGUAGES)


@pytest.mark.parametrize("table", LISTS)
def test_every_column_is_found_by_each_of_its_names(table: str) -> None:
    """The header in either language, with and without its unit, and the field's own name lead to that field alone."""
    fields = list(LISTS[table].model_fields)
    headers = Headers(fields)
    for field in fields:
        for text in (field, header_of(field).en, header_of(field).zh):
            assert headers.read(text).field == field
            assert headers.read(text).factor == 1
    for language in LANGUAGES:
        shown = [plain(header_of(field).text(language)) for field in fields]
        assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("table", LISTS)
def test_every_column_says_what_it_means(table: str) -> None:
    """Tables and columns are explained in both languages, without marks of code."""
    schema = LISTS[table]
    meanings = [table_meaning(table, schema), *(column_meaning(table, field, schema) for field in schema.model_fields)]
    for meaning in meanings:
        assert all(meaning.text(language) for language in LANGUAGES)
        assert not any(sign in meaning.en for sign in ("`", '""', "True", "False"))


def test_every_choice_has_names() -> None:
    """Each code of each column and rule is found by its names in either language, which differ from each other."""
    found = [one.choices for schema in LISTS.values() for one in constraints(schema).values() if one.choices]
    found += [one.choices for one in map(constraint_of, RULES) if one is not None and one.choices]
    assert len(found) > 15
    for choices in found:
        codes = codes_of(names_of(choices))
        assert set(codes.values()) == set(choices)
        assert all(
            len({name.text(language) for name in names_of(choices).values()}) == len(choices) for language in LANGUAGES
        )


@pytest.mark.parametrize(("path", "language"), list(itertools.product(RULES, LANGUAGES)))
def test_every_rule_says_what_it_means(path: str, language: str) -> None:
    """Each setting of the policy has a name and a meaning."""
    assert rule_name(path).text(language)
    assert rule_meaning(path).text(language)


def test_every_field_of_the_head_has_a_place() -> None:
    """Nothing of the head is left out: it is a setting, or has a sheet of its own."""
    assert set(HEAD) | {SOURCES} == set(Head.model_fields)


def test_columns_in_yuan_and_shares_are_known() -> None:
    """Whatever column holds yuan may be in 万元; what ends in _bp are shares."""
    columns = {field: schema for schema in LISTS.values() for field in schema.model_fields}
    assert {field for field in columns if field.endswith("_bp")} == SHARES
    described = {
        field
        for schema in LISTS.values()
        for field, one in schema.model_fields.items()
        if "yuan" in (one.description or "").lower() and constraints(schema)[field].kind == "int"
    }
    assert described - SHARES - {"price"} == MONEY
    assert set(COLUMNS) == {"key", "setting", "value", "meaning"}
