"""Workbooks as they are written: complete, easy to fill in, and the same after other programs have had them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.files import examine, read_county, write_county
from liftplan.models.files.workbook.cells import MOST_ROWS
from liftplan.models.messages import LANGUAGES, speaking
from liftplan.models.problems import InputProblems
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table
from liftplan.scenarios.small import random_small

from ..liftplan.office import resaved
from .edits import changed, headed, multiplied


@pytest.fixture(params=LANGUAGES)
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The example's workbook in each language."""
    with speaking(request.param):
        write_county(example_county(), tmp_path / "county.xlsx")
        yield tmp_path / "county.xlsx"


def test_a_workbook_is_read_by_whoever_speaks_another_language(example: Path) -> None:
    """What is written in one language is the same county in the other."""
    written = example_county()
    for language in LANGUAGES:
        with speaking(language):
            assert examine(example) == (written, [])


def test_clerks_find_their_way(example: Path) -> None:
    """Headers stay in view and explain themselves; coded cells offer their choices; everything prints on A4."""
    book = openpyxl.load_workbook(example)
    explained, *others = book.worksheets
    assert explained.max_row > 100
    for sheet in others:
        assert sheet.freeze_panes == "B2"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    offered = {
        sheet.title: {str(one.sqref).partition(":")[0] for one in sheet.data_validations.dataValidation}
        for sheet in others
    }
    tables = dict(zip(TABLES, others[4:], strict=False))
    for name, schema in TABLES.items():
        header = tables[name][1]
        assert len(header) == len(schema.model_fields)
        assert all(cell.comment is not None and cell.comment.text for cell in header)
        assert tables[name].auto_filter.ref.startswith("A1:")
    assert {"D2", "E2", "F2", "M2"} <= offered[tables["funds"].title]
    assert "D2" not in offered[tables["projects"].title]


def test_another_library_may_save_it(example: Path) -> None:
    """A workbook that openpyxl has saved, which writes shared texts, is the same county."""
    book = openpyxl.load_workbook(example)
    book.save(example)
    assert read_county(example) == example_county()


@pytest.mark.office
def test_libreoffice_may_save_it(example: Path, tmp_path: Path) -> None:
    """A workbook that LibreOffice has saved is the same county, without a doubt."""
    assert examine(resaved(example, tmp_path)) == (example_county(), [])


def test_progress_is_reported(tmp_path: Path) -> None:
    """Whoever waits is told how many rows are written, up to all of them."""
    told: list[tuple[int, int]] = []
    write_county(example_county(), tmp_path / "county.xlsx", progress=lambda done, total: told.append((done, total)))
    total = sum(len(table) for table in example_county().tables.values())
    assert told == sorted(told)
    assert told[-1] == (total, total)


def refused(county: County, path: Path) -> list[tuple[str, str, str]]:
    """Why a county is no workbook: code, table and column of each problem; nothing is written."""
    with pytest.raises(InputProblems) as raised:
        write_county(county, path)
    assert not path.exists()
    assert all("folder" in problem.way_out.text("en") for problem in raised.value.problems)
    return [(problem.code, problem.place.table, problem.place.column) for problem in raised.value.problems]


def test_too_many_rows_for_a_sheet(tmp_path: Path) -> None:
    """A table longer than Excel's sheets is told with both numbers, and what holds it."""
    costs = example_county()["costs"]
    long = costs.take(np.zeros(MOST_ROWS, dtype=np.int64))
    county = example_county().with_tables(costs=long)
    assert refused(county, tmp_path / "county.xlsx") == [("workbook-rows", "costs", "")]


def test_texts_that_no_cell_holds(tmp_path: Path) -> None:
    """Lists longer than a cell, and characters that XML does not have; other forms hold them."""
    villages = tuple(f"v{number:07}" for number in range(5_000))
    county = changed("needs", 0, changed("funds", 2, villages=villages), name="\ufffe")
    assert refused(county, tmp_path / "county.xlsx") == [
        ("workbook-text", "needs", "name"),
        ("workbook-text", "funds", "villages"),
    ]
    assert refused(headed(name="a\uffff"), tmp_path / "county.xlsx") == [("workbook-text", "", "")]


@pytest.mark.parametrize(
    "county",
    [
        changed("needs", 0, name="=1+1", name_en="'007"),
        changed("needs", 0, name=" two\r\nlines\t", name_en="_x0041_ \x01"),
        changed("projects", 0, longitude=-0.0, latitude=1 / 3),
        changed("projects", 0, deadline="1899-12-31"),
        changed("households", 0, income=0),
        changed("funds", 0, name="true", name_en="1E5"),
        headed(name=" ", name_en=" "),
        multiplied("funds", "amount", 10**6),
    ],
    ids=["formula", "blanks", "digits", "old-date", "zero", "like-a-value", "blank-name", "large"],
)
def test_what_looks_like_something_else_is_not(tmp_path: Path, county: County) -> None:
    """Texts like formulas, numbers and escapes, zeros, old dates and all digits of numbers come back as they are."""
    write_county(county, tmp_path / "county.json")
    write_county(county, tmp_path / "county.xlsx")
    found, problems = examine(tmp_path / "county.xlsx")
    other, told = examine(tmp_path / "county.json")
    assert [(one.code, one.place.table, one.place.column) for one in problems] == [
        (one.code, one.place.table, one.place.column) for one in told
    ]
    assert (found is None) == (other is None)
    if found is not None:
        assert found == county
        assert found.digest == county.digest


def test_tables_without_rows_keep_their_sheets(tmp_path: Path) -> None:
    """An empty table is there to be filled in, and comes back empty."""
    county = random_small(3).with_tables(accounts=Table.empty(TABLES["accounts"]))
    write_county(county, tmp_path / "county.xlsx")
    assert "Accounts" in openpyxl.load_workbook(tmp_path / "county.xlsx", read_only=True).sheetnames
    assert read_county(tmp_path / "county.xlsx") == county
