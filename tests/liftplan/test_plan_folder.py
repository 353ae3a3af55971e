"""The files beside a `plan.json` have to say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import liftplan
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
    "yuan": (lambda rows: cell(rows, 2, "yuan", "1"), "Line 3 of ledger.csv, column yuan: 1; the plan has "),
    "name": (lambda rows: cell(rows, 1, "fund_name", "X"), "Line 2 of ledger.csv, column fund_name: X; the plan has "),
    "village": (lambda rows: cell(rows, 4, "village", "v09"), "Line 5 of ledger.csv, column village: v09"),
    "purpose": (lambda rows: cell(rows, 3, "purpose", "road"), "Line 4 of ledger.csv is not in the plan"),
    "missing row": (lambda rows: rows[:3] + rows[4:], "ledger.csv lacks a line of the plan"),
    "row twice": (lambda rows: [*rows, rows[1]], "is not in the plan"),
    "order": (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], "Line 2 of ledger.csv"),
    "header": (lambda rows: cell(rows, 0, "yuan", "money"), "Line 1 of ledger.csv"),
    "cell more": (lambda rows: [rows[0], [*rows[1], "note"], *rows[2:]], "Line 2 of ledger.csv"),
    "cell less": (lambda rows: [rows[0], rows[1][:-1], *rows[2:]], "Line 2 of ledger.csv"),
    "no rows": (lambda rows: rows[:0], "Line 1 of ledger.csv"),
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
