"""Worker processes: asked to stop, and found dead."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from liftplan.service import workers
from liftplan.service.workers import CHANCES, End, Errand, Worker, Workers

TALKING = """
import json, sys, time
sys.stdin.readline()
sys.stdin.readline()
for at in range(8):
    time.sleep(0.5)
    print(json.dumps({"event": {"stage": "write", "at": at}}), flush=True)
print(json.dumps({"end": "done", "outcome": {"people_lifted": 7}, "memory": 1}), flush=True)
"""
"""A worker that takes its time to end, and says so."""

SILENT = "import time; time.sleep(600)"
"""A worker that does not listen."""


def stopped(program: str) -> End:
    """How a task ends that is asked to stop as it begins."""

    async def run() -> End:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdin=pipe, stdout=pipe)
        worker, stop = Worker(process, 1), asyncio.Event()
        stop.set()
        try:
            return await worker.do(Errand("solve", (), {}, Path(), 300.0), lambda _: None, stop)
        finally:
            await worker.end()

    return asyncio.run(run())


def test_a_plan_that_is_still_written_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing may take longer than the time for an answer, as long as the worker says what it does."""
    monkeypatch.setattr(workers, "STOP_SECONDS", 3.0)
    assert stopped(TALKING) == End("done", {"people_lifted": 7}, (), 1)


def test_a_worker_that_says_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever cancels does not wait for a process that does not answer."""
    monkeypatch.setattr(workers, "STOP_SECONDS", 1.0)
    assert stopped(SILENT).how == "stopped"


DEAD = ""
"""A worker that is gone before it hears of a task."""

SOUND = """
import json, sys
sys.stdin.readline()
print(json.dumps({"begun": 1}), flush=True)
print(json.dumps({"end": "done", "outcome": {}, "memory": None}), flush=True)
"""
"""A worker that does its task."""

DYING = 'import sys; sys.stdin.readline(); print("""{"begun": 1}""", flush=True)'
"""A worker that dies of its task."""


@pytest.mark.parametrize(
    "programs, how, begun",
    [
        ([DEAD, SOUND], "done", 2),
        ([DYING, SOUND], "lost", 1),
        ([DEAD] * (CHANCES + 1), "lost", CHANCES),
    ],
)
def test_a_task_is_given_to_a_process_that_lives(
    programs: list[str], how: str, begun: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A process that died while it waited costs no task; one that dies of its task is not followed by another."""
    left = list(programs)

    async def started(_: int) -> Worker:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", left.pop(0), stdin=pipe, stdout=pipe)
        return Worker(process, 1)

    async def run() -> End:
        found = Workers(1)
        try:
            errand = Errand("solve", (), {}, tmp_path, 300.0)
            return await found.run(errand, lambda _: None, asyncio.Event(), spare=None)
        finally:
            await found.close()

    monkeypatch.setattr(workers, "started", started)
    monkeypatch.setattr(Workers, "prepare", lambda _: None)
    assert asyncio.run(run()).how == how
    assert len(programs) - len(left) == begun
