"""Uploads: read in a worker, under names of the server's own making."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from liftplan.models.messages import m
from liftplan.service.counties import PACKED, Counties, Uploaded
from liftplan.service.outlines import Outline
from liftplan.service.refusals import Refusal
from liftplan.service.roles import Who
from liftplan.service.settings import Limits
from liftplan.service.texts import Noted
from liftplan.service.workers import End, Errand, Workers

INCOMING = "incoming"
"""Folder in the store of uploads that are being read; emptied at each start."""

AT_ONCE = 2
"""Uploads that are read at the same time."""

WAITING = 20
"""Uploads that may wait for that."""


class Unsound(Exception):
    """An upload that is no county; its problems are told to whoever sent it."""

    def __init__(self, problems: Sequence[Noted]) -> None:
        super().__init__("unsound")
        self.problems = tuple(problems)


class Uploads:
    """Reads uploads."""

    def __init__(self, workers: Workers, counties: Counties, store: Path, limits: Limits) -> None:
        self._workers = workers
        self._counties = counties
        self._folder = store / INCOMING
        self._limits = limits
        self._places = asyncio.Semaphore(AT_ONCE)
        self._here = 0

    async def keep(self, content: BinaryIO, file: str, who: Who) -> Uploaded:
        """Read an upload and keep its county. Raises `Unsound` or `Refusal`."""
        await asyncio.to_thread(self._counties.room)
        folder, outline, warnings = await self._read(content, file)
        try:
            return await asyncio.to_thread(self._counties.keep, folder / PACKED, file, who.name, outline, warnings)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def check(self, content: BinaryIO, file: str) -> tuple[Outline, tuple[Noted, ...]]:
        """Read an upload and keep nothing: its outline and warnings. Raises `Unsound` or `Refusal`."""
        folder, outline, warnings = await self._read(content, file)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        return outline, warnings

    async def _read(self, content: BinaryIO, file: str) -> tuple[Path, Outline, tuple[Noted, ...]]:
        """The folder that holds the county, its outline, its warnings."""
        if self._here >= WAITING:
            message, way_out = m("Too many uploads at the same time."), m("Try again in {seconds} s.", seconds=5)
            raise Refusal(429, "uploads", message, way_out, headers={"retry-after": "5"})
        folder = self._folder / secrets.token_hex(8)
        self._here += 1
        try:
            source = await asyncio.to_thread(_stored, content, file, folder)
            async with self._places:
                end = await self._run(source, folder)
            if end.how != "done":
                raise Unsound(end.problems)
            warnings = tuple(Noted.model_validate(one) for one in end.outcome["warnings"])
            return folder, Outline.model_validate(end.outcome["outline"]), warnings
        except BaseException:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            raise
        finally:
            self._here -= 1

    async def _run(self, source: str, folder: Path) -> End:
        limits = {"rows": self._limits.rows, "unpacked_bytes": self._limits.unpacked_bytes}
        errand = Errand("read", (source,), {}, folder, self._limits.read_seconds, limits)
        return await self._workers.run(errand, lambda _: None, asyncio.Event())


def _stored(content: BinaryIO, file: str, folder: Path) -> str:
    """Write an upload into a folder, under a name of ours. Returns it: only its ending tells what the file may be."""
    folder.mkdir(parents=True)
    ending = file.rpartition(".")[2].lower()
    name = f"upload.{ending if ending in {'xlsx', 'xlsm', 'xls', 'ods', 'zip', 'json'} else 'bin'}"
    with (folder / name).open("wb") as written:
        shutil.copyfileobj(content, written)
    return name


def shown_name(file: str | None) -> str:
    """What an upload was called, for showing: no folders, nothing invisible, not too long."""
    plain = (file or "").encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in plain if letter.isprintable())[:120] or "-"
