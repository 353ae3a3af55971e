"""When a solve has to stop."""

from __future__ import annotations

from time import monotonic
from typing import Literal

from liftplan.solver.progress import Cancel


class Clock:
    """Time since the start, the time limit and the cancel switch of one solve."""

    def __init__(self, time_limit: float | None, cancel: Cancel | None) -> None:
        """time_limit: seconds, None for no limit."""
        self._begin = monotonic()
        self._limit = time_limit
        self.cancel = cancel or Cancel()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return monotonic() - self._begin

    def left(self, most: float) -> float:
        """Seconds that a step may take: at most `most`, at least a little."""
        return most if self._limit is None else max(0.05, min(most, self._limit - self.seconds))

    @property
    def over(self) -> Literal["time", "cancelled"] | None:
        """Why the solve has to stop now, or None."""
        if self.cancel:
            return "cancelled"
        return "time" if self._limit is not None and self.seconds >= self._limit else None
