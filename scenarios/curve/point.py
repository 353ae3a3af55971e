"""One point of a curve: the county at one value, solved."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.plan import Applied, Plan
from liftplan.scenarios.curve.axis import Axis
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.prepared import Prepared
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


@dataclass(frozen=True)
class Solved:
    """A point and its plan."""

    point: Point
    plan: Plan | None


def county_at(county: County, axis: Axis, value: int, valid: bool) -> tuple[County, tuple[Applied, ...]]:
    """The county at a value. valid: the county itself is valid. Raises `InputProblems` if it is not valid there."""
    return apply_overrides(county, [Line(axis.override(value))], valid=valid)


def solve_at(
    county: County,
    axis: Axis,
    value: int,
    settings: Settings,
    start: Plan | None,
    cancel: Cancel | None,
    *,
    prepared: Prepared | None = None,
    valid: bool = False,
) -> Solved:
    """One point, by level 1 of the objective: what is told of it are people, bound and the money of a checked plan.

    start: a plan to begin with. prepared: what solves of other points have left. valid: the county itself is valid.
    Raises `InputProblems` if the county is not valid at the value.
    """
    override = axis.override(value)
    changed, applied = county_at(county, axis, value, valid)
    result = solve(
        changed,
        settings,
        cancel=cancel,
        warm_start=start,
        scenario=override,
        applied=applied,
        prepared=prepared,
        level_one=True,
    )
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


def without_plan(county: County, axis: Axis, value: int, valid: bool) -> Solved:
    """A point that has no plan because a weaker one has none. Raises `InputProblems` like `solve_at`."""
    digest = county_at(county, axis, value, valid)[0].digest
    return Solved(Point(value, axis.override(value), digest, "infeasible", "proof", None, None, None, None, 0.0), None)
