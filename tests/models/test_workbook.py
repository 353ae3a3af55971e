"""How people fill in workbooks, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.files import examine, write_county
from liftplan.models.files.workbook.cells import letters
from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.words.sheets import SHEETS
from liftplan.models.messages import LANGUAGES, speaking
from liftplan.models.problems import Problem
from liftplan.models.validate.formats import DATES, YEARS

from .sheets import Formula, Percent, workbook
from .smallbook import Sheets, small_book


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the workbook is written."""
    return tmp_path / "county.xlsx"


def read(place: Path, change: Callable[[Sheets], Any] = lambda _: None, **extras: Any) -> County:
    """The small county with a change in its workbook, which is sound."""
    county, problems = told(place, change, **extras)
    assert problems == []
    assert county is not None
    return county


def told(place: Path, change: Callable[[Sheets], Any], **extras: Any) -> tuple[County | None, list[Problem]]:
    """The same with all its problems."""
    book = small_book()
    change(book)
    place.write_bytes(workbook(book, **extras))
    return examine(place)


def put(sheet: str, cells: dict[tuple[int, int], Any]) -> Callable[[Sheets], None]:
    """Other values in cells; row and column count from 1."""

    def change(book: Sheets) -> None:
        for (row, column), value in cells.items():
            book[sheet][row - 1][column - 1] = value

    return change


def test_what_the_sheets_say_is_read(place: Path) -> None:
    """Head, rules, lists and tables of a small Chinese workbook, value by value."""
    county = read(place)
    assert (county.head.id, county.head.name, county.head.years) == ("small", "小县", (2015,))
    assert county.head.poverty_line == {2015: 2855}
    assert (county.policy.R3.minimum, county.policy.R10.by, county.policy.R5.minimum) == (0, "township", 10_000)
    assert [(row.id, row.departments, row.minimum) for row in county.policy.R4.rows] == [("poverty", ("poverty",), 0)]
    assert county["funds"]["channel"].tolist() == ["fiscal", "sector"]
    assert county["funds"]["amount"].tolist() == [200_000, 100_000]
    assert county["funds"]["fee_bp"].tolist() == [0, 100]
    assert county["villages"]["in_push"].tolist() == [True, False]
    assert county["projects"]["requires"].tolist() == [(), ("v01-p01",)]
    assert county["households"]["needs"].tolist() == [("water",), (), ()]
    assert county["measures"]["income_gain"].tolist() == [0, 3_000, 2_500]


def english(book: Sheets) -> None:
    """Name some sheets, headers and codes as an English workbook, or a program, does."""
    book["Funds"] = book.pop("资金")
    book["Funds"][0] = ["Id", "name", "DEPARTMENT", "Channel", "Amount (Yuan)", "purposes", "fee_bp"]
    book["Funds"][1][3], book["Funds"][2][3] = "fiscal", " Sector "
    book["villages"] = book.pop("村")
    book["villages"][0] = ["id", "name", "township", "in programme"]
    book["villages"][1][3], book["villages"][2][3] = True, "no"
    book["政策规则"][2][2] = "township"


def test_either_language_and_plain_codes_are_read(place: Path) -> None:
    """Sheets, headers, choices and truth values in Chinese, in English, or as codes, even side by side."""
    assert read(place, english) == read(place)


@pytest.mark.parametrize("header", ["金额（万元）", "金额(万元)", "金额万元", "Amount (10,000 yuan)", "金额／万元"])
def test_amounts_in_ten_thousands(place: Path, header: str) -> None:
    """A header that says 万元 is believed, and 12.3456 万元 are 123,456 yuan to the yuan."""
    county = read(place, put("资金", {(1, 5): header, (2, 5): 12.3456, (3, 5): "１０.5"}))
    assert county["funds"]["amount"].tolist() == [123_456, 105_000]


