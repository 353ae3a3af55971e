"""What plans and bounds say together of every level, also of those between the levels solved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from liftplan.scenarios.frontier.level import Level


@dataclass(frozen=True)
class Reached:
    """A checked plan as a point: its worst group's share, and the people it lifts."""

    share_bp: int
    people: int
    ledger_yuan: int
    groups: tuple[str, ...]
    """The groups with the worst share."""
    level: int
    """The level that it was found at."""


@dataclass(frozen=True)
class Gauge:
    """What is known of one level: the best plan that reaches it lifts from `least` to `most` people."""

    share_bp: int
    least: int | None
    """People that a checked plan lifts; None: no plan was found."""
    most: int | None
    """People that no plan exceeds; None: nothing is proved, or it is proved that there is no plan."""
    impossible: bool = False
    """It is proved that there is no plan."""


@dataclass(frozen=True)
class Envelope:
    """Levels solved and plans found.

    A plan that reaches a level reaches every lower one: what is known is a step function of the level, proved between
    the levels solved too.
    """

    levels: tuple[Level, ...]
    plans: tuple[Reached, ...]
    possible: tuple[int, ...]
    """What worst shares can be at all, ascending: a level between two of them asks for the higher."""

    def at(self, share_bp: int) -> Gauge:
        """What is known of a level: max {people : share >= level}, min {bound : level solved <= level}."""
        place = bisect_left(self.possible, share_bp)
        share_bp = self.possible[place] if place < len(self.possible) else share_bp
        least = max((plan.people for plan in self.plans if plan.share_bp >= share_bp), default=None)
        below = [level for level in self.levels if level.share_bp <= share_bp]
        if any(level.status == "infeasible" for level in below):
            return Gauge(share_bp, None, None, impossible=True)
        bounds = [floor(level.bound) for level in below if level.bound is not None]
        return Gauge(share_bp, least, min(bounds, default=None))

    @property
    def frontier(self) -> tuple[Reached, ...]:
        """The plans that no other found is as good as in both: by share, ascending, people descending."""
        best: list[Reached] = []
        for plan in sorted(self.plans, key=lambda one: (-one.share_bp, -one.people)):
            if not best or plan.people > best[-1].people:
                best.append(plan)
        return tuple(reversed(best))

    @property
    def reachable(self) -> int | None:
        """The highest share that a plan was found for."""
        return max((plan.share_bp for plan in self.plans), default=None)

    @property
    def impossible(self) -> int | None:
        """The lowest level that is proved to be out of reach."""
        return min((level.share_bp for level in self.levels if level.status == "infeasible"), default=None)

    def steps(self, low: int, high: int) -> list[tuple[int, int, Gauge]]:
        """Intervals of levels (over one, up to another) on which both functions are constant."""
        cuts: Iterable[int] = [level.share_bp for level in self.levels] + [plan.share_bp for plan in self.plans]
        places = sorted({low, high, *(cut for cut in cuts if low < cut < high)})
        return [(left, right, self.at(left + 1)) for left, right in pairwise(places)]
