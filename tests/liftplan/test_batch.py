"""Batches: a result a line in order, errors that stop nobody, crashes that cost nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import liftplan

from .program import Inside, environment, process

JOBS = [
    {"county": "tiny", "id": "first"},
    {"county": "tiny", "scenario": "pooled", "plan": True},
    {"county": "no-such-county", "id": 3},
    {"county": "tiny", "scenario": ["pooled"], "overrides": ["funds.amount x 0.9"], "settings": {"seed": 3}},
    {"county": "tiny", "scenario": "separate"},
    {"county": "tiny", "scenario": "minimum-R4-doubled"},
    {"county": "tiny", "settings": {"gap": 2}},
    {"county": "tiny", "colour": "red"},
]


@pytest.fixture(scope="module")
def results() -> list[dict[str, Any]]:
    """What comes of the jobs, one of them no JSON, one with an inline county."""
    jobs = [*JOBS, "{no json", {"county": liftplan.example()}]
    return list(liftplan.solve_many(jobs, workers=2, reproducible=True))


def test_results_come_in_the_order_of_the_jobs(results: list[dict[str, Any]]) -> None:
    """Each with its number and what it was called."""
    assert [one["job"] for one in results] == list(range(1, 11))
    assert [one["id"] for one in results[:3]] == ["first", None, 3]


def test_a_result_says_what_a_solve_says(results: list[dict[str, Any]], solution: liftplan.Solution) -> None:
    """People, bound, money; a county document is as good as its name; `separate` has no bound."""
    first, pooled, _, half, alone, _, _, _, _, inline = results
    assert first["status"] == "optimal"
    assert (first["people_lifted"], first["objective_bound"]) == (solution.people_lifted, solution.objective_bound)
    assert first["county_digest"] == solution.county.digest
    assert pooled["plan"]["totals"]["people_lifted"] == pooled["people_lifted"] == 52
    assert half["people_lifted"] < pooled["people_lifted"]
    assert (alone["status"], alone["objective_bound"], alone["people_lifted"]) == (None, None, 38)
    assert inline["county_digest"] == liftplan.example().digest
    assert "seconds" not in first


def test_a_bad_job_has_a_result_with_its_problems(results: list[dict[str, Any]]) -> None:
    """Each with its code; a county without a plan is an answer and no error."""
    told = {one["job"]: (one["status"], [problem["code"] for problem in one["problems"]]) for one in results}
    assert told[3] == ("invalid", ["county-missing"])
    assert told[6] == ("infeasible", [])
    assert told[7] == ("invalid", ["setting"])
    assert told[8] == ("invalid", ["job-field"])
    assert told[9] == ("invalid", ["job-form"])
    assert results[8]["problems"][0]["place"] == "line 9"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of twelve jobs on `tiny` with other amounts of money, every fifth bad, beside what comes of them."""
    place = tmp_path_factory.mktemp("batch")
    changes = [f"funds.amount x {1 - number / 100:.2f}" if number % 5 else "nothing" for number in range(1, 13)]
    lines = [json.dumps({"county": "tiny", "overrides": [change]}) + "\n" for change in changes]
    (place / "jobs.jsonl").write_text("".join(lines), encoding="utf-8")
    end = liftplan.batch(place / "jobs.jsonl", place / "results.jsonl", workers=1, reproducible=True)
    assert (end.results, end.kept, end.statuses["invalid"], end.cancelled) == (12, 0, 2, False)
    return place


def test_killed_and_gone_on_with_it_ends_in_the_same_bytes(whole: Path, place: Path) -> None:
    """`kill -9` of all, the last line cut off; no worker is left behind."""
    out = place / "out.jsonl"
    options = ["batch", str(whole / "jobs.jsonl"), "--out", str(out), "--reproducible", "--workers", "1"]
    running = subprocess.Popen([sys.executable, "-m", "liftplan", *options], cwd=place, env=environment())
    while not out.exists() or out.read_bytes().count(b"\n") < 3:
        assert running.poll() is None
        time.sleep(0.005)
    workers = workers_of(running.pid)
    running.kill()
    running.wait()
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        time.sleep(0.02)
    kept = out.read_bytes().count(b"\n")
    with out.open("ab") as file:
        file.write(b'{"schema_ver')
    done = process(*options, "--json", cwd=place)
    told = json.loads(done.stdout)
    assert (done.returncode, told["results"], told["kept"]) == (2, 12, kept)
    assert out.read_bytes() == (whole / "results.jsonl").read_bytes()


def workers_of(parent: int) -> list[int]:
    """Worker processes of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            line = path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"spawn_main" in line:
            found.append(int(path.parent.name))
    return found


def test_a_worker_that_is_killed_changes_nothing(whole: Path, place: Path) -> None:
    """Its job is done by another."""
    killed: list[int] = []

    def watch(result: dict[str, Any], kept: bool) -> None:
        assert not kept
        if result["job"] == 2:
            (worker,) = workers_of(os.getpid())
            os.kill(worker, signal.SIGKILL)
            killed.append(worker)

    liftplan.batch(whole / "jobs.jsonl", place / "a.jsonl", workers=1, reproducible=True, watch=watch)
    assert len(killed) == 1
    assert (place / "a.jsonl").read_bytes() == (whole / "results.jsonl").read_bytes()


def test_results_of_other_jobs_are_not_gone_on_with(place: Path, call: Inside) -> None:
    """Neither with other settings, nor where the file is something else; --overwrite begins anew."""
    (place / "jobs.jsonl").write_text('{"county": "nowhere"}\n', encoding="utf-8")
    line = ["batch", "jobs.jsonl", "--out", "results.jsonl", "--workers", "1"]
    assert call.json(*line)[1]["statuses"] == {"invalid": 1}
    before = (place / "results.jsonl").read_bytes()
    assert call.json(*line)[1]["kept"] == 1
    code, told = call.json(*line, "--seed", "5")
    assert (code, told["problems"][0]["code"], told["problems"][0]["place"]) == (
        2,
        "out-exists",
        "results.jsonl, line 1",
    )
    assert (place / "results.jsonl").read_bytes() == before
    assert call.json(*line, "--seed", "5", "--overwrite")[1]["kept"] == 0
    assert call.json("batch", "jobs.jsonl", "--out", "jobs.jsonl")[1]["problems"][0]["code"] == "out-exists"


def test_without_a_file_results_go_to_standard_output(place: Path) -> None:
    """And jobs come from standard input; `--json` needs a file."""
    command = [sys.executable, "-m", "liftplan", "batch", "-", "--times", "--workers", "1"]
    done = subprocess.run(
        command, input=b'{"county": "tiny"}\n\n', cwd=place, env=environment(), capture_output=True, check=True
    )
    (result,) = map(json.loads, done.stdout.splitlines())
    assert (result["people_lifted"], result["seconds"] > 0) == (49, True)
    assert process("batch", "-", "--json", cwd=place).returncode == 2


def test_a_reader_who_goes_ends_the_batch(place: Path) -> None:
    """With a word on standard error, and no traceback."""
    (place / "jobs.jsonl").write_text('{"county": "nowhere"}\n' * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "liftplan", "batch", "jobs.jsonl", "--workers", "1", "--quiet"]
    running = subprocess.Popen(
        command, cwd=place, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stderr is not None
    assert json.loads(running.stdout.readline())["job"] == 1
    running.stdout.close()
    told = running.stderr.read()
    running.stderr.close()
    assert running.wait() == 130
    assert "has gone" in told
    assert "Traceback" not in told
