"""What a solve is asked for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from liftplan.models.base import Frozen


class Settings(Frozen):
    """Settings of one solve. The same settings, county and versions give the same plan if `reproducible`."""

    gap: Annotated[float, Field(ge=0, le=1)] = 1e-4
    """Stop when (bound - objective) / max(1, objective) is at most this; 0 asks for proved optimality."""
    time_limit: Annotated[float, Field(gt=0)] | None = 60.0
    """Seconds after which the best checked plan is returned; None: no limit."""
    threads: Annotated[int, Field(ge=0, le=256)] = 0
    """Threads of the oracle; 0 = all cores that the process may use."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    """Seed of every random choice."""
    reproducible: bool = False
    """Byte-identical plan over runs and thread counts: limits count work done instead of seconds."""
