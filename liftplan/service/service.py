"""Everything that one server consists of, put together."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from fastapi import Request

from liftplan.service.builtin import BuiltIn
from liftplan.service.counties import Counties
from liftplan.service.database import Database
from liftplan.service.events import Channels
from liftplan.service.jobs import Jobs
from liftplan.service.queue import Queue
from liftplan.service.settings import Serving
from liftplan.service.uploads import INCOMING, Uploads
from liftplan.service.workers import Workers


@dataclass(frozen=True)
class Service:
    """The parts that endpoints need."""

    serving: Serving
    counties: Counties
    jobs: Jobs
    channels: Channels
    queue: Queue
    built_in: BuiltIn
    uploads: Uploads


def service_of(request: Request) -> Service:
    """What an endpoint depends on: the server's parts."""
    found: Service = request.app.state.service
    return found


@asynccontextmanager
async def running(serving: Serving, database: Database) -> AsyncIterator[Service]:
    """The service at work; inside the block it takes and runs jobs."""
    limits, store = serving.limits, serving.store
    shutil.rmtree(store / INCOMING, ignore_errors=True)
    workers, channels = Workers(limits.job_bytes), Channels()
    counties = Counties(database, store, limits.counties)
    jobs = Jobs(database, store, queued=limits.queued, attempts=limits.attempts)
    await asyncio.to_thread(jobs.recover)
    queue = Queue(jobs, workers, channels, limits, counties.source)
    built_in = BuiltIn(workers, limits.read_seconds, jobs.busy)
    uploads = Uploads(workers, counties, store, limits)
    workers.prepare()
    tasks = [asyncio.create_task(queue.run()), asyncio.create_task(built_in.look())]
    try:
        yield Service(serving, counties, jobs, channels, queue, built_in, uploads)
    finally:
        channels.close_all()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        await workers.close()
        database.close()
