"""What of a sheet does not show in its values: formulas without one, errors, hidden rows, and how far it reaches.

Most sheets hold nothing of the kind, which `usual.py` tells in a moment; the others are looked at element by element.
Either way rows and columns must ascend, so that no cell is there twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from liftplan.models.files.workbook.cells import MOST_COLUMNS, MOST_ROWS, column_of
from liftplan.models.files.workbook.usual import ScanFault, parse, references_of
from liftplan.models.messages import m

Cell = tuple[int, int]
"""Row and column, from 0."""

MOST_CELLS = 25_000_000
"""Most cells of a sheet, blank ones included: the largest table that Excel holds, and some more."""


@dataclass
class Scan:
    """What was found in one sheet."""

    last_row: int = -1
    last_column: int = -1
    formulas: set[Cell] = field(default_factory=set)
    """Cells with a formula and no value, or a blank one that is no text: nothing has calculated them."""
    errors: dict[Cell, str] = field(default_factory=dict)
    """Cells with an error, such as #REF!."""
    percents: set[Cell] = field(default_factory=set)
    """Cells whose number is shown as a percentage."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    @property
    def area(self) -> int:
        """Cells from the first to the last one, blank ones included."""
        return (self.last_row + 1) * (self.last_column + 1)


_PLAIN_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def scan(xml: bytes, percents: frozenset[int]) -> Scan:
    """Look through a sheet.

    Parameters
    ----------
    xml
        Its content, UTF-8, without document type.
    percents
        Numbers of the cell formats that show percentages.

    Raises
    ------
    ScanFault
        If it is no XML, or its cells do not ascend.
    """
    references = None if percents and _has_format(xml, percents) else references_of(xml)
    if references is not None:
        found = _plain(references)
        if found.area <= MOST_CELLS:
            return found  # else the cells that are far out may be blank
    return _Events(percents).scan(xml)


def _has_format(xml: bytes, numbers: frozenset[int]) -> bool:
    wanted = b"|".join(str(number).encode() for number in sorted(numbers))
    return re.search(rb"<c [^>]*\bs=[\"'](?:" + wanted + rb")[\"']", xml) is not None


def _plain(references: list[bytes]) -> Scan:
    """The scan of a sheet without anything unusual, from the names of its cells."""
    if not references:
        return Scan()
    rows, columns = _numbers(references)
    if int(rows.max()) >= MOST_ROWS or int(columns.max()) >= MOST_COLUMNS:
        raise ScanFault(m("a cell is beyond the last one of Excel"))
    if np.any(np.diff(rows * MOST_COLUMNS + columns) <= 0):
        raise ScanFault(m("cells do not follow each other"))
    return Scan(int(rows.max()), int(columns.max()))


def _numbers(references: list[bytes]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows and columns of names of cells, all at once."""
    signs = np.array(references, dtype="S10").view(np.uint8).reshape(len(references), 10)
    rows, columns = np.zeros(len(references), dtype=np.int64), np.zeros(len(references), dtype=np.int64)
    for place in range(10):
        sign = signs[:, place].astype(np.int64)
        columns = np.where(sign >= ord("A"), columns * 26 + sign - ord("A") + 1, columns)
        rows = np.where((sign >= ord("0")) & (sign <= ord("9")), rows * 10 + sign - ord("0"), rows)
    return rows - 1, columns - 1


class _Events:
    """The scan of any sheet, from the events of its XML."""

    def __init__(self, percents: frozenset[int]) -> None:
        self._percents = {str(number) for number in percents}
        self._found = Scan()
        self._cell: Cell = (-1, -1)
        self._formula = self._value = False
        self._kind = ""
        self._text: list[str] = []

    def scan(self, xml: bytes) -> Scan:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse
        self._parser = parser
        parse(parser, xml)
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if (handler := _STARTS.get(name.rpartition(":")[2])) is not None:
            handler(self, attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        row = _whole(attributes["r"]) - 1 if "r" in attributes else self._cell[0] + 1
        if not self._cell[0] < row < MOST_ROWS:
            raise ScanFault(m("rows do not follow each other"))
        self._cell = (row, -1)
        if attributes.get("hidden") in {"1", "true"}:
            self._found.hidden_rows.append(row)

    def _columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first, last = _whole(attributes.get("min", "")), _whole(attributes.get("max", ""))
            self._found.hidden_columns += range(first - 1, min(last, MOST_COLUMNS))

    def _begin(self, attributes: dict[str, str]) -> None:
        row, column = self._cell[0], self._cell[1] + 1
        if "r" in attributes:
            match = _PLAIN_REFERENCE.fullmatch(attributes["r"])
            if match is None or int(match[2]) != row + 1:
                raise ScanFault(m("a cell is in the wrong row"))
            column = column_of(match[1])
        if not self._cell[1] < column < MOST_COLUMNS:
            raise ScanFault(m("cells do not follow each other"))
        self._cell = (row, column)
        self._kind, self._formula, self._value = attributes.get("t", "n"), False, False
        if attributes.get("s") in self._percents:
            self._found.percents.add(self._cell)

    def _note_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _note_inline(self, _: dict[str, str]) -> None:
        self._value = True

    def _note_value(self, _: dict[str, str]) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        plain = name.rpartition(":")[2]
        if plain == "v":
            self._parser.CharacterDataHandler = None
            text = "".join(self._text)
            # Programs that do not calculate write a blank value; of a formula of texts ("str") it is the blank text.
            self._value = self._value or self._kind == "str" or bool(text.strip())
            if self._kind == "e" and self._value:
                self._found.errors[self._cell] = text
        elif plain == "c":
            if self._formula and not self._value:
                self._found.formulas.add(self._cell)
            if self._value or self._formula:
                self._found.last_row = max(self._found.last_row, self._cell[0])
                self._found.last_column = max(self._found.last_column, self._cell[1])


_Handler = Callable[[_Events, dict[str, str]], None]

_STARTS: dict[str, _Handler] = {
    "row": _Events._row,
    "col": _Events._columns,
    "c": _Events._begin,
    "f": _Events._note_formula,
    "v": _Events._note_value,
    "is": _Events._note_inline,
}


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise ScanFault(m("a row or column has no number"))
    return int(text)


def _refuse(*_: object) -> None:
    raise ScanFault(m("it has a document type"))
