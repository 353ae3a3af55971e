"""The cells that are shown around a problem of a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import liftplan
from liftplan.models.problems import Place
from liftplan.service.worker.around import MOST, around


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of `tiny`."""
    path = tmp_path_factory.mktemp("book") / "tiny.xlsx"
    liftplan.convert("tiny", path)
    return path


def test_a_cell_is_shown_with_its_neighbours(book: Path) -> None:
    """Rows and columns around it, the row of headers, and the first column, each with its own name."""
    (found,) = around(book, [Place(sheet="Households", row=9, letter="C")])
    assert found is not None
    assert found.letters == ("A", "B", "C", "D", "E")
    assert [row.number for row in found.rows] == [1, 7, 8, 9, 10, 11]
    sheet = openpyxl.load_workbook(book)["Households"]
    for row in found.rows:
        for letter, text in zip(found.letters, row.cells, strict=True):
            value = sheet[f"{letter}{row.number}"].value
            assert text == ("" if value is None else str(value))


def test_a_cell_beyond_the_table_is_shown_empty(book: Path) -> None:
    """A problem of a cell that the sheet does not have yet is shown where the cell would be."""
    (found,) = around(book, [Place(sheet="Households", row=60, letter="Z")])
    assert found is not None
    assert "Z" in found.letters
    assert found.rows[-1].number == 60
    assert set(found.rows[-1].cells) == {""}


@pytest.mark.parametrize(
    "place",
    [Place(file="a.csv", row=3, column="id"), Place(sheet="None", row=2), Place(sheet="Funds"), Place()],
    ids=["no sheet", "unknown sheet", "no row", "nowhere"],
)
def test_other_places_have_no_cells(book: Path, place: Place) -> None:
    """What is no cell or row of a sheet is told in words only."""
    assert around(book, [place]) == [None]


def test_what_is_no_workbook_has_no_cells(tmp_path: Path) -> None:
    """A file that cannot be read as a workbook has its problems told in words only."""
    path = tmp_path / "upload.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    assert around(path, [Place(sheet="Funds", row=3, letter="F")]) == [None]


def test_the_first_problems_are_shown(book: Path) -> None:
    """Of very many problems the first are shown with their cells; every problem is still told."""
    found = around(book, [Place(sheet="Funds", row=3, letter="F")] * (MOST + 5))
    assert len(found) == MOST + 5
    assert all(found[:MOST])
    assert not any(found[MOST:])
