"""The curve itself: one solve a point, each beginning with the plan of its nearest neighbour."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from os import cpu_count

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.models.validate import validate
from liftplan.scenarios.curve.axis import Axis
from liftplan.scenarios.curve.crew import Alone, Crew, Processes
from liftplan.scenarios.curve.direction import Direction, direction
from liftplan.scenarios.curve.placing import FIRST, between, even, next_value
from liftplan.scenarios.curve.point import Point, Solved, without_plan
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

SMALL = 2_000
"""Households up to which a process of its own takes longer to start than it saves."""

Watch = Callable[[int, int, Point | None], None]
"""Told how many points are done, how many there will be at most, and the last one (None before the first)."""


def trace(
    county: County,
    axis: Axis,
    start: int,
    stop: int,
    points: int,
    settings: Settings,
    *,
    workers: int = 0,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
) -> list[Point]:
    """Points from start to stop, both among them, in order; fewer if it is cancelled or the numbers between run out.

    The first five are even; then intervals are halved, those first at whose ends the slope changes most. Each solve
    begins with a plan of a point near it. Where theory says which way the curve goes, a value without a plan has none
    beyond it either, and that is not proved again.

    workers: processes; 0 = one a core, or none but this one for a small county or a curve that is to be the same on
    every run.
    """
    alone = settings.reproducible or len(county["households"]) <= SMALL
    count = min(points, workers or (1 if alone else cpu_count() or 1))
    valid = all(problem.warning for problem in validate(county))
    crew: Crew
    if count == 1:
        crew = Alone(county, axis, settings, valid, cancel)
    else:
        threads = settings.threads or max(1, (cpu_count() or 1) // count)
        crew = Processes(county, axis, settings.model_copy(update={"threads": threads}), valid, count)
    with closing(crew):
        traced = _Tracing(county, axis, valid, direction(county, axis.name), points, watch)
        return traced.run(crew, even(start, stop, min(FIRST, points)), cancel)


class _Tracing:
    """Points that are done, under way and to come."""

    def __init__(
        self, county: County, axis: Axis, valid: bool, way: Direction, points: int, watch: Watch | None
    ) -> None:
        self._given = county, axis, valid
        self._way, self._points, self._watch = way, points, watch
        self._solved: dict[int, Solved] = {}
        self._under_way: set[int] = set()

    def run(self, crew: Crew, first: list[int], cancel: Cancel | None) -> list[Point]:
        """Solve until there are enough points, none is left, or somebody cancels."""
        waiting = sorted(first, reverse=self._way == 1)  # where plans are likeliest
        while not cancel:
            while len(self._under_way) < crew.count and self._count < self._points:
                value = waiting.pop(0) if waiting and not self._may_be_spared(waiting) else self._next()
                if value is None:
                    break
                self._begin(crew, value)
            if not self._under_way:
                break
            for one in crew.finished():
                self._under_way.discard(one.point.value)
                if cancel:
                    break  # what a cancelled solve found is less than was asked for
                self._keep(one)
        return [self._solved[value].point for value in sorted(self._solved)]

    @property
    def _count(self) -> int:
        return len(self._solved) + len(self._under_way)

    def _begin(self, crew: Crew, value: int) -> None:
        if self._watch is not None:
            self._watch(len(self._solved), self._points, None)
        if self._hopeless(value):
            self._keep(self._without_plan(value))
            return
        self._under_way.add(value)
        crew.begin(value, self._start(value))

    def _keep(self, one: Solved) -> None:
        self._solved[one.point.value] = one
        if self._watch is not None:
            self._watch(len(self._solved), self._points, one.point)

    def _may_be_spared(self, waiting: list[int]) -> bool:
        """Whether the last of the first values is better put off: it has no plan if a weaker one under way has none."""
        last = waiting[0]
        under_way = any((one - last) * self._way > 0 for one in self._under_way)
        return len(waiting) == 1 and bool(self._solved) and under_way and self._count + 1 < self._points

    def _hopeless(self, value: int) -> bool:
        """Whether a weaker value is proved to have no plan."""
        return self._way != 0 and any(
            one.point.status == "infeasible" and (one.point.value - value) * self._way >= 0
            for one in self._solved.values()
        )

    def _without_plan(self, value: int) -> Solved:
        county, axis, valid = self._given
        return without_plan(county, axis, value, valid)

    def _start(self, value: int) -> Plan | None:
        """The plan of the nearest point; the nearest of those whose plans hold here too, where that is known."""
        known = [one for one in self._solved.values() if one.plan is not None]
        holds = [one for one in known if self._way != 0 and (value - one.point.value) * self._way >= 0]
        near = min(holds or known, key=lambda one: abs(one.point.value - value), default=None)
        return None if near is None else near.plan

    def _next(self) -> int | None:
        """The value to look at next; what is under way is expected on the straight line."""
        heights: dict[int, float | None] = {
            value: None if one.point.people is None else float(one.point.people) for value, one in self._solved.items()
        }
        heights |= {value: between(heights, value) for value in self._under_way}
        return next_value(heights)
