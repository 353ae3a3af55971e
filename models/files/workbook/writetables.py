"""Tables to sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any

from pydantic import BaseModel
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.files.lists import join
from liftplan.models.files.workbook.dropdowns import constraint_text, validation, whole_column
from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.page import set_up, width_of
from liftplan.models.files.workbook.styles import Kind, Styles
from liftplan.models.files.workbook.words.choices import NO, YES, names_of
from liftplan.models.files.workbook.words.meanings import column_meaning
from liftplan.models.files.workbook.words.sheets import SHEETS
from liftplan.models.messages import m
from liftplan.models.validate.formats import DATES

Write = Callable[[int, int, Any], Any]
"""Writes a value into a row and a column."""

STEP = 2_000
"""Rows between two reports of progress."""

_EXACT = 10**15
"""Whole numbers below this are kept by spreadsheets."""

_FIRST_DATE = date(1901, 1, 1)
"""Spreadsheets disagree about some earlier ones."""

_SAMPLE = 200
"""Rows that the width of a column is taken from."""


def add_table(
    book: Workbook,
    styles: Styles,
    name: str,
    schema: type[BaseModel],
    columns: Mapping[str, Sequence[Any]],
    written: Callable[[int], None],
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
    writers: list[Write] = []
    for place, (field, constraint) in enumerate(known.items()):
        kind = _kind(name, field, constraint)
        header = str(header_of(field))
        sample = [width_of(_shown(value)) for value in columns[field][:_SAMPLE]]
        width = min(42.0, max([width_of(header) * 0.75 + 4, *(one + 1.5 for one in sample)]))
        sheet.set_column(place, place, width, styles.columns[kind])
        if (rule := validation(name, field, constraint)) is not None:
            sheet.data_validation(*whole_column(place), rule)
        writers.append(_writer(sheet, constraint, kind, styles))
    sheet.set_row(0, 32)
    for place, (field, constraint) in enumerate(known.items()):
        style = styles.required if constraint.required else styles.optional
        sheet.write_string(0, place, str(header_of(field)), style)
        sheet.write_comment(0, place, _comment(name, field, constraint, schema), {"x_scale": 2.2, "y_scale": 1.3})
    length = len(columns[next(iter(known))])
    lists = {
        field: {entries: join(entries) for entries in set(columns[field])}
        for field, constraint in known.items()
        if constraint.kind == "list" and not constraint.choices
    }
    absent = [_absent(constraint) for constraint in known.values()]
    values = (map(lists[field].__getitem__, columns[field]) if field in lists else columns[field] for field in known)
    for row, cells in enumerate(zip(*values, strict=True), 1):
        for place, (write, value) in enumerate(zip(writers, cells, strict=True)):
            if value != absent[place]:
                write(row, place, value)
        if row % STEP == 0:
            written(STEP)
    sheet.autofilter(0, 0, length, len(known) - 1)
    written(length % STEP)


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
    return {"text": "", "list": () if constraint.choices else ""}.get(constraint.kind)


def _writer(sheet: Worksheet, constraint: Constraint, kind: Kind, styles: Styles) -> Write:
    """How the values of a column are written."""
    if constraint.kind == "bool":
        return lambda row, place, value: sheet.write_string(row, place, str(YES if value else NO))
    if constraint.choices:
        names = {code: str(name) for code, name in names_of(constraint.choices).items()}

        def write_codes(row: int, place: int, value: Any) -> None:
            codes = (value,) if isinstance(value, str) else value
            sheet.write_string(row, place, join(tuple(names.get(code, code) for code in codes)))

        return write_codes
    if constraint.kind in {"int", "float"}:
        return lambda row, place, value: _write_number(sheet, row, place, value)
    if kind == "date":
        return lambda row, place, value: _write_date(sheet, row, place, value, styles)
    write_text: Write = sheet.write_string
    return write_text


def _write_number(sheet: Worksheet, row: int, place: int, value: float) -> None:
    """A number; as a text where a spreadsheet, or the library that writes it, would lose digits."""
    if isinstance(value, float):
        if isnan(value):
            return
        if float(f"{value:.15g}") != value or str(value) == "-0.0":
            sheet.write_string(row, place, repr(value))
            return
    elif abs(value) >= _EXACT:
        sheet.write_string(row, place, str(value))
        return
    sheet.write_number(row, place, value)


def _write_date(sheet: Worksheet, row: int, place: int, value: str, styles: Styles) -> None:
    """A date that a spreadsheet knows as one; the text, if it is none."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value or found < _FIRST_DATE:
        sheet.write_string(row, place, value)
    else:
        sheet.write_datetime(row, place, found, styles.columns["date"])


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
