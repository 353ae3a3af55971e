"""Head and rules to sheets of settings, one a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from liftplan.models.constraints import Constraint
from liftplan.models.county import County, Head
from liftplan.models.files.workbook.dropdowns import validation
from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.page import set_up
from liftplan.models.files.workbook.settings import COLUMNS, LINE, WEIGHTS, constraint_of
from liftplan.models.files.workbook.styles import Styles
from liftplan.models.files.workbook.words.choices import NO, YES, names_of
from liftplan.models.files.workbook.words.meanings import plain
from liftplan.models.files.workbook.words.name import Name
from liftplan.models.files.workbook.words.settings import HEAD, rule_meaning, rule_name
from liftplan.models.files.workbook.words.sheets import COUNTY, RULES, SHEETS
from liftplan.models.policy import Policy

_WIDTHS = (24, 34, 26, 78)
_LISTS = {"rows", "sources"}
"""Fields that have a sheet of their own."""

Setting = tuple[str, Any, Name, Name]
"""Key, value, name and meaning."""


def add_settings(book: Workbook, styles: Styles, county: County) -> None:
    """Add the sheets of the county's head and of its rules."""
    _add(book, styles, COUNTY, _head(county.head))
    _add(book, styles, RULES, _policy(county.policy))


def _head(head: Head) -> Iterator[Setting]:
    for field, (name, chinese) in HEAD.items():
        meaning = Name(plain(Head.model_fields[field].description or ""), chinese)
        if field == LINE:
            for year, yuan in head.poverty_line.items():
                yield f"{LINE}.{year}", yuan, Name(f"{name.en} {year}", f"{year}年{name.zh}"), meaning
        elif field == "years":
            years = head.years
            yield field, years[0] if len(years) == 1 else "; ".join(map(str, years)), name, meaning
        elif field != "schema_version":
            yield field, getattr(head, field), name, meaning
    name, chinese = HEAD["schema_version"]
    yield "schema_version", head.schema_version, name, Name("Version of the format; leave it as it is.", chinese)


def _policy(policy: Policy) -> Iterator[Setting]:
    for part in Policy.model_fields:
        rule: BaseModel = getattr(policy, part)
        for field in type(rule).model_fields:
            path = f"{part}.{field}"
            if path == WEIGHTS:
                continue
            constraint = constraint_of(path)
            if field in _LISTS or (constraint is not None and len(constraint.choices) == 1):
                continue
            yield path, getattr(rule, field), rule_name(path), rule_meaning(path)
    weights = policy.objective.weights
    for group, weight in weights.items():
        yield f"{WEIGHTS}.{group}", weight, rule_name(WEIGHTS), rule_meaning(WEIGHTS)
    if not weights:
        yield WEIGHTS, "", rule_name(WEIGHTS), rule_meaning(WEIGHTS)


def _add(book: Workbook, styles: Styles, table: str, settings: Iterator[Setting]) -> None:
    sheet = book.add_worksheet(str(SHEETS[table]))
    set_up(sheet, _WIDTHS, frozen_columns=1)
    sheet.set_column(2, 2, _WIDTHS[2], styles.columns["text"])
    for place, field in enumerate(COLUMNS):
        sheet.write_string(0, place, str(header_of(field)), styles.required)
    for row, (key, value, name, meaning) in enumerate(settings, 1):
        constraint = constraint_of(key)
        sheet.write_string(row, 0, key, styles.key)
        sheet.write_string(row, 1, str(name), styles.part)
        _write(sheet, row, value, constraint, styles)
        sheet.write_string(row, 3, str(meaning), styles.cell)
        if constraint is not None and (rule := validation(table, key, constraint)) is not None:
            sheet.data_validation(row, 2, row, 2, rule)


def _write(sheet: Worksheet, row: int, value: Any, constraint: Constraint | None, styles: Styles) -> None:
    """The value of a setting, as a person reads it."""
    if isinstance(value, bool):
        sheet.write_string(row, 2, str(YES if value else NO), styles.value)
    elif isinstance(value, int):
        style = styles.year if constraint is None else styles.number
        if abs(value) < 10**15:
            sheet.write_number(row, 2, value, style)
        else:
            sheet.write_string(row, 2, str(value), style)
    elif constraint is not None and constraint.choices:
        sheet.write_string(row, 2, str(names_of(constraint.choices)[value]), styles.value)
    elif value == "":
        sheet.write_blank(row, 2, None, styles.value)
    else:
        sheet.write_string(row, 2, value, styles.value)
