"""A sheet to the columns of a table: where its header is, which rows count."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.complaints import SheetComplaints
from liftplan.models.files.workbook.grid import Grid
from liftplan.models.files.workbook.headers import Headers, Heading, header_row, is_remark
from liftplan.models.files.workbook.layout import Column, Layout
from liftplan.models.files.workbook.notes import note_cells, note_hidden, note_merged, note_units
from liftplan.models.findings import Findings, Origin


def laid_out(table: str, fields: Sequence[str], grid: Grid, file: str, findings: Findings) -> Layout:
    """The table in a sheet; whatever is wrong with its form is noted.

    Parameters
    ----------
    table
        Name under which its places are found.
    fields
        Fields that it may have.
    """
    headers = Headers(fields)
    complaints = SheetComplaints(table, grid.name, findings, headers)
    top = header_row(grid.rows, headers)
    findings.origins = {**findings.origins, table: Origin(file, sheet=grid.name)}
    if top < 0:
        return Layout({}, 0, complaints)
    rows = _filled(grid, top + 1)
    named = [str(value).strip() for value in grid.rows[top]]
    read = [headers.read(name) for name in named]
    spots = {name: letters(place) for place, name in reversed(list(enumerate(named)))}
    spots |= {one.field: letters(place) for place, one in reversed(list(enumerate(read))) if one.field}
    findings.origins = {**findings.origins, table: Origin(file, 1, rows + 1, grid.name, spots)}
    filled = [grid.rows[row] for row in rows.tolist()]
    columns: dict[str, Column] = {}
    for place, (name, heading) in enumerate(zip(named, read, strict=True)):
        if heading.field in columns:
            complaints.twice_at(letters(place), heading.field)
        elif heading.field:
            columns[heading.field] = _column(place, heading, rows, grid, filled)
        elif not is_remark(name) and (name or any(row[place] != "" for row in filled)):
            complaints.unknown_at(letters(place), name, fields)
    layout = Layout(columns, len(rows), complaints)
    note_units(layout, grid, top)
    note_cells(layout, grid, rows)
    note_merged(layout, grid, top, rows)
    note_hidden(layout, grid, rows)
    return layout


def _filled(grid: Grid, first: int) -> npt.NDArray[np.int64]:
    """Positions of the rows from `first` on that hold anything."""
    odd = {row for row, _ in (*grid.found.formulas, *grid.found.errors)}
    return np.array(
        [
            row
            for row, values in enumerate(grid.rows[first:], first)
            if values[0] not in {"", None} or row in odd or any(not _blank(value) for value in values)
        ],
        dtype=np.int64,
    )


def _blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _column(
    place: int, heading: Heading, rows: npt.NDArray[np.int64], grid: Grid, filled: Sequence[Sequence[Any]]
) -> Column:
    percents = {row for row, column in grid.found.percents if column == place}
    shown = [index for index, row in enumerate(rows.tolist()) if row in percents] if percents else []
    return Column(heading.field, place, heading, list(map(itemgetter(place), filled)), shown, set())
