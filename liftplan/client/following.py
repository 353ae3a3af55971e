"""Following a job to its end through all interruptions: what was missed is told by the server, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

from liftplan.client.answers import Step
from liftplan.client.connection import Broken, Connection

Listener = Callable[[Step], object]
"""Called with each step, in the thread that waits; what it raises reaches the caller, and the job goes on."""

PAUSE = 0.5
"""Seconds before a stream that broke is opened anew."""


def followed(
    connection: Connection, job: dict[str, Any], listener: Listener, timeout: float | None = None, since: int = 0
) -> tuple[dict[str, Any], int]:
    """Tell the steps of a job until it is over, or until so many seconds are gone.

    Returns the job as it is then, and the number of the last step that was told; `since` is that of an earlier wait.
    """
    path, attempt, last = f"/v1/jobs/{job['id']}", _attempt(job), since
    end = None if timeout is None else monotonic() + timeout
    while True:
        try:
            with connection.lines(f"{path}/events", {"last-event-id": str(last)} if last else {}, end) as lines:
                for name, number, data in events(lines):
                    if name == "end":
                        ended: dict[str, Any] = json.loads(data)
                        return ended, last
                    if name == "progress":
                        last = number or last
                        listener(Step.of(json.loads(data)))
        except Broken:
            pass
        over = end is not None and monotonic() >= end
        if not over:
            sleep(PAUSE if end is None else max(0.0, min(PAUSE, end - monotonic())))
        known = connection.call("GET", path)
        if _attempt(known) > attempt:  # the server ended, and the job begins anew: its steps count from 1 again
            attempt, last = _attempt(known), 0
        if over:
            return known, last


def _attempt(job: dict[str, Any]) -> int:
    """Which attempt a job is at: one that waits is before the next."""
    return int(job["attempts"] + (job["state"] == "queued"))


def events(lines: Iterator[str]) -> Iterator[tuple[str, int, str]]:
    """Server-sent events: name, number (0: none), data."""
    name, number, data = "", 0, list[str]()
    for line in lines:
        if not line:
            if data:
                yield name, number, "\n".join(data)
            name, number, data = "", 0, []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "id" and value.isdigit():
            number = int(value)
        elif field == "data":
            data.append(value)
