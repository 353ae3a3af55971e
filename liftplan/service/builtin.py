"""The outlines of the built-in counties, found out by workers: of the first page at once, of the rest once wanted."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import liftplan
from liftplan.service.outlines import Outline
from liftplan.service.workers import Errand, Workers

FIRST = "zigui-2015"
"""The county that the first page begins with."""

AT_ONCE = ("tiny", FIRST)
"""Counties that are read when the server begins."""

PATIENCE = 30.0
"""Seconds that a caller waits for an outline that is not known yet."""

PAUSE = 0.5
"""Seconds between two looks for what is wanted."""

QUIET = 10.0
"""Seconds for which no job runs before what is wanted is read: whoever sees the first page may click on it."""

AGAIN = 5.0
"""Seconds until what a worker did not tell is tried again."""


class BuiltIn:
    """Outlines by name."""

    def __init__(self, workers: Workers, seconds: float, busy: Callable[[], bool]) -> None:
        """seconds: time for reading. busy: whether a job runs or waits; whatever can wait does not get in its way."""
        self._workers = workers
        self._seconds = seconds
        self._busy = busy
        self._found: dict[str, Outline] = {}
        self._heard = {name: asyncio.Event() for name in liftplan.counties()}
        self._wanted = False
        self._awaited = 0

    def known(self, county: str) -> Outline | None:
        """The outline of a built-in county; None if it is not known yet: then it will be. From any thread."""
        self._wanted = self._wanted or county not in self._found
        return self._found.get(county)

    async def outline(self, county: str) -> Outline | None:
        """The outline of a built-in county, waiting for it for a while if need be."""
        self._awaited += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._heard[county].wait()
        except TimeoutError:
            pass
        finally:
            self._awaited -= 1
        return self._found.get(county)

    async def look(self) -> None:
        """Find out what the first page shows and have that worker get ready to solve; then the rest, once wanted."""
        await self._run("warm", AT_ONCE)
        await self._describe(AT_ONCE)
        self._wanted = False  # of what is known by now
        quiet = 0.0
        while not self._awaited and quiet < QUIET:
            await asyncio.sleep(PAUSE)
            idle = self._wanted and not await asyncio.to_thread(self._busy)
            quiet = quiet + PAUSE if idle else 0.0
        await self._describe(self._heard, apart=True)

    async def _describe(self, names: Iterable[str], *, apart: bool = False) -> None:
        """Find outlines out, again if a worker is lost."""
        while missing := tuple(name for name in names if name not in self._found):
            await self._run("describe", missing, apart=apart)
            if not self._found.keys() >= set(missing):
                await asyncio.sleep(AGAIN)

    async def _run(self, kind: str, sources: tuple[str, ...], *, apart: bool = False) -> None:
        with tempfile.TemporaryDirectory(prefix="liftplan-") as folder:
            errand = Errand(kind, sources, {}, Path(folder), self._seconds)
            await self._workers.run(errand, self._hear, asyncio.Event(), spare=None, apart=apart, ready=kind == "warm")

    def _hear(self, told: dict[str, Any]) -> None:
        self._found[told["county"]] = Outline.model_validate(told["outline"])
        self._heard[told["county"]].set()