def test_values_of_formulas_are_taken_as_the_screen_shows_them(place: Path) -> None:
    """What sums of fractions leave behind the fifteenth digit, which no spreadsheet shows, does not count."""
    change = put("资金", {(2, 5): Formula("A1*3", 300000.00000000006), (3, 5): Formula("B1", 99999.99999999999)})
    assert read(place, change)["funds"]["amount"].tolist() == [300_000, 100_000]


UNCALCULATED = [
    ("到户措施", 2, 4),
    ("资金", 2, 5),
    ("村级项目", 3, 4),
    ("费用", 2, 2),
    ("县情", 3, 3),
    ("县情", 5, 3),
    ("政策规则", 2, 3),
    ("政策规则", 3, 3),
    ("R4部门投入下限", 2, 4),
]
"""Cells that may be blank and that may not, of numbers, texts and choices, in tables and among settings."""


@pytest.mark.parametrize("blank", ["", "<v/>", "<v></v>", "<v />"])
@pytest.mark.parametrize(("sheet", "row", "column"), UNCALCULATED)
def test_formulas_that_nothing_has_calculated_are_told(
    place: Path, sheet: str, row: int, column: int, blank: str
) -> None:
    """A formula without a value, or with an empty one as programs leave it, is never 0 or blank."""
    _, problems = told(place, put(sheet, {(row, column): Formula("3000+600", None, blank)}))
    assert [(one.code, one.place.cell) for one in problems] == [("formula", f"{letters(column - 1)}{row}")]
    assert "Excel" in problems[0].way_out.text("en")
    assert "Excel" in problems[0].way_out.text("zh")


def test_formulas_that_give_the_empty_text_are_blank(place: Path) -> None:
    """What Excel itself writes for ="" (a text, and empty) is a value: a cell that may be blank is, another is told."""
    assert read(place, put("村级项目", {(3, 4): Formula('IF(1,"","x")', "")}))["projects"]["requires"].tolist() == [
        (),
        (),
    ]
    _, problems = told(place, put("费用", {(2, 2): Formula('IF(1,"","x")', "")}))
    assert [(one.code, one.place.cell) for one in problems] == [("blank", "B2")]


def test_formulas_of_a_program_that_does_not_calculate(place: Path) -> None:
    """Openpyxl writes formulas with an empty value; the workbook of `liftplan new` so changed is not read as if."""
    write_county(example_county(), place)
    book = openpyxl.load_workbook(place)
    book["Measures"]["E2"] = "=3000+600"
    book.save(place)
    county, problems = examine(place)
    assert county is None
    assert [(one.code, one.place.sheet, one.place.cell) for one in problems] == [("formula", "Measures", "E2")]


def test_percentages_are_shares(place: Path) -> None:
    """20 % in a column of shares are 2,000 basis points, whatever the header's unit; so they are among the rules."""

    def change(book: Sheets) -> None:
        put("资金", {(2, 7): Percent(0.2), (3, 7): 150})(book)
        book["政策规则"].append(["R6.growth_bp", "增长", Percent(1.1), None])

    county = read(place, change)
    assert county["funds"]["fee_bp"].tolist() == [2_000, 150]
    assert county.policy.R6.growth_bp == 11_000
    assert read(place, put("资金", {(1, 7): "管理费比例（%）", (2, 7): 0.5, (3, 7): 2}))["funds"][
        "fee_bp"
    ].tolist() == [
        50,
        200,
    ]


def test_what_a_share_of_a_basis_point_would_be_is_told(place: Path) -> None:
    """A percentage that is no whole number of basis points is a problem, not rounded."""
    _, problems = told(place, put("资金", {(3, 7): Percent(0.12345)}))
    assert [(one.code, one.place.cell) for one in problems] == [("value", "G3")]


