"""What a worker is asked to do, and what it says when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from liftplan.models.county import County
from liftplan.models.plan import Applied
from liftplan.scenarios.overrides import Line
from liftplan.scenarios.store import Run
from liftplan.solver.progress import Event


@dataclass(frozen=True)
class Job:
    """One scenario of a kept county to be solved."""

    scenario: str
    county: County
    """With the scenario applied."""
    applied: tuple[Applied, ...]
    separate: bool
    key: str
    base_digest: str
    """The county in the store, before any scenario."""
    settings: dict[str, Any]
    warm: str = ""
    """Run whose plan to begin with; "" = none."""

    @property
    def overrides(self) -> list[str]:
        """What was applied, as it is recorded."""
        return [one.override for one in self.applied]


@dataclass(frozen=True)
class Told:
    """A step of a job."""

    event: Event


@dataclass(frozen=True)
class Done:
    """A job is done, and its run is in the store."""

    run: Run | None
    """None: it was cancelled before there was a plan."""


@dataclass(frozen=True)
class Failed:
    """A job ended with an error of liftplan's own."""

    error: str
    """Kind and text of the error."""
    trace: str = ""


@dataclass(frozen=True)
class Asked:
    """A scenario as somebody asks for it."""

    name: str
    lines: tuple[Line, ...]
    separate: bool


@dataclass(frozen=True)
class Answer:
    """What came of one scenario."""

    scenario: str
    run: Run | None
    """None: it failed, or was cancelled before there was a plan."""
    found: bool = False
    """The run was in the store already."""
    failed: Failed | None = field(default=None)

    @property
    def ended(self) -> bool:
        """Whether its question is answered: a plan, an outcome, or a proof that there is none."""
        if self.run is None or self.run.stopped_by == "cancelled":
            return False
        return self.run.separate or self.run.status in {"optimal", "feasible", "infeasible"}
