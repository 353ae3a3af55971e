"""Broken inputs: each file in `broken/` is named after its defect, and every problem of it is told, and no other."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import pytest

import liftplan
from liftplan.models.files import examine, read_county
from liftplan.models.files.archive import MOST_BYTES
from liftplan.models.messages import LANGUAGES, speaking
from liftplan.models.problems import InputProblems

from .defects import DEFECTS, Expected

HERE = Path(__file__).parent
BROKEN = HERE / "broken"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the sound county."""
    return Path(shutil.copytree(HERE / "sound", tmp_path / "county"))


def broken(defect: str, county: Path) -> Path:
    """The input with the defect."""
    found = BROKEN / defect
    if found.is_file():
        return found
    for file in found.iterdir():
        for sound in county.glob(f"{file.stem}.*"):
            sound.unlink()
    for file in found.iterdir():
        shutil.copy(file, county)
    return county


def inside(file: str, path: Path) -> str:
    """The part of a problem's file inside the county."""
    assert file.startswith(str(path))
    return file.removeprefix(str(path)).lstrip("/\\")


@pytest.mark.parametrize("odd", sorted(path.name for path in (HERE / "odd").iterdir()))
def test_what_is_odd_but_clear_is_read(odd: str, county: Path) -> None:
    """Each folder in `odd/` is named after what offices do to files: it is the same county, without a doubt."""
    sound = read_county(county)
    for file in (HERE / "odd" / odd).iterdir():
        assert file.read_bytes() != (county / file.name).read_bytes()
        shutil.copy(file, county)
    assert examine(county) == (sound, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["huge.xlsx", "huge.json", "huge.zip", "county/needs.csv"])
def test_huge_file(name: str, language: str, county: Path) -> None:
    """A file of more bytes than are ever read is told with both figures, and not read."""
    path = county.parent / name
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    _, problems = examine(path if path.parent != county else county)
    assert problems[0].code == "file-size"
    assert problems[0].place.file == str(path)
    message = problems[0].message.text(language)
    assert str(MOST_BYTES) in message
    assert str(MOST_BYTES + 1) in message


@pytest.mark.parametrize("path", [HERE / "sound", HERE / "sound.json"])
def test_without_defect_there_is_no_problem(path: Path) -> None:
    """What the broken inputs are made of is sound, down to the last doubt."""
    county, problems = examine(path)
    assert county is not None
    assert problems == []


def test_every_broken_input_is_tried() -> None:
    """No input lies there that no test looks at."""
    assert {path.name for path in BROKEN.iterdir() if not path.name.startswith("xlsx-")} == set(DEFECTS)


@pytest.mark.parametrize("defect", DEFECTS)
def test_defect_is_told_with_its_place(defect: str, county: Path) -> None:
    """Every problem comes with code, file, table, row and column, and nothing sound is complained of."""
    path = broken(defect, county)
    with pytest.raises(InputProblems) as raised:
        read_county(path)
    found = [
        Expected(one.code, inside(one.place.file, path), one.place.table, one.place.row, one.place.column, ())
        for one in raised.value.problems
    ]
    assert found == [expected._replace(values=()) for expected in DEFECTS[defect]]


@pytest.mark.parametrize("defect", DEFECTS)
def test_defect_is_told_with_its_values(defect: str, county: Path) -> None:
    """What stands there, what may stand there and the way out are told, in either language."""
    _, problems = examine(broken(defect, county))
    for (problem, expected), language in product(zip(problems, DEFECTS[defect], strict=True), LANGUAGES):
        message, way_out = problem.message.text(language), problem.way_out.text(language)
        assert way_out
        values = [value if isinstance(value, str) else value.text(language) for value in expected.values]
        assert all(value in f"{message} {way_out}" for value in values), (message, way_out)


