"""The queue: begins jobs in order, as many at a time as there are workers, and notes how they end."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress

from liftplan.models.messages import m
from liftplan.models.reasons import system_reason
from liftplan.service.events import Channels
from liftplan.service.jobs import Job, Jobs, State
from liftplan.service.refusals import Refusal
from liftplan.service.settings import Limits
from liftplan.service.texts import Noted
from liftplan.service.workers import SPARE_SECONDS, End, Errand, Workers

STATES: dict[str, State] = {"done": "done", "stopped": "cancelled"}
"""How a task ended -> state of its job; all others failed."""


class Queue:
    """Runs the jobs of the store; `wake` says that there is something to do."""

    def __init__(
        self, jobs: Jobs, workers: Workers, channels: Channels, limits: Limits, source: Callable[[str], str]
    ) -> None:
        """source: what a worker opens for a county."""
        self._jobs = jobs
        self._workers = workers
        self._channels = channels
        self._limits = limits
        self._source = source
        self._awake = asyncio.Event()
        self._stops: dict[str, asyncio.Event] = {}
        self._loop = asyncio.get_running_loop()
        self._running: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look for jobs; from any thread."""
        self._loop.call_soon_threadsafe(self._awake.set)

    def stop(self, job: Job) -> None:
        """End a job that runs (or a listener's wait for one that was cancelled while it waited); from any thread."""
        self._loop.call_soon_threadsafe(self._stop, job)

    def _stop(self, job: Job) -> None:
        if job.id in self._stops:
            self._stops[job.id].set()
        elif job.over:
            self._channels.close(job.id)

    async def run(self) -> None:
        """Begin jobs until the server ends; then what runs is left to the next server."""
        places = asyncio.Semaphore(self._limits.workers)
        try:
            while True:
                await places.acquire()
                self._awake.clear()
                job = await asyncio.to_thread(self._jobs.next)
                if job is None:
                    places.release()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._awake.wait(), 1.0)
                    continue
                task = asyncio.create_task(self._do(job, places))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        finally:
            for task in list(self._running):
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _do(self, job: Job, places: asyncio.Semaphore) -> None:
        """One job from its beginning to its end."""
        channel = self._channels.open(job.id)
        stop = self._stops[job.id] = asyncio.Event()
        if (await asyncio.to_thread(self._jobs.get, job.id)).cancelled:
            stop.set()
        try:
            end = await self._end(job, channel.tell, stop)
            state = STATES.get(end.how, "failed")
            if end.outcome.get("stopped_by") == "cancelled":
                state = "cancelled"
            await asyncio.to_thread(
                self._jobs.end,
                job.id,
                state,
                outcome=end.outcome or None,
                problems=end.problems,
                progress=channel.events,
            )
        finally:
            del self._stops[job.id]
            places.release()
            self._channels.close(job.id)
            self._awake.set()

    async def _end(self, job: Job, tell: Callable[[dict[str, object]], None], stop: asyncio.Event) -> End:
        folder = self._jobs.folder(job)
        try:
            sources = await asyncio.to_thread(self._sources, job)
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            await asyncio.to_thread(folder.mkdir, parents=True)
            seconds = job.seconds + self._limits.grace_seconds
            errand = Errand(job.kind, sources, job.asked, folder, seconds)
            return await self._workers.run(errand, tell, stop, spare=SPARE_SECONDS)
        except Exception as error:  # noqa: BLE001  no job is left without an end
            return End("failed", problems=(_reason(error),))

    def _sources(self, job: Job) -> tuple[str, ...]:
        """What a worker opens for a job."""
        return tuple(str(self._jobs.plan(one)) for one in job.plans) or (self._source(job.county),)


def _reason(error: Exception) -> Noted:
    """Why a job could not be run."""
    match error:
        case Refusal():
            return Noted.plain(error.code, error.message, error.way_out)
        case OSError():
            message = m("The job could not be begun: {reason}.", reason=system_reason(error))
            return Noted.plain("job-begin", message, m("Ask whoever runs the server."))
    message = m("Internal error ({kind}). This is a fault of liftplan.", kind=type(error).__name__)
    return Noted.plain("internal", message, m("Please report what you did."))
