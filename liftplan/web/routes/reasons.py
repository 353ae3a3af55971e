"""Why a plan is as it is: an explanation is asked for, waited for and read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response

from liftplan.models.messages import m
from liftplan.service.files import FILES
from liftplan.service.kinds import ExplainRequest, Name
from liftplan.service.refusals import missing
from liftplan.service.routes.jobs import asked_for
from liftplan.web.asking import Parts, Planner
from liftplan.web.plans import seen
from liftplan.web.rendering import page, see

router = APIRouter(prefix="/plans", include_in_schema=False)

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


@router.post("/{job}/why")
def ask(
    job: Name,
    request: Request,
    service: Parts,
    who: Planner,
    subject: Annotated[Literal["fund", "village", "household", "project"], Form()],
    about: Annotated[Name, Form()],
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
    return page(request, "why.html", plan=plan, job=found, asked=found.asked, first=first, rest=rest)
