"""Stores to test with: a folder, and a database of a PostgreSQL server of our own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import liftplan

MISSING = (
    "initdb is missing: apt-get install postgresql (make system-packages), or NO_SERVERS=1 to leave these tests out"
)

SETTINGS = "-c listen_addresses='' -c fsync=off -c unix_socket_directories="
"""No network; what a crash of the machine would cost is not what is tested."""


def program(name: str) -> str:
    """A program of the server: Debian keeps them out of the path."""
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


def owner() -> pwd.struct_passwd:
    """Who runs the server, which refuses to be root."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def call(*command: str, user: pwd.struct_passwd) -> None:
    """A command of the server's owner, to its end."""
    others = {} if os.geteuid() else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": "/"},
            timeout=120,
            check=False,
            **others,  # type: ignore[arg-type]
        )
        output.seek(0)
        assert ended.returncode == 0, output.read().decode()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a fresh PostgreSQL cluster, reached by a socket in its own folder."""
    initdb, control = program("initdb"), program("pg_ctl")
    user = owner()
    place = Path(tempfile.mkdtemp(prefix="lp-pg-", dir="/tmp"))  # sockets have short names
    try:
        os.chown(place, user.pw_uid, user.pw_gid)
        data = str(place / "data")
        call(initdb, "-D", data, "-U", "liftplan", "-A", "trust", "-E", "UTF8", "--locale=C", user=user)
        call(control, "-D", data, "-w", "-l", str(place / "log"), "-o", f"{SETTINGS}{place}", "start", user=user)
        try:
            yield f"postgresql://liftplan@/postgres?host={place}"
        finally:
            call(control, "-D", data, "-w", "-m", "immediate", "stop", user=user)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def solution() -> liftplan.Solution:
    """The solution of `tiny`."""
    return liftplan.solve("tiny", threads=1)


@pytest.fixture(params=["folder", pytest.param("postgresql", marks=pytest.mark.server)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "folder":
        return str(tmp_path / "store")
    server: str = request.getfixturevalue("server")
    empty(server)
    return f"{server}&files={tmp_path / 'files'}"


def empty(server: str) -> None:
    """Leave nothing of the last test in the database."""
    import psycopg  # noqa: PLC0415 - only where there is a server

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS liftplan_runs, liftplan_store")
