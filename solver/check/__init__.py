"""The independent checker: a plan against every rule of its county, in exact integers, from the county alone.

It shares no code with what makes plans, so that a mistake there cannot hide here.
"""

from liftplan.solver.check.decided import Decided
from liftplan.solver.check.evaluate import Judgement, broken, check_decisions, examine, judged
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Evaluation, Findings, Violation, shown_bound, shown_gap
from liftplan.solver.check.plan import check_plan

__all__ = [
    "Decided",
    "Evaluation",
    "Facts",
    "Findings",
    "Judgement",
    "Violation",
    "broken",
    "check_decisions",
    "check_plan",
    "examine",
    "judged",
    "shown_bound",
    "shown_gap",
]
