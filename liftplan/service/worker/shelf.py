"""The counties that a worker read last: what a source names never changes, so that none is read twice in a row."""

from __future__ import annotations

from collections.abc import Sequence

import liftplan
from liftplan.models.county import County

PLACES = 2
"""Counties kept: the one that most is asked about, and another one."""


class Shelf:
    """Counties by their source, the newest last."""

    def __init__(self) -> None:
        self._kept: dict[str, County] = {}

    def county(self, source: str) -> County:
        """The county that a source names. Raises `InputProblems` if there is none."""
        found = self._kept.pop(source, None) or liftplan.load(source)
        self._kept[source] = found
        for oldest in list(self._kept)[:-PLACES]:
            del self._kept[oldest]
        return found

    def under(
        self, source: str, scenario: Sequence[str], overrides: Sequence[str], name: str = ""
    ) -> liftplan.Scenario:
        """The county under a scenario, as `liftplan.under` gives it."""
        return liftplan.under(self.county(source), scenario, overrides=overrides, name=name)
