"""Where a store is: a folder with a SQLite file, or the address of a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem

DATABASE = "runs.sqlite"
"""The SQLite file in the folder of a store."""

FILES = "files"
"""Name of the part of an address that says where files lie."""


@dataclass(frozen=True)
class Address:
    """A database and a folder for files."""

    url: URL
    folder: Path
    """Where plans and counties lie, compressed."""

    @property
    def shown(self) -> str:
        """The address without its password."""
        return str(self.folder) if self.url.get_backend_name() == "sqlite" else self.url.render_as_string()


def address_of(store: str | Path | None) -> Address:
    """The address that somebody gave.

    Parameters
    ----------
    store
        A folder, which is made if it is not there; or `postgresql://user@host/database`, to which `?files=FOLDER` adds
        where plans lie (a folder that all who use it share). None: a folder of the user's own data.

    Raises
    ------
    InputProblems
        If it is an address of something else.
    """
    text = str(store or user_data_path("liftplan", appauthor=False) / "runs")
    if "://" not in text:
        folder = Path(text).expanduser().absolute()
        return Address(URL.create("sqlite", database=str(folder / DATABASE)), folder)
    try:
        url = make_url(text)
    except ArgumentError:
        raise _refused(text) from None
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise _refused(url.render_as_string())
    own = url.query.get(FILES, "")
    plain = url.set(drivername="postgresql+psycopg").difference_update_query([FILES])
    name = sha256(plain.render_as_string().encode()).hexdigest()[:12]
    folder = Path(str(own)) if own else user_data_path("liftplan", appauthor=False) / f"runs-{name}"
    return Address(plain, folder.expanduser().absolute())


def _refused(text: str) -> InputProblems:
    message = m("{address} is no address of a store.", address=text)
    way_out = m("Name a folder, or a database as in {example}.", example="postgresql://user@host/database")
    return InputProblems([Problem("store-address", Place(), message, way_out)])
