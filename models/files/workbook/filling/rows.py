"""Rows of a table as XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.format import Format

from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.filling.texts import SharedTexts

Written = Callable[[int], None]
"""Told how many more rows are written, every now and then."""

STEP = 2_000
"""Rows between two reports."""

_EXACT = 10**15
"""Whole numbers below this are written with all their digits; others, as the library does, with 16."""

_HEIGHT = re.compile(r' ht="[^"]*"(?: customHeight="1")?')


@dataclass(frozen=True)
class Cells:
    """A column of a table."""

    values: Sequence[str | float | None]
    """Texts, numbers, None for no value; the cached results where there are `formulas`."""
    styles: Sequence[Format]
    """Formats that its cells have: the first one, if `which` says nothing else."""
    which: Sequence[int] | None = None
    """Position of each cell's format in `styles`."""
    formulas: Sequence[str] | None = None
    """Formula of each cell, without the sign of equality; "" for none."""
    blanks: bool = True
    """False: a cell without value is not written, and looks as its column does."""


@dataclass(frozen=True)
class Rows:
    """A table to be written into a sheet."""

    columns: Sequence[Cells]
    first: int
    """Its first row, from 0."""
    heights: Mapping[int, float] = field(default_factory=dict)
    """Height in points of rows, from 0 at the first one, that have one of their own."""
    written: Written = lambda _: None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.columns[0].values)

    def xml(self, attributes: str, styles: Sequence[Sequence[str]], texts: SharedTexts) -> Iterator[bytes]:
        """The rows, some thousands at a time.

        Parameters
        ----------
        attributes
            What each row says beside its number.
        styles
            Number of each format of each column.
        texts
            The workbook's texts.
        """
        names = [letters(place) for place in range(len(self.columns))]
        ends = [_ends(cells, numbers, texts) for cells, numbers in zip(self.columns, styles, strict=True)]
        rows = enumerate(zip(*ends, strict=True), self.first + 1)
        tall = {self.first + 1 + row: _taller(attributes, height) for row, height in self.heights.items()}
        while block := list(islice(rows, STEP)):
            pieces = []
            for row, cells in block:
                pieces.append(f'<row r="{row}"{tall.get(row, attributes)}>')
                pieces += [f'<c r="{name}{row}"{end}' for name, end in zip(names, cells, strict=True) if end]
                pieces.append("</row>")
            yield "".join(pieces).encode()
            self.written(len(block))


def _taller(attributes: str, height: float) -> str:
    return _HEIGHT.sub("", attributes) + f' ht="{height:g}" customHeight="1"'


def _ends(cells: Cells, styles: Sequence[str], texts: SharedTexts) -> Iterator[str]:
    """Each cell after its name; "" if it is not written."""
    known = [_Ends(style, texts, blanks=cells.blanks) for style in styles]
    formulas = cells.formulas or repeat("")
    calculated = sum(
        isinstance(value, str) for value, text in zip(cells.values, cells.formulas or (), strict=False) if text
    )
    texts.used(Counter(map(type, cells.values))[str] - calculated)
    if cells.formulas is None and cells.which is None:
        return map(known[0].__getitem__, cells.values)
    which = repeat(0) if cells.which is None else cells.which
    return (
        _calculated(styles[kind], formula, value) if formula else known[kind][value]
        for kind, formula, value in zip(which, formulas, cells.values, strict=False)
    )


class _Ends(dict[Any, str]):
    """What follows the name of a cell with a value, by value: most values of a table are there often."""

    def __init__(self, style: str, texts: SharedTexts, *, blanks: bool) -> None:
        super().__init__({None: f' s="{style}"/>' if blanks else ""})
        self._style, self._texts = style, texts

    def __missing__(self, value: str | float) -> str:
        if isinstance(value, str):
            end = f' s="{self._style}" t="s"><v>{self._texts.number(value)}</v></c>'
        else:
            end = f' s="{self._style}"><v>{_number(value)}</v></c>'
        self[value] = end
        return end


def _calculated(style: str, formula: str, value: str | float | None) -> str:
    """A cell with a formula and its result."""
    if isinstance(value, str) and value:
        return f' s="{style}" t="str"><f>{escape(formula)}</f><v>{escape(value)}</v></c>'
    return f' s="{style}"><f>{escape(formula)}</f><v>{"" if value in {None, ""} else _number(value)}</v></c>'


def _number(value: Any) -> str:
    if not isfinite(value):
        raise ValueError(value)
    return str(value) if isinstance(value, int) and abs(value) < _EXACT else f"{value:.16G}"
