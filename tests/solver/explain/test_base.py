"""The county as it is: its plan's certificate is proved again, and it is solved only where that does not do."""

from functools import cache

from liftplan.models.plan import Plan
from liftplan.scenarios.counties import load
from liftplan.solver.explain.proved import Proved, Solver, Step
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve


@cache
def planned() -> Plan:
    """The best plan of `tiny`."""
    plan = solve(load("tiny"), Settings(gap=0, threads=1)).plan
    assert plan is not None
    assert plan.certificate is not None
    return plan


def begun(plan: Plan) -> tuple[Proved, bool]:
    """What the county as it is reaches, and whether it was solved for that."""
    steps: list[Step] = []
    known, _ = Solver(Settings(gap=0, threads=1), steps.append).as_it_is(load("tiny"), plan)
    return known, any(step.event is not None for step in steps)


def test_a_certificate_stands_for_a_solve() -> None:
    """Bound and objective are those of the plan, and nothing is solved."""
    known, solved = begun(planned())
    assert not solved
    assert (known.status, known.least, known.most) == ("optimal", planned().objective, planned().objective_bound)


def test_a_plan_without_a_certificate_is_solved_again() -> None:
    """Its bound is only stated."""
    known, solved = begun(planned().model_copy(update={"certificate": None}))
    assert solved
    assert known.least == known.most == planned().objective


def test_a_certificate_that_fails_is_not_believed() -> None:
    """A bound that is stated too low does not pass for a proved one."""
    low = planned().model_copy(update={"objective_bound": planned().objective - 1})
    known, solved = begun(low)
    assert solved
    assert known.most == planned().objective
