"""How a solve reports: a stream of events, and a way to cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as Flag


@dataclass(frozen=True)
class Event:
    """One step of a solve. Plans in events are checked, bounds are proved; None = not yet."""

    seconds: float
    """Since the solve began."""
    stage: str
    """What is under way: `compile`, `kernels` (once for a machine: compiling them takes a while, and hears no cancel),
    `prices`, `plan`, `branch`, `certificate`, `second level`, `ledger`, `check`."""
    objective: float | None
    """Level 1 of the best plan so far, persons."""
    bound: float | None
    """Proved upper bound, persons."""
    people: int | None = None
    """People lifted by the best plan so far."""

    @property
    def gap(self) -> float | None:
        """(bound - objective) / max(1, objective), or None without both."""
        if self.objective is None or self.bound is None:
            return None
        return max(0.0, self.bound - self.objective) / max(1.0, self.objective)


Listener = Callable[[Event], None]
"""Called in the solving thread; an exception it raises ends the solve and reaches the caller."""


class Cancel:
    """A switch that another thread (or a signal handler) may set; the solve returns within 2 s."""

    def __init__(self) -> None:
        self._flag = Flag()

    def set(self) -> None:
        """Ask the solve to stop and return its best checked plan."""
        self._flag.set()

    def __bool__(self) -> bool:
        return self._flag.is_set()
