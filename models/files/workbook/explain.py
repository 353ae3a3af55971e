"""The sheet that explains the others."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from pydantic import BaseModel
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import County
from liftplan.models.files.workbook.dropdowns import constraint_text
from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.page import A4, width_of
from liftplan.models.files.workbook.styles import Styles
from liftplan.models.files.workbook.words.choices import NO, YES, names_of
from liftplan.models.files.workbook.words.meanings import column_meaning, table_meaning
from liftplan.models.files.workbook.words.name import Name
from liftplan.models.files.workbook.words.sheets import COUNTY, README, RULES, SHEETS
from liftplan.models.files.workbook.words.units import MONEY
from liftplan.models.messages import Message, language, m

_WIDTHS = (20, 22, 9, 46, 14, 76)


_LINE = 14
"""Height of a line of text, in points."""


def add_explanations(book: Workbook, styles: Styles, county: County, lists: Mapping[str, type[BaseModel]]) -> None:
    """Add the sheet: how to fill in the workbook, its sheets, and every column of them.

    lists: schema of every sheet with many rows alike.
    """
    sheet = book.add_worksheet(str(SHEETS[README]))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    name = county.head.name_en if language() == "en" and county.head.name_en else county.head.name
    sheet.write_string(0, 0, name, styles.title)
    sheet.set_row(0, 26)
    row = 1
    for text in _how_to():
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, str(text), styles.lead)
        sheet.set_row(row, 18)
        row += 1
    row = _sheets(sheet, styles, row + 1, lists)
    _columns(sheet, styles, row + 1, lists)


def _how_to() -> tuple[Message, ...]:
    yuan = header_of("amount")
    example = Name(yuan.en.replace("yuan", "万元"), yuan.zh.replace("元", "万元"))
    return (
        m("This workbook is one county: overwrite its sheets with your own figures, and save it."),
        m("1. Keep the headers; dark ones must be filled in on every row. Point at a header to see what it means."),
        m("2. Money is whole yuan. A column is read in 万元 if its header says so, as in {example}.", example=example),
        m("3. Where a cell holds several things, separate them by a semicolon."),
        m("4. Delete and add rows as you need. Columns and sheets of your own begin with #."),
        m("5. liftplan validate FILE lists all problems with sheet and cell; liftplan solve FILE finds the best plan."),
    )


def _sheets(sheet: Worksheet, styles: Styles, row: int, lists: Mapping[str, type[BaseModel]]) -> int:
    """The list of sheets; returns the row after it."""
    told: dict[str, Message] = {
        COUNTY: m("The county: name, years, poverty line."),
        RULES: m("The rules R1 to R13, the exit test and the goal: change the yellow cells."),
    }
    for place in range(len(_WIDTHS)):
        sheet.write_blank(row, place, None, styles.section)
    sheet.write_string(row, 0, str(m("Sheets")), styles.section)
    for key, name in SHEETS.items():
        if key == README:
            continue
        row += 1
        meaning = told.get(key) or table_meaning(key, lists[key])
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, str(name))
        sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, str(meaning), styles.cell)
    return row + 1


def _columns(sheet: Worksheet, styles: Styles, row: int, lists: Mapping[str, type[BaseModel]]) -> None:
    """The list of columns."""
    headers = (m("Sheet"), m("Column"), m("Fill in"), m("Holds"), m("Blank means"), m("Meaning"))
    for place, header in enumerate(headers):
        sheet.write_string(row, place, str(header), styles.required)
    for key in SHEETS:
        if key not in lists:
            continue
        schema = lists[key]
        row_schema: Any = schema
        for field, constraint in constraints(row_schema).items():
            row += 1
            must = m("must") if constraint.required else m("may")
            cells = (
                SHEETS[key],
                header_of(field),
                must,
                constraint_text(key, field, constraint),
                _default(field, constraint),
                column_meaning(key, field, schema),
            )
            texts = [str(cell) for cell in cells]
            for place, text in enumerate(texts):
                sheet.write_string(row, place, text, styles.part if place == 1 else styles.cell)
            lines = max(ceil(0.85 * width_of(text) / width) for text, width in zip(texts, _WIDTHS, strict=True))
            sheet.set_row(row, _LINE * max(1, lines))


def _default(field: str, constraint: Constraint) -> str:
    """What a blank cell means."""
    default = constraint.default
    if constraint.required or default in {"", ()} or constraint.kind == "float":
        return ""
    if constraint.kind == "bool":
        return str(YES if default else NO)
    if constraint.choices:
        names = names_of(constraint.choices)
        return str(m("all")) if isinstance(default, tuple) else str(names[default])
    return str(default) if default or field in MONEY else "0"
