"""`liftplan solve`: exit codes, the JSON object, the plan folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import liftplan
from liftplan.solver.result import Result

from .program import Inside, environment, one_object, process, script

FIELDS = {
    "schema_version",
    "status",
    "stopped_by",
    "problems",
    "people_lifted",
    "households_lifted",
    "objective",
    "objective_bound",
    "gap",
    "ledger_yuan",
    "leveraged_yuan",
    "seconds",
    "plan",
}
"""What the JSON object of a solve has."""

WAITING = """
import liftplan, os, sys, time
from dataclasses import replace
from liftplan.cli.running import main
real = liftplan.solve
def solve(county, settings, *, listener, cancel, **options):
    done = real(county, settings, **options)
    print("solving", file=sys.stderr, flush=True)
    while not ({obeys} and cancel):
        time.sleep(0.05)
    result = done.result if {found} else replace(done.result, plan=None, status="unknown")
    return liftplan.Solution(replace(result, stopped_by="cancelled"), done.county)
liftplan.solve = solve
main({arguments!r})
"""
"""The program with a solver that goes on until it is cancelled."""


def refused_solver(*_: Any, **__: Any) -> Any:
    """A solver that must not be reached."""
    raise AssertionError("the solve began")


def failing_solver(*_: Any, **__: Any) -> Any:
    """A solver with a bug."""
    raise ZeroDivisionError("a bug")


def ending(solution: liftplan.Solution, **changes: Any) -> Any:
    """A solver that ends without a plan."""
    result: Result = replace(solution.result, plan=None, **changes)
    return lambda *_, **__: liftplan.Solution(result, solution.county)


def start(place: Path, *arguments: str, found: bool = True, obeys: bool = True) -> subprocess.Popen[bytes]:
    """The waiting program, once it solves."""
    text = WAITING.format(arguments=list(arguments), found=found, obeys=obeys)
    running = subprocess.Popen(
        [sys.executable, "-c", text], cwd=place, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stderr is not None
    while b"solving" not in running.stderr.readline():
        assert running.poll() is None
    return running


def test_json_is_exactly_one_object_on_standard_output(place: Path) -> None:
    """A process under `--json` writes the object of the contract and nothing else."""
    ended = process("solve", "tiny", "--json", cwd=place)
    found = one_object(ended.stdout)
    assert ended.returncode == 0
    assert set(found) == FIELDS
    assert found["status"] == "optimal"
    assert found["stopped_by"] in {"proof", "gap"}
    assert found["problems"] == []
    assert found["plan"] == str((place / "liftplan-out" / "tiny-base").resolve())
    assert found["people_lifted"] == found["objective"] > 0
    assert found["gap"] == pytest.approx((found["objective_bound"] - found["objective"]) / max(1, found["objective"]))


def test_plan_folder_holds_the_plan_its_ledger_its_county_and_its_run(call: Inside, place: Path) -> None:
    """The folder has the four files of the contract, and they belong together."""
    _, found = call.json("solve", "tiny", "--out", "mine")
    folder = place / "mine"
    assert sorted(path.name for path in folder.iterdir()) == ["county.zip", "ledger.csv", "plan.json", "run.json"]
    plan = liftplan.read_plan(folder)
    assert plan.totals.people_lifted == found["people_lifted"]
    assert plan.county.digest == liftplan.load(folder / "county.zip").digest
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["seconds"] >= 0


def test_summary_tells_people_money_villages_and_certainty(call: Inside) -> None:
    """Without `--json` the summary answers the first questions, and names the folder."""
    code, out, err = call("solve", "tiny")
    assert code == 0
    for words in ("leave poverty", "This is proved", "Money by channel", "Money by department", "Villages"):
        assert words in out
    assert str(Path("liftplan-out/tiny-base").resolve()) in out.replace("\n", "")
    assert "bound" in err


def test_summary_is_chinese_on_wish(call: Inside) -> None:
    """Under `--lang zh` the summary and the progress are Chinese."""
    _, out, err = call("solve", "tiny", "--lang", "zh")
    assert "脱贫" in out
    assert "leave poverty" not in out
    assert "proving" not in err


def test_quiet_is_one_line(call: Inside) -> None:
    """`--quiet` leaves the outcome in one line, and no progress."""
    code, out, err = call("solve", "tiny", "--quiet")
    assert (code, err, out.count("\n")) == (0, "", 1)


@pytest.mark.parametrize("extra", [[], ["--out", "there"]])
def test_existing_plan_folder_is_refused_before_solving(
    call: Inside, monkeypatch: pytest.MonkeyPatch, extra: list[str]
) -> None:
    """A plan folder that is there is left alone, and no time is spent."""
    assert call("solve", "tiny", *extra)[0] == 0
    monkeypatch.setattr(liftplan, "solve", refused_solver)
    code, found = call.json("solve", "tiny", *extra)
    assert (code, found["problems"][0]["code"]) == (2, "plan-folder-exists")


def test_overwrite_replaces_a_plan_folder(call: Inside, place: Path) -> None:
    """`--overwrite` puts the new plan in the place of the old."""
    call("solve", "tiny", "--out", "there")
    (place / "there" / "note.txt").write_text("old", encoding="utf-8")
    assert call("solve", "tiny", "--out", "there", "--overwrite")[0] == 0
    assert not (place / "there" / "note.txt").exists()


def test_overwrite_never_replaces_other_folders(call: Inside, place: Path) -> None:
    """A folder that is no plan folder is refused even with `--overwrite`."""
    (place / "there").mkdir()
    (place / "there" / "thesis.docx").write_text("mine", encoding="utf-8")
    code, found = call.json("solve", "tiny", "--out", "there", "--overwrite")
    assert (code, found["problems"][0]["code"]) == (2, "plan-folder-other")


def test_folder_inside_a_file_is_refused_before_solving(
    call: Inside, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--out file/folder` cannot be."""
    (place / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(liftplan, "solve", refused_solver)
    code, found = call.json("solve", "tiny", "--out", "file/folder")
    assert (code, found["problems"][0]["code"]) == (2, "plan-folder-inside-file")


def test_folder_without_permission_is_refused_before_solving(call: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place where nothing may be written is found out before the solve."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(liftplan, "solve", refused_solver)
    code, found = call.json("solve", "tiny", "--out", "deep/down")
    assert (code, found["problems"][0]["code"]) == (2, "plan-folder-write")


def test_pooled_lifts_no_fewer_people_than_fixed(call: Inside) -> None:
    """The scenario `pooled` only adds payers; its name is in the folder's and its override in the plan."""
    fixed = call.json("solve", "tiny", "--scenario", "fixed")[1]
    pooled = call.json("solve", "tiny", "--scenario", "pooled")[1]
    assert pooled["people_lifted"] >= fixed["people_lifted"]
    assert pooled["plan"].endswith("tiny-pooled")
    plan = liftplan.read_plan(pooled["plan"])
    assert (plan.scenario, plan.overrides) == ("pooled", ("policy.R2.purpose_rule = pooled",))


@pytest.mark.parametrize("name", ["separate", "what.yaml", "better"])
def test_other_scenarios_are_refused(call: Inside, name: str) -> None:
    """Scenarios that are not offered are named as such."""
    code, found = call.json("solve", "tiny", "--scenario", name)
    assert (code, found["status"]) == (2, "invalid")
    assert name in found["problems"][0]["message"]


def test_unknown_county_is_refused_with_the_nearest_name(call: Inside) -> None:
    """A county that is not there is bad input."""
    code, found = call.json("solve", "tyni")
    assert code == 2
    assert "tiny" in found["problems"][0]["way_out"]


def test_warm_start_takes_a_plan_folder(call: Inside) -> None:
    """A solve may begin with an earlier plan."""
    first = call.json("solve", "tiny", "--out", "first")[1]
    code, again = call.json("solve", "tiny", "--out", "again", "--warm-start", "first")
    assert (code, again["people_lifted"]) == (0, first["people_lifted"])


def test_reproducible_runs_write_the_same_bytes(call: Inside, place: Path) -> None:
    """With `--reproducible` plan and ledger are the same over runs and thread counts."""
    call("solve", "tiny", "--reproducible", "--out", "one", "--threads", "1")
    call("solve", "tiny", "--reproducible", "--out", "two", "--threads", "2")
    for name in ("plan.json", "ledger.csv", "county.zip"):
        assert (place / "one" / name).read_bytes() == (place / "two" / name).read_bytes()


def test_infeasible_ends_with_3(call: Inside, solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    """A county proved infeasible gives no plan and says that this is proved."""
    monkeypatch.setattr(liftplan, "solve", ending(solution, status="infeasible", stopped_by="proof"))
    code, found = call.json("solve", "tiny")
    assert (code, found["status"], found["plan"]) == (3, "infeasible", None)
    assert "proved" in found["problems"][0]["message"]


def test_limit_without_a_plan_ends_with_4_and_keeps_its_bound(
    call: Inside, solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit reached before a plan was found: no plan, but the bound that was proved."""
    monkeypatch.setattr(liftplan, "solve", ending(solution, status="unknown", stopped_by="time", objective_bound=40.0))
    code, found = call.json("solve", "tiny")
    assert (code, found["status"], found["stopped_by"]) == (4, "unknown", "time")
    assert (found["objective_bound"], found["people_lifted"], found["gap"]) == (40.0, None, None)


def test_internal_error_ends_with_1_and_saves_what_repeats_it(
    call: Inside, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug is no traceback on the screen but a folder: county, settings, traceback."""
    monkeypatch.setattr(liftplan, "solve", failing_solver)
    code, found = call.json("solve", "tiny", "--seed", "5")
    assert (code, found["status"]) == (1, "error")
    folder = Path(found["reproducer"])
    assert folder.parent == place.resolve() / "liftplan-out"
    assert "ZeroDivisionError: a bug" in (folder / "traceback.txt").read_text(encoding="utf-8")
    assert json.loads((folder / "settings.json").read_text(encoding="utf-8"))["seed"] == 5
    assert liftplan.load(folder / "county.zip").digest == liftplan.load("tiny").digest


def test_noise_of_libraries_does_not_reach_standard_output(place: Path) -> None:
    """What compiled libraries write to descriptor 1 goes to standard error."""
    text = """
import os, liftplan
from liftplan.cli.running import main
real = liftplan.solve
def solve(*a, **k):
    os.write(1, b"Running a solver\\n")
    print("hello")
    return real(*a, **k)
liftplan.solve = solve
main(["solve", "tiny", "--json"])
"""
    ended = script(text, cwd=place)
    one_object(ended.stdout)
    assert b"Running a solver" in ended.stderr
    assert b"hello" in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_cancelling_writes_the_best_plan_and_ends_with_130(place: Path, number: signal.Signals) -> None:
    """Ctrl-C and the end signal stop the solve; the checked plan so far is written, and the message says so."""
    with start(place, "solve", "tiny", "--json") as running:
        running.send_signal(number)
        out, _ = running.communicate(timeout=60)
    found = one_object(out)
    assert (running.returncode, found["stopped_by"]) == (130, "cancelled")
    assert found["plan"] in found["problems"][0]["message"]
    assert liftplan.verify(found["plan"]).accepted


def test_cancelling_before_a_plan_says_that_there_is_none(place: Path) -> None:
    """Ctrl-C before the first plan: exit code 130, no folder."""
    with start(place, "solve", "tiny", "--json", found=False) as running:
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)
    found = one_object(out)
    assert (running.returncode, found["status"], found["plan"]) == (130, "unknown", None)
    assert not (place / "liftplan-out").exists()


def test_second_interrupt_ends_at_once(place: Path) -> None:
    """A solve that does not stop is ended by the second Ctrl-C, still with one JSON object."""
    with start(place, "solve", "tiny", "--json", obeys=False) as running:
        running.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=10)
    assert running.returncode == 130
    assert one_object(out)["stopped_by"] == "cancelled"