def test_all_defects_come_at_once(county: Path) -> None:
    """Defects of form and of content, in several tables and the policy, are told together."""
    together = ["yuan-fraction", "choice-misspelt", "row-too-long", "village-unknown", "rule-misspelt"]
    for defect in together:
        broken(defect, county)
    _, problems = examine(county)
    found = {(problem.code, problem.place.table, problem.place.column) for problem in problems}
    for defect in together:
        assert {(one.code, one.table, one.column) for one in DEFECTS[defect]} <= found


def test_half_the_tables_missing(county: Path) -> None:
    """Each missing table that others name is told once with how often it is, not once a row."""
    for name in ("departments", "purposes", "villages", "households", "needs", "projects", "measures"):
        (county / f"{name}.csv").unlink()
    _, problems = examine(county)
    empty = {problem.place.table for problem in problems if problem.code == "table-empty"}
    assert empty == {"departments", "purposes", "villages", "households"}
    assert all(Path(problem.place.file).is_relative_to(county) for problem in problems)
    assert len(problems) < 20


def test_folder_without_head(county: Path) -> None:
    """A folder without `county.yaml` is told so; its tables are checked all the same."""
    (county / "county.yaml").unlink()
    broken("yuan-fraction", county)
    _, problems = examine(county)
    assert [problem.code for problem in problems] == ["file-missing", "value"]


def test_folder_of_a_plan(tmp_path: Path) -> None:
    """A plan folder is told from a county, and where its county is."""
    (tmp_path / "plan.json").touch()
    (tmp_path / "county.zip").touch()
    with pytest.raises(InputProblems) as raised:
        read_county(tmp_path)
    assert "county.zip" in str(raised.value.problems[0].way_out)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["plan.json", "plan.xlsx", "ledger.csv", "summary.html", "run.json"])
def test_file_of_a_plan(name: str, language: str, tmp_path: Path) -> None:
    """Each file of a plan folder but its county is told from a county in one problem, and where the county is."""
    solution = liftplan.solve("tiny", threads=1)
    with speaking(language):
        solution.save(tmp_path / "plan")
        _, problems = examine(tmp_path / "plan" / name)
    assert [problem.code for problem in problems] == ["form"]
    assert "county.zip" in problems[0].way_out.text(language)
    assert examine(tmp_path / "plan" / "county.zip")[0] is not None


@pytest.mark.parametrize("name", ["plan.json", "plan.xlsx"])
def test_file_of_a_plan_elsewhere(name: str, tmp_path: Path) -> None:
    """A plan's document or workbook that was copied is still told from a county."""
    liftplan.solve("tiny", threads=1).save(tmp_path / "plan")
    (tmp_path / "plan" / name).rename(tmp_path / name)
    _, problems = examine(tmp_path / name)
    assert [problem.code for problem in problems] == ["form"]
    assert "liftplan new county.xlsx" in str(problems[0].way_out)


def test_nothing_there(tmp_path: Path) -> None:
    """A path that leads nowhere is a problem, not a traceback."""
    with pytest.raises(InputProblems):
        read_county(tmp_path / "nowhere")


def test_many_problems_of_a_kind_are_counted(county: Path) -> None:
    """A column that is wrong all over is listed in part, and the rest is counted."""
    costs = county / "costs.csv"
    rows = "".join(f"v01-p01,p{number},-1\n" for number in range(200))
    costs.write_text(f"item,purpose,yuan\n{rows}", encoding="utf-8")
    _, problems = examine(county)
    negative = [problem for problem in problems if problem.place.column == "yuan"]
    assert len(negative) == 51
    assert (negative[-1].place.row, dict(negative[-1].message.values)) == (0, {"count": 150})


def test_rows_are_those_of_the_spreadsheet(county: Path) -> None:
    """Rows of blanks are passed over, and cells of several lines are one row; both count as the spreadsheet shows."""
    needs = county / "needs.csv"
    needs.write_text('id,name,name_en\n,,\nhousing,"two\nlines",\n\nwater,,\n', encoding="utf-8")
    _, problems = examine(county)
    assert [(problem.code, problem.place.row) for problem in problems] == [("blank", 5)]
