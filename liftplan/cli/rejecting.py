"""How a command ends that speaks of a plan which the checker rejects."""

from __future__ import annotations

from liftplan.api.checked import PlanRejected
from liftplan.cli.outcome import REJECTED, Outcome
from liftplan.models.messages import m
from liftplan.models.planfiles import PLAN_FILE
from liftplan.models.policy import RULES
from liftplan.models.problems import Place, Problem
from liftplan.solver.check import Violation
from liftplan.solver.verify import Verification


def rejected(error: PlanRejected) -> Outcome:
    """The end where the plan does not pass the checker."""
    line = str(error)
    return Outcome(REJECTED, "rejected", problems=wrong(error.verification), text=line, line=line)


def wrong(verdict: Verification) -> list[Problem]:
    """What is wrong with a rejected plan, and what to do."""
    way_out = m("Take a copy of the folder that nobody changed, or solve again.")
    return [Problem(found.rule, where(found), found.message, way_out) for found in verdict.violations]


def where(found: Violation) -> Place:
    """Where something is wrong: a file, a rule and what it holds for, or else a field of the plan."""
    if found.rule == found.subject and "." in found.rule:
        return Place(file=found.rule)
    if found.rule in RULES:
        return Place(table=f"{found.rule} {found.subject}")
    whole = found.rule in {found.subject, "county"}  # whose subject is the county's id
    return Place(file=PLAN_FILE, column=found.rule if whole else f"{found.rule}.{found.subject}")
