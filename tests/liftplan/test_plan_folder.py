"""The files beside a `plan.json` have to say the same."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import liftplan
from liftplan.api.copies import copies
from liftplan.models.messages import LANGUAGES

from .program import Inside

Rows = list[list[str]]


@pytest.fixture
def plan(solution: liftplan.Solution, place: Path) -> Path:
    """A plan folder of `tiny`."""
    return solution.save(place / "plan")


def rewritten(plan: Path, change: Callable[[Rows], Rows], encoding: str = "utf-8-sig") -> Path:
    """The plan folder with its ledger changed."""
    file = plan / "ledger.csv"
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text).writerows(change(rows))
    file.write_bytes(text.getvalue().encode(encoding))
    return plan


def cell(rows: Rows, row: int, column: str, value: str) -> Rows:
    """Rows with one cell replaced; row 0 is the header."""
    rows[row][rows[0].index(column)] = value
    return rows


CHANGES: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "yuan": (lambda rows: cell(rows, 2, "yuan", "1"), "Line 3, column yuan: 1; the plan has "),
    "name": (lambda rows: cell(rows, 1, "fund_name", "X"), "Line 2, column fund_name: X; the plan has "),
    "village": (lambda rows: cell(rows, 4, "village", "v09"), "Line 5, column village: v09"),
    "purpose": (lambda rows: cell(rows, 3, "purpose", "road"), "Line 4 is not in the plan"),
    "missing row": (lambda rows: rows[:3] + rows[4:], "A line of the plan is missing"),
    "row twice": (lambda rows: [*rows, rows[1]], "is not in the plan"),
    "order": (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], "Line 2"),
    "header": (lambda rows: cell(rows, 0, "yuan", "money"), "Line 1"),
    "cell more": (lambda rows: [rows[0], [*rows[1], "note"], *rows[2:]], "Line 2"),
    "cell less": (lambda rows: [rows[0], rows[1][:-1], *rows[2:]], "Line 2"),
    "no rows": (lambda rows: rows[:0], "Line 1"),
}


@pytest.mark.parametrize("kind", list(CHANGES))
def test_changed_ledger_is_rejected_with_line_and_both_values(call: Inside, plan: Path, kind: str) -> None:
    """One changed, missing or added cell or row of `ledger.csv` rejects the plan folder and is named."""
    change, words = CHANGES[kind]
    code, found = call.json("verify", str(rewritten(plan, change)))
    assert (code, found["status"]) == (5, "rejected")
    assert {problem["code"] for problem in found["problems"]} == {"ledger.csv"}
    assert any(words in problem["message"] for problem in found["problems"])


def test_many_changes_are_not_all_listed(call: Inside, plan: Path) -> None:
    """A ledger of another plan altogether gives a hundred differences and the number of the others."""

    def doubled(rows: Rows) -> Rows:
        return [rows[0], *([*row[:-1], f"{row[-1]}0"] for _ in range(9) for row in rows[1:])]

    _, found = call.json("verify", str(rewritten(plan, doubled)))
    assert len(found["problems"]) == 101
    assert "more differences" in found["problems"][-1]["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_ledger_saved_again_by_a_spreadsheet_is_the_same(call: Inside, plan: Path, encoding: str) -> None:
    """Another encoding or line ending changes no cell."""
    assert call("verify", str(rewritten(plan, lambda rows: rows, encoding)))[0] == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ledger_is_accepted_in_either_language(call: Inside, language: str) -> None:
    """Top-ups are named in the language of whoever solved; whoever verifies may speak another."""
    call("new", "county")
    call("solve", "county", "--lang", language, "--out", "plan")
    assert any(item.startswith("topup:") for _, item, _, _ in liftplan.read_plan("plan").ledger)
    for other in LANGUAGES:
        assert call("verify", "plan", "--lang", other)[0] == 0


def test_plan_folder_without_its_ledger_is_rejected(call: Inside, plan: Path) -> None:
    """A folder is whole; a `plan.json` alone needs no ledger beside it."""
    (plan / "ledger.csv").unlink()
    assert call("verify", str(plan))[0] == 5
    assert call("verify", str(plan / "plan.json"))[0] == 0


def test_another_county_beside_the_plan_is_rejected(call: Inside, plan: Path) -> None:
    """`county.zip` must be the plan's county, also where the plan is checked against another copy."""
    liftplan.convert(liftplan.example(), plan / "county.zip", overwrite=True)
    assert call.json("verify", str(plan))[0] == 5
    code, found = call.json("verify", str(plan), "--county", "tiny")
    assert (code, [problem["code"] for problem in found["problems"]]) == (5, ["county.zip"])


