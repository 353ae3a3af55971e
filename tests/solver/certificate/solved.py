"""Small counties with their plans, solved once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from liftplan.models.county import County
from liftplan.models.plan import Plan, PlanBody
from liftplan.scenarios.counties import load
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import foci, seed_of
from liftplan.solver.certificate import Certificate
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

from ...thorough import some

PLACES = some(
    (
        *(71, 4, 6, 9, 11, 12, 13, 15, 16, 19, 20, 21, 23, 24, 25, 26, 28, 29),
        *(35, 39, 40, 41, 42, 45, 46, 47, 48, 49, 50, 51, 54, 55, 56, 58, 59, 60, 61, 68),
    ),
    2,
)
"""Counties of the suite that come within a fifth of their bound by prices alone, in well under a second each."""

GAP = 0.2
"""Within this prices suffice; the integer solver's bounds have no certificate."""


@cache
def small(place: int) -> tuple[County, Plan]:
    """A county of the suite and a plan within GAP of its bound."""
    hard, soft = foci(place)
    return solved(random_small(seed_of(place), hard=hard, soft=soft), GAP)


@cache
def tiny() -> tuple[County, Plan]:
    """`tiny` and its best plan."""
    return solved(load("tiny"), 0.0)


def solved(county: County, gap: float) -> tuple[County, Plan]:
    """A county with a plan, the same on every run."""
    plan = solve(county, Settings(gap=gap, time_limit=None, threads=1, reproducible=True)).plan
    assert plan is not None
    return county, plan


def certified() -> Iterator[tuple[County, Plan, Certificate]]:
    """Those whose plans hold a certificate."""
    for county, plan in (tiny(), *map(small, PLACES)):
        if plan.certificate is not None:
            yield county, plan, Certificate.model_validate(plan.certificate)


def with_changes(plan: Plan, **changes: object) -> Plan:
    """The plan with some fields changed, sealed again."""
    content = plan.model_dump(mode="json", exclude={"digest"})
    return Plan.sealed(PlanBody(**{**content, **changes}))
