"""Cells of CSV files that spreadsheets must not take for formulas."""

from __future__ import annotations

import csv
import io

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, full width included."""


def plain(cell: str | int | None) -> str | int:
    """A cell that is shown as it is: a text that looks like a formula gets an apostrophe before it; None is blank."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(BEGINNINGS) else cell


def escaped(content: bytes) -> bytes:
    """A CSV file (UTF-8, with or without a mark) whose texts are shown as they are; it begins with a mark."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    text = io.StringIO()
    csv.writer(text).writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
