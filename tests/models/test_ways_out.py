"""Usual mistakes: what is wrong and what to write instead, in words of our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.files import examine, write_county
from liftplan.models.messages import Message, m
from liftplan.models.planreading import plan_from_text
from liftplan.models.policy import DepartmentMin, HouseholdMin, VillageDepartmentMin
from liftplan.models.problems import InputProblems, Place, Problem

from .edits import changed, ruled

HERE = Path(__file__).parent


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the sound county."""
    return Path(shutil.copytree(HERE / "sound", tmp_path / "county"))


HEAD = [
    ("minimum: 300000", "minimum: 30万", "300000"),
    ("minimum: 300000", "minimum: 20.8", "Write whole yuan: 21, or 208000"),
    ("minimum: 300000", "minimum: 300,000", "commas"),
    ("minimum: 300000", "minimum: null", "leave the field out"),
    ("share_bp: 5000", "share_bp: 50%", "5000"),
    ("villages: false", "villages: no", "true or false"),
    ("years: [2015]", "years: [2015", "Close it"),
    ("policy:\n  R1", "policy:\n\tR1", "Indent with blanks"),
    ("id: example", "id：example", "half width"),
]


@pytest.mark.parametrize(("old", "new", "way_out"), HEAD)
def test_mistakes_in_the_head_have_a_way_out(county: Path, old: str, new: str, way_out: str) -> None:
    """One problem each, in its line; no word of the library that reads YAML."""
    file = county / "county.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = examine(county)[1]
    assert problem.place.row == text[: text.index(old)].count("\n") + 1 + old.startswith("policy:")
    assert way_out in str(problem.way_out)
    assert "token" not in str(problem.message)
    assert "expected" not in str(problem.message)


CELLS = [
    ("costs.csv", "330000", "33.5万元", "335000"),
    ("costs.csv", "330000", "3.3E+05", "all digits"),
    ("funds.csv", "fiscal,208000", "fiscal,20.8", "208000 if it is in 10,000 yuan"),
    ("households.csv", "v01,4,2100", "v01,4.6,2100", "Round it to a whole number: 5"),
    ("projects.csv", "2015-10-31", "2015年10月1日", "Write 2015-10-01."),
    ("projects.csv", "2015-10-31", "2015/10/31", "Write 2015-10-31."),
    ("projects.csv", "2015-10-31", "2015/13/31", "as in 2015-09-30"),
    ("households.csv", "housing;water,poor;illness", "housing、water,poor;illness", "Separate the entries by ;"),
    ("villages.csv", "true", "有", "true or false"),
]


@pytest.mark.parametrize(("file", "old", "new", "way_out"), CELLS)
def test_mistakes_in_cells_have_a_way_out(county: Path, file: str, old: str, new: str, way_out: str) -> None:
    """What to write instead is told, wherever it can be told."""
    text = (county / file).read_text(encoding="utf-8-sig")
    assert old in text
    (county / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = examine(county)[1]
    assert way_out in str(problem.way_out)


def test_a_misspelt_column_is_not_missing_too(county: Path) -> None:
    """The column that was meant is told once."""
    file = county / "needs.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("id,name", "ID,Name"), encoding="utf-8")
    assert [(one.code, one.place.column) for one in examine(county)[1]] == [
        ("column-unknown", "ID"),
        ("column-unknown", "Name"),
    ]


def test_files_called_like_tables_are_told(county: Path) -> None:
    """A workbook beside the tables is not read, which is said; other files are nobody's concern."""
    for name in ("villages.xlsx", "Funds.txt", "notes.md", "readme.txt", "~$funds.xlsx", ".funds.csv"):
        (county / name).write_text("x", encoding="utf-8")
    found, problems = examine(county)
    assert found is not None
    assert sorted((one.code, Path(one.place.file).name) for one in problems) == [
        ("file-unread", "Funds.txt"),
        ("file-unread", "villages.xlsx"),
    ]


def test_a_county_without_costs_is_told_once(county: Path) -> None:
    """Not item by item."""
    (county / "costs.csv").unlink()
    (county / "commitments.csv").unlink()
    assert [(one.code, one.place.table, one.warning) for one in examine(county)[1]] == [("table-empty", "costs", True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1 "b": 2}', "a comma is missing"),
        ('{"a" 1}', "a colon is missing"),
        ('{"a": }', "a value is missing"),
        ('{"a": 1} x', "something follows after its end"),
        ('{"a": "b', "a quotation mark is not closed"),
        ('{"a": ' + "[" * 100_000, "it is nested too deep"),
    ],
)
def test_why_a_text_is_no_json_is_said_in_our_words(tmp_path: Path, text: str, reason: str) -> None:
    """The same words for counties and plans."""
    (tmp_path / "county.json").write_text(text, encoding="utf-8")
    (problem,) = examine(tmp_path / "county.json")[1]
    assert reason in str(problem.message)
    with pytest.raises(InputProblems) as raised:
        plan_from_text(text)
    assert reason in str(raised.value)