def test_cells_as_people_type_them(place: Path) -> None:
    """Full-width digits, blanks around identifiers, separated thousands, numbers where identifiers stand."""

    def change(book: Sheets) -> None:
        put("费用", {(2, 3): "５００００", (3, 3): "30,000", (4, 1): " m2　", (5, 2): "industry  "})(book)
        put("贫困户", {(2, 3): "４", (3, 5): "   "})(book)
        put("资金", {(2, 6): " industry ； water "})(book)

    county = read(place, change)
    assert county["costs"]["yuan"].tolist()[:2] == [50_000, 30_000]
    assert county["costs"]["item"].tolist()[2:] == ["m2", "m3"]
    assert county["funds"]["purposes"].tolist()[0] == ("industry", "water")
    assert county["households"]["persons"].tolist() == [4, 3, 2]


def test_numbers_in_columns_of_texts_are_texts(place: Path) -> None:
    """An identifier that was typed as a number is the same text wherever it stands."""
    county = read(place, lambda book: [put("部门", {(3, 1): 12})(book), put("资金", {(3, 3): "12"})(book)])
    assert county["departments"]["id"].tolist() == ["poverty", "12"]


def test_dates_of_spreadsheets_are_dates(place: Path) -> None:
    """A date cell in a column of dates is read as it would be written by hand."""
    county = read(place, put("村级项目", {(2, 5): date(2015, 10, 31), (3, 5): "2015-11-30"}))
    assert county["projects"]["deadline"].tolist() == ["2015-10-31", "2015-11-30"]


def test_titles_above_the_header_do_not_count(place: Path) -> None:
    """Title rows, merged or not, may stand above; rows are still those of the sheet."""

    def change(book: Sheets) -> None:
        book["资金"][:0] = [["小县2015年资金表"], [None], ["单位：万元"]]
        put("资金", {(4, 5): "金额（万元）", (5, 5): 20, (6, 5): 10})(book)

    county = read(place, change, merged={"资金": ["A1:G1"]})
    assert county["funds"]["amount"].tolist() == [200_000, 100_000]
    _, problems = told(place, lambda book: [change(book), put("资金", {(6, 1): None})(book)])
    assert [(one.code, one.place.cell) for one in problems] == [("blank", "A6")]


def test_what_is_peoples_own_is_left_alone(place: Path) -> None:
    """Columns of remarks, columns and sheets that begin with #, blank sheets, and blank rows and columns."""

    def change(book: Sheets) -> None:
        for row, (remark, own) in zip(book["资金"], (("备注", "#核对"), ("已到位", 5), (None, 6)), strict=True):
            row += [None, remark, own]
        book["资金"].insert(2, [None, " ", None])
        book["#草稿"] = [["随便"], [1]]
        book["Sheet1"] = []
        book["说明"] = [["怎么填"]]

    assert read(place, change) == read(place)


def test_other_sheets_are_told_but_do_no_harm(place: Path) -> None:
    """A sheet that is no table is not read, and that is said."""
    county, problems = told(place, lambda book: book.update({"汇总统计": [["合计"], [5]]}))
    assert county == read(place)
    assert [(one.code, one.place.sheet, one.warning) for one in problems] == [("sheet-unknown", "汇总统计", True)]


def test_rules_left_out_are_told(place: Path) -> None:
    """Without their sheet all rules are those that are there by default; nobody learns that from the plan alone."""
    county, problems = told(place, lambda book: book.pop("政策规则"))
    assert county is not None
    assert county.policy.R3.minimum == 3_000_000
    assert [(one.code, one.warning) for one in problems] == [("sheet-missing", True)]


def test_several_years_and_weights(place: Path) -> None:
    """Settings that have as many rows as it takes: years, poverty lines, weights of groups."""

    def change(book: Sheets) -> None:
        book["县情"][3][2] = "2015；2016"
        book["县情"].append(["poverty_line.2016", None, 3000, None])
        book["贫困户"][0].append("类别")
        book["贫困户"][1].append("五保.户")
        book["政策规则"].append(["objective.weights.五保.户", None, 3, None])

    county = read(place, change)
    assert county.head.years == (2015, 2016)
    assert county.head.poverty_line == {2015: 2855, 2016: 3000}
    assert county.policy.objective.weights == {"五保.户": 3}


