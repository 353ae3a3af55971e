"""Internal errors: what repeats them is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import liftplan
from liftplan.api import solving
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
