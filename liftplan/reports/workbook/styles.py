"""Cell formats of a workbook: one small set, made once."""

from __future__ import annotations

from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from liftplan.models.messages import language

Kind = Literal["text", "whole", "share", "fine", "ratio"]
"""text; whole numbers with separators (yuan, people); a share of 1 as a percentage, in tenths or finer; a ratio."""

NUMBERS: dict[Kind, str] = {"text": "@", "whole": "#,##0", "share": "0.0%", "fine": "0.0000%", "ratio": "0.00"}
"""Number formats of Excel."""

FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
"""Fonts that office machines have."""

INK, PALE, LINE, LINK = "#1B2A3A", "#E8EEF4", "#C9D3DD", "#0B5CAD"


class Styles:
    """Formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": FONTS[language()], "font_size": 10, "valign": "top"}
        cell = {**base, "bottom": 1, "bottom_color": LINE}
        head = {**base, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": PALE, "font_color": INK}
        self.title: Format = book.add_format({**base, "bold": True, "font_size": 15, "font_color": INK})
        self.note: Format = book.add_format({**base, "font_color": "#55606B"})
        self.section: Format = book.add_format({**head, "font_size": 11, "bottom": 1, "bottom_color": INK})
        self.link: Format = book.add_format({**cell, "font_color": LINK, "underline": 1})
        self.wrapped: Format = book.add_format({**cell, "text_wrap": True})
        self.big: Format = book.add_format({**cell, "bold": True, "font_size": 14, "num_format": "#,##0"})
        self.cells: dict[Kind, Format] = {}
        self.totals: dict[Kind, Format] = {}
        self.heads: dict[Kind, Format] = {}
        for kind, number in NUMBERS.items():
            side = {"align": "left" if kind == "text" else "right"}
            self.cells[kind] = book.add_format({**cell, **side, "num_format": number})
            self.totals[kind] = book.add_format({**base, **side, "bold": True, "num_format": number, "top": 1})
            self.heads[kind] = book.add_format({**head, **side, "bottom": 2, "bottom_color": INK})
