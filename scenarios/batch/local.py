"""Worker processes on this machine, started fresh (spawn); one that dies is replaced and its job tried again."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from liftplan.models.messages import language, m, speaking
from liftplan.models.problems import InternalError
from liftplan.scenarios.batch.executor import Finished

RETRIES = 2
"""How often a job is tried again after the death of its worker."""

READY = "ready"
"""What a worker says when it can begin."""


@dataclass(frozen=True)
class Task:
    """A job and how many workers have died of it."""

    number: int
    job: bytes
    deaths: int = 0


@dataclass(eq=False)
class Worker:
    """A worker process, as its owner sees it."""

    process: Any
    line: Connection
    ready: bool = False
    task: Task | None = None

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.line.close()


class LocalProcesses:
    """An executor of processes on this machine.

    Parameters
    ----------
    work
        Does a job: its number and text in, the text of its answer out. A function of a module, or a `partial` of one;
        it must not raise, for that ends its process.
    prepare
        What every worker does first; the second and further ones begin when the first is through with it, so that what
        is made once for a machine is made once.
    workers
        How many processes; at least 1.
    """

    def __init__(self, work: Callable[[int, bytes], str], prepare: Callable[[], object], workers: int) -> None:
        self._work, self._prepare, self._count = work, prepare, max(1, workers)
        self._waiting: deque[Task] = deque()
        self._stillborn = 0
        self._workers = [self._started()]

    def submit(self, number: int, job: bytes) -> None:
        """Hand a job in; returns at once."""
        self._waiting.append(Task(number, job))
        self._hand_out()

    def finished(self, seconds: float) -> Sequence[Finished]:
        """Jobs done since the last call, waited for as long as that."""
        lines = wait([worker.line for worker in self._workers], timeout=seconds)
        found = [self._heard(worker) for worker in list(self._workers) if worker.line in lines]
        self._hand_out()
        return [one for one in found if one is not None]

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _started(self) -> Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self._work, self._prepare, language())
        process = context.Process(target=serve, args=arguments, daemon=True, name="liftplan-batch")
        process.start()
        theirs.close()
        return Worker(process, ours)

    def _hand_out(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.ready and worker.task is None:
                worker.task = self._waiting.popleft()
                with suppress(OSError):  # it has died: its line says so when it is listened to
                    worker.line.send((worker.task.number, worker.task.job))

    def _heard(self, worker: Worker) -> Finished | None:
        """What a worker says, or its death; None if no job is done with by that."""
        try:
            said = worker.line.recv()
        except (EOFError, OSError):
            return self._died(worker)
        if said == READY:
            worker.ready, self._stillborn = True, 0
            while len(self._workers) < self._count:
                self._workers.append(self._started())
            return None
        number, answer = said
        tries = worker.task.deaths + 1 if worker.task else 1
        worker.task = None
        return Finished(number, answer, tries)

    def _died(self, worker: Worker) -> Finished | None:
        worker.process.join()
        code = worker.process.exitcode
        worker.end()
        self._workers.remove(worker)
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn > RETRIES:
                raise InternalError(str(m("Worker processes end before they begin (exit code {code}).", code=code)))
        self._workers.append(self._started())
        task = worker.task
        if task is None:
            return None
        if task.deaths < RETRIES:
            self._waiting.appendleft(replace(task, deaths=task.deaths + 1))
            return None
        return Finished(task.number, None, task.deaths + 1, code)


def serve(line: Connection, work: Callable[[int, bytes], str], prepare: Callable[[], object], speech: str) -> None:
    """Do jobs until the other end of the line is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the owner is told, and ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with speaking(speech):
        prepare()
        line.send(READY)
        while True:
            try:
                number, job = line.recv()
            except (EOFError, OSError):
                return
            line.send((number, work(number, job)))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
