"""Jobs: ask for, look at, follow, cancel, fetch."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from liftplan.models.base import Frozen
from liftplan.models.messages import m
from liftplan.service import kinds, scenarios
from liftplan.service.asking import asking
from liftplan.service.files import FILES, FileName, found, offered
from liftplan.service.jobs import OUTLINE, VIEW, Job, State
from liftplan.service.kinds import Name
from liftplan.service.outlines import Outline
from liftplan.service.public.viewing import view_for
from liftplan.service.refusals import Refusal, Refused, Told, missing
from liftplan.service.roles import Who, owned
from liftplan.service.service import Service, service_of
from liftplan.service.texts import spoken_in, told
from liftplan.service.times import iso
from liftplan.service.views import View

router = APIRouter(prefix="/jobs", tags=["jobs"])

Parts = Annotated[Service, Depends(service_of)]
Viewer = Annotated[Who, Depends(asking("viewer"))]
Planner = Annotated[Who, Depends(asking("planner"))]

BEAT = 15.0
"""Seconds after which a stream without news sends a comment, so that nothing on the way closes it."""

REFUSED = {"model": Refused}

EXAMPLES = {
    "plain": {"summary": "a small county as it is", "value": {"kind": "solve", "county": "tiny"}},
    "pooled": {
        "summary": "a scenario, at most ten seconds",
        "value": {"kind": "solve", "county": "tiny", "scenario": ["pooled"], "settings": {"time_limit": 10}},
    },
    "curve": {
        "summary": "people lifted over all money",
        "value": {"kind": "curve", "county": "tiny", "over": "money", "start": "90%", "stop": "110%", "points": 3},
    },
    "diagnose": {"summary": "whether there is a plan at all", "value": {"kind": "diagnose", "county": "tiny"}},
}


class JobTold(Frozen):
    """A job."""

    id: str
    kind: str
    state: State
    """queued, running; done, failed, cancelled, interrupted (the server ended under it too often)."""
    owner: str
    """Who asked first."""
    county: str
    asked: dict[str, Any]
    """What was asked; empty for viewers, as it may name households."""
    created: str
    started: str | None
    ended: str | None
    """Times, ISO 8601."""
    attempts: int
    """How often it was begun; more than once if the server ended under it."""
    ahead: int | None
    """Jobs before it in the queue; null if it does not wait."""
    progress: dict[str, Any] | None
    """The newest step: seconds, stage, objective, bound, people, gap; null if it does not run."""
    outcome: dict[str, Any] | None
    """What it found, with the fields of the command line's JSON object; null before its end."""
    problems: tuple[Told, ...]
    """Why it failed."""


class FileTold(Frozen):
    """A file of a job."""

    name: FileName
    bytes: int
    address: str


