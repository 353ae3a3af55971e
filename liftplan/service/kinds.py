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

Value = Annotated[str, Field(pattern=r"^[0-9][0-9,]{0,16}(\.[0-9]{1,6})?%?$", examples=["80%"])]
"""Whole yuan, or a share of the present value as in `80%`."""


PROOF_SOLVES = 4
"""Solves that what more of a fund or less of a rule brings may take: the county as it is, and three changes."""


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

    kind: Literal["solve"]
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

    @property
    def plans(self) -> tuple[str, ...]:
        """Jobs whose plans it is about; none: it opens the county."""
        return ()


class DiagnoseRequest(Frozen):
    """A diagnosis: whether a county has a plan; if not, which rules clash, and the smallest repairs."""

    kind: Literal["diagnose"]
    """What is to be done."""
    county: Annotated[Name, Field(examples=["tiny"])]
    """Id of a county: built-in or uploaded."""
    scenario: Annotated[tuple[Name, ...], Field(max_length=16)] = ()
    """Built-in scenarios, applied in order."""
    overrides: Annotated[tuple[Override, ...], Field(max_length=1_000)] = ()
    """Single overrides, applied after them."""
    time_limit: Annotated[float, Field(gt=0, le=7 * 86_400)] = 120.0
    """Seconds after which whatever is known of conflicts is told, and as many for the repairs."""
    language: Literal["en", "zh"] = "en"
    """Language of the texts."""

    @property
    def seconds(self) -> float:
        """Time that it may take, without reading and writing."""
        return 2 * self.time_limit

    @property
    def plans(self) -> tuple[str, ...]:
        """Jobs whose plans it is about; none: it opens the county."""
        return ()


class CompareRequest(Frozen):
    """A comparison of two to six plans; differences are told against the first."""

    kind: Literal["compare"]
    """What is to be done."""
    jobs: Annotated[tuple[Name, ...], Field(min_length=2, max_length=6)]
    """Ids of solves that are over."""
    only_differences: bool = False
    """Leave rows out in which all plans agree."""
    language: Literal["en", "zh"] = "en"
    """Language of the files."""

    @property
    def seconds(self) -> float:
        """Time that it may take, without reading and writing."""
        return 0.0

    @property
    def plans(self) -> tuple[str, ...]:
        """Jobs whose plans it is about."""
        return self.jobs


class ExplainRequest(Frozen):
    """An explanation of one fund, village, household, project or rule of a plan."""

    kind: Literal["explain"]
    """What is to be done."""
    job: Name
    """Id of a solve that is over."""
    subject: Literal["fund", "village", "household", "project", "rule"]
    """What is asked about."""
    id: Annotated[str, Field(pattern=r"^[\w.\-/]{1,200}$")]
    """Its id; a rule is `R4`, `R4/poverty`, `R4/v07/poverty`."""
    prove: bool = False
    """Force the opposite (of a fund: more of it, of a rule: relaxed) and solve again: proved intervals."""
    settings: SolveSettings = SolveSettings()
    """Settings of each solve of a proof."""
    language: Literal["en", "zh"] = "en"
    """Language of the text."""

    @property
    def seconds(self) -> float:
        """Time that it may take, without reading and writing."""
        if not self.prove:
            return 0.0
        return self.settings.time_limit * (PROOF_SOLVES if self.subject in {"fund", "rule"} else 2)

    @property
    def plans(self) -> tuple[str, ...]:
        """Jobs whose plans it is about."""
        return (self.job,)


class CurveRequest(Frozen):
    """A curve: people lifted over one quantity of a county, a solve a point."""

    kind: Literal["curve"]
    """What is to be done."""
    county: Annotated[Name, Field(examples=["tiny"])]
    """Id of a county: built-in or uploaded."""
    scenario: Annotated[tuple[Name, ...], Field(max_length=16)] = ()
    """Built-in scenarios, applied in order."""
    overrides: Annotated[tuple[Override, ...], Field(max_length=1_000)] = ()
    """Single overrides, applied after them."""
    over: Annotated[str, Field(pattern=r"^[\w.:\-]{1,200}$", examples=["money"])] = "money"
    """What varies: `money`, `fund:ID`, `minimum:R3`, `minimum:R4.ROW`, `minimum:R5`, `poverty_line`."""
    start: Value = "80%"
    """First value."""
    stop: Value = "120%"
    """Last value."""
    points: Annotated[int, Field(ge=2, le=200)] = 20
    """How many points."""
    settings: SolveSettings = SolveSettings()
    """Settings of the solve of each point."""
    language: Literal["en", "zh"] = "en"
    """Language of the files."""

    @property
    def seconds(self) -> float:
        """Time that it may take, without reading and writing."""
        return self.points * self.settings.time_limit

    @property
    def plans(self) -> tuple[str, ...]:
        """Jobs whose plans it is about; none: it opens the county."""
        return ()


Request = Annotated[
    SolveRequest | DiagnoseRequest | CompareRequest | CurveRequest | ExplainRequest, Field(discriminator="kind")
]
"""What a job may be asked for: one of all kinds."""

KINDS: dict[str, type[Frozen]] = {
    "solve": SolveRequest,
    "diagnose": DiagnoseRequest,
    "compare": CompareRequest,
    "curve": CurveRequest,
    "explain": ExplainRequest,
}
"""Kind -> its request."""


def identity(request: Request, *contents: str) -> str:
    """Digest of what decides a job's result.

    contents: the digest of an upload or the name of a built-in county; else the ids of the jobs it is about (one that
    was cancelled has another plan than the same one asked for again).
    """
    left_out = {"county", "jobs", "job"}
    asked: dict[str, Any] = {**request.model_dump(mode="json", exclude=left_out), "contents": list(contents)}
    return hashlib.sha256(canonical({"asked": asked, "version": liftplan.__version__})).hexdigest()
