"""Values of cells to Arrow columns, as the readers of all tables take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from liftplan.models.constraints import Constraint
from liftplan.models.files.cells import shown
from liftplan.models.files.lists import split
from liftplan.models.files.numbers import exact, truth
from liftplan.models.files.workbook.complaints import SheetComplaints
from liftplan.models.files.workbook.layout import Column
from liftplan.models.files.workbook.words.choices import FLAGS, codes_of, names_of, offered
from liftplan.models.files.workbook.words.units import SHARES
from liftplan.models.messages import m
from liftplan.models.nearest import Nearest, plain

DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number."""

PLAIN_NUMBER = m("Format the cell as a number without %, and write the figure again.")

_PERCENT = 10_000
"""Basis points of a cell that shows 100 %."""


def arrow_column(column: Column, constraint: Constraint, *, is_date: bool, complaints: SheetComplaints) -> Any:
    """The cells of a column as an Arrow array: floats where all are numbers, else texts."""
    if constraint.kind in {"int", "float"}:
        return _numbers(column, constraint, complaints)
    texts = _texts(column, is_date=is_date, complaints=complaints)
    if constraint.kind == "bool":
        return pa.array(_flags(column.field, texts, complaints), pa.bool_())
    if constraint.choices:
        return pa.array(_codes(column.field, texts, constraint, complaints), pa.string())
    return pa.array(texts, pa.string())


