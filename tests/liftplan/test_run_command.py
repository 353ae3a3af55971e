"""`liftplan run` and `liftplan runs` as programs: the object they print, ends, and what a kill leaves behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from liftplan.scenarios.store import RunStore

from .program import Inside, environment


@pytest.mark.parametrize("seed", [1])
def test_killed_and_called_again_it_goes_on(place: Path, seed: int) -> None:
    """What was told to be done is in the store, every plan of it whole; the same line solves the rest."""
    command = [sys.executable, "-m", "liftplan", "run", "base", "pooled", "budgets+10", "incomes-5", "--county", "tiny"]
    command += ["--store", "store", "--workers", "2"]
    with subprocess.Popen(command, cwd=place, env=environment(), stderr=subprocess.PIPE, start_new_session=True) as run:
        assert run.stderr
        head = run.stderr.readline()
        time.sleep(random.Random(seed).uniform(0.5, 6))
        os.killpg(run.pid, signal.SIGKILL)
        told = (head + run.stderr.read()).decode()
    store = RunStore(place / "store")
    before = {kept.id for kept in store.runs()}
    done = {line.partition("run ")[2].partition(":")[0] for line in told.splitlines() if "done, run" in line}
    assert done <= before
    again = subprocess.run(command, cwd=place, env=environment(), capture_output=True, timeout=300, check=False)
    assert again.returncode == 0
    kept = store.runs()
    assert before <= {one.id for one in kept}
    assert sorted(one.scenario for one in kept) == ["base", "budgets+10", "incomes-5", "pooled"]
    assert all(store.plan(one).totals.people_lifted == one.people_lifted for one in kept)


def test_runs_are_listed_shown_exported_and_removed(call: Inside, place: Path) -> None:
    """With `separate`, which takes no time."""
    code, found = call.json("run", "separate", "--county", "tiny", "--store", "st", "--workers", "1")
    assert (code, found["status"], found["stopped_by"]) == (0, None, None)
    (answer,) = found["runs"]
    assert (answer["people_lifted"], answer["known"], answer["objective_bound"]) == (38, False, None)
    assert call.json("run", "separate", "--county", "tiny", "--store", "st")[1]["runs"][0]["known"]
    assert [run["id"] for run in call.json("runs", "--store", "st")[1]["runs"]] == [answer["run"]]
    assert answer["run"] in call("runs", "show", "separate", "--store", "st")[1]
    paths = call.json("runs", "export", answer["run"][:6], "--store", "st")[1]["paths"]
    assert (Path(paths[0]) / "outcome.json").is_file()
    assert call("runs", "remove", answer["run"], "--store", "st")[0] == 0
    assert call.json("runs", "--store", "st")[1]["runs"] == []
    assert place in Path(paths[0]).parents


def test_an_infeasible_scenario_is_an_answer(call: Inside) -> None:
    """The exit code is 0, and the table says that it is proved."""
    line = ("run", "minimum-R4-doubled", "--county", "tiny", "--store", "st", "--workers", "1")
    code, out, _ = call(*line)
    assert code == 0
    assert "(proved)" in out


@pytest.mark.parametrize(
    "line",
    [
        ["run"],
        ["run", "better"],
        ["run", "base", "--county", "nowhere"],
        ["run", "base", "--county", "tiny", "--store", "mysql://a/b"],
        ["runs", "burn"],
        ["runs", "show"],
        ["runs", "show", "nothing"],
    ],
)
def test_bad_input_is_told(call: Inside, line: list[str]) -> None:
    """Exit code 2, before anything is solved."""
    code, found = call.json(*line, *([] if "--store" in line else ["--store", "st"]))
    assert (code, found["status"]) == (2, "invalid")
    assert found["problems"]
