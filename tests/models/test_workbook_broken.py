"""Broken workbooks: each in `broken/` is named after its defect, and every problem is told with sheet and cell."""

from __future__ import annotations

import io
import zipfile

import pytest

from liftplan.models.files import examine
from liftplan.models.files.workbook.package import OLE
from liftplan.models.messages import LANGUAGES, speaking
from liftplan.models.problems import Place

from .make_broken_workbooks import BROKEN, SAVED, made
from .workbook_defects import WORKBOOK_DEFECTS

FILES = {path.stem.removeprefix("xlsx-"): path for path in BROKEN.glob("xlsx-*")}


def spot(place: Place) -> str:
    """Where in its sheet a problem is."""
    return place.cell or place.letter or (str(place.row) if place.row else "")


def test_every_broken_workbook_is_tried() -> None:
    """No workbook lies there that no test looks at."""
    assert FILES.keys() == WORKBOOK_DEFECTS.keys()


def test_broken_workbooks_are_those_that_the_script_makes() -> None:
    """After a change run `python -m tests.models.make_broken_workbooks`."""
    assert dict(made()) == {path.name: path.read_bytes() for path in FILES.values() if path.name not in SAVED}


def test_workbooks_that_were_saved_are_what_they_are_named_after() -> None:
    """Those that no script makes: a compound file with an encrypted package, one with a workbook, an OpenDocument."""
    locked, old, other = ((BROKEN / name).read_bytes() for name in SAVED)
    assert locked.startswith(OLE)
    assert all(name.encode("utf-16-le") in locked for name in ("EncryptionInfo", "EncryptedPackage"))
    assert "桃园村".encode("utf-16-le") not in locked
    assert old.startswith(OLE)
    assert "桃园村".encode("utf-16-le") in old
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize("defect", WORKBOOK_DEFECTS)
def test_defect_is_told_with_sheet_and_cell(defect: str) -> None:
    """Every problem comes with code, sheet and cell, and nothing sound is complained of."""
    county, problems = examine(FILES[defect])
    expected = WORKBOOK_DEFECTS[defect]
    found = [(one.code, one.place.sheet, spot(one.place), one.warning) for one in problems]
    assert found == [(one.code, one.sheet, one.spot, one.warning) for one in expected]
    assert all(one.place.file == str(FILES[defect]) for one in problems)
    assert (county is None) == any(not one.warning for one in expected)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("defect", WORKBOOK_DEFECTS)
def test_defect_is_told_with_its_values(defect: str, language: str) -> None:
    """What stands there, what may stand there and the way out are told, in either language."""
    for problem, expected in zip(examine(FILES[defect])[1], WORKBOOK_DEFECTS[defect], strict=True):
        message, way_out = problem.message.text(language), problem.way_out.text(language)
        assert way_out
        values = [value if isinstance(value, str) else value.text(language) for value in expected.values]
        assert all(value in f"{message} {way_out}" for value in values), (message, way_out)


def test_places_are_shown_as_excel_names_them() -> None:
    """Whoever reads a problem can go to its cell, column or row."""
    with speaking("en"):
        assert str(Place("funds", 7, "channel", "a.xlsx", "资金", "D")) == "a.xlsx, sheet 资金, cell D7"
        assert str(Place("funds", 0, "channel", "a.xlsx", "资金", "D")) == "a.xlsx, sheet 资金, column D"
        assert str(Place("funds", 7, "", "a.xlsx", "资金")) == "a.xlsx, sheet 资金, row 7"
    assert str(Place("funds", 7, "channel", "a.xlsx", "资金", "D")) == "a.xlsx, sheet 资金, cell D7"
