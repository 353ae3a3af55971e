"""Live progress: what a running job tells, to everybody who listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

MOST = 1_000
"""Events kept of a job; of more, every other one is dropped, the first and the newest stay."""


class Channel:
    """Events of one running job."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.over = False
        self._last = 0
        self._changed = asyncio.Event()

    def tell(self, event: dict[str, Any]) -> None:
        """Pass an event on."""
        self._last += 1
        self.events.append({"number": self._last, **event})
        if len(self.events) > MOST:
            self.events = [*self.events[:-1:2], self.events[-1]]
        self._wake()

    def close(self) -> None:
        """Say that nothing more comes."""
        self.over = True
        self._wake()

    def _wake(self) -> None:
        before, self._changed = self._changed, asyncio.Event()
        before.set()

    async def listen(self, after: int, pause: float) -> AsyncIterator[dict[str, Any] | None]:
        """Events with a number above `after`, as they come; None after each `pause` seconds without one."""
        while True:
            changed = self._changed
            for event in [one for one in self.events if one["number"] > after]:
                after = event["number"]
                yield event
            if self.over:
                return
            if changed is not self._changed:
                continue
            try:
                await asyncio.wait_for(changed.wait(), pause)
            except TimeoutError:
                yield None


class Channels:
    """The channels of all running jobs."""

    def __init__(self) -> None:
        self._open: dict[str, Channel] = {}

    def open(self, job: str) -> Channel:
        """The channel of a job that begins, or that somebody listens to before it does."""
        return self._open.setdefault(job, Channel())

    def find(self, job: str) -> Channel | None:
        """The channel of a job; None if it has none."""
        return self._open.get(job)

    def close(self, job: str) -> None:
        """End a job's channel."""
        channel = self._open.pop(job, None)
        if channel is not None:
            channel.close()

    def close_all(self) -> None:
        """End all channels: the server ends."""
        for job in list(self._open):
            self.close(job)
