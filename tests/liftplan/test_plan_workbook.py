"""`plan.xlsx`: its numbers are the plan's, its formulas say the same, and texts stay texts."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

import liftplan
from liftplan.models.tables import Table
from liftplan.reports.frames import PlanTables
from liftplan.reports.limits import limits
from liftplan.reports.workbook import plan_workbook
from liftplan.reports.workbook import sheet as sheets
from liftplan.reports.workbook.sheet import A4, FIRST_ROW, HEAD_ROW, TOTAL_ROW

from .office import recomputed, spoil

SHEETS = [
    "Summary",
    "Departments",
    "Funds",
    "Villages",
    "Minimums",
    "Projects",
    "Households",
    "Ledger",
    "Unspent money",
]


def book_of(solution: liftplan.Solution) -> bytes:
    """The workbook in the current language."""
    return plan_workbook(solution.plan, solution.county, PlanTables(solution.plan, solution.county))


def values(content: bytes) -> dict[str, list[list[Any]]]:
    """Rows of each sheet, with cached values of formulas."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def column(rows: list[list[Any]], head: str) -> list[Any]:
    """The cells below a header."""
    return [row[rows[HEAD_ROW].index(head)] for row in rows[FIRST_ROW:]]


@pytest.fixture(scope="module")
def content(solution: liftplan.Solution) -> bytes:
    """The workbook of `tiny`."""
    return book_of(solution)


@pytest.fixture(scope="module")
def cells(content: bytes) -> dict[str, list[list[Any]]]:
    """Its cells."""
    return values(content)


def formulas(content: bytes) -> dict[tuple[str, str], str]:
    """Sheet and cell -> formula."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        (page.title, cell.coordinate): cell.value
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_sheets_are_those_of_the_page(cells: dict[str, list[list[Any]]]) -> None:
    """The sheets stand in the order in which people read them."""
    assert list(cells) == SHEETS


def test_ledger_sheet_has_every_line(cells: dict[str, list[list[Any]]], solution: liftplan.Solution) -> None:
    """Fund, item and yuan of each ledger line."""
    rows = cells["Ledger"]
    found = zip(column(rows, "Fund id"), column(rows, "Item id"), column(rows, "Money, yuan"), strict=True)
    assert [*found] == [(fund, item, yuan) for fund, item, _, yuan in solution.plan.ledger]


@pytest.mark.parametrize(
    ("sheet", "key", "head", "field"),
    [
        ("Departments", "Department id", "Allocated", "by_department"),
        ("Funds", "Fund id", "Allocated", "by_fund"),
        ("Villages", "Village id", "Money, yuan", "by_village"),
        ("Villages", "Village id", "People lifted", "people_by_village"),
    ],
)
def test_groups_have_the_plans_totals(
    cells: dict[str, list[list[Any]]], solution: liftplan.Solution, sheet: str, key: str, head: str, field: str
) -> None:
    """Each department, fund and village has what the plan's own totals say, and the total row their sum."""
    rows = cells[sheet]
    totals = getattr(solution.plan.totals, field)
    assert dict(zip(column(rows, key), column(rows, head), strict=True)) == totals
    assert rows[TOTAL_ROW][rows[HEAD_ROW].index(head)] == sum(totals.values())


def test_unspent_money_has_its_reason(cells: dict[str, list[list[Any]]], solution: liftplan.Solution) -> None:
    """Every fund with money left is there with the amount and a reason; ring-fenced money is apart."""
    rows = cells["Unspent money"]
    found = dict(zip(column(rows, "Fund id"), column(rows, "Left over"), strict=True))
    ring = dict(zip(column(rows, "Fund id"), column(rows, "Ring-fenced"), strict=True))
    uses = [use for use in solution.plan.funds if use.left or use.fee]
    fenced = {use.fund for use in uses if use.reason == "ring_fenced"}
    assert found == {use.fund: 0 if use.fund in fenced else use.left for use in uses}
    assert ring == {use.fund: use.left if use.fund in fenced else 0 for use in uses}
    assert fenced
    assert all(column(rows, "Why"))


def test_sheets_agree_on_what_is_left_over(content: bytes) -> None:
    """Departments, funds and unspent money have one sum of money left over, and the first sheet tells it."""
    cells = values(content)
    sums = {sum(column(cells[sheet], "Left over")) for sheet in ("Departments", "Funds", "Unspent money")}
    assert sums == {next(row[1] for row in cells["Summary"] if row[0] == "Left over")}


def test_measures_of_households_are_those_of_the_summary(content: bytes, solution: liftplan.Solution) -> None:
    """The households' total of measures is the number that the summary tells; direct effects are apart."""
    rows = values(content)["Households"]
    assert sum(column(rows, "Measures")) == (~solution.measures["direct_effect"]).sum()
    assert sum(column(rows, "Direct effects")) == solution.measures["direct_effect"].sum()


def test_minimums_are_those_of_the_policy(cells: dict[str, list[list[Any]]], solution: liftplan.Solution) -> None:
    """One row per limit, with the room that the plan leaves."""
    rows = cells["Minimums"]
    found = limits(solution.plan, solution.county, solution.tables)
    assert column(rows, "Rule") == [one.rule for one in found]
    assert column(rows, "Room") == [one.room for one in found]


def test_totals_are_formulas(content: bytes) -> None:
    """Totals, groups and the summary are formulas, so that whoever edits a line sees the sums move."""
    found = formulas(content)
    assert found["Ledger", "K3"].startswith("=SUBTOTAL(109,")
    assert "ledger_yuan" in found["Departments", "E5"]
    assert "village_lifted" in found["Summary", "B5"]


