"""Finding the cells around the problems of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from liftplan.models.files.texts import Unreadable
from liftplan.models.files.workbook.cells import column_of, letters
from liftplan.models.files.workbook.grid import Grid, grids
from liftplan.models.files.workbook.package import opened
from liftplan.models.files.workbook.tabs import chosen
from liftplan.models.findings import Findings
from liftplan.models.problems import Place
from liftplan.service.excerpts import Excerpt, ExcerptRow

MOST = 100
"""Problems that are shown with their cells."""

BESIDE, ABOVE = 2, 2
"""Columns at each side of a cell, rows above and below it."""

LONGEST = 60
"""Letters of a cell that are shown."""


def around(path: Path, places: Sequence[Place]) -> list[Excerpt | None]:
    """What stands around places of a workbook; None where a place is no row of a sheet that can be read."""
    wanted = [place if place.sheet and place.row else None for place in places[:MOST]]
    sheets = _sheets(path, {place.sheet for place in wanted if place is not None})
    found = [
        _excerpt(sheets[place.sheet], place) if place is not None and place.sheet in sheets else None
        for place in wanted
    ]
    return [*found, *[None] * (len(places) - len(found))]


def _sheets(path: Path, names: set[str]) -> dict[str, Grid]:
    """Sheets by their names."""
    if not names:
        return {}
    try:
        package = opened(path.read_bytes(), path.name)
        parts = [part for part in chosen(package, path.name, Findings()).values() if part.name in names]
        return {grid.name: grid for grid in grids(package, parts, path.name)}
    except Unreadable:
        return {}


def _excerpt(grid: Grid, place: Place) -> Excerpt | None:
    rows = grid.rows
    if not rows or not rows[0]:
        return None
    at, wide = place.row - 1, len(rows[0])
    head = next((number for number, row in enumerate(rows) if sum(map(_filled, row)) > 1), 0)
    shown = sorted({head, *range(max(head, at - ABOVE), min(len(rows), at + ABOVE + 1)), at})
    if place.letter:
        column = column_of(place.letter)
        columns = sorted({0, *range(max(0, column - BESIDE), min(max(wide, column + 1), column + BESIDE + 1))})
    else:
        columns = list(range(min(wide, 3 * BESIDE)))
    return Excerpt(
        sheet=grid.name,
        letters=tuple(letters(column) for column in columns),
        rows=tuple(ExcerptRow(number=number + 1, cells=_cells(rows, number, columns)) for number in shown),
        row=place.row,
        letter=place.letter,
    )


def _cells(rows: Sequence[Sequence[Any]], number: int, columns: Iterable[int]) -> tuple[str, ...]:
    row: Sequence[Any] = rows[number] if number < len(rows) else ()
    return tuple(_text(row[column]) if column < len(row) else "" for column in columns)


def _text(value: Any) -> str:
    """A value as a spreadsheet would show it."""
    if isinstance(value, float):
        text = f"{value:.10g}"
    elif isinstance(value, bool):
        text = str(value).upper()
    else:
        text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _filled(value: Any) -> bool:
    return value is not None and bool(str(value).strip())
