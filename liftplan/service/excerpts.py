"""The cells around a problem of a workbook, as its reader sees them."""

from __future__ import annotations

from liftplan.models.base import Frozen


class ExcerptRow(Frozen):
    """A row of a sheet."""

    number: int
    """As the spreadsheet shows it."""
    cells: tuple[str, ...]


class Excerpt(Frozen):
    """A few rows and columns of a sheet."""

    sheet: str
    letters: tuple[str, ...]
    """Of the columns."""
    rows: tuple[ExcerptRow, ...]
    row: int
    """The row that is meant."""
    letter: str
    """The column that is meant; "": the whole row."""
