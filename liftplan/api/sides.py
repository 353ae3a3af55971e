"""What can be compared, and why it may not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liftplan.api.checked import PlanRejected
from liftplan.api.scenario import Scenario
from liftplan.api.solution import NoPlan, Solution
from liftplan.models.county import County
from liftplan.models.messages import Message
from liftplan.scenarios.compare import Decided, Proof
from liftplan.scenarios.definition import Definition
from liftplan.solver.check import Violation
from liftplan.solver.progress import Listener
from liftplan.solver.verify import Verification

Given = Solution | Scenario | Definition | str | Path
"""A solution, a county under scenarios, a scenario, a plan folder or `plan.json`, a scenario's name or file."""


class Rejected(PlanRejected):
    """A plan did not pass the checker, so that it is not compared; `verification` holds what is wrong."""

    def __init__(self, place: str, verification: Verification) -> None:
        self.place = place
        """What was named."""
        super().__init__(verification)


class Unsolved(NoPlan):
    """A scenario that had to be solved has no plan: it is infeasible, or a limit was reached."""

    def __init__(self, name: str, status: str, stopped_by: str | None, reason: Message) -> None:
        self.name = name
        """The scenario."""
        self.status = status
        """`infeasible` or `unknown`."""
        self.stopped_by = stopped_by
        self.reason = reason
        """How its solve ended, in plain words."""
        super().__init__(f"{name}: {reason}")


@dataclass(frozen=True)
class Asked:
    """How to open what is compared."""

    county: County | str | Path | None = None
    """The county of scenarios that are given by name."""
    certificate: bool = False
    """Prove the bounds of plans read from files again."""
    listener: Listener | None = None
    """Told how a solve goes."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings of solves."""


@dataclass(frozen=True)
class Opened:
    """A checked plan (or an outcome and the rules it breaks), and its county."""

    county: County
    decided: Decided
    proof: Proof
    names: Sequence[str]
    """Names it may have, shortest first."""
    broken: tuple[Violation, ...] = ()
    """Hard rules that it breaks, if it is no plan."""


Resolver = Callable[[Given, Asked], Opened | None]
"""Opens one kind of thing; None: it is of another kind."""


def opened_as(county: County, of: Decided, proof: Proof, place: str, broken: tuple[Violation, ...] = ()) -> Opened:
    """What is opened, with the names that it may have; place: its folder's."""
    return Opened(county, of, proof, [of.scenario, f"{of.county.id} {of.scenario}", place], broken)