@router.get("")
def listed(
    request: Request,
    service: Parts,
    who: Viewer,
    state: Annotated[list[State] | None, Query(max_length=6)] = None,
    most: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[JobTold]:
    """The newest jobs, newest first."""
    return [_told(job, service, request, who) for job in service.jobs.listed(states=state or (), most=most)]


@router.post("", status_code=202, responses={200: {"model": JobTold}, 404: REFUSED, 409: REFUSED, 422: REFUSED})
def ask(
    asked: Annotated[kinds.Request, Body(openapi_examples=EXAMPLES)],
    request: Request,
    response: Response,
    service: Parts,
    who: Planner,
) -> JobTold:
    """Ask for a job. 202: it waits. 200: the same was asked before, and this is that job."""
    job, shared = asked_for(asked, service, who)
    response.status_code = 200 if shared else 202
    response.headers["location"] = f"/v1/jobs/{job.id}"
    return _told(job, service, request, who)


def asked_for(asked: kinds.Request, service: Service, who: Who) -> tuple[Job, bool]:
    """A job that was asked for, and whether it is one that was there already. Raises `Refusal`."""
    limits = service.serving.limits
    if asked.seconds > limits.job_seconds:
        message = m("The time limit of a job is at most {limit} s here.", limit=limits.job_seconds)
        raise Refusal(422, "time-limit", message, m("Ask for less."), place="settings.time_limit")
    if isinstance(asked, kinds.SolveRequest | kinds.DiagnoseRequest | kinds.CurveRequest):
        scenarios.known(asked.scenario)
        county, contents = asked.county, [service.counties.content(asked.county)]
    else:
        for plan in asked.plans:
            service.jobs.plan(plan)
        county, contents = service.jobs.get(asked.plans[0]).county, list(asked.plans)
    parameters = asked.model_dump(mode="json")
    name = kinds.identity(asked, *contents)
    job, shared = service.jobs.ask(asked.kind, name, who.name, county, parameters, asked.seconds, asked.plans)
    service.queue.wake()
    return job, shared


@router.get("/{job}", responses={404: REFUSED})
def one(job: Name, request: Request, service: Parts, who: Viewer) -> JobTold:
    """One job."""
    return _told(service.jobs.get(job), service, request, who)


@router.delete("/{job}", status_code=204, responses={404: REFUSED, 409: REFUSED})
def delete(job: Name, service: Parts, who: Planner) -> None:
    """Delete a job that is over, with its files."""
    owned(who, service.jobs.get(job).owner)
    service.jobs.forget(job)


@router.post("/{job}/cancel", responses={404: REFUSED, 409: REFUSED})
def cancel(job: Name, request: Request, service: Parts, who: Planner) -> JobTold:
    """Ask for the end of a job: one that runs keeps its best checked plan. Whoever shares it loses it too."""
    owned(who, service.jobs.get(job).owner)
    ended = service.jobs.cancel(job)
    service.queue.stop(ended)
    return _told(ended, service, request, who)


@router.get("/{job}/result", responses={404: REFUSED, 409: REFUSED})
def result(job: Name, request: Request, service: Parts, who: Viewer) -> dict[str, Any]:
    """What a job found: the fields of the command line's JSON object, problems included."""
    ended = service.jobs.get(job)
    if not ended.over:
        raise Refusal(409, "job-runs", m("The job is not over."), m("Cancel it, or wait for its end."))
    shown = _told(ended, service, request, who)
    empty = {"status": "error" if ended.state == "failed" else "unknown", "stopped_by": None}
    problems = [one.model_dump() for one in shown.problems]
    return {"schema_version": 1, **(shown.outcome or empty), "problems": problems}


@router.get("/{job}/view", responses={404: REFUSED})
def figures(job: Name, service: Parts, who: Viewer) -> View:
    """The figures of a plan by fund, department, channel, purpose and village; no household."""
    folder = service.jobs.folder(service.jobs.get(job))
    if not (folder / VIEW).is_file():
        raise missing(m("This job has no plan."))
    outline = Outline.model_validate_json((folder / OUTLINE).read_bytes())
    return view_for(who, View.model_validate_json((folder / VIEW).read_bytes()), outline).view


@router.get("/{job}/files", responses={404: REFUSED})
def files(job: Name, service: Parts, who: Viewer) -> list[FileTold]:
    """The files of a job that the caller may have; viewers get none that names households."""
    known = service.jobs.get(job)
    return [
        FileTold(name=name, bytes=size, address=f"/v1/jobs/{known.id}/files/{name}")
        for name, size in offered(service.jobs.folder(known), who)
    ]


@router.get("/{job}/files/{name}", response_class=FileResponse, responses={404: REFUSED, 403: REFUSED})
def file(job: Name, name: FileName, request: Request, service: Parts, _: Viewer) -> FileResponse:
    """A file of a job, as an attachment."""
    asking(FILES[name].role)(request)
    known = service.jobs.get(job)
    path = found(service.jobs.folder(known), name)
    return FileResponse(path, media_type=FILES[name].media, filename=f"{known.county}-{name}")


@router.get(
    "/{job}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}, 404: REFUSED},
)
async def events(
    job: Name,
    request: Request,
    service: Parts,
    who: Viewer,
    last_event_id: Annotated[str | None, Header(pattern=r"^[0-9]{1,9}$")] = None,
) -> StreamingResponse:
    """Live progress (server-sent events): `progress` for each step, `end` with the job when it is over."""
    known = await asyncio.to_thread(service.jobs.get, job)
    stream = _stream(known, service, request, who, int(last_event_id or 0))
    return StreamingResponse(stream, media_type="text/event-stream")


async def _stream(job: Job, service: Service, request: Request, who: Who, after: int) -> AsyncIterator[str]:
    channel = service.channels.find(job.id)
    if channel is None and not job.over:
        channel = service.channels.open(job.id)
        job = await asyncio.to_thread(service.jobs.get, job.id)
        if job.over:
            service.channels.close(job.id)
    if channel is None:
        for event in await asyncio.to_thread(service.jobs.progress, job.id):
            if event["number"] > after:
                yield _event("progress", event, event["number"])
    else:
        yield ": begun\n\n"
        async for step in channel.listen(after, BEAT):
            yield ": \n\n" if step is None else _event("progress", step, step["number"])
    job = await asyncio.to_thread(service.jobs.get, job.id)
    if job.over:  # else the server ends: whoever listens comes back
        shown = await asyncio.to_thread(_told, job, service, request, who)
        yield _event("end", shown.model_dump(mode="json"))


def _event(name: str, content: Any, number: int | None = None) -> str:
    first = "" if number is None else f"id: {number}\n"
    return f"{first}event: {name}\ndata: {json.dumps(content)}\n\n"


def _told(job: Job, service: Service, request: Request, who: Who) -> JobTold:
    language = request.state.language
    outcome = spoken_in(job.outcome, language) if job.outcome else None
    if outcome and "warnings" in outcome and not who.may("planner"):
        outcome = {**outcome, "warnings": []}  # they may name households
    channel = service.channels.find(job.id)
    return JobTold(
        **job.model_dump(include={"id", "kind", "state", "owner", "county", "attempts"}),
        asked=job.asked if who.may("planner") else {},
        created=iso(job.created),
        started=None if job.started is None else iso(job.started),
        ended=None if job.ended is None else iso(job.ended),
        ahead=service.jobs.ahead(job),
        progress=channel.events[-1] if channel and channel.events else None,
        outcome=outcome,
        problems=told(job.problems, language) if who.may("planner") else (),
    )