def test_what_cannot_be_written_is_told_without_temporary_names(tmp_path: Path) -> None:
    """A file stands where a folder should: the target is named, not what it would have been renamed from."""
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "county"
    with pytest.raises(InputProblems) as raised:
        write_county(example_county(), target)
    (problem,) = raised.value.problems
    assert problem.place.file == str(target)
    assert "no folder" in str(problem.message) or "already" in str(problem.message)
    assert ".county-" not in str(raised.value)


def place_of(**parts: object) -> str:
    """A place as text."""
    return str(Place(**parts))  # type: ignore[arg-type]


def test_places_are_told_in_the_terms_of_their_file() -> None:
    """Rows and columns of tables, lines and fields elsewhere; a table is not named twice."""
    assert place_of(file="c/costs.csv", table="costs", row=2, column="yuan") == "c/costs.csv, row 2, column yuan"
    assert place_of(file="c.json", table="costs", row=2, column="yuan") == "c.json, costs, row 2, column yuan"
    assert place_of(file="c/county.yaml", row=5, column="years") == "c/county.yaml, line 5, field years"
    assert place_of(file="y", table="policy", row=9, column="R3.minimum") == "y, line 9, field policy.R3.minimum"
    assert place_of(column="gap") == "field gap"
    assert place_of(file="c.xlsx", table="costs", sheet="费用", row=3, letter="C") == "c.xlsx, sheet 费用, cell C3"


def test_a_problem_without_a_place_begins_with_its_message() -> None:
    """No colon in front of nothing."""
    problems = [Problem("x", Place(), m("One."), Message("")), Problem("y", Place(file="f"), m("Two."), Message(""))]
    assert str(InputProblems(problems)) == "One.; f: Two."


def of_bracketed_name() -> County:
    """A village whose name is no identifier, named by a household."""
    county = changed("villages", 0, name="桃园（一组）")
    return changed("households", 0, county, village="桃园（一组）")


def of_named_rule() -> County:
    """A rule that a minimum names instead of its code."""
    rule = example_county().policy.R4
    rows = tuple(row.model_copy(update={"name": "财政部门"}) if row.id == "finance" else row for row in rule.rows)
    county = ruled(R4=rule.model_copy(update={"rows": rows}))
    return changed("minimum_overrides", 0, county, rule="财政部门")


NAMED = [
    (changed("households", 0, village="桃园村"), "v01 (桃园村)"),
    (changed("households", 0, village="桃园"), "v01 (桃园村)"),
    (changed("households", 0, village="Taoyuan-village"), "v01 (Taoyuan village)"),
    (changed("households", 0, village="Taoyuan village"), "v01 (Taoyuan village)"),
    (changed("fund_shares", 0, fund="special poverty fund"), "special_poverty (Special poverty fund)"),
    (changed("minimum_overrides", 0, rule="line departments"), "line (Line departments)"),
    (changed("minimum_overrides", 0, rule="Line dept"), "line"),
    (changed("costs", 0, purpose="Rural road"), "road"),
    (changed("households", 0, needs=("饮水安全",)), "water (饮水安全)"),
    (of_bracketed_name(), "v01 (桃园（一组）)"),
    (of_named_rule(), "finance (财政部门)"),
]
"""A county in which a name stands instead of a code, and what is offered."""


