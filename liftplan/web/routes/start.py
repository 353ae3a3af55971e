"""The first page: the counties that are there, and one click to a plan."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

import liftplan
from liftplan.service.builtin import FIRST
from liftplan.service.jobs import Job
from liftplan.service.outlines import Outline
from liftplan.service.service import Service
from liftplan.web.asking import Parts, Viewer
from liftplan.web.rendering import page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Shown:
    """A county of the list."""

    id: str
    outline: Outline | None
    """None while a built-in county is still being read."""
    file: str = ""
    owner: str = ""
    latest: Job | None = None
    """Its newest plan, as the county stands."""


@router.get("/")
async def start(request: Request, service: Parts, _: Viewer) -> Response:
    """The counties."""
    built_in, uploaded = await asyncio.to_thread(_counties, service)
    first = next(one for one in built_in if one.id == FIRST)
    others = [one for one in built_in if one.id != FIRST]
    return page(request, "start.html", first=first, built_in=others, uploaded=uploaded)


def _counties(service: Service) -> tuple[list[Shown], list[Shown]]:
    latest: dict[str, Job] = {}
    for job in service.jobs.listed(most=500):
        plain = job.kind == "solve" and not job.asked["scenario"] and not job.asked["overrides"]
        if plain and job.state in {"queued", "running", "done"}:
            latest.setdefault(job.county, job)
    built_in = [Shown(name, service.built_in.known(name), latest=latest.get(name)) for name in liftplan.counties()]
    uploaded = [
        Shown(one.id, one.outline, one.file, one.owner, latest.get(one.id))
        for one in reversed(service.counties.listed())
    ]
    return built_in, uploaded
