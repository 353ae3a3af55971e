"""Names of cells."""

from __future__ import annotations

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel."""

MOST_COLUMNS = 16_384
"""Columns of a sheet of Excel."""

LONGEST_TEXT = 32_767
"""Most characters of a cell of Excel."""


def letters(column: int) -> str:
    """Name of a column: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(ord("A") + letter) + name, column - 1
    return name


def column_of(name: str) -> int:
    """Position of the column called so."""
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
