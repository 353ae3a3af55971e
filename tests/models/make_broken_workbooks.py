"""Makes the workbooks in `broken/`: `python -m tests.models.make_broken_workbooks`; each is named after its defect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from .sheets import Error, Formula, Percent, package, packed, sheet_xml, workbook
from .smallbook import Sheets, small_book

CONTENT_TYPES = "[Content_Types].xml"

SAVED = ("xlsx-with-password.xlsx", "xlsx-of-2003.xls", "xlsx-ods.ods")
"""The small workbook as LibreOffice saved it: encrypted (the password is `secret`), for Excel 97-2003, as OpenDocument.

Salts and times make such a file another one each time it is saved, so it is kept and not made again.
"""

BROKEN = Path(__file__).parent / "broken"

Change = Callable[[Sheets], Any]


def put(sheet: str, row: int, column: int, value: Any) -> Change:
    """Another value in a cell; row and column count from 1."""

    def change(book: Sheets) -> None:
        book[sheet][row - 1][column - 1] = value

    return change


def add(sheet: str, *cells: Any) -> Change:
    """One more row."""
    return lambda book: book[sheet].append(list(cells))


def rename(sheet: str, name: str) -> Change:
    """Another name for a sheet."""
    return lambda book: book.update({name: book.pop(sheet)})


def sheet(name: str, *rows: list[Any]) -> Change:
    """One more sheet."""
    return lambda book: book.update({name: list(rows)})


def above(sheet: str, *cells: Any) -> Change:
    """A row above a table."""
    return lambda book: book[sheet].insert(0, list(cells))


CHANGED: dict[str, list[Change]] = {
    "amounts-in-ten-thousands": [put("资金", 2, 5, 20), put("资金", 3, 5, 10)],
    "cell-error": [put("资金", 3, 5, Error("#REF!"))],
    "choice-unknown": [put("资金", 2, 4, "财政扶贫")],
    "column-missing": [put("资金", 1, 5, "备注")],
    "column-misspelt": [put("贫困户", 1, 4, "人均年收人（元）")],
    "column-twice": [put("部门", 1, 2, "编号")],
    "column-unknown": [put("用途", 1, 2, "xyz")],
    "column-without-name": [put("村", 1, 4, None)],
    "cost-without-purpose": [put("费用", 3, 2, None)],
    "date-as-text": [put("村级项目", 2, 5, "2015年10月31日")],
    "date-made-of-a-text": [put("村级项目", 3, 4, date(2015, 3, 5))],
    "formula-without-value": [put("资金", 3, 5, Formula("60000+40000"))],
    "household-without-village": [put("贫困户", 3, 2, "  ")],
    "id-twice": [put("部门", 3, 1, "poverty")],
    "long-number": [sheet("账户", ["部门", "账户名称", "账号"], ["water", "专户", 6222020200112233445])],
    "number-is-a-word": [put("贫困户", 2, 3, "四")],
    "number-is-nan": [put("贫困户", 2, 4, "NaN")],
    "number-is-true": [put("贫困户", 2, 3, True)],
    "reference-dangling": [put("资金", 3, 6, "watr")],
    "requires-in-a-circle": [put("村级项目", 2, 4, "v01-p02")],
    "setting-blank": [put("政策规则", 2, 3, None), put("政策规则", 3, 3, None)],
    "setting-misspelt": [put("政策规则", 2, 1, "R3.minimun")],
    "setting-of-a-wrong-kind": [put("政策规则", 2, 3, "三十万"), put("政策规则", 3, 3, "乡")],
    "setting-twice": [add("政策规则", "R3.minimum", None, 5, None)],
    "setting-without-key": [add("政策规则", None, "下限", 5, None)],
    "settings-without-value-column": [put("县情", 1, 3, "取直")],
    "percentage-of-persons": [put("贫困户", 2, 3, Percent(3.0)), put("政策规则", 2, 3, Percent(1.0))],
    "plan": [
        lambda book: [book.pop(name) for name in ("县情", "政策规则", "R4部门投入下限")],
        sheet("概览", ["示范县"]),
        sheet("台账", ["资金", "金额"], ["special", 5]),
    ],
    "r4-row-of-nobody": [put("R4部门投入下限", 2, 3, "povrty")],
    "r4-row-in-fractions": [put("R4部门投入下限", 2, 4, 0.5)],
    "sheet-misspelt": [rename("贫困户", "贫困沪")],
    "sheet-missing": [lambda book: book.pop("县情")],
    "sheet-twice": [sheet("Funds", ["Id"], ["x"])],
    "sheets-of-something-else": [lambda book: [book.pop(name) for name in list(book)], sheet("预算", ["金额"], [5])],
    "slot-of-a-project-without": [put("到户措施", 2, 7, "v01-p01")],
    "ten-thousands-in-fractions": [
        put("资金", 1, 5, "金额（万元）"),
        put("资金", 2, 5, 20.5),
        put("资金", 3, 5, 10.12345),
    ],
    "truth-value-unknown": [put("村", 2, 4, "也许")],
    "unit-above-the-table": [above("费用", "费用表"), above("费用", None, "单位：万元"), put("费用", 3, 3, "金额")],
    "unit-unknown": [put("资金", 1, 5, "金额（美元）")],
    "village-unknown": [put("贫困户", 2, 2, "v09")],
    "year-as-a-date": [put("县情", 4, 3, date(2015, 1, 1))],
    "yuan-fraction": [put("费用", 2, 3, 50000.5)],
    "yuan-in-words": [put("费用", 2, 3, "5万")],
    "yuan-negative": [put("资金", 2, 5, -1)],
}
"""What is changed in the small sound workbook."""


def made() -> Iterator[tuple[str, bytes]]:
    """Name and content of each broken workbook."""
    for name, changes in CHANGED.items():
        book = small_book()
        for change in changes:
            change(book)
        yield f"xlsx-{name}.xlsx", workbook(book)
    sound = workbook(small_book())
    costs = small_book()
    costs["费用"][2][0] = costs["费用"][3][0] = None
    yield "xlsx-merged-cells.xlsx", workbook(costs, merged={"费用": ["A2:A4"]})
    yield (
        "xlsx-hidden.xlsx",
        workbook(small_book(), hidden_rows={"资金": [3]}, hidden_columns={"资金": [7]}, hidden_sheets=["村"]),
    )
    yield "xlsx-empty.xlsx", b""
    yield "xlsx-cut-off.xlsx", sound[: len(sound) // 2]
    yield "xlsx-web-page.xlsx", "<html><table><tr><td>编号</td></tr></table></html>".encode()
    yield "xlsx-of-word.xlsx", packed({CONTENT_TYPES: "<x/>", "word/document.xml": "<x/>"})
    yield (
        "xlsx-open-document.xlsx",
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
    )
    files = package({name: sheet_xml(rows) for name, rows in small_book().items()})
    for name, old, new in SPOILT:
        part = f"xl/worksheets/sheet{list(small_book()).index('资金') + 1}.xml"
        assert files[part].count(old) == 1, name
        yield f"xlsx-{name}.xlsx", packed({**files, part: files[part].replace(old, new)})
    yield "xlsx-bomb.xlsx", packed({**files, "xl/media/image1.bmp": bytes(2**26)})
    yield "xlsx-sheet-lost.xlsx", packed({name: text for name, text in files.items() if "sheet7" not in name})


SPOILT = (
    ("cell-twice", '<c r="B3"', '<c r="A3"'),
    ("entities", "<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'),
    ("far-cell", "</row></sheetData>", '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    ("sheet-damaged", "</row></sheetData>", "</rov></sheetData>"),
)
"""Name of the defect, and what is replaced by what in the sheet of funds."""


def main() -> None:
    """Write them all."""
    for name, content in made():
        (BROKEN / name).write_bytes(content)


if __name__ == "__main__":
    main()
