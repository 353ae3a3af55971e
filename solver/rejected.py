"""The plan that must not be: made by the core, rejected by the checker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liftplan.models.problems import InternalError

if TYPE_CHECKING:
    from liftplan.models.plan import Plan
    from liftplan.solver.check import Violation


class RejectedPlan(InternalError):
    """The independent checker rejects the plan of a solve; it is kept, for whoever looks for the fault."""

    def __init__(self, plan: Plan, violations: Sequence[Violation]) -> None:
        shown = "; ".join(str(violation) for violation in violations[:5])
        super().__init__(f"the checker rejects the plan ({len(violations)} violations): {shown}")
        self.plan = plan
