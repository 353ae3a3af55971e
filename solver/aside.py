"""Work on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")


def aside(work: Callable[[], Made], name: str = "aside") -> Future[Made]:
    """Begin work on a thread of its own. The process does not end before it has."""
    pool = ThreadPoolExecutor(1, name)
    made = pool.submit(work)
    pool.shutdown(wait=False)
    return made
