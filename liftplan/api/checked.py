"""Plans that other commands speak of: each is verified before anything is said about it."""

from __future__ import annotations

from pathlib import Path

from liftplan.api.folder import folder_violations
from liftplan.api.opening import load
from liftplan.api.scenario import overridden
from liftplan.api.solution import Solution
from liftplan.api.verifying import county_beside, no_county, read_plan, verify
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, LiftplanError
from liftplan.solver.verify import Verification
from liftplan.solver.verify import verify as verify_plan


class PlanRejected(LiftplanError):
    """The plan is not what it says it is; `verification` holds what is wrong."""

    def __init__(self, verification: Verification) -> None:
        self.verification = verification
        super().__init__(str(m("The plan is rejected; violations: {count}", count=len(verification.violations))))


def checked(plan: Plan | Solution | str | Path, county: County | str | Path | None = None) -> tuple[Plan, County]:
    """A plan and its county, verified.

    Parameters
    ----------
    plan, county
        As for `liftplan.verify`.

    Raises
    ------
    InputProblems
        If the plan or the county cannot be read.
    PlanRejected
        If the plan does not pass.
    """
    if isinstance(plan, Solution):
        read, against = plan.plan, plan.county if county is None else _same(load(county), plan.plan)
        verdict = verify_plan(read, against)
    elif isinstance(plan, Plan):
        if county is None:
            raise InputProblems([no_county("plan")])
        read, against = plan, _same(load(county), plan)
        verdict = verify_plan(read, against)
    elif county is None:
        read, against = read_plan(plan), county_beside(Path(plan))
        verdict = verify_plan(read, against).with_violations(folder_violations(Path(plan), read, against))
    else:
        read = read_plan(plan)
        against = _same(load(county), read)
        verdict = verify(plan, against)
    if not verdict.accepted:
        raise PlanRejected(verdict)
    return read, against


def _same(county: County, plan: Plan) -> County:
    """The county, under the plan's overrides unless it has them already."""
    return county if county.digest == plan.county.digest else overridden(county, plan.overrides)
