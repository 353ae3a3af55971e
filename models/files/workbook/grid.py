"""The values of sheets, row by row, with what does not show in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import python_calamine

from liftplan.models.files.texts import Unreadable
from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.package import UNREAD, Package, Part, damaged
from liftplan.models.files.workbook.repack import repacked
from liftplan.models.files.workbook.scan import MOST_CELLS, Cell, Scan, scan
from liftplan.models.files.workbook.usual import ScanFault
from liftplan.models.messages import m
from liftplan.models.problems import Place


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes
    ----------
    name
        As its tab shows it.
    rows
        Values from cell A1 on: texts, floats, truth values, dates; "" where there is none. Rows are of one length.
    found
        What the values do not show.
    merged
        First and last cell of each range of merged cells.
    """

    name: str
    rows: list[list[Any]]
    found: Scan
    merged: Sequence[tuple[Cell, Cell]]


def grids(package: Package, parts: Sequence[Part], file: str) -> list[Grid]:
    """The sheets; raises `Unreadable` if one of them is damaged or reaches too far."""
    try:
        percents = package.percents()
    except (ET.ParseError, ValueError):
        raise damaged(file, UNREAD) from None
    scans = [_scanned(part, percents, file) for part in parts]
    try:
        book = python_calamine.load_workbook(io.BytesIO(repacked(package, parts)))
        return [
            _grid(part, found, book.get_sheet_by_index(place))
            for place, (part, found) in enumerate(zip(parts, scans, strict=True))
        ]
    except python_calamine.CalamineError:
        raise damaged(file, UNREAD) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library, written in another language, gives up
            raise
        raise damaged(file, UNREAD) from None


def _scanned(part: Part, percents: frozenset[int], file: str) -> Scan:
    try:
        found = scan(part.xml, percents)
    except ScanFault as fault:
        raise damaged(file, fault.reason, part.name) from None
    if found.area > MOST_CELLS:
        cell = f"{letters(found.last_column)}{found.last_row + 1}"
        message = m("The sheet reaches to cell {cell}, far beyond any table.", cell=cell)
        way_out = m("Delete the rows and columns outside the table, and save the workbook.")
        raise Unreadable("workbook-size", Place(file=file, sheet=part.name), message, way_out)
    return found


def _grid(part: Part, found: Scan, sheet: Any) -> Grid:
    return Grid(part.name, sheet.to_python(skip_empty_area=False), found, sheet.merged_cell_ranges or [])
