"""Long tables put into a workbook that a library has made: what is written is what every reader finds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from liftplan.models.files.workbook.filling import Cells, Filling

TEXTS = [
    "plain",
    " 两 边 ",
    "<r>no markup</r>",
    "a & b < c",
    '"quoted"',
    "line\nbreak",
    "_x0041_",
    "tab\there",
    "=1+1",
    "",
]


def filled(columns: Sequence[tuple[Sequence[str | float | None], str]], **more: object) -> bytes:
    """A workbook with a title, and from row 3 on columns of values with a number format."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    filling = Filling(book)
    book.add_worksheet("first").write_string(0, 0, "first")
    page = book.add_worksheet("table")
    page.write_string(0, 0, "title")
    formats = [book.add_format({"num_format": form}) for _, form in columns]
    cells = [Cells(values, [style]) for (values, _), style in zip(columns, formats, strict=True)]
    filling.add(page, 2, cells, **more)  # type: ignore[arg-type]
    book.close()
    return filling.filled(content.getvalue())


def sheet(content: bytes, *, values: bool = False) -> Worksheet:
    """The sheet with the table, as openpyxl reads it: formulas, or with `values` their cached results."""
    found = openpyxl.load_workbook(io.BytesIO(content), data_only=values)["table"]
    assert isinstance(found, Worksheet)
    return found


def test_texts_come_back() -> None:
    """Every text is read as it was, whatever it looks like; each is in the file once."""
    content = filled([(TEXTS, "@"), (TEXTS[::-1], "@")])
    read = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("table").to_python()
    assert [row[0] for row in read[2:]] == TEXTS
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert texts.count(">plain<") == 1
    assert f'count="{2 * len(TEXTS) + 2}" uniqueCount="{len(TEXTS) + 2}"' in texts


def test_numbers_and_blanks_keep_their_formats() -> None:
    """Numbers have all their digits; a blank cell has a format too."""
    page = sheet(filled([([1, 123_456_789_012_345, 0.1, 1 / 3, None], "#,##0.0")]))
    assert [page.cell(row, 1).value for row in range(3, 8)] == [1, 123_456_789_012_345, 0.1, 0.3333333333333333, None]
    assert {page.cell(row, 1).number_format for row in range(3, 8)} == {"#,##0.0"}
    assert page.dimensions == "A1:A7"


def test_formulas_have_results() -> None:
    """A formula is there with its cached result, a number or a text; cells without one are plain."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    filling = Filling(book)
    page = book.add_worksheet("table")
    page.write_string(0, 0, "title")
    styles = [book.add_format({"bold": True}), book.add_format({"num_format": "0%"})]
    formulas = ['IF(1<2,"<&","")', "1+1", ""]
    filling.add(page, 2, [Cells(["<&", 2, 0.5], styles, [0, 0, 1], formulas)])
    book.close()
    made = filling.filled(content.getvalue())
    assert [sheet(made).cell(row, 1).value for row in (3, 4, 5)] == ['=IF(1<2,"<&","")', "=1+1", 0.5]
    assert [sheet(made, values=True).cell(row, 1).value for row in (3, 4, 5)] == ["<&", 2, 0.5]
    assert [sheet(made).cell(row, 1).number_format for row in (4, 5)] == ["General", "0%"]


def test_rows_have_heights() -> None:
    """A row of several lines is as high as it was asked to be; the others are as the sheet says."""
    page = sheet(filled([(["a", "b", "c"], "@")], heights={1: 49.5}))
    assert [page.row_dimensions[row].height for row in (3, 4, 5)] == [None, 49.5, None]


def test_rows_are_counted() -> None:
    """Whoever asked is told of all rows, some thousands at a time."""
    told: list[int] = []
    filled([(list(range(4_321)), "0")], written=told.append)
    assert sum(told) == 4_321
    assert len(told) > 1


def test_a_long_text_is_cut() -> None:
    """A cell holds 32,767 signs, and a sign beyond the basic plane counts twice."""
    page = sheet(filled([(["x" * 40_000, "𠮷" * 20_000], "@")]))
    assert [len(str(page.cell(row, 1).value)) for row in (3, 4)] == [32_767, 16_383]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    """No spreadsheet holds it, so it is a fault of ours, and not written."""
    with pytest.raises(ValueError, match=str(number)):
        filled([([number], "0")])
