"""A sheet as a table: the column of each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liftplan.models.files.workbook.complaints import SheetComplaints
from liftplan.models.files.workbook.headers import Heading


@dataclass(frozen=True)
class Column:
    """One column of a table in a sheet.

    Attributes
    ----------
    field
        Field of the table.
    place
        Its position in the sheet.
    heading
        What its header says.
    values
        Its cells, as a list of one value a row.
    percents
        Rows of the table whose number is shown as a percentage.
    unread
        Rows of the table whose value cannot be told: that has been noted.
    """

    field: str
    place: int
    heading: Heading
    values: list[Any]
    percents: Sequence[int]
    unread: set[int]


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet, by field, and how many rows they have."""

    columns: dict[str, Column]
    length: int
    complaints: SheetComplaints
