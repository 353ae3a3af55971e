"""A worker process: started fresh (spawn), it takes jobs one by one, and ends when whoever started it is gone."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from queue import Queue
from typing import Any

from liftplan.models.messages import language, speaking
from liftplan.models.problems import InputProblems
from liftplan.scenarios.ready import get_ready
from liftplan.scenarios.runs.job import Done, Failed, Job, Told
from liftplan.scenarios.runs.work import work
from liftplan.scenarios.store import RunStore
from liftplan.solver.prepared import Prepared
from liftplan.solver.progress import Cancel, Event

STOP = "stop"
"""What cancels the job under way."""

EVENT_SECONDS = 0.5
"""Least time between two events of one stage that are passed on."""

Said = Told | Done | Failed


@dataclass(frozen=True)
class Worker:
    """A worker process, as its owner sees it."""

    process: Any
    line: Connection

    @classmethod
    def start(cls, store: str) -> Worker:
        """Start one."""
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, store, language()), daemon=True, name="liftplan-worker")
        process.start()
        theirs.close()
        return cls(process, ours)

    def end(self) -> None:
        """End it at once, whatever it is doing. A run that is in the store stays there."""
        self.process.kill()
        self.process.join()
        self.line.close()


def serve(line: Connection, store: str, speech: str) -> None:
    """Do jobs until the other end of the line is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the owner is told, and tells
    threading.Thread(target=_end_with_parent, daemon=True).start()
    jobs: Queue[tuple[Job, Cancel]] = Queue()
    threading.Thread(target=_listen, args=(line, jobs), daemon=True).start()
    opened = RunStore(store)
    get_ready()  # while jobs are prepared
    prepared = Prepared()
    with speaking(speech):
        while True:
            job, cancel = jobs.get()
            line.send(_done(job, opened, line, cancel, prepared))


def _done(job: Job, store: RunStore, line: Connection, cancel: Cancel, prepared: Prepared) -> Said:
    try:
        return Done(work(job, store, _Sender(line), cancel, prepared))
    except InputProblems as error:
        return Failed(str(error))
    except Exception as error:  # noqa: BLE001 - the owner is told, and goes on with other jobs
        return Failed(f"{type(error).__name__}: {error}", traceback.format_exc())


class _Sender:
    """Passes events on, not more than anybody can read."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._last: Event | None = None

    def __call__(self, event: Event) -> None:
        """Send the event, unless one of its stage was sent a moment ago."""
        last = self._last
        if last is None or event.stage != last.stage or event.seconds - last.seconds >= EVENT_SECONDS:
            self._last = event
            self._line.send(Told(event))


def _listen(line: Connection, jobs: Queue[tuple[Job, Cancel]]) -> None:
    """Take jobs and orders from the line; an order is about the last job. The line's end is the process's end."""
    cancel = Cancel()
    while True:
        try:
            said = line.recv()
        except (EOFError, OSError):
            os._exit(0)
        if said == STOP:
            cancel.set()
        else:
            cancel = Cancel()
            jobs.put((said, cancel))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def heard(workers: Sequence[Worker], seconds: float) -> list[Worker]:
    """Workers that have said something or died, waited for as long as that."""
    lines = wait([worker.line for worker in workers], timeout=seconds)
    return [worker for worker in workers if worker.line in lines]
