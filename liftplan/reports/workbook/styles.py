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

INK, GREY, PALE, LINE, LINK = "#1F3A56", "#55606B", "#E8EEF4", "#C9D3DD", "#0B5CAD"
"""Colours: heads and titles, remarks, sections and totals, lines between rows, links."""


class Styles:
    """Formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": FONTS[language()], "font_size": 10, "valign": "vcenter"}
        cell = {**base, "bottom": 1, "bottom_color": LINE}
        head = {**base, "bold": True, "text_wrap": True, "valign": "top", "bg_color": INK, "font_color": "#FFFFFF"}
        self.title: Format = book.add_format({**base, "bold": True, "font_size": 16, "font_color": INK})
        self.note: Format = book.add_format({**base, "font_color": GREY})
        self.lead: Format = book.add_format({**base, "font_size": 11, "text_wrap": True, "valign": "top"})
        self.section: Format = book.add_format({**base, "bold": True, "font_size": 11, "bg_color": PALE})
        self.link: Format = book.add_format({**cell, "font_color": LINK, "underline": 1})
        self.value: Format = book.add_format({**cell, "align": "right", "text_wrap": True})
        self.remark: Format = book.add_format({**cell, "font_color": GREY, "text_wrap": True, "indent": 1})
        self.wrapped: Format = book.add_format({**cell, "indent": 1, "num_format": NUMBERS["text"], "text_wrap": True})
        self.cells: dict[Kind, Format] = {}
        self.totals: dict[Kind, Format] = {}
        self.heads: dict[Kind, Format] = {}
        for kind, number in NUMBERS.items():
            side: dict[str, str | int] = {"align": "right", "num_format": number}
            if kind == "text":
                side |= {"align": "left", "indent": 1}  # apart from a number before it
            self.cells[kind] = book.add_format({**cell, **side})
            self.totals[kind] = book.add_format({**base, **side, "bold": True, "bg_color": PALE})
            self.heads[kind] = book.add_format({**head, **side})
