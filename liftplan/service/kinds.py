"""Kinds of jobs, in one registry: what each is asked for. `worker.runners` holds what each does.

A further kind needs a request here, a runner there, and one line in each registry.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import Field

import liftplan
from liftplan.models.base import Frozen
from liftplan.models.county import canonical

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.+\-]{1,64}$")]
"""Id of a county or job, or name of a scenario."""

Override = Annotated[str, Field(min_length=1, max_length=500, examples=["funds[department=transport].amount x 0.9"])]
"""`SELECTOR OP VALUE`."""


class SolveSettings(Frozen):
    """Settings of a solve, as far as a caller chooses them; threads are the server's."""

    gap: Annotated[float, Field(ge=0, le=1)] = 1e-4
    """Stop when (bound - objective) / max(1, objective) is at most this; 0 asks for proved optimality."""
    time_limit: Annotated[float, Field(gt=0, le=7 * 86_400)] = 60.0
    """Seconds after which the best checked plan is returned; the server has a limit of its own."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    """Seed of every random choice."""
    reproducible: bool = False
    """The same plan on every run: limits count work done instead of seconds."""


class SolveRequest(Frozen):
    """A solve: the best plan of a county under a scenario, and how good it is."""

    kind: Literal["solve"] = "solve"
    """What is to be done."""
    county: Annotated[Name, Field(examples=["tiny"])]
    """Id of a county: built-in or uploaded."""
    scenario: Annotated[tuple[Name, ...], Field(max_length=16, examples=[["pooled"]])] = ()
    """Built-in scenarios, applied in order; none: the county as it is."""
    overrides: Annotated[tuple[Override, ...], Field(max_length=1_000)] = ()
    """Single overrides, applied after them, as in scenario files."""
    name: Annotated[str, Field(pattern=r"^[\w.\- ]{0,60}$")] = ""
    """What these overrides are called; blank: `own`."""
    settings: SolveSettings = SolveSettings()
    """Settings."""
    language: Literal["en", "zh"] = "en"
    """Language of the files that people read."""

    @property
    def seconds(self) -> float:
        """Time that it may take, without reading and writing."""
        return self.settings.time_limit


Request = SolveRequest
"""What a job may be asked for: the union of all kinds."""

KINDS: dict[str, type[Request]] = {"solve": SolveRequest}
"""Kind -> its request."""


def identity(request: Request, county: str) -> str:
    """Digest of what decides a job's result; county: the digest of an upload, the name of a built-in one."""
    asked: dict[str, Any] = {**request.model_dump(mode="json"), "county": county}
    return hashlib.sha256(canonical({"asked": asked, "version": liftplan.__version__})).hexdigest()
