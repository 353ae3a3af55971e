"""Cell formats of a county's workbook."""

from __future__ import annotations

from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from liftplan.models.messages import language

Kind = Literal["text", "date", "number", "year", "degrees"]
"""What a column holds: texts and codes, dates, whole numbers with separators, years, coordinates."""

NUMBERS: dict[Kind, str] = {
    "text": "@",  # what is typed stays as it is typed: 3-5 is no date, 001 is no 1
    "date": "yyyy-mm-dd",
    "number": "#,##0",
    "year": "0",
    "degrees": "General",
}
"""Number formats of Excel."""

_LEFT = {"text", "date"}
_FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
_INK, _STEEL, _GREY, _PALE, _LINE, _LINK = "#1F3A56", "#5B7590", "#55606B", "#E8EEF4", "#C9D3DD", "#0B5CAD"


class Styles:
    """Formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": _FONTS[language()], "font_size": 10, "valign": "top"}
        head = {**base, "bold": True, "font_color": "#FFFFFF", "text_wrap": True, "border": 1, "border_color": _LINE}
        line = {**base, "bottom": 1, "bottom_color": _LINE}
        self.columns: dict[Kind, Format] = {
            kind: book.add_format(
                {**base, "num_format": number, **({} if kind in _LEFT else {"align": "right", "indent": 1})}
            )
            for kind, number in NUMBERS.items()
        }
        self.required: Format = book.add_format({**head, "bg_color": _INK})
        self.optional: Format = book.add_format({**head, "bg_color": _STEEL})
        self.title: Format = book.add_format({**base, "bold": True, "font_size": 16, "font_color": _INK})
        self.lead: Format = book.add_format({**base, "font_size": 11, "text_wrap": True})
        self.section: Format = book.add_format({**base, "bold": True, "font_size": 11, "bg_color": _PALE})
        self.cell: Format = book.add_format({**line, "text_wrap": True})
        self.link: Format = book.add_format({**line, "font_color": _LINK, "underline": 1})
        self.key: Format = book.add_format({**line, "font_color": _GREY, "num_format": "@"})
        self.part: Format = book.add_format({**line, "bold": True, "text_wrap": True})
        value = {**line, "bg_color": "#FFFBE6", "text_wrap": True, "align": "left"}
        self.value: Format = book.add_format({**value, "num_format": "@"})
        self.number: Format = book.add_format({**value, "num_format": "#,##0"})
        self.year: Format = book.add_format({**value, "num_format": "0"})