def text_of(value: Any) -> str:
    """A cell as a text: numbers as a spreadsheet shows them in full, dates as 2015-09-30."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return number_text(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value) if isinstance(value, timedelta) else str(value.isoformat())


def number_text(value: float) -> str:
    """A number without exponent, to the digits that a spreadsheet keeps."""
    return format(Decimal(f"{value:.{DIGITS}g}").normalize() + Decimal(0), "f")


def percentage(value: float) -> str:
    """A number as a cell shows it that is formatted as a percentage."""
    return f"{_shown(Decimal(number_text(value)) * 100)} %"


def _numbers(column: Column, constraint: Constraint, complaints: SheetComplaints) -> Any:
    values = list(column.values)
    foreign = {
        row: percentage(values[row])
        for row in column.percents
        if column.field not in SHARES and isinstance(values[row], float) and values[row] != 0
    }
    complaints.refuse(column.field, foreign, foreign.__getitem__, constraint.rule(), lambda _: PLAIN_NUMBER)
    for row in foreign:
        values[row] = ""
    column = replace(column, values=values)
    factor = column.heading.factor or 1
    shares = set(column.percents) if column.field in SHARES else set()
    if factor == 1 and not shares and {type(value) for value in values if value != ""} <= {float, int}:
        numbers = np.array([np.nan if value == "" else value for value in values], dtype=np.float64)
        if constraint.kind == "int":
            for row in np.flatnonzero(np.isfinite(numbers) & (numbers != np.floor(numbers))).tolist():
                numbers[row] = float(f"{numbers[row]:.{DIGITS}g}")  # 0.1 + 0.2 of a formula is 0.3 on the screen
        return pa.array(numbers, pa.float64(), from_pandas=True)
    texts = [text_of(value) for value in values]
    if constraint.kind == "float":
        return pa.array(texts, pa.string())
    return pa.array(_scaled(column, texts, factor, shares, complaints), pa.string())


def _scaled(column: Column, texts: list[str], factor: int, shares: set[int], complaints: SheetComplaints) -> list[str]:
    """Whole numbers in the unit of the field, worked out in decimals; what is none stays as it is, and is told."""
    unit = column.heading.unit
    foreign: list[int] = []
    broken: dict[int, tuple[str, str, Decimal]] = {}
    found = list(texts)
    for row, text in enumerate(texts):
        times = _PERCENT if row in shares else factor
        if times == 1 and isinstance(column.values[row], str):
            continue
        value = exact(text)
        if value is None:
            foreign += [row] if text.strip() and times != 1 else []
            continue
        found[row] = format((value * times).normalize() + Decimal(0), "f")
        if times != 1 and value * times != (value * times).to_integral_value():
            broken[row] = (_shown(value * 100), "%", value * times) if row in shares else (text, unit, value * times)
    complaints.refuse(
        column.field,
        foreign,
        texts.__getitem__,
        m("a number of {unit}", unit=unit),
        lambda _: m("Write the number alone; the header says that it is in {unit}.", unit=unit),
    )
    complaints.cell(
        "value",
        column.field,
        broken,
        lambda row: m(
            "{value} {unit} is {product}, which is no whole number.",
            value=shown(broken[row][0]),
            unit=broken[row][1],
            product=_shown(broken[row][2]),
        ),
        m("Round it, or write the column in the smaller unit."),
    )
    blank = {*foreign, *broken}
    return ["" if row in blank else text for row, text in enumerate(found)]


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _texts(column: Column, *, is_date: bool, complaints: SheetComplaints) -> list[str]:
    """Texts of the cells; numbers and dates that a spreadsheet has made of something else are told."""
    values = column.values
    if set(map(type, values)) <= {str}:
        return values
    texts = [text_of(value) for value in values]
    if not is_date:
        dates = [row for row, value in enumerate(values) if isinstance(value, date | time | timedelta)]
        complaints.cell(
            "value",
            column.field,
            dates,
            lambda row: m("{value} is a date; a spreadsheet may have made it of a text.", value=texts[row]),
            m("Format the column as text, and write the cell again."),
        )
        for row in dates:
            texts[row] = ""
    long = [row for row, value in enumerate(values) if type(value) in {float, int} and abs(value) >= 10**DIGITS]
    complaints.cell(
        "value",
        column.field,
        long,
        lambda row: m(
            "{value} is a number of which a spreadsheet keeps {count} digits.", value=texts[row], count=DIGITS
        ),
        m("Format the column as text and write all digits."),
    )
    for row in long:
        texts[row] = ""
    return texts


def _flags(field: str, texts: list[str], complaints: SheetComplaints) -> list[bool | None]:
    """Truth values; None where the cell is blank, or holds none, which is told."""
    read_of = {text: truth(text) for text in set(texts)}
    wrong = [row for row, text in enumerate(texts) if text.strip() and read_of[text] is None]
    complaints.refuse(field, wrong, texts.__getitem__, FLAGS, lambda _: m("Write {flags}.", flags=FLAGS))
    return [read_of[text] if text.strip() else None for text in texts]


def _codes(field: str, texts: list[str], constraint: Constraint, complaints: SheetComplaints) -> list[str]:
    """Codes for codes and their names in either language."""
    names = names_of(constraint.choices)
    codes = codes_of(names)
    nearest = Nearest(text for code, name in names.items() for text in (code, name.en, name.zh))

    def read(cell: str) -> str | None:
        entries = split(cell) if constraint.kind == "list" else (cell,)
        found = [codes.get(plain(entry)) if entry.strip() else "" for entry in entries]
        return None if None in found else ";".join(code for code in found if code is not None)

    def way_out(cell: str) -> Any:
        entries = split(cell) if constraint.kind == "list" else (cell,)
        wrong = next(entry for entry in entries if entry.strip() and plain(entry) not in codes)
        near = codes.get(plain(nearest(wrong)))
        return m("Did you mean {name}?", name=names[near]) if near else m("Choose from the list in the cell.")

    read_of = {text: read(text) for text in set(texts)}
    wrong = [row for row, text in enumerate(texts) if read_of[text] is None]
    rule = (
        m("one of {names}", names=offered(names))
        if constraint.kind == "text"
        else m("some of {names}", names=offered(names))
    )
    complaints.refuse(field, wrong, texts.__getitem__, rule, way_out)
    return [read_of[text] or "" for text in texts]
