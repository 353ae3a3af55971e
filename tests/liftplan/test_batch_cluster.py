"""Batches on a cluster of real processes: the same bytes as here, whoever dies."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import liftplan
from liftplan.api import hands
from liftplan.api.answering import Given, answer

from ..scenarios.cluster.daskmachines import Machines, machines
from .program import Inside


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and two workers, which start elsewhere than the batch."""
    with machines(tmp_path_factory.mktemp("machines")) as made:
        made.first, made.second = made.worker(), made.worker()  # type: ignore[attr-defined]
        yield made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of jobs beside the county and the scenario that they name, and what comes of them here."""
    place = tmp_path_factory.mktemp("batch")
    liftplan.new(place / "mycounty")
    (place / "less.yaml").write_text("overrides: [funds.amount x 0.9]\n", encoding="utf-8")
    changes = [f"funds.amount x {1 - number / 100:.2f}" for number in range(8)]
    lines: list[dict[str, Any]] = [{"county": "tiny", "overrides": [change]} for change in changes]
    lines += [{"county": "mycounty", "scenario": "less.yaml", "id": "mine"}, {"county": "nowhere"}]
    (place / "jobs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        liftplan.batch("jobs.jsonl", "results.jsonl", workers=1, reproducible=True)
    return place


def test_a_killed_worker_costs_a_retry_and_no_byte(
    cluster: Machines, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are those of whoever asks; a worker is killed once there is a result."""
    monkeypatch.chdir(whole)
    killed: list[int] = []

    def watch(result: dict[str, Any], kept: bool) -> None:
        assert not kept
        if result["job"] == 1:
            worker = cluster.first  # type: ignore[attr-defined]
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.wait())

    end = liftplan.batch("jobs.jsonl", "there.jsonl", cluster=cluster.address, reproducible=True, watch=watch)
    assert (end.results, end.statuses["invalid"], killed) == (10, 1, [-signal.SIGKILL])
    assert (whole / "there.jsonl").read_bytes() == (whole / "results.jsonl").read_bytes()


def test_the_command_goes_on_with_results_from_here(
    cluster: Machines, whole: Path, call: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster finishes what was begun on one machine."""
    monkeypatch.chdir(whole)
    begun = (whole / "results.jsonl").read_bytes().splitlines(keepends=True)
    (whole / "more.jsonl").write_bytes(b"".join(begun[:6]))
    line = ["batch", "jobs.jsonl", "--out", "more.jsonl", "--reproducible", "--cluster", cluster.address]
    code, told = call.json(*line)
    assert (code, told["results"], told["kept"]) == (2, 10, 6)
    assert (whole / "more.jsonl").read_bytes() == b"".join(begun)


def test_a_built_in_name_is_no_path(tmp_path: Path) -> None:
    """Though something where the batch was asked for has the same name."""
    (tmp_path / "separate").mkdir()
    line = json.dumps({"county": "tiny", "scenario": "separate"}).encode()
    assert answer(1, line, Given({}, 1, folder=str(tmp_path))) == answer(1, line, Given({}, 1))


def test_a_cluster_that_cannot_be_used_writes_nothing(
    whole: Path, call: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither without an address, nor with workers of one's own, nor without the packages."""
    monkeypatch.chdir(whole)
    line = ["batch", "jobs.jsonl", "--out", "nothing.jsonl"]
    assert call(*line, "--cluster")[0] == 2
    assert "--cluster" in call(*line, "--cluster")[2]
    told = [
        call.json(*line, *options)[1]["problems"][0]
        for options in (["--cluster", " "], ["--cluster", "tcp://x:1", "--workers", "2"])
    ]
    assert [one["code"] for one in told] == ["cluster-address", "cluster-workers"]
    monkeypatch.setattr(hands, "ROOM", "no_such_package")
    code, found = call.json(*line, "--cluster", "tcp://127.0.0.1:1")
    assert (code, found["problems"][0]["code"]) == (2, "extra-missing")
    assert "liftplan[cluster]" in found["problems"][0]["way_out"]
    assert not (whole / "nothing.jsonl").exists()
