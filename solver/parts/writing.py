"""How long certificates of parts may take, so that none ever costs the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from liftplan.solver.clock import Clock

SHARE = 0.1
"""Part of the time so far that writing may have taken: there is no plan before the last part has one."""


class Writing:
    """The time that certificates of parts take in one solve."""

    def __init__(self, clock: Clock, *, counted: bool) -> None:
        """counted: whether the clock counts work, of which writing takes none: then it has no share."""
        self._clock, self._counted = clock, counted
        self._taken = 0.0

    @contextmanager
    def part(self) -> Iterator[Callable[[], bool]]:
        """The writing of one part. Gives a function that says whether there is no time for more."""
        begin = self._clock.seconds
        try:
            yield lambda: self._over(begin)
        finally:
            self._taken += self._clock.seconds - begin

    def _over(self, begin: float) -> bool:
        now = self._clock.seconds
        return self._clock.over is not None or (not self._counted and self._taken + now - begin > SHARE * now)
