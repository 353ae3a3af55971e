"""Worker processes, seen from the server: one process per task, the next one soon waiting."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from liftplan.models.messages import m
from liftplan.service.settings import MIB
from liftplan.service.texts import Noted

COMMAND = (sys.executable, "-m", "liftplan.service.worker")

LINE_BYTES = 64 * MIB
"""Longest line that a worker says: the outline of a large county."""

STOP_SECONDS = 60.0
"""Time for which a worker that was asked to stop may say nothing before it is ended."""

CHANCES = 3
"""Processes that may be found dead before a task counts as lost."""

TASKS = 50
"""Tasks that one process does before another one takes its place."""

LIGHT = 768 * MIB
"""A process that holds more after a task is ended; where the system does not say what it holds, always."""

SPARE_SECONDS = 20.0
"""Time after the begin of a job until a further process is started: its start would slow the job's first steps."""

How = Literal["done", "invalid", "failed", "time", "lost", "stopped"]
"""How a task ended: with an outcome; its input is bad; an internal error; beyond its time; the process died; stopped
before it had anything to say."""

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class End:
    """The end of a task."""

    how: How
    outcome: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Noted, ...] = ()
    memory: int | None = None
    """Bytes that the process holds after it."""
    begun: bool = True
    """The process said that it had begun; else it was dead before."""


@dataclass(frozen=True)
class Errand:
    """What a worker is told to do."""

    kind: str
    sources: tuple[str, ...]
    """County to open, or plan folders."""
    asked: dict[str, Any]
    folder: Path
    """Where it works."""
    seconds: float
    """Time it may take in all."""
    limits: dict[str, int] = field(default_factory=dict)


class Workers:
    """The worker processes: one task at a time each, one more is soon ready. They end with the server."""

    def __init__(self, memory: int) -> None:
        """memory: bytes that each may have."""
        self._memory = memory
        self._idle: list[Worker] = []
        self._coming: asyncio.Task[Worker] | None = None
        self._alive: set[Worker] = set()
        self._ready = asyncio.Event()
        self._ready.set()
        self._soon: frozenset[str] = frozenset()  # counties for which a process gets ready

    def prepare(self) -> None:
        """Have a worker ready for the next task."""
        if not self._idle:
            self._begin()

    def _begin(self) -> asyncio.Task[Worker]:
        """The process that is being started."""
        if self._coming is None:
            self._coming = asyncio.create_task(started(self._memory))
        return self._coming

    async def close(self) -> None:
        """End all workers."""
        coming, self._coming = self._coming, None
        if coming is not None:
            with suppress(OSError):
                self._alive.add(await coming)
        for worker in [*self._alive, *self._idle]:
            await worker.end()

    async def run(
        self,
        errand: Errand,
        tell: Tell,
        stop: asyncio.Event,
        *,
        spare: float | None = 0.0,
        apart: bool = False,
        ready: bool = False,
    ) -> End:
        """Have a task done.

        tell: takes the steps. stop: asks for its end. spare: seconds until a further process is made ready, None: not
        meanwhile. apart: leave the processes alone that are ready for what they did before. ready: it makes a process
        ready, and other tasks on the same counties wait for that sooner than for a new process.
        """
        if not ready:
            return await self._run(errand, tell, stop, spare, apart=apart)
        self._ready.clear()
        self._soon = frozenset(errand.sources)
        try:
            return await self._run(errand, tell, stop, spare, apart=True)
        finally:
            self._ready.set()
            self._soon = frozenset()

    async def _run(self, errand: Errand, tell: Tell, stop: asyncio.Event, spare: float | None, *, apart: bool) -> End:
        """Have a task done by a process that is there."""
        end = await self._tried(errand, tell, stop, spare, apart=apart)
        for _ in range(CHANCES - 1):
            if end.begun:
                break
            end = await self._tried(errand, tell, stop, spare, apart=apart)
        return end

    async def _tried(self, errand: Errand, tell: Tell, stop: asyncio.Event, spare: float | None, *, apart: bool) -> End:
        worker = await self._taken(errand, apart=apart)
        self._alive.add(worker)
        later = None if spare is None else asyncio.get_running_loop().call_later(spare, self.prepare)
        again = False
        try:
            end = await worker.do(errand, tell, stop)
            fit = end.how in {"done", "invalid"} and end.memory is not None and end.memory < LIGHT
            again = fit and worker.tasks < TASKS and len(self._idle) < 2
        finally:
            if later is not None:
                later.cancel()
            self._alive.discard(worker)
            if again:
                self._idle.append(worker)
            else:
                await worker.end()
        self.prepare()
        return end

    async def _taken(self, errand: Errand, *, apart: bool) -> Worker:
        """A process; if one has read the same county before, that one."""
        if not apart and self._soon.issuperset(errand.sources):
            await self._ready.wait()
        while True:
            if self._idle and not apart:
                worker = max(self._idle, key=lambda one: one.has_read(errand.sources))
                self._idle.remove(worker)
            else:
                coming, self._coming = self._begin(), None
                worker = await coming
            if worker.alive:
                return worker


class Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process, memory: int) -> None:
        self._process = process
        self._memory = memory
        self.tasks = 0
        self._read: set[str] = set()
        self._last = 0.0  # when it said something

    def has_read(self, sources: tuple[str, ...]) -> bool:
        """True if all of these were sources of an earlier task."""
        return self._read.issuperset(sources)

    @property
    def alive(self) -> bool:
        """True unless the process ended."""
        return self._process.returncode is None

    async def end(self) -> None:
        """End the process."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def do(self, errand: Errand, tell: Tell, stop: asyncio.Event) -> End:
        """Do a task and hear it to its end."""
        self.tasks += 1
        self._read.update(errand.sources)
        hearing = asyncio.create_task(self._heard(errand, tell))
        stopping = asyncio.create_task(stop.wait())
        try:
            async with asyncio.timeout(errand.seconds):
                await asyncio.wait({hearing, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not hearing.done():
                    self._say({"stop": self.tasks})
                    await self._silent(hearing)
                return hearing.result()
        except TimeoutError:
            if stop.is_set():
                return End("stopped")
            message = m("The job was ended after {seconds} s.", seconds=f"{errand.seconds:,.0f}")
            return End("time", problems=(Noted.plain("job-time", message, m("Ask for less, or for a larger gap.")),))
        finally:
            for task in (hearing, stopping):
                task.cancel()
            await asyncio.gather(hearing, stopping, return_exceptions=True)

    async def _silent(self, hearing: asyncio.Task[End]) -> None:
        """Wait until a task ended. Raises `TimeoutError` if nothing was said for too long."""
        loop = asyncio.get_running_loop()
        self._last = loop.time()
        while not hearing.done():
            left = self._last + STOP_SECONDS - loop.time()
            if left <= 0:
                raise TimeoutError
            await asyncio.wait({hearing}, timeout=left)

    async def _heard(self, errand: Errand, tell: Tell) -> End:
        self._say(
            {
                "number": self.tasks,
                "kind": errand.kind,
                "sources": errand.sources,
                "asked": errand.asked,
                "folder": str(errand.folder),
                "limits": errand.limits,
            }
        )
        assert self._process.stdout is not None
        begun = False
        while line := await self._process.stdout.readline():
            said, begun = json.loads(line), True
            self._last = asyncio.get_running_loop().time()
            if "event" in said:
                tell(said["event"])
            if "end" in said:
                problems = tuple(Noted.model_validate(one) for one in said.get("problems", ()))
                return End(said["end"], said.get("outcome", {}), problems, said["memory"])
        limit = self._memory // MIB
        message = m(
            "The job's process ended without a result; perhaps {limit} MiB of memory are too little.", limit=limit
        )
        problem = Noted.plain("job-lost", message, m("Ask whoever runs the server."))
        return End("lost", problems=(problem,), begun=begun)

    def _say(self, content: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        with suppress(ConnectionError, RuntimeError):  # a process that died says so by the end of its output
            self._process.stdin.write(json.dumps(content).encode() + b"\n")


async def started(memory: int) -> Worker:
    """A new process."""
    pipe = asyncio.subprocess.PIPE
    environment = {**os.environ, "PYTHONUTF8": "1"}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, str(memory), stdin=pipe, stdout=pipe, limit=LINE_BYTES, env=environment
    )
    return Worker(process, memory)
