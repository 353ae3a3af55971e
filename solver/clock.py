"""When a solve has to stop."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Literal

from liftplan.solver.progress import Cancel

HOUSEHOLDS_A_SECOND = 100_000
"""Households priced that stand for one second in a repeatable solve (about as many as one takes on two cores)."""


class Clock:
    """Time since the start, the time limit and the cancel switch of one solve.

    A repeatable solve counts work instead of time, so that a limit ends every run at the same step.
    """

    def __init__(
        self, time_limit: float | None, cancel: Cancel | None, work: Callable[[], float] | None = None
    ) -> None:
        """time_limit: seconds, None: no limit. work: seconds that the work so far stands for; None: real ones."""
        self._begin = monotonic()
        self._limit = time_limit
        self._work = work
        self.cancel = Cancel() if cancel is None else cancel  # a switch is false until it is set

    def leave_out(self, seconds: float) -> None:
        """Do not count so many seconds against the limit."""
        if self._limit is not None:
            self._limit += seconds

    @property
    def seconds(self) -> float:
        """Since the start, real ones."""
        return monotonic() - self._begin

    @property
    def _spent(self) -> float:
        return self.seconds if self._work is None else self._work()

    def before(self, reserve: float) -> Clock:
        """The same clock with a limit that is earlier by `reserve` seconds; a repeatable one stays as it is."""
        limit = self._limit if self._limit is None or self._work is not None else max(0.0, self._limit - reserve)
        clock = Clock(limit, self.cancel, self._work)
        clock._begin = self._begin
        return clock

    def counting(self, work: Callable[[], float]) -> Clock:
        """The same clock with limits that count work instead of time."""
        clock = Clock(self._limit, self.cancel, work)
        clock._begin = self._begin
        return clock

    def portion(self, share: float) -> Clock:
        """The same clock with a limit after so much (0 to 1) of what is left of it."""
        if self._limit is None:
            return self
        clock = Clock(self._spent + min(1.0, share) * (self._limit - self._spent), self.cancel, self._work)
        clock._begin = self._begin
        return clock

    def left(self, most: float) -> float:
        """Seconds that a step may take: at most `most`, at least a little."""
        return most if self._limit is None else max(0.05, min(most, self._limit - self._spent))

    @property
    def over(self) -> Literal["time", "cancelled"] | None:
        """Why the solve has to stop now, or None."""
        if self.cancel:
            return "cancelled"
        return "time" if self._limit is not None and self._spent >= self._limit else None
