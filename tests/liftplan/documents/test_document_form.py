"""How documents are made: A4, repeated headers, page numbers, the same bytes, no formulas from names, one language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

import liftplan
from liftplan.models.county import County
from liftplan.models.tables import Table
from liftplan.reports.documents import plan_documents
from liftplan.reports.documents.accounts import accounts, sheet_names
from liftplan.reports.documents.amounts import date, told
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.minutes import minutes
from liftplan.reports.frames import PlanTables
from liftplan.reports.workbook.sheet import A4

from ..office import recomputed, spoil
from .conftest import COUNTIES, Written
from .reading import sheets, texts

ENGLISH = re.compile(r"\b(and|of|the|village|department|fund|total|yuan|date|amount|household)\b", re.IGNORECASE)


def renamed(county: County, table: str, names: list[str]) -> County:
    """The county with the first rows of a table named otherwise."""
    old = county[table]
    column = old["name"].copy()
    column[: len(names)] = names
    return county.with_tables(**{table: Table(old.schema, {**old.columns, "name": column, "name_en": column})})


def documents_of(written: Written) -> list[bytes]:
    """Every .docx."""
    return [content for name, content in written.files.items() if name.endswith(".docx")]


def test_pages_are_a4_and_numbered(written: Written) -> None:
    """A4 with the margins of official documents; odd and even pages carry the page number."""
    for content in documents_of(written):
        document = Document(io.BytesIO(content))
        (section,) = document.sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert (round(section.left_margin.mm), round(section.top_margin.mm)) == (28, 37)
        assert document.settings.odd_and_even_pages_header_footer
        for footer in (section.footer, section.even_page_footer):
            assert footer._element.findall(f".//{qn('w:fldSimple')}")[0].get(qn("w:instr")).strip() == "PAGE"


def test_headers_of_tables_are_repeated(written: Written) -> None:
    """The first row of every table is repeated on each page, and no row breaks across pages."""
    for content in documents_of(written):
        for table in Document(io.BytesIO(content)).tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_sheets_print_on_a4(written: Written) -> None:
    """Sheets are A4, as wide as the paper, with repeated headers and separators of thousands."""
    book = openpyxl.load_workbook(io.BytesIO(written.only("accounts")))
    for page in book.worksheets:
        assert page.page_setup.paperSize == A4
        assert page.print_title_rows
    assert book.worksheets[2].cell(5, 9).number_format == "#,##0"


def test_claims_are_blank_and_sums_are_formulas(written: Written) -> None:
    """What departments fill in is empty; what follows from it is computed."""
    page = openpyxl.load_workbook(io.BytesIO(written.only("accounts"))).worksheets[2]
    assert [page.cell(5, column).value for column in (10, 12, 13)] == [None, None, None]
    assert page.cell(5, 11).value == "=I5-J5"
    assert page.cell(3, 9).value.startswith("=SUBTOTAL(109,I5:")


@pytest.mark.parametrize("written", [(county, "zh") for county in COUNTIES], indirect=True, ids=COUNTIES)
def test_one_language(written: Written) -> None:
    """Chinese documents have no English words."""
    assert not ENGLISH.search("\n".join(texts(content) for content in documents_of(written)))
    assert not ENGLISH.search(str(sheets(written.only("accounts"))))


@pytest.mark.office
@pytest.mark.parametrize("written", [("example", "zh")], indirect=True, ids=["example"])
def test_office_computes_what_is_cached(written: Written, tmp_path: Path) -> None:
    """LibreOffice, given a workbook whose cached numbers are wrong, computes those that liftplan had written."""
    content = written.only("accounts")
    again = sheets(recomputed(spoil(content, tmp_path / "accounts.xlsx"), tmp_path).read_bytes())
    assert {name: [row[:12] for row in rows] for name, rows in again.items()} == {
        name: [row[:12] for row in rows] for name, rows in sheets(content).items()
    }


@pytest.mark.parametrize("written", [("tiny", "en")], indirect=True, ids=["tiny"])
def test_same_plan_gives_the_same_documents(written: Written) -> None:
    """Nothing in the files depends on time."""
    assert plan_documents(written.truth.plan, written.truth.county) == written.files


def test_names_never_become_formulas(solution: liftplan.Solution) -> None:
    """Names that look like formulas stay texts in the workbook, and sheets get names that Excel allows."""
    county = renamed(
        solution.county, "departments", ["=1+1", "+cmd|'/C calc'!A0", "@SUM(A1)", "[x]:*?/\\" + "很长" * 20]
    )
    county = renamed(county, "villages", ["=HYPERLINK(1)", "-2", "{=1}"])
    book = openpyxl.load_workbook(io.BytesIO(accounts(Facts(solution.plan, county, PlanTables(solution.plan, county)))))
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows(5, None, 1, 4) for cell in row}
    kinds |= {cell.data_type for page in book.worksheets[2:] for row in page.iter_rows(5, None, 2, 8) for cell in row}
    assert kinds <= {"s", "n"}
    assert "=1+1" in {cell.value for cell in book.worksheets[0]["A"]}


def test_names_of_sheets_are_allowed_and_differ() -> None:
    """At most 31 characters, none that Excel forbids, none twice whatever the case, none empty."""
    long = "很长的部门名称" * 6
    found = sheet_names(["Water", "water", long, long, "a/b:c", "'", "Summary"], taken=("Summary",))
    assert len({name.casefold() for name in found} | {"summary"}) == 8
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in found)


def test_names_cannot_break_a_document(solution: liftplan.Solution) -> None:
    """Markup and characters that XML cannot hold do no harm, in documents and in names of files."""
    county = renamed(solution.county, "villages", ["<w:p>&amp;\x0b../$村$", "CON", ""])
    content = minutes(Facts(solution.plan, county, PlanTables(solution.plan, county)), "v01")
    assert "<w:p>&amp;../$村$" in texts(content)
    paths = [*plan_documents(solution.plan, county)]
    assert "Village-minutes/01-w p &amp; .. $村$.docx" in paths
    assert "Village-minutes/03-v03.docx" in paths


def test_a_plan_without_money_has_documents_too() -> None:
    """Where nothing can be paid, minutes and county plan say so, and no department gets a notice."""
    county = liftplan.load("tiny")
    rules = {name: {"enforce": "off"} for name in ("R3", "R4", "R6")}
    county = county.with_policy(type(county.policy).model_validate(rules))
    county = county.with_tables(funds=county["funds"].replace(amount=county["funds"]["amount"] * 0))
    files = plan_documents(liftplan.solve(county, threads=1).plan, county)
    assert not [name for name in files if name.startswith("Department-notices")]
    assert "None." in texts(files["Village-minutes/01-Songping.docx"])
    assert "No money is left over." in texts(files["County-plan.docx"])


@pytest.mark.parametrize(
    ("yuan", "english", "chinese"),
    [
        (9_999, "9,999 yuan", "9,999元"),
        (10_000, "10,000 yuan", "1万元"),
        (8_629_370, "8,629,370 yuan", "862.937万元"),
        (398_367_881, "398,367,881 yuan", "39,836.7881万元"),
        (-20_500, "-20,500 yuan", "-2.05万元"),
    ],
)
def test_amounts_are_exact(yuan: int, english: str, chinese: str) -> None:
    """Sentences tell amounts to the yuan, in Chinese in 万元 with as many digits as that takes."""
    assert told(yuan) == english
    with liftplan.speaking("zh"):
        assert told(yuan) == chinese


def test_dates_follow_the_language() -> None:
    """ISO dates become Chinese ones; what is no date stays as it is."""
    with liftplan.speaking("zh"):
        assert (date("2015-03-01"), date("年底前"), date("")) == ("2015年3月1日", "年底前", "________")
    assert date("2015-03-01") == "2015-03-01"


def styled(content: bytes) -> list[tuple[str, str]]:
    """Style and text of each paragraph outside tables."""
    return [(one.style.name, one.text) for one in Document(io.BytesIO(content)).paragraphs if one.style is not None]


@pytest.mark.parametrize("written", [("example", "zh")], indirect=True, ids=["example"])
def test_annexes_are_named_and_begin_a_page(written: Written) -> None:
    """The text names its annex before the signature; the annex begins a page, marked as such, with its own title."""
    contents = [written.only("county-plan"), *written.of("minutes").values()]
    for content in contents:
        found = dict(styled(content))
        assert found["Annex Note"].endswith(found["Annex Title"])
        assert list(found).index("Annex Note") < list(found).index("Annex Mark")
        assert Document(io.BytesIO(content)).styles["Annex Mark"].paragraph_format.page_break_before


@pytest.mark.parametrize("written", [("example", "zh")], indirect=True, ids=["example"])
def test_notices_end_as_official_documents_do(written: Written) -> None:
    """Addressee below the number; body and date four characters from the right; then the contact, in brackets."""
    for content in written.of("notice").values():
        document = Document(io.BytesIO(content))
        names = [name for name, _ in styled(content)]
        assert names[:3] == ["Title", "Subtitle", "Addressee"]
        assert names[-3:] == ["Signature Line", "Date Line", "Body Text"]
        for name in ("Signature Line", "Date Line"):
            assert document.styles[name].paragraph_format.right_indent.pt == 4 * 16
        contact = document.paragraphs[-1].text
        assert contact[0] + contact[-1] in {"（）", "()"}
