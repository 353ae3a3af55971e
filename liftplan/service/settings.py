"""What a server is told: where it listens, where it keeps things, and its limits."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import Field

from liftplan.models.base import Frozen

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Names under which this machine reaches itself."""

MIB = 2**20


class Limits(Frozen):
    """How much one caller, one upload and one job may take."""

    workers: Annotated[int, Field(ge=1, le=64)] = 2
    """Jobs that run at the same time."""
    queued: Annotated[int, Field(ge=1, le=100_000)] = 100
    """Jobs that may wait; more are refused with 429."""
    job_seconds: Annotated[int, Field(ge=1, le=7 * 86_400)] = 3_600
    """Longest time limit of a job."""
    grace_seconds: Annotated[int, Field(ge=1, le=3_600)] = 300
    """Time a job has beyond its own limit, for reading and writing, before its process is ended."""
    job_bytes: Annotated[int, Field(ge=1_024 * MIB)] = 4_096 * MIB
    """Memory of a job's process."""
    read_seconds: Annotated[int, Field(ge=1, le=3_600)] = 300
    """Time for reading an upload."""
    upload_bytes: Annotated[int, Field(ge=1024)] = 64 * MIB
    """Size of an upload."""
    unpacked_bytes: Annotated[int, Field(ge=1024)] = 1_024 * MIB
    """Size that an upload may unpack to."""
    rows: Annotated[int, Field(ge=1)] = 2_000_000
    """Rows of all tables of an upload."""
    counties: Annotated[int, Field(ge=1)] = 200
    """Uploaded counties kept at the same time."""
    requests_per_minute: Annotated[int, Field(ge=1)] = 1_200
    """Requests of one token (without login: of this machine) in a minute."""
    attempts: Annotated[int, Field(ge=1, le=100)] = 3
    """How often a job is begun again after the server ended under it."""


class Serving(Frozen):
    """One server."""

    host: str = "127.0.0.1"
    """Address it listens on."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    """Port; 0: any that is free."""
    store: Path
    """Folder of counties, jobs, tokens and the audit log."""
    hostnames: tuple[str, ...] = ()
    """Names, with their port if it is not the usual one, under which browsers reach it from elsewhere."""
    login: bool = False
    """Ask for tokens on this machine too."""
    limits: Limits = Limits()
    """Limits."""

    @property
    def local(self) -> bool:
        """True if only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def asks_for_tokens(self) -> bool:
        """True if every caller needs a token."""
        return self.login or not self.local or bool(self.hostnames)
