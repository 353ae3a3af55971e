"""`liftplan solve`: exit codes, the JSON object, the plan folder."""

from __future__ import annotations

import json
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
    files = ["county.zip", "ledger.csv", "plan.json", "plan.xlsx", "run.json", "summary.html"]
    assert sorted(path.name for path in folder.iterdir()) == files
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


def test_quiet_says_once_that_there_is_no_plan(call: Inside, place: Path) -> None:
    """One line on standard output; on standard error no more than the way out."""
    (place / "cut.yaml").write_text("name: cut\noverrides: [funds.amount x 0.1]\n", encoding="utf-8")
    code, out, err = call("solve", "tiny", "--scenario", "cut.yaml", "--quiet")
    assert (code, out) == (3, "Tiny, solved by hand: proved infeasible\n")
    assert err == "Relax a minimum, make a rule soft, or add money.\n"
    err = call("solve", "tiny", "--scenario", "cut.yaml")[2]
    assert "problem: No plan keeps all the hard rules of this county. This is proved." in err


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


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a file system that takes no folders is needed")
def test_folder_that_cannot_be_written_is_refused_before_solving(call: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place where nothing can be written is found out before the solve, whatever its permissions say."""
    monkeypatch.setattr(liftplan, "solve", refused_solver)
    code, found = call.json("solve", "tiny", "--out", "/proc/deep/down")
    assert (code, found["problems"][0]["code"]) == (2, "plan-folder-write")


def test_trying_the_place_leaves_nothing_behind(call: Inside, place: Path) -> None:
    """What tells whether a folder can be written is gone after it."""
    call("solve", "tiny", "--out", "there")
    assert [path.name for path in place.iterdir()] == ["there"]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("folder", "folder"),
        ("folder/", "folder"),
        ("folder/county.yaml", "folder"),
        ("file.json", "file"),
        ("file.zip", "file"),
        ("./tiny", "tiny"),
    ],
)
def test_plan_folder_is_named_as_the_county_was_typed(call: Inside, place: Path, form: str, name: str) -> None:
    """Without `--out` the name is the county's folder or file, whatever id the county has."""
    liftplan.new(place / form.removesuffix("/county.yaml"))
    _, found = call.json("solve", form)
    assert Path(found["plan"]) == place.resolve() / "liftplan-out" / f"{name}-base"


def test_plan_folder_of_the_working_folder_has_its_name(
    call: Inside, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`solve .` is named after the folder that one stands in."""
    liftplan.new(place / "mine")
    monkeypatch.chdir(place / "mine")
    assert Path(call.json("solve", ".")[1]["plan"]).name == "mine-base"


def test_pooled_lifts_no_fewer_people_than_fixed(call: Inside) -> None:
    """The scenario `pooled` only adds payers; its name is in the folder's and its override in the plan."""
    fixed = call.json("solve", "tiny", "--scenario", "fixed")[1]
    pooled = call.json("solve", "tiny", "--scenario", "pooled")[1]
    assert pooled["people_lifted"] >= fixed["people_lifted"]
    assert pooled["plan"].endswith("tiny-pooled")
    plan = liftplan.read_plan(pooled["plan"])
    assert (plan.scenario, plan.overrides) == ("pooled", ("policy.R2.purpose_rule = pooled",))


@pytest.mark.parametrize("name", ["what.yaml", "better"])
def test_other_scenarios_are_refused(call: Inside, name: str) -> None:
    """Scenarios that are not there are named as such."""
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


def test_plan_of_this_county_is_used_without_a_word(call: Inside) -> None:
    """Nothing has to be said where all of the plan is used."""
    call("solve", "tiny", "--out", "first")
    assert "warnings" not in call.json("solve", "tiny", "--out", "again", "--warm-start", "first")[1]


def test_plan_of_a_like_county_tells_what_was_used(call: Inside) -> None:
    """Of a plan of another version of the county it is told how much is known here."""
    first = call.json("solve", "tiny", "--out", "first")[1]
    code, found = call.json("solve", "tiny", "--scenario", "pooled", "--out", "pooled", "--warm-start", "first")
    assert (code, found["problems"]) == (0, [])
    plan = liftplan.read_plan(first["plan"])
    (warning,) = found["warnings"]
    assert warning["code"] == "warm-start"
    assert f"{len(plan.projects)} of its {len(plan.projects)} projects" in warning["message"]


def test_plan_whose_decisions_break_rules_here_is_told(call: Inside, place: Path) -> None:
    """If nothing of the plan can be used, that is said too."""
    call("solve", "tiny", "--out", "first")
    liftplan.convert("tiny", place / "later")
    demands = place / "later" / "demands.csv"
    assert "v03-p02" not in liftplan.read_plan("first").projects
    demands.write_text("sense,target,id\nmust,project,v03-p02\n", encoding="utf-8")
    code, found = call.json("solve", "later", "--warm-start", "first")
    assert (code, [warning["code"] for warning in found["warnings"]]) == (0, ["warm-start"])
    assert "Nothing of the plan" in found["warnings"][0]["message"]


def test_plan_of_another_county_is_refused(call: Inside, place: Path) -> None:
    """A plan that has nothing of this county is a mistake, found out before the solve."""
    call("solve", "tiny", "--out", "first")
    liftplan.new("other")
    for file in (place / "other").glob("*.csv"):
        file.write_text(file.read_text(encoding="utf-8").replace("v0", "w0"), encoding="utf-8")
    code, found = call.json("solve", "other", "--warm-start", "first")
    assert (code, [problem["code"] for problem in found["problems"]]) == (2, ["warm-start-county"])


def test_profile_tells_time_and_memory_by_stage(call: Inside) -> None:
    """`--profile` adds an object, and a table after the summary."""
    _, found = call.json("solve", "tiny", "--profile")
    assert set(found) == FIELDS | {"profile"}
    profile = found["profile"]
    stages = [entry["stage"] for entry in profile["stages"]]
    assert (stages[0], stages[-1]) == ("read", "write")
    assert {"compile", "search", "ledger", "check"} <= set(stages)
    peaks = [entry["peak_memory_mib"] for entry in profile["stages"]]
    if sys.platform != "win32":
        assert peaks == sorted(peaks)
        assert 10 < peaks[0] <= peaks[-1] <= profile["peak_memory_mib"]
    assert profile["seconds"] == pytest.approx(sum(entry["seconds"] for entry in profile["stages"]), abs=0.01)
    out = call("solve", "tiny", "--profile", "--overwrite")[1]
    assert out.index("Time and memory") > out.index("The plan is in")
    quiet = call("solve", "tiny", "--profile", "--overwrite", "--quiet")[1]
    assert "searching" in quiet
    assert quiet.count("\n") == 1


def test_scenarios_that_contradict_each_other_are_told(call: Inside) -> None:
    """The later scenario holds, and a warning says what it set otherwise; the same twice is no contradiction."""
    _, found = call.json("solve", "tiny", "--scenario", "fixed", "--scenario", "pooled")
    (warning,) = found["warnings"]
    assert warning["code"] == "scenario-contradiction"
    assert all(word in warning["message"] for word in ("fixed", "pooled", "policy.R2.purpose_rule"))
    assert not liftplan.under("tiny", ["pooled", "pooled"]).warnings
    assert not liftplan.under("tiny", ["pooled", "growth+10"]).warnings


def test_fault_in_the_summary_costs_nobody_the_plan(call: Inside, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is written: headline and folder are told with a warning, and the exit code stays 0."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("liftplan.api.solution.summary", broken)
    code, out, err = call("solve", "tiny", "--out", "plan")
    assert (code, (place / "plan" / "plan.json").is_file()) == (0, True)
    assert "49 people" in out
    assert str(place / "plan") in out
    assert "ZeroDivisionError" in err


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
    assert set(found) == FIELDS
    assert "proved" in found["problems"][0]["message"]


def test_limit_without_a_plan_ends_with_4_and_keeps_its_bound(
    call: Inside, solution: liftplan.Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit reached before a plan was found: no plan, but the bound that was proved."""
    monkeypatch.setattr(liftplan, "solve", ending(solution, status="unknown", stopped_by="time", objective_bound=40.0))
    code, found = call.json("solve", "tiny")
    assert (code, found["status"], found["stopped_by"]) == (4, "unknown", "time")
    assert set(found) == FIELDS
    assert (found["objective_bound"], found["people_lifted"], found["gap"]) == (40.0, None, None)


def test_internal_error_ends_with_1_and_saves_what_repeats_it(
    call: Inside, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug is no traceback on the screen but a folder: county, settings, traceback."""
    monkeypatch.setattr(liftplan, "solve", failing_solver)
    code, found = call.json("solve", "tiny", "--seed", "5")
    assert (code, found["status"]) == (1, "error")
    assert set(found) == FIELDS | {"reproducer"}
    folder = Path(found["reproducer"])
    assert folder.parent == place.resolve() / "liftplan-out"
    assert "ZeroDivisionError: a bug" in (folder / "traceback.txt").read_text(encoding="utf-8")
    assert json.loads((folder / "settings.json").read_text(encoding="utf-8"))["seed"] == 5
    assert liftplan.load(folder / "county.zip").digest == liftplan.load("tiny").digest


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ["solve"]),
        (2, ["solve", "nowhere"]),
        (2, ["solve", "tiny", "--speed"]),
        (2, ["solve", "tiny", "--scenario", "better"]),
        (2, ["--lang", "fr", "solve", "tiny"]),
        (0, ["solve", "--help"]),
    ],
)
def test_object_of_solve_has_every_field_whatever_happens(call: Inside, code: int, arguments: list[str]) -> None:
    """Fields of a plan that there is not are null, not missing."""
    ended, found = call.json(*arguments)
    assert ended == code
    assert set(found) >= FIELDS
    assert all(found[name] is None for name in FIELDS - {"schema_version", "status", "stopped_by", "problems"})


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
    assert set(found) == FIELDS
    assert not (place / "liftplan-out").exists()


def test_second_interrupt_ends_at_once(place: Path) -> None:
    """A solve that does not stop is ended by the second Ctrl-C, still with one JSON object."""
    with start(place, "solve", "tiny", "--json", obeys=False) as running:
        running.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=10)
    found = one_object(out)
    assert (running.returncode, found["stopped_by"]) == (130, "cancelled")
    assert set(found) == FIELDS
