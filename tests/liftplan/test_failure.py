"""Internal errors: what repeats them is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import liftplan
from liftplan.api import saving, solving
from liftplan.models.messages import m
from liftplan.solver.check import Violation
from liftplan.solver.rejected import RejectedPlan

from .program import Inside


@pytest.fixture
def rejecting(solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    """A core whose plan the checker rejects."""

    def solve(*_: Any, **__: Any) -> Any:
        raise RejectedPlan(solution.plan, [Violation("R1", "special", m("too much"), 2, 1)])

    monkeypatch.setattr(solving, "solve_county", solve)


FILES = ["county.zip", "plan.json", "settings.json", "traceback.txt", "warm-start.json"]
"""What is saved of a solve that began with a plan and made one that the checker rejects."""


@pytest.mark.usefixtures("rejecting")
def test_rejected_plan_is_saved_with_all_that_repeats_it(place: Path, solution: liftplan.Solution) -> None:
    """From Python too: county, settings, both plans and the traceback, in a folder that the error names."""
    with pytest.raises(liftplan.InternalError, match=r"the checker rejects the plan .* is saved in") as caught:
        liftplan.solve("tiny", scenario="pooled", seed=7, warm_start=solution)
    (folder,) = (place / "liftplan-out").iterdir()
    assert str(folder.resolve()) in str(caught.value)
    assert sorted(file.name for file in folder.iterdir()) == FILES
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    assert (settings["seed"], settings["scenario"]) == (7, "pooled")
    assert liftplan.read_plan(folder / "plan.json") == solution.plan
    assert liftplan.read_plan(folder / "warm-start.json") == solution.plan
    assert liftplan.load(folder / "county.zip") == liftplan.under("tiny", "pooled").county
    assert "RejectedPlan" in (folder / "traceback.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("rejecting")
def test_command_line_saves_it_once(call: Inside, place: Path) -> None:
    """The command line names the folder that Python saved, and saves none of its own."""
    code, found = call.json("solve", "tiny")
    assert (code, found["status"]) == (1, "error")
    assert [str(folder.resolve()) for folder in (place / "liftplan-out").iterdir()] == [found["reproducer"]]
    assert "RejectedPlan" in found["problems"][0]["message"]


def test_errors_of_a_listener_are_not_saved(place: Path) -> None:
    """What a listener raises is the caller's own."""

    def listener(_: liftplan.Event) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        liftplan.solve("tiny", threads=1, listener=listener)
    assert list(place.iterdir()) == []


def test_bad_input_is_not_saved(place: Path) -> None:
    """A county that is not there is no fault of liftplan."""
    with pytest.raises(liftplan.InputProblems):
        liftplan.solve("nowhere")
    assert list(place.iterdir()) == []


@pytest.fixture
def blots(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that cannot be made."""

    def blot(*_: Any) -> bytes:
        raise ZeroDivisionError("a bug")

    monkeypatch.setitem(saving.REPORTS, "plan.xlsx", blot)


@pytest.mark.usefixtures("blots")
def test_file_for_people_that_fails_does_not_cost_the_plan(place: Path, solution: liftplan.Solution) -> None:
    """The folder is written without it and verifies; the warning names the file and the folder that repeats the bug."""
    mine = liftplan.Solution(solution.result, solution.county)
    folder = mine.save("mine")
    assert sorted(file.name for file in folder.iterdir()) == [
        "county.zip",
        "ledger.csv",
        "plan.json",
        "run.json",
        "summary.html",
    ]
    assert liftplan.verify(folder).accepted
    (warning,) = mine.warnings
    (saved,) = (place / "liftplan-out").iterdir()
    assert (warning.code, warning.place.file, warning.warning) == ("report", "plan.xlsx", True)
    assert "ZeroDivisionError" in str(warning.message)
    assert str(saved.resolve()) in str(warning.way_out)
    assert sorted(file.name for file in saved.iterdir()) == [
        "county.zip",
        "plan.json",
        "settings.json",
        "traceback.txt",
    ]


@pytest.mark.usefixtures("blots")
def test_command_line_warns_and_ends_well(call: Inside) -> None:
    """A checked plan is exit code 0; people and programs are told what is missing."""
    code, found = call.json("solve", "tiny", "--out", "mine")
    assert (code, found["status"], found["problems"]) == (0, "optimal", [])
    assert [warning["code"] for warning in found["warnings"]] == ["report"]
    _, _, err = call("solve", "tiny", "--out", "mine", "--overwrite")
    assert "plan.xlsx could not be made" in err


def test_warning_goes_once_the_files_can_be_made(
    place: Path,  # noqa: ARG001
    solution: liftplan.Solution,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Saved again in full, a solution warns of nothing, and an old plan folder is replaced whole."""
    mine = liftplan.Solution(solution.result, solution.county)
    with monkeypatch.context() as patch:
        patch.setitem(saving.REPORTS, "summary.html", lambda *_: b"" + None)
        mine.save("mine")
    assert [warning.place.file for warning in mine.warnings] == ["summary.html"]
    assert (mine.save("mine", overwrite=True) / "summary.html").is_file()
    assert mine.warnings == ()


@pytest.mark.parametrize(
    "line",
    [
        ("solve", "{long}"),
        ("validate", "{long}"),
        ("convert", "{long}", "copy"),
        ("verify", "{long}"),
        ("solve", "tiny", "--scenario", "{long}"),
        ("solve", "tiny", "--scenario", "{long}.yaml"),
        ("solve", "tiny", "--warm-start", "{long}"),
        ("solve", "tiny", "--out", "{long}"),
        ("export", "tiny", "--out", "{long}.lp"),
        ("new", "{long}.xlsx"),
    ],
)
def test_a_name_that_is_too_long_is_bad_input(call: Inside, place: Path, line: tuple[str, ...]) -> None:
    """300 characters: exit code 2 with the reason and a way out, and no internal error is saved."""
    code, found = call.json(*(part.format(long="x" * 300) for part in line))
    assert code == 2
    (problem,) = found["problems"]
    assert "too long" in problem["message"]
    assert problem["way_out"]
    assert not (place / "liftplan-out").exists()
