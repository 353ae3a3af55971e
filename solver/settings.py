"""What a solve is asked for."""

from __future__ import annotations

import os
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from liftplan.models.base import Frozen


def _no_limit(seconds: Any) -> Any:
    return None if seconds == 0 else seconds


class Settings(Frozen):
    """Settings of one solve. The same settings, county and versions give the same plan if `reproducible`."""

    gap: Annotated[float, Field(ge=0, le=1)] = 1e-4
    """Stop when (bound - objective) / max(1, objective) is at most this; 0 asks for proved optimality."""
    time_limit: Annotated[Annotated[float, Field(gt=0)] | None, BeforeValidator(_no_limit)] = 60.0
    """Seconds after which the best checked plan is returned; 0 or None: no limit."""
    threads: Annotated[int, Field(ge=0, le=256)] = 0
    """Threads of the oracle; 0 = all cores that the process may use."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    """Seed of every random choice."""
    reproducible: bool = False
    """Byte-identical plan over runs and thread counts: limits count work done instead of seconds."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
