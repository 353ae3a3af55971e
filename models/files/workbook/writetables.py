"""Tables to sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any

from pydantic import BaseModel
from xlsxwriter import Workbook

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.files.lists import join
from liftplan.models.files.workbook.dropdowns import constraint_text, validation, whole_column
from liftplan.models.files.workbook.filling import Cells, Filling, Written
from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.page import set_up, width_of
from liftplan.models.files.workbook.styles import Kind, Styles
from liftplan.models.files.workbook.words.choices import NO, YES, names_of
from liftplan.models.files.workbook.words.meanings import column_meaning
from liftplan.models.files.workbook.words.sheets import SHEETS
from liftplan.models.messages import m
from liftplan.models.validate.formats import DATES

_EXACT = 10**15
"""Whole numbers below this are kept by spreadsheets."""

_FIRST_DATE = date(1901, 1, 1)
"""Spreadsheets disagree about some earlier ones."""

_DAY_ZERO = date(1899, 12, 30)
"""From which spreadsheets count days."""

_SAMPLE = 200
"""Rows that the width of a column is taken from."""


def add_table(
    book: Workbook,
    filling: Filling,
    styles: Styles,
    name: str,
    schema: type[BaseModel],
    columns: Mapping[str, Sequence[Any]],
    written: Written,
) -> None:
    """Add the sheet of a table.

    Parameters
    ----------
    columns
        Values by field, all of one length.
    written
        Told how many more rows are written, every now and then.
    """
    sheet = book.add_worksheet(str(SHEETS[name]))
    row_schema: Any = schema
    known = constraints(row_schema)
    set_up(sheet, [], frozen_columns=1)
    kinds = {field: _kind(name, field, constraint) for field, constraint in known.items()}
    for place, (field, constraint) in enumerate(known.items()):
        header = str(header_of(field))
        sample = [width_of(_shown(value)) for value in columns[field][:_SAMPLE]]
        width = min(42.0, max([width_of(header) * 0.75 + 4, *(one + 1.5 for one in sample)]))
        sheet.set_column(place, place, width, styles.columns[kinds[field]])
        if (rule := validation(name, field, constraint)) is not None:
            sheet.data_validation(*whole_column(place), rule)
    sheet.set_row(0, 32)
    for place, (field, constraint) in enumerate(known.items()):
        style = styles.required if constraint.required else styles.optional
        sheet.write_string(0, place, str(header_of(field)), style)
        sheet.write_comment(0, place, _comment(name, field, constraint, schema), {"x_scale": 2.2, "y_scale": 1.3})
    length = len(columns[next(iter(known))])
    cells = [_cells(columns[field], constraint, kinds[field], styles) for field, constraint in known.items()]
    filling.add(sheet, 1, cells, written=written)
    sheet.autofilter(0, 0, length, len(known) - 1)


def _kind(table: str, field: str, constraint: Constraint) -> Kind:
    if (table, field) in DATES:
        return "date"
    if constraint.kind == "int":
        return "year" if field.endswith("year") else "number"
    return "degrees" if constraint.kind == "float" else "text"


def _absent(constraint: Constraint) -> Any:
    """What is left blank: what a blank means, where that is nothing."""
    if constraint.kind == "int":
        return None if constraint.required else constraint.default
    return {"text": "", "list": ()}.get(constraint.kind)


def _cells(values: Sequence[Any], constraint: Constraint, kind: Kind, styles: Styles) -> Cells:
    """The cells of a column: what each value is in a workbook, most values worked out once."""
    style = [styles.columns[kind]]
    if constraint.kind == "float":  # 0 and -0 are equal, and yet two
        return Cells([_number(value) for value in values], style, blanks=False)
    absent = _absent(constraint)
    written = {value: None if value == absent else _written(value, constraint, kind) for value in set(values)}
    return Cells([written[value] for value in values], style, blanks=False)


def _written(value: Any, constraint: Constraint, kind: Kind) -> str | float | None:
    """A value as a cell holds it."""
    if constraint.kind == "bool":
        return str(YES if value else NO)
    if constraint.choices:
        names = names_of(constraint.choices)
        return join(tuple(str(names.get(code, code)) for code in ((value,) if isinstance(value, str) else value)))
    if constraint.kind == "int":
        return _number(value)
    if constraint.kind == "list":
        return join(value)
    return _date(value) if kind == "date" else str(value)


def _number(value: float) -> str | float | None:
    """A number; as a text where a spreadsheet, or how it is written, would lose digits."""
    if isinstance(value, float):
        if isnan(value):
            return None
        return repr(value) if float(f"{value:.15g}") != value or str(value) == "-0.0" else value
    return str(value) if abs(value) >= _EXACT else value


def _date(value: str) -> str | float:
    """A date as a spreadsheet counts it, if it knows it as one; else the text."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    return value if found.isoformat() != value or found < _FIRST_DATE else (found - _DAY_ZERO).days


def _comment(table: str, field: str, constraint: Constraint, schema: type[BaseModel]) -> str:
    """What a column is for, as its header tells who points at it."""
    lines = [str(column_meaning(table, field, schema)), constraint_text(table, field, constraint)]
    lines.append(str(m("Must be filled in.")) if constraint.required else str(m("May be left blank.")))
    return "\n".join(line for line in lines if line)


def _shown(value: Any) -> str:
    """About what a cell shows."""
    if isinstance(value, tuple):
        return join(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def columns_of(schema: type[BaseModel], rows: Sequence[BaseModel]) -> dict[str, list[Any]]:
    """Values of some rows, by field."""
    return {field: [getattr(row, field) for row in rows] for field in schema.model_fields}
