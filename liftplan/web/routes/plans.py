"""A plan: while it is made, and when it is there."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from liftplan.service.files import offered
from liftplan.service.jobs import VIEW
from liftplan.service.kinds import Name
from liftplan.web.asking import Parts, Viewer
from liftplan.web.plans import names_of_counties, view_of
from liftplan.web.rendering import page

router = APIRouter(prefix="/plans", include_in_schema=False)


@router.get("/{job}")
def plan(job: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """A plan; while it is made its live progress; or why there is none."""
    found = service.jobs.get(job)
    name = names_of_counties(service, [found.county])[found.county]
    if not found.over:
        return page(request, "running.html", job=found, name=name, ahead=service.jobs.ahead(found))
    if not (service.jobs.folder(found) / VIEW).is_file():
        problems = found.problems if who.may("planner") else ()
        return page(request, "ended.html", job=found, name=name, problems=problems)
    return page(request, "plan.html", job=found, name=name, view=view_of(service, found, who))


@router.get("/{job}/downloads")
def downloads(job: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """Everything that may be fetched."""
    found = service.jobs.get(job)
    name = names_of_counties(service, [found.county])[found.county]
    files = offered(service.jobs.folder(found), who)
    return page(request, "downloads.html", job=found, name=name, files=files)
