"""Jobs, whatever their kind: the list of plans, cancelling, deleting."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from liftplan.service.kinds import Name
from liftplan.service.roles import owned
from liftplan.web.asking import Parts, Planner, Viewer
from liftplan.web.jobs import address_of
from liftplan.web.plans import names_of_counties
from liftplan.web.rendering import page, see

router = APIRouter(include_in_schema=False)

SHOWN = 200
"""Plans of the list."""


@router.get("/plans")
def listed(request: Request, service: Parts, _: Viewer) -> Response:
    """All plans, the newest first."""
    jobs = [job for job in service.jobs.listed(most=500) if job.kind == "solve"][:SHOWN]
    return page(request, "plans.html", jobs=jobs, names=names_of_counties(service, {job.county for job in jobs}))


@router.post("/jobs/{job}/cancel")
def cancel(job: Name, service: Parts, who: Planner) -> Response:
    """End a job: one that runs keeps its best checked plan."""
    found = service.jobs.get(job)
    owned(who, found.owner)
    service.queue.stop(service.jobs.cancel(job))
    return see(address_of(found))


@router.post("/jobs/{job}/delete")
def delete(job: Name, service: Parts, who: Planner) -> Response:
    """Delete a job that is over, with its files."""
    owned(who, service.jobs.get(job).owner)
    service.jobs.forget(job)
    return see("/plans")
