"""Health, version, scenarios."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends

import liftplan
from liftplan.models.base import Frozen
from liftplan.service import scenarios
from liftplan.service.asking import asking
from liftplan.service.kinds import KINDS
from liftplan.service.roles import Role, Who
from liftplan.service.service import Service, service_of
from liftplan.service.settings import Limits

router = APIRouter(tags=["about"])


class Health(Frozen):
    """Whether the server works."""

    status: Literal["ok"] = "ok"


class About(Frozen):
    """What the server is, and who calls."""

    version: str
    """Version of liftplan."""
    kinds: tuple[str, ...]
    """Kinds of jobs."""
    limits: Limits
    """Limits."""
    name: str
    """Name of the caller's token."""
    role: Role
    """What the caller may do."""


class Offer(Frozen):
    """A built-in scenario."""

    name: str


@router.get("/health")
def health() -> Health:
    """Whether the server answers; asks for no token."""
    return Health()


@router.get("/version")
def version(service: Annotated[Service, Depends(service_of)], who: Annotated[Who, Depends(asking("viewer"))]) -> About:
    """Version, kinds of jobs, limits; who calls."""
    limits = service.serving.limits
    return About(version=liftplan.__version__, kinds=tuple(KINDS), limits=limits, name=who.name, role=who.role)


@router.get("/scenarios", dependencies=[Depends(asking("viewer"))])
def offered() -> list[Offer]:
    """The built-in scenarios."""
    return [Offer(name=name) for name in scenarios.names()]
