"""A plan: while it is made, and when it is there."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from liftplan.models.base import Id
from liftplan.models.messages import m, speaking
from liftplan.service.files import offered
from liftplan.service.kinds import Name
from liftplan.service.public.viewing import few
from liftplan.service.refusals import missing
from liftplan.service.roles import Who
from liftplan.service.service import Service
from liftplan.web.asking import Parts, Planner, Viewer
from liftplan.web.money import flow_chart, together
from liftplan.web.places import fields
from liftplan.web.plans import Seen, has_view, names_of_counties, seen
from liftplan.web.rendering import page

router = APIRouter(prefix="/plans", include_in_schema=False)


@router.get("/{job}")
def summary(job: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """A plan; while it is made its live progress; or why there is none."""
    found = service.jobs.get(job)
    if has_view(service, found):
        plan = seen(service, found, who)
        with speaking(request.state.language):
            chart, townships = flow_chart(plan), fields(plan.outline, plan.townships, plan.gets)
        return page(request, "plan.html", plan=plan, chart=chart, townships=townships)
    name = names_of_counties(service, [found.county])[found.county]
    if not found.over:
        return page(request, "running.html", job=found, name=name, ahead=service.jobs.ahead(found))
    problems = found.problems if who.may("planner") else ()
    longest = service.serving.limits.job_seconds
    return page(request, "ended.html", job=found, name=name, problems=problems, longest=longest)


@router.get("/{job}/villages")
def villages(job: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """What each village gets."""
    plan = _seen(service, job, who)
    with speaking(request.state.language):
        townships = fields(plan.outline, plan.townships, plan.gets)
    return page(request, "villages.html", plan=plan, townships=townships)


@router.get("/{job}/villages/{village}")
def village(job: Name, village: Id, request: Request, service: Parts, who: Viewer) -> Response:
    """One village: its projects, its money, its households (for planners)."""
    plan = _seen(service, job, who)
    if village not in plan.villages:
        raise missing(m("There is no village {name}.", name=village))
    paid = plan.details.paid(village=village)
    return page(
        request,
        "village.html",
        plan=plan,
        village=plan.villages[village],
        gets=plan.gets[village],
        by_department=_by_department(plan.gets[village].by_department),
        by_purpose=together(paid, "purpose"),
        by_fund=together(paid, "fund"),
        by_kind=dict(together(paid, "kind")),
        projects=plan.details.projects(village),
        few=partial(few, who),
        households=plan.details.households(village) if who.may("planner") else None,
    )


@router.get("/{job}/projects/{project}")
def project(job: Name, project: Id, request: Request, service: Parts, who: Viewer) -> Response:
    """One project: what it costs, who pays it."""
    plan = _seen(service, job, who)
    found = plan.details.project(project)
    if found is None:
        raise missing(m("There is no project {name}.", name=project))
    lines = plan.details.funds_of(project)
    village = plan.villages[found.village]
    users = few(who, found.users)
    return page(request, "project.html", plan=plan, project=found, village=village, lines=lines, users=users)


@router.get("/{job}/households/{household}")
def household(job: Name, household: Id, request: Request, service: Parts, who: Planner) -> Response:
    """One household: what it gets, and who pays it."""
    plan = _seen(service, job, who)
    found = plan.details.household(household)
    if found is None:
        raise missing(m("There is no household {name}.", name=household))
    return page(
        request,
        "household.html",
        plan=plan,
        household=found,
        village=plan.villages[found.village],
        taken={one.id: one for one in plan.details.taken(household)},
        lines=plan.details.items(household),
    )


@router.get("/{job}/funds")
def funds(job: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """What became of each fund."""
    return page(request, "funds.html", plan=_seen(service, job, who))


@router.get("/{job}/funds/{fund}")
def fund(job: Name, fund: Id, request: Request, service: Parts, who: Viewer) -> Response:
    """One fund: where its money went, what is left and why."""
    plan = _seen(service, job, who)
    if fund not in plan.funds:
        raise missing(m("There is no fund {name}.", name=fund))
    paid = plan.details.paid(fund=fund)
    return page(
        request,
        "fund.html",
        plan=plan,
        fund=plan.funds[fund],
        use=plan.uses[fund],
        by_purpose=together(paid, "purpose"),
        by_village=together(paid, "village"),
        by_kind=dict(together(paid, "kind")),
    )


@router.get("/{job}/downloads")
def downloads(job: Name, request: Request, service: Parts, who: Viewer) -> Response:
    """Everything that may be fetched."""
    plan = _seen(service, job, who)
    files = offered(service.jobs.folder(plan.job), who) if plan.job.over else []  # else some are half written
    return page(request, "downloads.html", plan=plan, files=files)


def _seen(service: Service, job: str, who: Who) -> Seen:
    return seen(service, service.jobs.get(job), who)


def _by_department(sums: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
