"""A sheet with one table: title, note, totals above the header (they follow the filter), rows, print set-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from liftplan.models.files.workbook.filling import Cells, Filling
from liftplan.models.messages import Message, m
from liftplan.reports.workbook.styles import Kind, Styles

A4 = 9
"""Excel's number of the paper."""

TITLE_ROW, NOTE_ROW, TOTAL_ROW, HEAD_ROW, FIRST_ROW = range(5)
"""Rows of every table sheet, from 0."""

MOST_ROWS = 200_000
"""A longer table is not written: the workbook would be slow to open. The plan folder's other files have it."""

ROW_HEIGHT = 16.5
"""Points; the header has two lines."""

NARROWEST, WIDEST = 8, 44
"""Bounds of column widths, in characters."""

BUTTON = 3
"""Characters that the button of the filter hides."""

TEXT_MARGIN = 3
"""Characters beside a text in its cell."""

LETTER = 0.85
"""Width of a letter in a longer text, in characters, which are those of digits."""

MEASURED = 2_000
"""At most so many rows are looked at to find a column's width."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Name of its cells in the workbook, for formulas; "" if no formula needs it."""
    head: Message
    values: Sequence[Any]
    """Texts or numbers, None for a blank cell; the cached results where there is a `formula`."""
    kind: Kind | Sequence[Kind] = "text"
    """What the cells hold; numbers may have a kind each."""
    formula: str | Sequence[str] = ""
    """Formula of each cell, or one for each: `{row}` is its row, `{name}` the letter of the column with that name."""
    total: bool = False
    """True: its sum stands above the header."""
    open: bool = False
    """True: the cells stay blank, to be filled in; `values` are what formulas take them for."""

    @property
    def style(self) -> Kind:
        """What most cells hold."""
        return self.kind if isinstance(self.kind, str) else "whole"


@dataclass(frozen=True)
class Sheet:
    """A table sheet."""

    name: Message
    """Name of the sheet: in every language at most 31 characters, none of `[]:*?/` and backslash."""
    title: Message
    note: Message
    columns: Sequence[Column]
    fixed: int = 1
    """Columns that stay in sight when scrolling sideways."""
    wide: bool = False
    """True: printed across."""

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return len(self.columns[0].values)

    @property
    def too_long(self) -> bool:
        """True if the table is not written."""
        return self.rows > MOST_ROWS


