"""Tables of documents, each written as one piece of XML: cell by cell it would take seconds instead of milliseconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from liftplan.models.messages import Message
from liftplan.reports.documents.fitting import fitted

TWIPS = 56.7
"""Twentieths of a point in a millimetre."""

CELL_STYLES = {"text": "TableText", "number": "TableNumber", "centre": "TableHead"}
"""Kind of column -> id of its cells' paragraph style."""

BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

MARGINS = "".join(
    f'<w:{side} w:w="{twips}" w:type="dxa"/>'
    for side, twips in (("top", 34), ("left", 68), ("bottom", 34), ("right", 68))
)
"""Room between the borders of a cell and its text."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    head: Message
    width: float
    """Its part of the room that its texts leave over; the parts need not add up to one."""
    kind: Literal["text", "number", "centre"] = "text"


@dataclass(frozen=True)
class Row:
    """A row: one text for each column; None continues the cell to the left."""

    cells: Sequence[str | None]
    strong: bool = False
    """True for sums, and for rows that head others."""


def table_xml(
    columns: Sequence[Column],
    rows: Sequence[Row],
    width: float,
    points: float,
    *,
    merged: int = 0,
    height: float = 0.0,
) -> str:
    """A table as XML; its header is repeated on every page, and no row is split.

    Parameters
    ----------
    columns, rows
        What stands in it.
    width
        Of the table, mm.
    points
        Size of its letters.
    merged
        In so many columns from the left, equal cells below each other become one (but not in strong rows).
    height
        Of each row below the header at least, mm.
    """
    fit = fitted(
        [str(column.head) for column in columns],
        [row.cells for row in rows],
        [row.strong for row in rows],
        [column.kind == "number" for column in columns],
        [column.width for column in columns],
        width,
        points,
    )
    widths = [round(one * TWIPS) for one in fit]
    head = Row([str(column.head) for column in columns])
    kinds = [CELL_STYLES[column.kind] for column in columns]
    body = [_row(head, ["TableHead"] * len(columns), widths, {}, heads=True)]
    for place, row in enumerate(rows):
        merges = {column: mark for column in range(merged) if (mark := _merge(rows, place, column))}
        body.append(_row(row, kinds, widths, merges, height=height))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{MARGINS}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


def plain(text: str) -> str:
    """A text as XML holds it."""
    return escape(CONTROL.sub("", text))


def _merge(rows: Sequence[Row], place: int, column: int) -> str:
    """How a cell is merged with those above and below: "" if it is not."""

    def same(first: int, second: int) -> bool:
        if first < 0 or second == len(rows) or rows[first].strong or rows[second].strong:
            return False
        return list(rows[first].cells[: column + 1]) == list(rows[second].cells[: column + 1])

    if same(place - 1, place):
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if same(place, place + 1) else ""


def _row(
    row: Row,
    styles: Sequence[str],
    widths: Sequence[int],
    merges: dict[int, str],
    *,
    heads: bool = False,
    height: float = 0.0,
) -> str:
    cells = []
    for place, text in enumerate(row.cells):
        if text is None:
            continue
        end = place + 1
        while end < len(row.cells) and row.cells[end] is None:
            end += 1
        span = f'<w:gridSpan w:val="{end - place}"/>' if end > place + 1 else ""
        properties = f'<w:tcW w:w="{sum(widths[place:end])}" w:type="dxa"/>{span}{merges.get(place, "")}'
        bold = "<w:rPr><w:b/></w:rPr>" if row.strong else ""
        run = f'<w:r>{bold}<w:t xml:space="preserve">{plain(text)}</w:t></w:r>' if text else ""
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="{styles[place]}"/></w:pPr>{run}</w:p>'
        cells.append(f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>')
    least = f'<w:trHeight w:val="{round(height * TWIPS)}" w:hRule="atLeast"/>' if height else ""
    header = "<w:tblHeader/>" if heads else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{least}{header}</w:trPr>{''.join(cells)}</w:tr>"
