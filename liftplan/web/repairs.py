"""The repairs that a diagnosis found."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.service.jobs import Job
from liftplan.service.pieces import REPAIRS, Repair, Repairs
from liftplan.service.refusals import missing
from liftplan.service.service import Service


def repairs_of(service: Service, job: Job) -> Repairs | None:
    """The repairs of a diagnosis; None if it left none (yet)."""
    path = service.jobs.folder(job) / REPAIRS
    return Repairs.model_validate_json(path.read_bytes()) if job.over and path.is_file() else None


def repair_of(service: Service, job: Job, kind: str) -> Repair:
    """One repair. Raises `Refusal` if there is none of the kind."""
    known = repairs_of(service, job)
    found = next((one for one in known.repairs if one.kind == kind), None) if known else None
    if found is None:
        raise missing(m("There is no repair {name}.", name=kind))
    return found
