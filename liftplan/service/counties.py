"""The counties of a server: the built-in ones, and uploads under names of the server's own making."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from time import time

import liftplan
from liftplan.models.base import Frozen
from liftplan.models.messages import m
from liftplan.service.database import Database
from liftplan.service.outlines import Outline
from liftplan.service.refusals import Refusal, missing
from liftplan.service.texts import Noted

PACKED = "county.zip"
"""An uploaded county, read, checked and written again: nothing of the upload itself is kept."""


class Uploaded(Frozen):
    """A county that somebody uploaded."""

    id: str
    owner: str
    created: float
    """Seconds since 1970."""
    file: str
    """What its file was called; only ever shown."""
    outline: Outline
    warnings: tuple[Noted, ...]


class Counties:
    """Uploaded counties in the store."""

    def __init__(self, database: Database, store: Path, most: int) -> None:
        self._database = database
        self._folder = store / "counties"
        self._most = most

    def listed(self) -> list[Uploaded]:
        """All, the oldest first."""
        rows = self._database.rows("select facts from counties order by created, id")
        return [Uploaded.model_validate_json(facts) for (facts,) in rows]

    def get(self, county: str) -> Uploaded:
        """One of them. Raises `Refusal` if there is none."""
        rows = self._database.rows("select facts from counties where id = ?", (county,))
        if not rows:
            raise missing(m("There is no county {name}.", name=county))
        return Uploaded.model_validate_json(rows[0][0])

    def room(self) -> None:
        """Raise `Refusal` if no further county can be kept."""
        ((count,),) = self._database.rows("select count(*) from counties")
        if count >= self._most:
            message = m("This server keeps {limit} uploaded counties, and has them.", limit=self._most)
            raise Refusal(409, "counties-full", message, m("Delete one that is no longer needed."))

    def keep(self, packed: Path, file: str, owner: str, outline: Outline, warnings: tuple[Noted, ...]) -> Uploaded:
        """Keep a county that was read; `packed` is moved into the store."""
        made = Uploaded(
            id=f"c-{secrets.token_hex(8)}", owner=owner, created=time(), file=file, outline=outline, warnings=warnings
        )
        folder = self._folder / made.id
        folder.mkdir(parents=True)
        packed.replace(folder / PACKED)
        with self._database.change() as cursor:
            values = (made.id, made.created, owner, made.model_dump_json())
            cursor.execute("insert into counties (id, created, owner, facts) values (?, ?, ?, ?)", values)
        return made

    def forget(self, county: str) -> None:
        """Delete a county that no job waits for."""
        with self._database.change() as cursor:
            cursor.execute("select 1 from jobs where county = ? and state in ('queued', 'running')", (county,))
            if cursor.fetchone():
                message = m("A job that has not ended uses this county.")
                raise Refusal(409, "county-used", message, m("Cancel it, or wait for its end."))
            cursor.execute("delete from counties where id = ?", (county,))
        shutil.rmtree(self._folder / county, ignore_errors=True)

    def content(self, county: str) -> str:
        """What decides the results of a county: a built-in name, or the digest of an upload. Raises `Refusal`."""
        return county if county in liftplan.counties() else self.get(county).outline.digest

    def source(self, county: str) -> str:
        """What a worker opens for a county: a built-in name, or the path of an upload. Raises `Refusal`."""
        if county in liftplan.counties():
            return county
        return str(self._folder / self.get(county).id / PACKED)
