"""What people do to sheets that makes cells say less, or more, than they show."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from liftplan.models.files.cells import shown
from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.grid import Grid
from liftplan.models.files.workbook.headers import header_of, unit_above
from liftplan.models.files.workbook.layout import Layout
from liftplan.models.files.workbook.scan import Cell
from liftplan.models.files.workbook.words.units import MONEY
from liftplan.models.findings import SHOWN
from liftplan.models.messages import m

_CALCULATE = m("Open the workbook in Excel or WPS, save it, and read it again.")
"""What makes a spreadsheet work out its formulas."""


_CORRECT = m("Correct the formula, or write the value.")


def note_units(layout: Layout, grid: Grid, top: int) -> None:
    """Units that are not known, and those that stand where they cannot be told to belong to a column."""
    for field, column in list(layout.columns.items()):
        if not column.heading.factor:
            layout.complaints.unit_unknown(field, column.heading.unit)
    bare = [field for field, column in layout.columns.items() if field in MONEY and not column.heading.unit]
    above = unit_above(grid.rows[:top])
    if above is None:
        return
    spot, text = letters(above.column), shown(above.text)
    other = [
        field
        for field, column in layout.columns.items()
        if field in MONEY and column.heading.unit and column.heading.factor != above.factor
    ]
    if above.stated and other:
        message = m(
            "Above the table stands {text}, but the header of column {column} states {unit}, which counts.",
            text=text,
            column=letters(layout.columns[other[0]].place),
            unit=layout.columns[other[0]].heading.unit,
        )
        way_out = m("Correct the one that is wrong.")
        layout.complaints.note("unit-above", spot, above.row + 1, message, way_out, warning=True)
    if bare:
        message = m("The unit stands above the table: {text}.", text=text)
        way_out = m(
            "Write it into the header of each column that it is true of, as in {name}.", name=header_of(bare[0])
        )
        layout.complaints.note("unit-above", spot, above.row + 1, message, way_out)
        for field in bare:
            layout.complaints.findings.spoil(layout.complaints.table, field)


def note_cells(layout: Layout, grid: Grid, rows: npt.NDArray[np.int64]) -> None:
    """Formulas without values, and errors."""
    if not (grid.found.formulas or grid.found.errors):
        return
    position = {row: index for index, row in enumerate(rows.tolist())}
    unknown = m("The cell holds a formula whose value is not there: nothing has calculated it.")
    for field, column in layout.columns.items():
        bare = sorted(position[row] for row, place in grid.found.formulas if place == column.place and row in position)
        layout.complaints.cell("formula", field, bare, lambda _: unknown, _CALCULATE)
        errors = {
            position[row]: m("The cell shows the error {error}.", error=text)
            for (row, place), text in sorted(grid.found.errors.items())
            if place == column.place and row in position
        }
        layout.complaints.cell("cell-error", field, errors, errors.__getitem__, _CORRECT)
        column.unread.update(bare, errors)


def note_merged(layout: Layout, grid: Grid, top: int, rows: npt.NDArray[np.int64]) -> None:
    """Merged cells of the table: all but the first of them are blank."""
    last = int(rows[-1]) if len(rows) else top
    places = {column.place: field for field, column in layout.columns.items()}
    ranges = [
        (first, end)
        for first, end in grid.merged
        if end[0] >= top and first[0] <= last and any(first[1] <= place <= end[1] for place in places)
    ]
    for first, end in ranges[:SHOWN]:
        cells = f"{_named(first)}:{_named(end)}"
        message = m("The cells {cells} are merged: only the first of them holds a value.", cells=cells)
        way_out = m("Split them, and fill in each cell.")
        layout.complaints.note("merged", letters(first[1]), first[0] + 1, message, way_out)
    for first, end in ranges:
        inside = np.flatnonzero((rows >= first[0]) & (rows <= end[0])).tolist()
        for place, field in places.items():
            if first[1] <= place <= end[1]:
                layout.columns[field].unread.update(inside)
                layout.complaints.findings.spoil(layout.complaints.table, field, inside)


def _named(cell: Cell) -> str:
    return f"{letters(cell[1])}{cell[0] + 1}"


def note_hidden(layout: Layout, grid: Grid, rows: npt.NDArray[np.int64]) -> None:
    """Rows and columns that count although nobody sees them."""
    filled = set(rows.tolist())
    hidden = [row for row in grid.found.hidden_rows if row in filled]
    way_out = m("Show them, and look whether they are meant.")
    if hidden:
        message = m("Rows are hidden from here on ({count}); they count like the others.", count=len(hidden))
        layout.complaints.note("hidden", "", hidden[0] + 1, message, way_out, warning=True)
    unseen = set(grid.found.hidden_columns)
    for field, column in layout.columns.items():
        if column.place in unseen and len(rows):
            message = m("The column {column} is hidden; it counts like the others.", column=header_of(field))
            layout.complaints.note("hidden", letters(column.place), 0, message, way_out, warning=True)
