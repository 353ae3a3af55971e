"""The outlines of the built-in counties, found out once by a worker."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import liftplan
from liftplan.service.outlines import Outline
from liftplan.service.workers import Errand, Workers

PATIENCE = 30.0
"""Seconds that a caller waits for an outline that is not known yet."""


class BuiltIn:
    """Outlines by name."""

    def __init__(self, workers: Workers, seconds: float) -> None:
        self._workers = workers
        self._seconds = seconds
        self._found: dict[str, Outline] = {}
        self._heard = {name: asyncio.Event() for name in liftplan.counties()}

    def known(self, county: str) -> Outline | None:
        """The outline of a built-in county, if it is known yet."""
        return self._found.get(county)

    async def outline(self, county: str) -> Outline | None:
        """The outline of a built-in county, waiting for it for a while if need be."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._heard[county].wait(), PATIENCE)
        return self._found.get(county)

    async def look(self) -> None:
        """Find out all outlines, again if a worker is lost; then have that worker get ready to solve."""
        await self._run("describe")
        while self._found.keys() < set(liftplan.counties()):
            await asyncio.sleep(5.0)
            await self._run("describe")
        await self._run("warm")

    async def _run(self, kind: str) -> None:
        with tempfile.TemporaryDirectory(prefix="liftplan-") as folder:
            errand = Errand(kind, (), {}, Path(folder), self._seconds)
            await self._workers.run(errand, self._hear, asyncio.Event())

    def _hear(self, told: dict[str, Any]) -> None:
        self._found[told["county"]] = Outline.model_validate(told["outline"])
        self._heard[told["county"]].set()
