"""The run store: immutable runs in a database, their plans and counties as compressed files beside it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import URL, Engine, NullPool, create_engine, delete, event, insert, select
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from liftplan.models.county import County
from liftplan.models.files import read_county, write_county
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.models.planreading import plan_from_text
from liftplan.models.problems import InputProblems, LiftplanError, Place, Problem
from liftplan.models.reasons import gzip_reason, system_reason
from liftplan.scenarios.separate import Outcome
from liftplan.scenarios.store.address import address_of
from liftplan.scenarios.store.files import leftovers, packed, put_file, unpacked
from liftplan.scenarios.store.run import CANCELLED, Run
from liftplan.scenarios.store.schema import ABOUT, METADATA, RUNS, STORE_VERSION

BUSY_SECONDS = 60.0
"""How long SQLite waits for another process that is writing."""

OPENINGS = 4
"""How often a store is tried to be opened."""

OPENING_SECONDS = 0.5
"""Seconds between."""


class Damaged(LiftplanError):
    """A file of the store is not what its run says: somebody changed or removed it."""


class RunStore:
    """A store of runs. Any number of processes may use one at the same time.

    A run is added in one step: its file is complete on the disk before its row is there, so a run that can be seen is
    whole, whatever ends the process that adds it.
    """

    def __init__(self, store: str | Path | None = None) -> None:
        """store: see `address_of`. Raises `InputProblems` if it cannot be opened."""
        self._address = address_of(store)
        self.given = str(self._address.folder) if store is None else str(store)
        """The address by which another process opens the same store."""
        self._plans = self._address.folder / "plans"
        self._counties = self._address.folder / "counties"
        with self._told():
            self._plans.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(self._address.url)
            self._open()

    @property
    def address(self) -> str:
        """Where it is, without a password."""
        return self._address.shown

    def runs(self, *, base_digest: str = "") -> list[Run]:
        """All runs, oldest first; only those of one county, if its digest is given."""
        query = select(RUNS).order_by(RUNS.c.finished, RUNS.c.id)
        if base_digest:
            query = query.where(RUNS.c.base_digest == base_digest)
        with self._told(), self._engine.connect() as connection:
            return [Run.from_row(dict(row)) for row in connection.execute(query).mappings()]

    def find(self, key: str) -> Run | None:
        """The newest run that answers a question; one that was cancelled answers none."""
        query = (
            select(RUNS)
            .where(RUNS.c.key == key, (RUNS.c.stopped_by.is_(None)) | (RUNS.c.stopped_by != CANCELLED))
            .order_by(RUNS.c.finished.desc(), RUNS.c.id)
            .limit(1)
        )
        with self._told(), self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else Run.from_row(dict(row))

    def get(self, name: str) -> Run:
        """The run of an identifier, or of the beginning of one, or the newest of a scenario.

        Raises
        ------
        InputProblems
            If there is none, or several.
        """
        found = self.runs()
        meant = [run for run in found if name and run.id.startswith(name)]
        if not meant:
            meant = [run for run in found if run.scenario == name][-1:]
        if len(meant) == 1:
            return meant[0]
        if not meant:
            message = m("There is no run {name}.", name=name)
            raise _refused("run-unknown", message, m("`liftplan runs` lists them."))
        message = m("{count} runs begin with {name}.", count=len(meant), name=name)
        raise _refused("run-several", message, m("Write more of the identifier."))

    def add(self, run: Run, content: str | None) -> Run:
        """Add a run with the text of its plan or outcome. Returns the run as it is kept."""
        kept = run.model_copy(update={"content": None if content is None else _digest(content)})
        with self._told():
            if content is not None:
                put_file(self._file(kept), packed(content))
            with self._engine.begin() as connection:
                connection.execute(insert(RUNS), kept.row())
        return kept

    def remove(self, runs: Sequence[Run]) -> None:
        """Remove runs: first from the database, then their files."""
        with self._told(), self._engine.begin() as connection:
            connection.execute(delete(RUNS).where(RUNS.c.id.in_([run.id for run in runs])))
        for run in runs:
            with suppress(OSError):  # what is left belongs to no run, and goes with the next sweep
                self._file(run).unlink()

    def plan(self, run: Run) -> Plan:
        """A run's plan. Raises `Damaged` if its file is not the one that was added, `InputProblems` if it has none."""
        return plan_from_text(self._text(run), self._file(run))

    def outcome(self, run: Run) -> Outcome:
        """The outcome of a run of `separate`. Raises like `plan`."""
        return Outcome.model_validate_json(self._text(run))

    def keep_county(self, county: County) -> None:
        """Keep a county, so that runs of it can be repeated and exported."""
        target = self._counties / f"{county.digest}.zip"
        if not target.exists():
            self._counties.mkdir(parents=True, exist_ok=True)
            with suppress(InputProblems):
                write_county(county, target, table_format="parquet")
            if not target.exists():
                raise _refused("store-write", m("The county cannot be kept in the store."), _WAY_OUT)

    def county(self, digest: str) -> County:
        """A county that was kept, as it was before any scenario. Raises `InputProblems` if it is not there."""
        return read_county(self._counties / f"{digest}.zip")

    def sweep(self) -> None:
        """Remove what processes that were killed have left behind: files that belong to no run."""
        known = {self._file(run).name for run in self.runs()}
        for path in leftovers(self._plans, known):
            with suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Give connections back."""
        self._engine.dispose()

    def _file(self, run: Run) -> Path:
        return self._plans / f"{run.id}.json.gz"

    def _text(self, run: Run) -> str:
        if run.content is None:
            message = m("The run {name} has no plan: it ended as {status}.", name=run.id, status=run.status or "-")
            raise _refused("run-empty", message, m("Choose another run."))
        try:
            text = unpacked(self._file(run).read_bytes())
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            message = m("The file of run {name} cannot be read: {reason}.", name=run.id, reason=gzip_reason(error))
            raise _damaged(message) from None
        if _digest(text) != run.content:
            raise _damaged(m("The file of run {name} was changed.", name=run.id))
        return text

    def _open(self) -> None:
        """Make the tables if they are not there; refuse those of a later version."""
        version = None
        for attempt in range(OPENINGS):
            try:
                with self._engine.begin() as connection:
                    METADATA.create_all(connection)
                    version = connection.execute(select(ABOUT.c.version)).scalar()
                    if version is None:
                        connection.execute(insert(ABOUT), {"version": STORE_VERSION})
                break
            except DBAPIError:  # another process is making them at this moment
                if attempt == OPENINGS - 1:
                    raise
                sleep(OPENING_SECONDS)
        if version is not None and version != STORE_VERSION:
            message = m("The store has format {value}; this version reads {limit}.", value=version, limit=STORE_VERSION)
            raise _refused("store-version", message, m("Use a liftplan that reads it, or another store."))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a database or a file system refuses into a problem."""
        try:
            yield
        except OSError as error:
            reason: Message | str = system_reason(error)
            raise self._failed(reason) from error
        except DBAPIError as error:
            raise self._failed(" ".join(str(error.orig).split())) from error
        except SQLAlchemyError as error:
            raise self._failed(" ".join(str(error).split())) from error

    def _failed(self, reason: Message | str) -> InputProblems:
        return _refused("store", m("The store {name} fails: {reason}.", name=self.address, reason=reason), _WAY_OUT)


_WAY_OUT = m("Check the address and that you may write there, or name another store with --store.")


def _engine(url: URL) -> Engine:
    try:
        made = create_engine(url, poolclass=NullPool)
    except (ModuleNotFoundError, NoSuchModuleError):
        message = m("PostgreSQL needs the library psycopg, which is not installed.")
        way_out = m("Install it: {command}", command='pip install "liftplan[postgres]"')
        raise _refused("store-driver", message, way_out) from None
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _durable)
    return made


def _durable(connection: Any, _record: Any) -> None:
    """SQLite: wait for others, and have each transaction on the disk when it is done."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _damaged(message: Message) -> Damaged:
    way_out = m("Remove the run from the store and solve it again, or restore the file from a copy.")
    return Damaged(f"{message} {way_out}")


def _refused(code: str, message: Message, way_out: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(), message, way_out)])
