"""How a command ends: exit code, status, problems, and what it has to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from liftplan.cli.common import Common
from liftplan.models.problems import Problem

if TYPE_CHECKING:
    from rich.console import RenderableType

    from liftplan.models.plan import Plan

OK = 0
INTERNAL = 1
BAD_INPUT = 2
INFEASIBLE = 3
NO_PLAN = 4
REJECTED = 5
CANCELLED = 130

OUTPUT_VERSION = 1
"""`schema_version` of the JSON object."""

PLAN_COMMANDS = ("solve", "verify")
"""Commands that speak of a plan: their JSON object has the plan's fields whatever happens."""


def plan_fields(
    plan: Plan | None,
    *,
    bound: float | None = None,
    gap: float | None = None,
    seconds: float | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """What the JSON object says of a plan; null where it is not known.

    bound, gap: proved. seconds: tables loaded -> plan checked. place: where the plan is.
    """
    return {
        "people_lifted": plan and plan.totals.people_lifted,
        "households_lifted": plan and plan.totals.households_lifted,
        "objective": plan and plan.objective,
        "objective_bound": bound,
        "gap": gap,
        "ledger_yuan": plan and plan.totals.ledger_yuan,
        "leveraged_yuan": plan and plan.totals.leveraged_yuan,
        "seconds": None if seconds is None else round(seconds, 3),
        "plan": place,
    }


@dataclass(frozen=True)
class Outcome:
    """The end of a command. It becomes one JSON object, or text on standard output and problems on standard error."""

    code: int = OK
    status: str | None = None
    stopped_by: str | None = None
    problems: Sequence[Problem] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the JSON object."""
    text: RenderableType | None = None
    """What people see instead; with `--quiet` only `line`."""
    line: str = ""
    """The outcome in one line."""
    ending: Problem | None = None
    """The problem that `line` tells in other words."""

    def as_json(self, command: str = "") -> dict[str, Any]:
        """The JSON object; `command` is the one that the line names."""
        warnings = [problem for problem in self.problems if problem.warning]
        content = {
            "schema_version": OUTPUT_VERSION,
            "status": self.status,
            "stopped_by": self.stopped_by,
            "problems": [_problem(problem) for problem in self.problems if not problem.warning],
            **(plan_fields(None) if command in PLAN_COMMANDS else {}),
            **self.details,
        }
        return {**content, "warnings": [_problem(problem) for problem in warnings]} if warnings else content


Job = Callable[[Common], Outcome]
"""A command ready to run."""


def invalid(problems: Sequence[Problem]) -> Outcome:
    """The end of a command whose input is bad."""
    return Outcome(BAD_INPUT, "invalid", problems=problems)


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "place": str(problem.place),
        "message": str(problem.message),
        "way_out": str(problem.way_out),
    }
