"""The curve itself: one solve a point, each beginning with the plan of its nearest neighbour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.scenarios.curve.axis import Axis
from liftplan.scenarios.curve.placing import FIRST, even, next_value
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


@dataclass(frozen=True)
class Point:
    """What the county reaches at one value."""

    value: int
    """Of the quantity, yuan."""
    override: str
    """What was applied."""
    digest: str
    """Of the county solved."""
    status: str
    """`optimal` (proved), `feasible`, `infeasible` (proved) or `unknown`."""
    stopped_by: str | None
    people: int | None
    """People lifted by a checked plan; None: there is none, or none was found."""
    objective: float | None
    """Its objective, persons (points)."""
    bound: float | None
    """Proved upper bound of the objective; None: nothing proved, or no plan at all."""
    ledger_yuan: int | None
    """Money that the plan allocates."""
    seconds: float


Watch = Callable[[int, int, Point | None], None]
"""Told how many points are done, how many there will be at most, and the last one (None before the first)."""


@dataclass(frozen=True)
class Solved:
    """A point and its plan."""

    point: Point
    plan: Plan | None


def solve_at(
    county: County, axis: Axis, value: int, settings: Settings, start: Plan | None, cancel: Cancel | None
) -> Solved:
    """One point. Raises `InputProblems` if the county is not valid there."""
    override = axis.override(value)
    changed, applied = apply_overrides(county, [Line(override)])
    result = solve(changed, settings, cancel=cancel, warm_start=start, scenario=override, applied=applied)
    plan = result.plan
    point = Point(
        value,
        override,
        changed.digest,
        result.status,
        result.stopped_by,
        plan.totals.people_lifted if plan else None,
        plan.objective if plan else None,
        result.objective_bound,
        plan.totals.ledger_yuan if plan else None,
        round(result.seconds, 3),
    )
    return Solved(point, plan)


def trace(
    county: County,
    axis: Axis,
    start: int,
    stop: int,
    points: int,
    settings: Settings,
    *,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
) -> list[Point]:
    """Points from start to stop, both among them, in order; fewer if it is cancelled or the numbers between run out.

    The first five are even; then intervals are halved, those first at whose ends the slope changes most. Each solve
    begins with the plan of the nearest point that has one.
    """
    solved: dict[int, Solved] = {}
    waiting = even(start, stop, min(FIRST, points))
    while len(solved) < points and not cancel:
        heights = {value: float(one.point.people or 0) for value, one in solved.items()}
        value = waiting.pop(0) if waiting else next_value(heights)
        if value is None:
            break
        if watch is not None:
            watch(len(solved), points, None)
        near = min(
            (one for one in solved.values() if one.plan), key=lambda one: abs(one.point.value - value), default=None
        )
        found = solve_at(county, axis, value, settings, near.plan if near else None, cancel)
        if cancel:
            break  # what a cancelled solve found is less than was asked for
        solved[value] = found
        if watch is not None:
            watch(len(solved), points, found.point)
    return [solved[value].point for value in sorted(solved)]
