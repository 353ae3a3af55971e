"""A county: budgets, villages, rules; and asking for its plan."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

import liftplan
from liftplan.models.messages import m, speaking
from liftplan.service.kinds import Name, SolveRequest, SolveSettings
from liftplan.service.outlines import Outline
from liftplan.service.public.viewing import outline_for
from liftplan.service.refusals import missing
from liftplan.service.roles import owned
from liftplan.service.routes.jobs import asked_for
from liftplan.service.service import Service
from liftplan.web.asking import Parts, Planner, Viewer
from liftplan.web.money import budgets, channels
from liftplan.web.places import fields
from liftplan.web.rendering import page, see
from liftplan.web.rules import ENFORCED, rules

router = APIRouter(prefix="/counties", include_in_schema=False)

SECONDS = 120.0
"""Time that a plan may take, if the page asks for it; it ends earlier at the gap."""


async def outline_of(service: Service, county: str) -> Outline:
    """A county in outline. Raises `Refusal` if there is none, or it is still being read."""
    if county not in liftplan.counties():
        return (await asyncio.to_thread(service.counties.get, county)).outline
    known = await service.built_in.outline(county)
    if known is None:
        raise missing(m("The county is still being read."))
    return known


@router.get("/{county}")
async def overview(county: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """A county at a glance."""
    shown = outline_for(who, await outline_of(service, county))
    outline = shown.outline
    uploaded = None if county in liftplan.counties() else await asyncio.to_thread(service.counties.get, county)
    purposes = {one.id: one.name for one in outline.purposes}
    with speaking(request.state.language):
        money, townships, asks = budgets(outline), fields(outline, shown.townships), rules(outline)
    return page(
        request,
        "county.html",
        county=county,
        outline=outline,
        uploaded=uploaded,
        budgets=money,
        channels=channels(outline),
        townships=townships,
        rules=asks,
        enforced=ENFORCED,
        purposes_of=lambda fund: [purposes[one] for one in fund.purposes],
    )


@router.post("/{county}/solve")
def solve(
    county: Name,
    request: Request,
    service: Parts,
    who: Planner,
    seconds: Annotated[float, Form(gt=0, le=7 * 86_400)] = SECONDS,
) -> Response:
    """Ask for the best plan of the county as it stands."""
    settings = SolveSettings(time_limit=min(seconds, service.serving.limits.job_seconds))
    asked = SolveRequest(kind="solve", county=county, language=request.state.language, settings=settings)
    job, _ = asked_for(asked, service, who)
    return see(f"/plans/{job.id}")


@router.post("/{county}/delete")
def delete(county: Name, service: Parts, who: Planner) -> Response:
    """Delete an uploaded county; plans made for it keep their own copy."""
    owned(who, service.counties.get(county).owner)
    service.counties.forget(county)
    return see("/")