@pytest.mark.office
@pytest.mark.parametrize("language", ["en", "zh"])
def test_office_computes_what_is_cached(solution: liftplan.Solution, tmp_path: Path, language: str) -> None:
    """LibreOffice, given a workbook whose cached numbers are wrong, computes those that liftplan had written."""
    with liftplan.speaking(language):
        content = book_of(solution)
    written = values(content)
    again = values(recomputed(spoil(content, tmp_path / "plan.xlsx"), tmp_path).read_bytes())
    found = formulas(content)
    assert len(found) > 80
    for (sheet, place), formula in found.items():
        row, left = openpyxl.utils.cell.coordinate_to_tuple(place)
        before, after = (book[sheet][row - 1][left - 1] for book in (written, again))
        assert after == (pytest.approx(before) if isinstance(before, float) else before), (sheet, place, formula)


def test_texts_never_become_formulas(solution: liftplan.Solution) -> None:
    """Names that look like formulas, numbers or addresses stay texts."""
    wicked = ["=1+1", "+cmd|'/C calc'!A0", "@SUM(A1)", "-2", "http://example.org", "{=1}"]
    villages = solution.county["villages"]
    names = np.array(wicked[: len(villages)], dtype=object)
    county = solution.county.with_tables(
        villages=Table(villages.schema, {**villages.columns, "name": names, "name_en": names, "township": names})
    )
    content = plan_workbook(solution.plan, county, PlanTables(solution.plan, county))
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = [book["Villages"].cell(FIRST_ROW + 1 + place, 2) for place in range(len(names))]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in found] == [(name, "s", None) for name in names]


def test_sheets_print_on_a4(content: bytes) -> None:
    """Every sheet is A4, one page wide, with page numbers; tables repeat their header and keep it in sight."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for page in book.worksheets:
        assert page.page_setup.paperSize == A4
        assert page.page_setup.fitToHeight == 0
        assert page.page_setup.fitToWidth in {None, 1}
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddFooter.center.text == "Page &P of &N"
    for page in book.worksheets[1:]:
        assert page.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
        assert page.freeze_panes[1:] == str(FIRST_ROW + 1)
        assert page.auto_filter.ref.startswith(f"A{HEAD_ROW + 1}:")


def test_long_texts_are_whole(solution: liftplan.Solution) -> None:
    """A text longer than the widest column goes on in further lines of a taller row; others keep theirs."""
    table = solution.county["departments"]
    long = "A bureau with a name far longer than any sheet of paper has room for in one line, " * 2
    names = np.array([long] * len(table), dtype=object)
    county = solution.county.with_tables(departments=Table(table.schema, {**table.columns, "name_en": names}))
    content = plan_workbook(solution.plan, county, PlanTables(solution.plan, county))
    page = openpyxl.load_workbook(io.BytesIO(content))["Departments"]
    row = FIRST_ROW + 1
    name = page.cell(row, 2)
    assert name.alignment.wrap_text
    assert page.row_dimensions[row].height >= 4 * sheets.ROW_HEIGHT
    assert not page.cell(row, 1).alignment.wrap_text


def test_numbers_have_separators(content: bytes) -> None:
    """Yuan are shown with thousands separators."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["Ledger"].cell(FIRST_ROW + 1, 11).number_format == "#,##0"


def test_same_plan_gives_the_same_bytes(solution: liftplan.Solution, content: bytes) -> None:
    """Nothing in the workbook depends on time or machine."""
    assert book_of(solution) == content


def test_words_follow_the_language(solution: liftplan.Solution) -> None:
    """In Chinese, sheets, headers and names are Chinese."""
    with liftplan.speaking("zh"):
        found = values(book_of(solution))
    assert not set(found) & set(SHEETS)
    text = str(found)
    assert all(name in text for name in solution.county["funds"]["name"].tolist())
    assert not re.search(r"\b(department|village|fund|total|yuan)\b", text, re.IGNORECASE)


def test_plan_that_does_nothing_has_a_workbook(solution: liftplan.Solution) -> None:
    """Tables without rows are written, and their formulas stay within the sheet."""
    nothing = solution.plan.model_copy(update={"ledger": (), "measures": (), "projects": (), "padding": ()})
    county = solution.county
    found = values(plan_workbook(nothing, county, PlanTables(nothing, county)))
    assert found["Ledger"][TOTAL_ROW][-1] == 0
    assert len(found["Projects"]) <= FIRST_ROW + 1


def test_tables_that_are_too_long_are_left_out(solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger beyond what opens quickly is not written; its sums are plain numbers, and the sheet says so."""
    monkeypatch.setattr(sheets, "MOST_ROWS", 25)
    monkeypatch.setattr("liftplan.reports.workbook.book.MOST_ROWS", 25)
    content = book_of(solution)
    found = values(content)
    assert "too many" in found["Ledger"][FIRST_ROW][0]
    assert found["Ledger"][TOTAL_ROW][-1] == solution.plan.totals.ledger_yuan
    assert column(found["Funds"], "Allocated") == list(solution.plan.totals.by_fund.values())
    assert not [one for one in formulas(content).values() if "ledger_yuan" in one]


def test_workbook_is_a_sound_zip(content: bytes) -> None:
    """The archive is whole, and no part of it names an outside address."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "external" in name.lower()]