def test_all_problems_come_at_once(place: Path) -> None:
    """Problems of form and content in several sheets are told together, each at its cell."""

    def change(book: Sheets) -> None:
        put("资金", {(2, 5): -1, (3, 4): "行业"})(book)
        put("费用", {(2, 3): Formula("1/0")})(book)
        put("贫困户", {(2, 2): "v09"})(book)
        put("政策规则", {(2, 3): -5})(book)

    _, problems = told(place, change, merged={"村": ["B2:B3"]})
    assert {(one.place.sheet, one.place.cell) for one in problems} == {
        ("资金", "E2"),
        ("资金", "D3"),
        ("费用", "C2"),
        ("贫困户", "B2"),
        ("政策规则", "C2"),
        ("村", "B2"),
    }


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    """Without its ending a workbook is one all the same."""
    path = tmp_path / "county"
    path.write_bytes(workbook(small_book()))
    assert examine(path)[0] is not None


def test_units_typed_into_cells_are_no_numbers(place: Path) -> None:
    """In a column of 万元 the way out speaks of 万元: nobody is led to write yuan there."""
    _, problems = told(place, put("资金", {(1, 5): "金额（万元）", (2, 5): "20万", (3, 5): 10}))
    (problem,) = (one for one in problems if not one.warning)
    assert (problem.code, problem.place.cell) == ("value", "E2")
    assert "万元" in str(problem.way_out)
    assert "200000" not in str(problem.way_out)


TECHNICAL = {
    "en": re.compile(r"\b(true|false)\b|_"),
    "zh": re.compile(r"villages|households|departments|needs|purposes|projects|measures|funds|costs|true|false|off|_"),
}
"""Words of the CSV files that no workbook shows."""


