"""What a server tells, as frozen values. Fields that a newer server adds are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from liftplan.client.errors import problems_of
from liftplan.models.problems import Problem
from liftplan.reports.steps import point_told, sentence
from liftplan.solver.progress import Event


@dataclass(frozen=True)
class Answer:
    """Base of what a server tells."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """From the object that came."""
        known = {one.name: told.get(one.name) for one in fields(cls)}
        if "warnings" in known:
            known["warnings"] = problems_of(told.get("warnings") or ())
        return cls(**known)


@dataclass(frozen=True)
class About(Answer):
    """What a server is, and who calls."""

    version: str
    """Version of liftplan there."""
    kinds: list[str]
    """Kinds of jobs."""
    limits: dict[str, int]
    """Limits, by name."""
    name: str
    """Name of the caller's token."""
    role: str
    """`viewer`, `planner`, `admin`."""


@dataclass(frozen=True)
class HostedCounty(Answer):
    """A county of a server."""

    id: str
    """Id for jobs."""
    origin: str
    """`built-in`, `uploaded`."""
    name: str | None
    """Its name; None while a built-in county is being read for the first time, as are sizes and digest."""
    sizes: dict[str, int] | None
    """Villages, households, people, projects, measures, funds, yuan."""
    digest: str | None
    """SHA-256 of its content."""
    owner: str | None
    """Who uploaded it."""
    file: str | None
    """What the upload was called."""
    created: str | None
    """When, ISO 8601."""
    warnings: tuple[Problem, ...]
    """What is odd in it but may be meant."""


@dataclass(frozen=True)
class Checked(Answer):
    """A county that was checked and not kept."""

    name: str
    digest: str
    sizes: dict[str, int]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class File(Answer):
    """A file of a job."""

    name: str
    bytes: int


@dataclass(frozen=True)
class Step(Answer):
    """One step of a job; plans in it are checked, bounds proved, None is not known yet. `str()` is a line of words."""

    seconds: float
    """Since the work began."""
    stage: str
    """What is under way."""
    objective: float | None
    """Level 1 of the best plan so far."""
    bound: float | None
    """Proved upper bound of it."""
    people: int | None
    """People lifted by the best plan so far."""
    gap: float | None
    """(bound - objective) / max(1, objective)."""
    done: int | None
    """Plans compared, points of a curve solved, so far."""
    count: int | None
    """Of how many."""
    point: dict[str, Any] | None
    """The point of a curve just solved, with the fields of `curve.json`."""

    def __str__(self) -> str:
        if self.point is not None and self.done is not None and self.count is not None:
            said = str(point_told(self.done, self.count, self.point["value"], self.point["people"]))
            return f"[{self.seconds:.1f} s] {said}"
        said = sentence(Event(self.seconds, self.stage, self.objective, self.bound, self.people))
        part = "" if self.done is None else f" {self.done}/{self.count}"
        return f"[{self.seconds:.1f} s]{part} {said}"