@pytest.mark.parametrize("form", ["county", "county.json", "county.xlsx"])
@pytest.mark.parametrize(("wrong", "offered"), NAMED)
def test_the_code_of_a_name_is_offered(tmp_path: Path, form: str, wrong: County, offered: str) -> None:
    """Who writes the name of a village, a need or a rule instead of its code is offered the code, with the name."""
    write_county(wrong, tmp_path / form)
    (problem,) = [one for one in examine(tmp_path / form)[1] if not one.warning]
    assert f"Did you mean {offered}?" in problem.way_out.text("en")
    assert all(part in problem.way_out.text("zh") for part in offered.rstrip(")").split(" ("))


def test_the_code_of_a_name_is_offered_in_the_policy(tmp_path: Path) -> None:
    """Departments of R4 and the purpose of R5, too."""
    names = [row.name for row in example_county()["departments"].rows()]
    purposes = [(row.id, row.name) for row in example_county()["purposes"].rows()]
    rows = (DepartmentMin(id="x", departments=(names[0],), minimum=1_000),)
    county = ruled(R4=VillageDepartmentMin(rows=rows), R5=HouseholdMin(minimum=500, purpose=purposes[0][1]))
    write_county(county, tmp_path / "county")
    ways_out = [str(one.way_out) for one in examine(tmp_path / "county")[1] if one.code == "reference"]
    assert any(names[0] in one and example_county()["departments"]["id"][0] in one for one in ways_out)
    assert any(f"{purposes[0][0]} ({purposes[0][1]})" in one for one in ways_out)


def test_where_no_code_is_near_the_few_there_are_are_told(tmp_path: Path) -> None:
    """A text with blanks that is like none of them: all purposes, once, and nothing that follows from it."""
    write_county(changed("costs", 0, purpose="local match"), tmp_path / "county")
    (problem,) = examine(tmp_path / "county")[1]
    ids = example_county()["purposes"]["id"].tolist()
    assert all(one in problem.way_out.text("en") and one in problem.way_out.text("zh") for one in ids)


def test_words_instead_of_a_department_in_r4_are_offered_its_code(tmp_path: Path) -> None:
    """A name with blanks is no identifier; it is told once, with the code."""
    write_county(example_county(), tmp_path / "county")
    head = tmp_path / "county" / "county.yaml"
    text = head.read_text(encoding="utf-8")
    assert "departments: [finance]" in text
    head.write_text(text.replace("departments: [finance]", "departments: [Finance bureau]"), encoding="utf-8")
    (problem,) = [one for one in examine(tmp_path / "county")[1] if not one.warning]
    assert "finance" in problem.way_out.text("en")
    assert "finance" in problem.way_out.text("zh")


def test_a_workbook_whose_name_is_too_long_is_told_so(tmp_path: Path) -> None:
    """The reason is that of the system, not a quotation of the library that writes."""
    with pytest.raises(InputProblems) as raised:
        write_county(example_county(), tmp_path / f"{'x' * 300}.xlsx")
    assert "the name is too long" in str(raised.value)
    assert "[Errno" not in str(raised.value)


def test_a_name_that_two_have_offers_neither(tmp_path: Path) -> None:
    """Two villages of one name: nobody can tell which is meant."""
    county = changed("villages", 1, changed("villages", 0, name="双村"), name="双村")
    write_county(changed("households", 0, county, village="双村"), tmp_path / "county")
    (problem,) = [one for one in examine(tmp_path / "county")[1] if not one.warning]
    assert "Did you mean" not in str(problem.way_out)