def add_sheet(book: Workbook, filling: Filling, styles: Styles, sheet: Sheet, county: str) -> None:
    """Write a table sheet, its rows into the filling, and name its columns' cells."""
    page: Worksheet = book.add_worksheet(str(sheet.name))
    page.write_string(TITLE_ROW, 0, str(sheet.title), styles.title)
    page.set_default_row(ROW_HEIGHT)
    page.set_row(TITLE_ROW, 26)
    page.set_row(HEAD_ROW, 2 * ROW_HEIGHT + 2)
    page.write_string(NOTE_ROW, 0, str(sheet.note), styles.note)
    last = FIRST_ROW + max(0, sheet.rows - 1)
    letters = {column.name: xl_col_to_name(place) for place, column in enumerate(sheet.columns) if column.name}
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(column), None)
        page.write_string(HEAD_ROW, place, capital(column.head), styles.heads[column.style])
        _write_total(page, styles, sheet, place, last)
        if column.name and not sheet.too_long:
            letter = letters[column.name]
            book.define_name(column.name, f"='{sheet.name}'!${letter}${FIRST_ROW + 1}:${letter}${last + 1}")
    if sheet.too_long:
        text = m("{rows} rows are too many for a workbook that opens quickly.", rows=f"{sheet.rows:,}")
        page.write_string(FIRST_ROW, 0, str(text), styles.note)
    else:
        wrapped = [_wrapped(column) for column in sheet.columns]
        columns = zip(sheet.columns, wrapped, strict=True)
        cells = [_cells_of(styles, column, long, letters) for column, long in columns]
        filling.add(page, FIRST_ROW, cells, heights=_heights(sheet, wrapped))
    page.autofilter(HEAD_ROW, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(FIRST_ROW, sheet.fixed)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    set_up_print(page, county, str(sheet.name), wide=sheet.wide)
    page.repeat_rows(HEAD_ROW)


def set_up_print(page: Worksheet, county: str, name: str, *, wide: bool) -> None:
    """A4, as wide as the paper, with page numbers."""
    page.set_paper(A4)
    if wide:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.set_header(f"&L&9{_plain(county)}&R&9{_plain(name)}")
    page.set_footer(str(m("&C&9Page &P of &N")))


def _write_total(page: Worksheet, styles: Styles, sheet: Sheet, place: int, last: int) -> None:
    column = sheet.columns[place]
    if not any(other.total for other in sheet.columns):
        return
    if not column.total:
        page.write_string(TOTAL_ROW, place, "" if place else str(m("Total")), styles.totals["text"])
        return
    total, style = sum(_numbers(column.values)), styles.totals[column.style]
    if sheet.too_long:
        page.write_number(TOTAL_ROW, place, total, style)
        return
    letter = xl_col_to_name(place)
    page.write_formula(TOTAL_ROW, place, f"=SUBTOTAL(109,{letter}{FIRST_ROW + 1}:{letter}{last + 1})", style, total)


def _cells_of(styles: Styles, column: Column, wrapped: dict[str, int], letters: dict[str, str]) -> Cells:
    """The rows of one column. Texts are written as texts, whatever they begin with."""
    values = column.values
    if column.open:
        return Cells([None] * len(values), [styles.cells[column.style]])
    if column.kind == "text":
        texts = [value or None for value in values]
        if wrapped:
            return Cells(texts, [styles.cells["text"], styles.wrapped], [int(value in wrapped) for value in values])
        return Cells(texts, [styles.cells["text"]])
    kinds: Sequence[Kind] = [column.kind] if isinstance(column.kind, str) else list(dict.fromkeys(column.kind))
    which = None if isinstance(column.kind, str) else [kinds.index(kind) for kind in column.kind]
    return Cells(values, [styles.cells[kind] for kind in kinds], which, _formulas(column, letters))


def _formulas(column: Column, letters: dict[str, str]) -> list[str] | None:
    """The formula of each cell of a column; None if it has none."""
    if not column.formula:
        return None
    formulas = repeat(column.formula, len(column.values)) if isinstance(column.formula, str) else column.formula
    return [text.format(row=row, **letters).removeprefix("=") for row, text in enumerate(formulas, FIRST_ROW + 1)]


def _numbers(values: Sequence[float | None]) -> list[float]:
    """Those that are there."""
    return [value for value in values if value is not None]


def capital(head: Message | str) -> str:
    """A label as it begins a cell: the first letter is large."""
    text = str(head)
    return text[:1].upper() + text[1:]


def _width(column: Column) -> float:
    """Characters that a column needs: its values, and the longest word of its header, which wraps."""
    texts: Iterable[str]
    if column.kind == "text":
        texts = set(column.values[:MEASURED])
    else:
        shown = "{:,.0f}" if column.style == "whole" else "{:.2%}"
        numbers = _numbers(column.values)
        texts = map(shown.format, (sum(numbers) if column.total else 0, *numbers[:MEASURED]))
    head = str(column.head)
    half = -(-_cells(head) // 2)  # two lines
    longest = max((_cells(word) for word in head.split()), default=0) if head.isascii() else half
    needed = max((*map(_cells, texts), half + BUTTON, longest + 1), default=0)
    return min(WIDEST, max(NARROWEST, needed * 1.05 + (TEXT_MARGIN if column.style == "text" else 1.5)))


def _wrapped(column: Column) -> dict[str, int]:
    """Texts that are longer than the widest column, and how many lines each takes."""
    if column.kind != "text":
        return {}
    line = WIDEST - TEXT_MARGIN
    return {
        text: ceil((_cells(text) - (1 - LETTER) * (2 * len(text) - _cells(text))) / line)
        for text in set(column.values)
        if 2 * len(text) > line and _cells(text) > line
    }


def _heights(sheet: Sheet, wrapped: Sequence[dict[str, int]]) -> dict[int, float]:
    """Height of each row of the table that needs several lines, from 0."""
    lines: dict[int, int] = {}
    for column, long in zip(sheet.columns, wrapped, strict=True):
        for row, text in enumerate(column.values if long else ()):
            if text in long:
                lines[row] = max(lines.get(row, 1), long[text])
    return {row: count * ROW_HEIGHT for row, count in lines.items()}


def _cells(text: str) -> int:
    """Character cells of a text; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _plain(text: str) -> str:
    """A text for headers and footers, where `&` begins a code."""
    return text.replace("&", "&&")
