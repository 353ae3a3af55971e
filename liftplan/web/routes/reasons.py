"""Why a plan is as it is: an explanation is asked for, waited for and read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response

from liftplan.models.base import Id
from liftplan.models.messages import m
from liftplan.reports.page.html import Html, el, join
from liftplan.service.files import FILES
from liftplan.service.kinds import ExplainRequest, Name
from liftplan.service.refusals import missing
from liftplan.service.routes.jobs import asked_for
from liftplan.web.asking import Parts, Planner
from liftplan.web.plans import Seen, seen
from liftplan.web.rendering import page, see

router = APIRouter(prefix="/plans", include_in_schema=False)

TOKEN = re.compile(r"(?<![A-Za-z0-9_])([A-Za-z][A-Za-z0-9]*(?:[_.\-][A-Za-z0-9]+)+|[A-Za-z]+[0-9]+)(?![A-Za-z0-9_])")
"""What may be an id within a line: letters and digits with something between them, so that no word is taken for one."""

ITEM = "  - "
"""How lines of an explanation begin that belong to the line before."""


@dataclass(frozen=True)
class Said:
    """A line of an explanation, and what belongs to it."""

    line: str
    under: list[str] = field(default_factory=list)


def paragraphs(text: str) -> list[Said]:
    """The lines of an explanation, those that belong together as one."""
    found: list[Said] = []
    for line in text.splitlines():
        if line.startswith(ITEM) and found:
            found[-1].under.append(line.removeprefix(ITEM))
        else:
            found.append(Said(line))
    return found


def linked(line: str, plan: Seen) -> Html:
    """A line in which the ids of things lead to their pages."""
    parts: list[Html | str] = []
    for at, text in enumerate(TOKEN.split(line)):
        address = _address(text, plan) if at % 2 else ""
        parts.append(el("a", text, href=address) if address else text)
    return join(*parts)


def _address(token: str, plan: Seen) -> str:
    """The page of the thing that is called so; "" if nothing is."""
    begin = f"/plans/{plan.job.id}"
    if token in plan.funds:
        return f"{begin}/funds/{token}"
    if token in plan.villages:
        return f"{begin}/villages/{token}"
    if plan.details.project(token):
        return f"{begin}/projects/{token}"
    return f"{begin}/households/{token}" if plan.details.household(token) else ""


@router.post("/{job}/why")
def ask(
    job: Name,
    request: Request,
    service: Parts,
    who: Planner,
    subject: Annotated[Literal["fund", "village", "household", "project"], Form()],
    about: Annotated[Id, Form()],
) -> Response:
    """Ask for an explanation."""
    asked = ExplainRequest(kind="explain", job=job, subject=subject, id=about, language=request.state.language)
    made, _ = asked_for(asked, service, who)
    return see(f"/plans/{job}/why/{made.id}")


@router.get("/{job}/why/{explanation}")
def why(job: Name, explanation: Name, request: Request, service: Parts, who: Planner) -> Response:
    """An explanation, or that it is being made."""
    plan, found = seen(service, service.jobs.get(job), who), service.jobs.get(explanation)
    if found.kind != "explain" or found.plans != (job,):
        raise missing(m("There is no job {name}.", name=explanation))
    path = service.jobs.folder(found) / FILES["explanation.json"].path
    text = json.loads(path.read_bytes())["text"] if found.over and path.is_file() else ""
    first, *rest = paragraphs(text) or [Said("")]
    shown = [(linked(said.line, plan), [linked(line, plan) for line in said.under]) for said in rest]
    return page(request, "why.html", plan=plan, job=found, asked=found.asked, first=first.line, rest=shown)
