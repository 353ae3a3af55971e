"""Which finished run a job begins with: the one whose overrides differ least from its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liftplan.scenarios.store import Run


def nearest(overrides: Sequence[str], runs: Iterable[Run]) -> Run | None:
    """The nearest of runs of the same county that have a plan, the newest of several; None if there is none."""
    mine = set(overrides)
    found = [run for run in runs if run.content is not None and not run.separate]
    return min(reversed(found), key=lambda run: len(mine.symmetric_difference(run.overrides)), default=None)
