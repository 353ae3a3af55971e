"""The file that survives: counties and jobs in SQLite, every change on the disk before it is told."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import quoted, system_reason

FILE = "service.sqlite3"
VERSION = 1

TABLES = """
create table if not exists counties (
    id text primary key, created real not null, owner text not null, facts text not null
) strict;
create table if not exists jobs (
    number integer primary key autoincrement, id text not null unique, identity text not null, state text not null,
    owner text not null, county text not null, created real not null, facts text not null, progress text not null
) strict;
create index if not exists jobs_by_state on jobs (state);
create index if not exists jobs_by_identity on jobs (identity);
"""


class Database:
    """One connection, used by one thread at a time."""

    def __init__(self, store: Path) -> None:
        """Open the file, making it if need be. Raises `InputProblems` if it cannot be, or another server has it."""
        self._lock = threading.Lock()
        try:
            store.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = sqlite3.connect(store / FILE, timeout=1.0, check_same_thread=False, isolation_level=None)
            self._connection.execute("pragma locking_mode = exclusive")
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            self._connection.execute("begin exclusive")  # whoever has it keeps it to the end
            self._connection.execute("commit")
            self._connection.executescript(TABLES)
            self._connection.execute(f"pragma user_version = {VERSION}")
        except (OSError, sqlite3.Error) as error:
            message = m("The store cannot be used: {reason}.", reason=_reason(error))
            way_out = m("Perhaps another server uses it. Name another folder with {option}.", option="--store")
            raise InputProblems([Problem("store", Place(file=str(store)), message, way_out)]) from None

    @contextmanager
    def change(self) -> Iterator[sqlite3.Cursor]:
        """A transaction: all of it happens, or nothing."""
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("begin immediate")
            try:
                yield cursor
            except BaseException:
                cursor.execute("rollback")
                raise
            cursor.execute("commit")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _reason(error: OSError | sqlite3.Error) -> Message:
    """Why the file cannot be used."""
    if isinstance(error, OSError):
        return system_reason(error)
    known = {
        sqlite3.SQLITE_BUSY: m("another program has it open"),
        sqlite3.SQLITE_LOCKED: m("another program has it open"),
        sqlite3.SQLITE_READONLY: m("permission is missing"),
        sqlite3.SQLITE_CANTOPEN: m("permission is missing"),
        sqlite3.SQLITE_FULL: m("the disk is full"),
        sqlite3.SQLITE_NOTADB: m("its content was changed"),
        sqlite3.SQLITE_CORRUPT: m("its content was changed"),
    }
    return known.get(getattr(error, "sqlite_errorcode", 0) & 0xFF) or quoted(str(error))
