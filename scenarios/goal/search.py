"""Bisection over the money of a county: what is too little by proof, what is enough by a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from liftplan.models.county import County
from liftplan.scenarios.curve import Axis, Point, Solved, solve_at
from liftplan.solver.prepared import Prepared
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

MOST_TIMES = 16
"""How many times the present money is looked at, at most."""

Side = Literal["enough", "short", "open"]
"""A plan lifts so many; it is proved that none does; neither."""

Watch = Callable[[int, Point], None]
"""Told how many solves are done, and the last one."""


@dataclass(frozen=True)
class Reached:
    """Where the least money lies: above `lower`, not above `upper`."""

    lower: int | None
    """Yuan with which no plan lifts so many, by proof; so does none with less. None: nothing was proved."""
    upper: int | None
    """Yuan with which a checked plan lifts so many; None: none was found."""
    points: tuple[Point, ...]
    """All that was solved, by its money."""


def least_money(
    county: County,
    axis: Axis,
    people: int,
    tolerance: int,
    settings: Settings,
    *,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
) -> Reached:
    """Look for the least money, to `tolerance` yuan where plans and bounds meet.

    More money must never be worse, and bounds must count people. The present money comes first, then up to sixteen
    times as much. A solve that decides nothing (its bound is not below, its plan not above) widens the interval: the
    search for enough goes on above it, that for too little below it.
    """
    search = _Search(county, axis, people, settings, watch, cancel)
    value = axis.present
    while search.side(value) != "enough" and value < MOST_TIMES * axis.present and not search.over:
        value *= 2
    if search.upper is not None:
        _halve(search, max(search.others(), default=0), search.upper, tolerance, up=("short", "open"))
    first = min(search.undecided(), default=None)
    if first is not None:
        _halve(search, search.lower or 0, first, tolerance, up=("short",))
    return Reached(search.lower, search.upper, tuple(search.solved[value].point for value in sorted(search.solved)))


def _halve(search: _Search, low: int, high: int, tolerance: int, up: tuple[Side, ...]) -> None:
    """Halve the interval; a value on one of the sides `up` becomes its lower end, any other its upper end."""
    while high - low > tolerance and not search.over:
        middle = (low + high) // 2
        side = search.side(middle)
        if side in up:
            low = middle
        else:
            high = middle


class _Search:
    """Solves at amounts of money, each beginning with the plan of the nearest that has one."""

    def __init__(
        self,
        county: County,
        axis: Axis,
        people: int,
        settings: Settings,
        watch: Watch | None,
        cancel: Cancel | None,
    ) -> None:
        self._county, self._axis, self._people, self._settings = county, axis, people, settings
        self._watch, self._cancel = watch, cancel
        self._prepared = Prepared()
        self.solved: dict[int, Solved] = {}

    @property
    def over(self) -> bool:
        """Whether somebody has cancelled."""
        return bool(self._cancel)

    @property
    def lower(self) -> int | None:
        """The most money that is too little, by proof."""
        return max((value for value, one in self.solved.items() if self._side(one.point) == "short"), default=None)

    @property
    def upper(self) -> int | None:
        """The least money that is enough, by a plan."""
        return min((value for value, one in self.solved.items() if self._side(one.point) == "enough"), default=None)

    def others(self) -> list[int]:
        """Money at which no plan was found that lifts so many, below what is enough."""
        most = self.upper or 0
        return [value for value, one in self.solved.items() if self._side(one.point) != "enough" and value < most]

    def undecided(self) -> list[int]:
        """Money at which nothing is decided."""
        return [value for value, one in self.solved.items() if self._side(one.point) == "open"]

    def side(self, value: int) -> Side:
        """Solve at so much money, and say what comes of it."""
        with_plan = [one for one in self.solved.values() if one.plan]
        near = min(with_plan, key=lambda one: abs(one.point.value - value), default=None)
        start = near.plan if near else None
        found = solve_at(self._county, self._axis, value, self._settings, start, self._cancel, prepared=self._prepared)
        self.solved[value] = found  # a cancelled solve's plan is checked, and its bound proved, as any other's
        if self._watch is not None:
            self._watch(len(self.solved), found.point)
        return self._side(found.point)

    def _side(self, point: Point) -> Side:
        if point.people is not None and point.people >= self._people:
            return "enough"
        if point.status == "infeasible" or (point.bound is not None and point.bound < self._people):
            return "short"
        return "open"