def of_the_workbook(problems: list[Problem], language: str) -> str:
    """What is told, which must be in the words of the workbook."""
    lines = [f"{one.message.text(language)} {one.way_out.text(language)}" for one in problems]
    assert not [line for line in lines if TECHNICAL[language].search(line)]
    return "\n".join(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_called_as_their_tabs_are(place: Path, language: str) -> None:
    """Where something is missing from another sheet, that sheet is named as this workbook names it."""

    def change(book: Sheets) -> None:
        put("贫困户", {(2, 2): "v09", (2, 5): "watr"})(book)
        put("资金", {(2, 3): "povrty"})(book)
        put("费用", {(2, 1): "v01-p09"})(book)
        put("到户措施", {(3, 2): "h9"})(book)
        book["Villages"] = book.pop("村")

    _, problems = told(place, change)
    text = of_the_workbook(problems, language)
    for name in ("Villages", "需求", "部门", "贫困户", "村级项目", "到户措施"):
        assert name in text


@pytest.mark.parametrize(("language", "words"), [("en", ("Integrable", "no")), ("zh", ("可整合", "否"))])
def test_columns_and_choices_are_called_as_the_workbook_does(
    place: Path, language: str, words: tuple[str, ...]
) -> None:
    """A way out names the column and the choice as its header and its list name them."""
    _, problems = told(place, put("资金", {(2, 6): None}))
    [line] = [one.way_out.text(language) for one in problems if one.code == "fund-pays-nothing"]
    assert all(word in line for word in words)


@pytest.mark.parametrize(("language", "words"), [("en", "yes or no"), ("zh", "是或否")])
def test_truth_values_are_called_as_the_workbook_does(place: Path, language: str, words: str) -> None:
    """Yes and no, in a column and among the settings."""

    def change(book: Sheets) -> None:
        put("村", {(2, 4): "也许"})(book)
        book["政策规则"].append(["R6.villages", None, "也许", None])

    _, problems = told(place, change)
    assert [one.place.cell for one in problems] == ["C4", "D2"]
    assert of_the_workbook(problems, language).count(words) >= 2


@pytest.mark.parametrize(("sheet", "english"), [("村", "Villages"), ("资金", "Funds"), ("贫困户", "Households")])
def test_sheets_without_which_there_is_no_county_are_missed(place: Path, sheet: str, english: str) -> None:
    """A sheet that is not there is said to be missing, and nothing that follows from it is told as well."""
    _, problems = told(place, lambda book: book.pop(sheet))
    assert [one.code for one in problems] == ["sheet-missing"]
    assert f"{english} is missing" in problems[0].message.text("en")
    assert sheet in problems[0].message.text("zh")


@pytest.mark.parametrize(("name", "sheet"), [("农户", "贫困户"), ("项目", "村级项目"), ("Families", "贫困户")])
def test_sheets_called_otherwise_are_known(place: Path, name: str, sheet: str) -> None:
    """A sheet with another word for its table: the right name is offered."""
    _, problems = told(place, lambda book: book.update({name: book.pop(sheet)}))
    assert [(one.code, one.place.sheet) for one in problems] == [("table-unknown", name)]
    assert sheet in problems[0].way_out.text("zh")


def test_sheets_beside_their_table_are_peoples_own(place: Path) -> None:
    """Another word for a table that is there as well is no mistake: a warning says that the sheet is not read."""
    _, problems = told(place, lambda book: book.update({"农户": [["随便"], [1]]}))
    assert [(one.code, one.warning) for one in problems] == [("sheet-unknown", True)]


def test_text_in_a_column_without_name_is_told_where_it_is(place: Path) -> None:
    """Of several columns without a name the one that holds something is named, and no other."""

    def change(book: Sheets) -> None:
        for row in book["资金"]:
            row += [None] * 6
        book["资金"][2][12] = "随便"

    _, problems = told(place, change)
    assert [(one.code, one.place.letter) for one in problems] == [("column-unknown", "M")]


MISSPELT = [
    ("资金", 3, "部们", "部门"),
    ("资金", 5, "金額（元）", "金额（元）"),
    ("资金", 5, "金額", "金额（元）"),
    ("贫困户", 2, "村庄", "村"),
    ("村级项目", 5, "完成日期", "完成期限"),
]


@pytest.mark.parametrize(("sheet", "column", "header", "meant"), MISSPELT)
def test_headers_nearly_right_are_one_problem(place: Path, sheet: str, column: int, header: str, meant: str) -> None:
    """The right name is offered, in short words and traditional characters too; it is not missed besides."""
    _, problems = told(place, put(sheet, {(1, column): header}))
    assert [(one.code, one.place.letter) for one in problems] == [("column-unknown", letters(column - 1))]
    assert meant in problems[0].way_out.text("zh")


def test_headers_that_are_nothing_like_are_two_problems(place: Path) -> None:
    """A header that is near to none: it is unknown, and the one that is not there is missing."""
    _, problems = told(place, put("资金", {(1, 3): "经手"}))
    assert [one.code for one in problems] == ["column-unknown", "column-missing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_percentages_where_amounts_belong_are_told_as_they_are_shown(place: Path, language: str) -> None:
    """Who sees 20 % in a cell is told of 20 %, in tables and among the settings."""

    def change(book: Sheets) -> None:
        put("资金", {(2, 5): Percent(0.2)})(book)
        put("政策规则", {(2, 3): Percent(0.15)})(book)
        put("县情", {(5, 3): Percent(0.5)})(book)

    _, problems = told(place, change)
    assert [(one.place.sheet, one.place.cell) for one in problems] == [
        ("县情", "C5"),
        ("政策规则", "C2"),
        ("资金", "E2"),
    ]
    for problem, value in zip(problems, ("50 %", "15 %", "20 %"), strict=True):
        assert value in problem.message.text(language)


def test_problems_of_a_row_come_in_the_order_of_its_cells(place: Path) -> None:
    """Rows from above, cells from the left, whatever found them."""

    def change(book: Sheets) -> None:
        put("资金", {(3, 1): None, (3, 3): "nobody", (3, 5): -1, (2, 4): "?", (2, 7): 99_999})(book)

    _, problems = told(place, change)
    assert [one.place.cell for one in problems if not one.warning] == ["D2", "G2", "A3", "C3", "E3"]


@pytest.mark.parametrize(
    ("title", "header"), [("单位：万元", "金额（元）"), ("（单位：千元）", "金额（万元）"), ("万元", "金额（元）")]
)
def test_a_unit_above_that_the_header_contradicts_is_doubted(place: Path, title: str, header: str) -> None:
    """The header counts, and both are named."""

    def change(book: Sheets) -> None:
        book["费用"][0][2] = header
        book["费用"].insert(0, [None, title, None])

    _, problems = told(place, change)
    [doubt] = [one for one in problems if one.code == "unit-above"]
    assert (doubt.warning, doubt.place.cell) == (True, "B1")
    assert all(part in doubt.message.text("en") for part in (title, header[3:-1]))


@pytest.mark.parametrize("title", ["总投资5000万元的项目", "单位：元", "小县费用表"])
def test_other_titles_are_not_doubted(place: Path, title: str) -> None:
    """A title that names a sum, or the same unit, contradicts no header."""
    read(place, lambda book: book["费用"].insert(0, [title]))


@pytest.mark.parametrize("words", [("引用", "推算", "假设", "模拟"), ("Stated", "derived", "ASSUMPTION", " synthetic")])
def test_kinds_of_sources_are_read_in_either_language(place: Path, words: tuple[str, ...]) -> None:
    """The four kinds are the same whether their Chinese or their English word stands there."""
    rows = [["事项", "性质", "说明"], *([f"s{number}", word, "x"] for number, word in enumerate(words))]
    county = read(place, lambda book: book.update({"数据来源": rows}))
    assert [one.kind for one in county.head.sources] == ["stated", "derived", "assumption", "synthetic"]


def test_kinds_of_sources_are_written_in_chinese_and_offered(place: Path) -> None:
    """A Chinese workbook shows the kinds as a clerk knows them, with a list to choose from."""
    with speaking("zh"):
        write_county(example_county(), place)
    sheet = openpyxl.load_workbook(place)["数据来源"]
    assert [sheet["B2"].value, sheet["B3"].value] == ["引用", "模拟"]
    [offered] = [one.formula1 for one in sheet.data_validations.dataValidation if "B2" in one.sqref]
    assert offered == '"引用,推算,假设,模拟"'


def test_other_kinds_of_sources_are_kept_and_doubted(place: Path) -> None:
    """A word that is none of the four is lost in no form; it is a doubt."""
    rows = [["事项", "性质", "说明"], ["人口", "听说", "x"]]
    county, problems = told(place, lambda book: book.update({"数据来源": rows}))
    assert county is not None
    assert [(one.code, one.warning, one.place.cell) for one in problems] == [("value", True, "B2")]
    write_county(county, place, overwrite=True)
    assert examine(place)[0] == county


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_dates_are_explained_as_dates(place: Path, language: str) -> None:
    """The sheet of explanations, and the note at the header, say how a date is written; so they do of years."""
    with speaking(language):
        write_county(example_county(), place)
    book = openpyxl.load_workbook(place)
    explained = {(row[0], row[1]): row[3] for row in book.worksheets[0].iter_rows(values_only=True) if row[3]}
    for table, field in (*DATES, *YEARS):
        cell = explained[SHEETS[table].text(language), header_of(field).text(language)]
        assert ("2015-09-30" in cell) == ((table, field) in DATES), (table, field, cell)
    note = book[SHEETS["projects"].text(language)]
    [deadline] = [cell for cell in note[1] if cell.value == header_of("deadline").text(language)]
    assert "2015-09-30" in deadline.comment.text
