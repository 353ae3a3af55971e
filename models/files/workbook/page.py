"""What all sheets share: frozen headers, widths, how they print."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

A4 = 9
"""Number of the paper in Excel."""


def set_up(sheet: Worksheet, widths: Sequence[float], *, frozen_columns: int = 0) -> None:
    """Freeze the first row, and print landscape on A4 with that row on every page."""
    sheet.freeze_panes(1, frozen_columns)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


def width_of(text: str) -> float:
    """Width of a text in a spreadsheet's unit: Chinese characters count twice."""
    return sum(2.0 if sign > "\u2e80" else 1.05 for sign in text)
