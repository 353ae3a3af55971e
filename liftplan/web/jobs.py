"""Where the page of a job is, and what becomes of a job that is no solve."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from liftplan.models.messages import m
from liftplan.service.jobs import Job
from liftplan.service.kinds import Request, identity
from liftplan.service.pieces import PIECES, Pieces
from liftplan.service.refusals import missing
from liftplan.service.service import Service

REQUESTS: TypeAdapter[Request] = TypeAdapter(Request)
"""Reads what a job was asked for."""


def address_of(job: Job) -> str:
    """The page of a job."""
    match job.kind:
        case "compare":
            return f"/compare/{job.id}"
        case "curve":
            return f"/counties/{job.county}/curves/{job.id}"
        case "diagnose":
            return f"/counties/{job.county}/feasibility/{job.id}"
        case "explain":
            return f"/plans/{job.plans[0]}/why/{job.id}"
    return f"/plans/{job.id}"


def job_of(service: Service, job: str, kind: str, county: str | None = None) -> Job:
    """A job of one kind. Raises `Refusal` if there is no such job (of the county)."""
    found = service.jobs.get(job)
    if found.kind != kind or not (county is None or _about(service, found, county)):
        raise missing(m("There is no job {name}.", name=job))
    return found


def scenario_of(service: Service, job: str, county: str) -> Job:
    """A job whose scenario another one may be made under. Raises `Refusal` if it is none, or of another county."""
    found = service.jobs.get(job)
    if found.kind not in {"solve", "diagnose"} or not _about(service, found, county):
        raise missing(m("There is no job {name}.", name=found.id))
    return found


def pieces_of(service: Service, job: Job) -> Pieces | None:
    """Parts of the page of a job; None if it left none (yet)."""
    path = service.jobs.folder(job) / PIECES
    return Pieces.model_validate_json(path.read_bytes()) if job.over and path.is_file() else None


def _about(service: Service, job: Job, county: str) -> bool:
    """Whether a job is about a county; uploads of the same content share their jobs."""
    if job.county == county:
        return True
    asked: Request = REQUESTS.validate_python(job.asked)
    return identity(asked, service.counties.content(county)) == job.identity


def newest(service: Service, kind: str, county: str, most: int = 10) -> Sequence[Job]:
    """The newest jobs of a kind for a county."""
    found = [one for one in service.jobs.listed(most=500) if one.kind == kind and one.county == county]
    return found[:most]
