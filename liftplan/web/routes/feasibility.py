"""Feasibility: whether a county has a plan at all, what clashes, and repairs that make a scenario."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.page.document import SECTIONS
from liftplan.reports.words import DIAGNOSIS_STAGES
from liftplan.service.files import offered
from liftplan.service.kinds import DiagnoseRequest, Name, SolveRequest, SolveSettings
from liftplan.service.refusals import Refusal, missing
from liftplan.service.routes.jobs import asked_for
from liftplan.web.asking import Parts, Planner
from liftplan.web.jobs import job_of, newest, pieces_of, scenario_of
from liftplan.web.rendering import page, see
from liftplan.web.repairs import repair_of, repairs_of
from liftplan.web.routes.counties import SECONDS
from liftplan.web.routes.outlines import Outlined

router = APIRouter(prefix="/counties/{county}/feasibility", include_in_schema=False)


@router.get("")
def ask_page(
    county: Name,
    request: Request,
    service: Parts,
    outline: Outlined,
    _: Planner,
    since: Annotated[Name | None, Query(alias="from")] = None,
) -> Response:
    """What the check does, and the button that begins it."""
    job = scenario_of(service, since, county) if since else None
    earlier = newest(service, "diagnose", county)
    return page(request, "feasibility.html", county=county, outline=outline, since=job, earlier=earlier)


@router.post("")
def ask(
    county: Name,
    request: Request,
    service: Parts,
    who: Planner,
    since: Annotated[Name | None, Form(alias="from")] = None,
) -> Response:
    """Begin the check, of the county as it stands or under the scenario of a job."""
    asked = {} if since is None else scenario_of(service, since, county).asked
    wanted = DiagnoseRequest(
        kind="diagnose",
        county=county,
        scenario=tuple(asked.get("scenario", ())),
        overrides=tuple(asked.get("overrides", ())),
        time_limit=min(SECONDS, service.serving.limits.job_seconds),
        language=request.state.language,
    )
    job, _ = asked_for(wanted, service, who)
    return see(f"/counties/{county}/feasibility/{job.id}")


@router.get("/{job}")
def shown(county: Name, job: Name, request: Request, service: Parts, outline: Outlined, who: Planner) -> Response:
    """What was found, or the check under way."""
    found = job_of(service, job, "diagnose", county)
    return page(
        request,
        "diagnosis.html",
        county=county,
        outline=outline,
        job=found,
        pieces=pieces_of(service, found),
        repairs=repairs_of(service, found),
        files=offered(service.jobs.folder(found), who),
        sections=tuple((name, words) for name, words, _ in SECTIONS),
        stages=stages(),
    )


@router.post("/{job}/repair")
def repair(
    county: Name, job: Name, request: Request, service: Parts, who: Planner, kind: Annotated[Name, Form()]
) -> Response:
    """Solve the county under a repair."""
    found = job_of(service, job, "diagnose", county)
    made = repair_of(service, found, kind)
    if not made.overrides:
        raise missing(m("There is no repair {name}.", name=kind))
    lines = (*found.asked["overrides"], *made.overrides)
    try:
        asked = SolveRequest(
            kind="solve",
            county=county,
            scenario=tuple(found.asked["scenario"]),
            overrides=lines,
            name=f"repair-{kind}",
            language=request.state.language,
            settings=SolveSettings(time_limit=min(SECONDS, service.serving.limits.job_seconds)),
        )
    except ValidationError:
        message = m("The repair makes {count} overrides; a scenario takes at most 1,000.", count=len(lines))
        way_out = m("Choose another repair, or change the county's own figures.")
        raise Refusal(422, "repair-size", message, way_out) from None
    solve, _ = asked_for(asked, service, who)
    return see(f"/plans/{solve.id}")


def stages() -> dict[str, Message]:
    """What stages of a diagnosis are called."""
    return {"read": m("reading the county"), **DIAGNOSIS_STAGES}
