"""Curves: people lifted over one quantity."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError

from liftplan.models.messages import Message, m, speaking
from liftplan.reports.curves.content import NO_PLAN
from liftplan.reports.words import STATUS
from liftplan.service.files import FILES, offered
from liftplan.service.kinds import CurveRequest, Name, SolveSettings
from liftplan.service.refusals import Refusal
from liftplan.service.routes.jobs import asked_for
from liftplan.web.asking import Parts, Planner
from liftplan.web.jobs import job_of, newest, pieces_of, scenario_of
from liftplan.web.knobs import knobs
from liftplan.web.rendering import page, see
from liftplan.web.routes.outlines import Outlined

router = APIRouter(prefix="/counties/{county}/curves", include_in_schema=False)

POINTS = (5, 9, 15, 20, 30)
TIMES = {"15": m("15 seconds"), "60": m("1 minute"), "300": m("5 minutes")}
"""What may be chosen."""


@router.get("")
def choose(
    county: Name,
    request: Request,
    service: Parts,
    outline: Outlined,
    _: Planner,
    since: Annotated[Name | None, Query(alias="from")] = None,
) -> Response:
    """Choose what varies, and how far."""
    with speaking(request.state.language):
        figures = [(f"minimum:{one.field}", one) for one in knobs(outline) if one.rule in {"R3", "R4", "R5"}]
    return page(
        request,
        "curves.html",
        county=county,
        outline=outline,
        figures=figures,
        since=scenario_of(service, since, county) if since else None,
        earlier=newest(service, "curve", county),
        points=POINTS,
        times=TIMES,
    )


@router.post("")
def ask(
    county: Name,
    request: Request,
    service: Parts,
    who: Planner,
    over: Annotated[str, Form()] = "money",
    start: Annotated[str, Form()] = "80%",
    stop: Annotated[str, Form()] = "120%",
    points: Annotated[int, Form(ge=2, le=200)] = 9,
    seconds: Annotated[float, Form(gt=0)] = 60.0,
    since: Annotated[Name | None, Form(alias="from")] = None,
) -> Response:
    """Begin a curve."""
    given = {} if since is None else scenario_of(service, since, county).asked
    try:
        asked = CurveRequest(
            kind="curve",
            county=county,
            scenario=tuple(given.get("scenario", ())),
            overrides=tuple(given.get("overrides", ())),
            over=over.strip(),
            start=start.strip().replace(" ", "").replace("\uff05", "%"),
            stop=stop.strip().replace(" ", "").replace("\uff05", "%"),
            points=points,
            settings=SolveSettings(time_limit=min(seconds, service.serving.limits.job_seconds / points)),
            language=request.state.language,
        )
    except ValidationError:
        message = m("{start} to {stop} is no range.", start=start, stop=stop)
        raise Refusal(
            422, "curve-values", message, m("Write whole yuan, or a share of the present value as in 80%.")
        ) from None
    job, _ = asked_for(asked, service, who)
    return see(f"/counties/{county}/curves/{job.id}")


@router.get("/{job}")
def shown(county: Name, job: Name, request: Request, service: Parts, outline: Outlined, who: Planner) -> Response:
    """A curve, or the points so far."""
    found = job_of(service, job, "curve", county)
    pieces = pieces_of(service, found)
    path = service.jobs.folder(found) / FILES["curve.json"].path
    return page(
        request,
        "curve.html",
        county=county,
        outline=outline,
        job=found,
        pieces=pieces,
        points=json.loads(path.read_bytes())["points"] if pieces else [],
        files=offered(service.jobs.folder(found), who),
        certain={**STATUS, **NO_PLAN},
        stages=stages(),
    )


def stages() -> dict[str, Message]:
    """What stages of a curve are called."""
    return {"read": m("reading the county"), "point": m("solving point after point")}
