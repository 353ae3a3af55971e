"""What the system lets a worker take."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import resource

NICENESS = 5
"""Solves give way to the server, so that pages stay quick."""


def give_way() -> None:
    """Run with a lower priority, where the system knows such a thing."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.nice(NICENESS)


def cap_memory(most: int) -> None:
    """Let this process have at most so many bytes of data; where the system cannot, nothing is capped."""
    if sys.platform != "win32":
        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        for limit, value in ((kind, most), (resource.RLIMIT_CORE, 0)):
            _, hard = resource.getrlimit(limit)
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            with suppress(OSError, ValueError):
                resource.setrlimit(limit, (value, value))


def memory_now() -> int | None:
    """Bytes that this process holds; None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
