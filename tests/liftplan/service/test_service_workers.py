"""A worker process that is asked to stop."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from liftplan.service import workers
from liftplan.service.workers import End, Errand, Worker

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
