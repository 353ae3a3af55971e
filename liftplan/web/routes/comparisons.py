"""Comparing two to six plans."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from liftplan.models.messages import Message, m
from liftplan.reports.comparison.page.document import SECTIONS
from liftplan.service.files import offered
from liftplan.service.kinds import CompareRequest, Name
from liftplan.service.refusals import Refusal
from liftplan.service.routes.jobs import asked_for
from liftplan.web.asking import Parts, Planner
from liftplan.web.jobs import job_of, pieces_of
from liftplan.web.plans import names_of_counties
from liftplan.web.rendering import page, see

router = APIRouter(prefix="/compare", include_in_schema=False)

LEAST, MOST = 2, 6
"""Plans of a comparison."""


@router.get("")
def choose(
    request: Request,
    service: Parts,
    _: Planner,
    chosen: Annotated[list[Name] | None, Query(alias="jobs", max_length=MOST)] = None,
) -> Response:
    """Choose plans; those of the county of the first one come first."""
    jobs = [
        job
        for job in service.jobs.listed(states=("done", "cancelled"), most=500)
        if job.kind == "solve" and (job.outcome or {}).get("people_lifted") is not None
    ]
    written = [job for job in service.jobs.listed(states=("running",), most=100) if job.id in (chosen or ())]
    first = next((job.county for job in jobs if chosen and job.id == chosen[0]), None)
    jobs.sort(key=lambda job: job.county != first)
    names = names_of_counties(service, {job.county for job in jobs})
    values: dict[str, Any] = {
        "jobs": jobs,
        "names": names,
        "chosen": chosen or [],
        "written": written,
        "least": LEAST,
        "most": MOST,
    }
    return page(request, "compare.html", **values)


@router.post("")
def ask(
    request: Request, service: Parts, who: Planner, chosen: Annotated[list[Name] | None, Form(alias="jobs")] = None
) -> Response:
    """Compare the plans chosen, the oldest first."""
    if not LEAST <= len(set(chosen or ())) <= MOST:
        message = m("{count} plans are chosen.", count=len(set(chosen or ())))
        raise Refusal(422, "compare-count", message, m("Go back and choose two to six plans."))
    oldest_first = sorted(set(chosen or ()), key=lambda one: service.jobs.get(one).created)
    asked = CompareRequest(kind="compare", jobs=tuple(oldest_first), language=request.state.language)
    job, _ = asked_for(asked, service, who)
    return see(f"/compare/{job.id}")


@router.get("/{job}")
def shown(job: Name, request: Request, service: Parts, who: Planner) -> Response:
    """A comparison, or how far it is."""
    found = job_of(service, job, "compare")
    return page(
        request,
        "comparison.html",
        job=found,
        pieces=pieces_of(service, found),
        files=offered(service.jobs.folder(found), who),
        sections=tuple((name, words) for name, words, _ in SECTIONS),
        stages=stages(),
    )


def stages() -> dict[str, Message]:
    """What stages of a comparison are called."""
    return {"check": m("checking the plans"), "compare": m("comparing")}