def test_damaged_county_beside_the_plan_is_told(call: Inside, plan: Path) -> None:
    """A `county.zip` that cannot be read is bad input, and against another copy a reason to reject."""
    (plan / "county.zip").write_bytes(b"PK no zip")
    assert call("verify", str(plan))[0] == 2
    assert call("verify", str(plan), "--county", "tiny")[0] == 5


def test_names_in_the_language_of_the_ledger_are_no_differences(call: Inside, plan: Path) -> None:
    """One changed amount is one difference, whichever language the ledger was written in."""
    assert len(call.json("verify", str(rewritten(plan, lambda rows: cell(rows, 2, "yuan", "1"))))[1]["problems"]) == 1


def test_falsified_page_is_rejected(call: Inside, plan: Path) -> None:
    """One figure changed in `summary.html` rejects the folder; both values are told."""
    file = plan / "summary.html"
    file.write_bytes(file.read_bytes().replace(b">49<", b">59<", 1))
    code, found = call.json("verify", str(plan))
    assert (code, [problem["code"] for problem in found["problems"]]) == (5, ["summary.html"])
    assert all(value in found["problems"][0]["message"] for value in ("59", "49"))


def test_page_changed_where_it_does_not_show_is_rejected(call: Inside, plan: Path) -> None:
    """Markup changed without a text changed is another page, too."""
    file = plan / "summary.html"
    file.write_bytes(file.read_bytes().replace(b'class="huge"', b'class="hug"', 1))
    assert call.json("verify", str(plan))[1]["problems"][0]["code"] == "summary.html"


def workbook_with(plan: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The plan with the parts of its workbook changed and packed again."""
    file = plan / "plan.xlsx"
    with zipfile.ZipFile(file) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return plan


def test_falsified_workbook_is_rejected(call: Inside, plan: Path) -> None:
    """One figure changed in a sheet of `plan.xlsx` rejects the folder; the cell and both values are told."""
    change = workbook_with(
        plan, lambda name, part: part.replace(b"<v>49</v>", b"<v>59</v>", 1) if "sheet1." in name else part
    )
    code, found = call.json("verify", str(change))
    assert (code, [problem["code"] for problem in found["problems"]]) == (5, ["plan.xlsx"])
    assert all(part in found["problems"][0]["message"] for part in ("Summary", "B5", "59", "49"))


def test_workbook_saved_again_is_not_checked(call: Inside, plan: Path) -> None:
    """The same cells in another file: the plan holds, and it is said that this file was not checked."""
    code, found = call.json("verify", str(workbook_with(plan, lambda name, part: part)))  # noqa: ARG005
    assert (code, found["not_checked"]) == (0, ["plan.xlsx"])
    assert "plan.xlsx" in call("verify", str(plan))[1]


def test_damaged_workbook_is_rejected(call: Inside, plan: Path) -> None:
    """A `plan.xlsx` that is no workbook is no copy of the plan."""
    (plan / "plan.xlsx").write_bytes(b"PK nothing")
    assert call.json("verify", str(plan))[0] == 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reports_are_checked_in_either_language(call: Inside, solution: liftplan.Solution, language: str) -> None:
    """What people read is checked in the language in which it was written, whoever verifies."""
    with liftplan.speaking(language):
        solution.save("plan")
    for other in LANGUAGES:
        code, found = call.json("verify", "plan", "--lang", other)
        assert (code, found["not_checked"]) == (0, [])


def test_reports_of_another_version_are_not_checked(solution: liftplan.Solution, tmp_path: Path) -> None:
    """Another version of liftplan used other words: its page and workbook are named as not checked."""
    folder = solution.save(tmp_path / "plan")
    other = solution.plan.model_copy(update={"versions": {**solution.plan.versions, "liftplan": "0.0.1"}})
    (folder / "summary.html").write_bytes(b"")
    assert copies(folder, other, solution.county) == ([], ("plan.xlsx", "summary.html"))
    assert [wrong.rule for wrong in copies(folder, solution.plan, solution.county)[0]] == ["summary.html"]
