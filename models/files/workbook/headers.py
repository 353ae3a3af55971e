"""Headers: which column is which, in whichever language, and in what unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from liftplan.models.files.workbook.words.columns import NAMES
from liftplan.models.files.workbook.words.name import Name
from liftplan.models.files.workbook.words.units import unit_of, units_of
from liftplan.models.nearest import Nearest, plain

SEARCHED = 20
"""The header is looked for in so many rows at the top."""

_REMARKS = {"备注", "remark", "remarks", "note", "notes", "comment", "comments"}
"""Columns that people keep for themselves."""

_WITH_UNIT = re.compile(r"(.+?)(?:\((.*)\)|[/:,](.+))")


@dataclass(frozen=True)
class Heading:
    """What a header says.

    Attributes
    ----------
    field
        Field of the table; "" if it has none like it.
    unit
        Unit as it stands there; "" if none does.
    factor
        What one of that unit is in the unit of the field; 0 if nobody can tell.
    """

    field: str
    unit: str = ""
    factor: int = 1


def header_of(field: str) -> Name:
    """The header of a column, as it is written."""
    name, unit = NAMES[field], unit_of(field)
    return Name(f"{name.en} ({unit.en})", f"{name.zh}（{unit.zh}）") if unit else name


class Headers:
    """Knows the headers of one table."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._bases = {plain(text): field for field in fields for text in (field, NAMES[field].en, NAMES[field].zh)}
        written = {plain(text): field for field in fields for text in (header_of(field).en, header_of(field).zh)}
        self._known = {**written, **self._bases}
        self._nearest = Nearest(self._known)

    def read(self, header: str) -> Heading:
        """What a header says; blanks, width, case and stars do not count."""
        text = plain(header).strip("*")
        if text in self._bases:
            return Heading(self._bases[text])
        match = _WITH_UNIT.fullmatch(text)
        if match and match[1] in self._bases:
            return _in_unit(self._bases[match[1]], match[2] or match[3] or "")
        for base, field in self._bases.items():
            unit = text.removeprefix(base)
            if unit != text and unit in units_of(field):
                return _in_unit(field, unit)
        return Heading("")

    def nearest(self, header: str) -> str:
        """The field that was probably meant; "" if none is near."""
        text = plain(header).strip("*")
        match = _WITH_UNIT.fullmatch(text)
        return self._known.get(plain(self._nearest(match[1] if match else text)), "")


def _in_unit(field: str, unit: str) -> Heading:
    units = units_of(field)
    return Heading(field, unit, units.get(unit.strip(), 0)) if units else Heading(field)


def is_remark(header: str) -> bool:
    """Whether a column is people's own: remarks, or what begins with #."""
    return plain(header) in _REMARKS or header.strip().startswith("#")


def header_row(rows: Sequence[Sequence[Any]], headers: Headers) -> int:
    """Position of the row that names most columns, near the top; else of the first that is not blank; -1: all are."""
    best, found = 0, -1
    for place, row in enumerate(rows[:SEARCHED]):
        texts = [text for text in row if isinstance(text, str) and text.strip()]
        known = len({heading.field for heading in map(headers.read, texts)} - {""})
        if known > best or (found < 0 and any(value != "" for value in row)):
            best, found = known, place
    return found


@dataclass(frozen=True)
class UnitAbove:
    """A cell above a table with a unit of amounts other than yuan.

    Attributes
    ----------
    row, column
        Where it stands, from 0.
    text
        What it says.
    factor
        Yuan of one of that unit; 0 if nobody can tell.
    stated
        True if it says nothing but the unit of the whole table.
    """

    row: int
    column: int
    text: str
    factor: int
    stated: bool


_UNIT = re.compile(r"[百千]?[千万亿]元|10,?000yuan|thousandyuan|(?:100)?million(?:yuan)?")

_ONLY_UNIT = re.compile(r"\W*(?:(?:金额|计量)?单位|(?:amountsin|unit))\W*.{0,14}")


def unit_above(rows: Iterable[Sequence[Any]]) -> UnitAbove | None:
    """The first cell that states the unit of amounts for a whole table, other than yuan."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            text = plain(value) if isinstance(value, str) else ""
            if found := _UNIT.search(text):
                stated = _ONLY_UNIT.fullmatch(text) is not None or text.strip("()[]") == found[0]
                return UnitAbove(row, column, value, units_of("yuan").get(found[0], 0), stated)
    return None
