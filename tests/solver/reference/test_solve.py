"""Solving: any PuLP solver, limits, silence, and a result that is checked again in whole yuan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pulp
import pytest

from liftplan.models.policy import SpendMin, SpendMinRow
from liftplan.models.problems import InputProblems, InternalError
from liftplan.models.rows import FundShare
from liftplan.scenarios.small import random_small
from liftplan.solver import reference
from liftplan.solver.reference.adapter import run
from liftplan.solver.reference.answer import checked

from .hamlet import county, fund, home, house, pair, project

SOLVERS: list[Any] = [pulp.HiGHS(msg=False, gapRel=0.0, presolve="off", random_seed=7)]
if hasattr(pulp, "PULP_CBC_CMD"):  # PuLP 3 ships CBC
    SOLVERS.append(pulp.COIN_CMD(msg=False, gapRel=0.0, path=pulp.PULP_CBC_CMD.pulp_cbc_path))


@pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: solver.name)
def test_any_pulp_solver_will_do(solver: Any) -> None:
    """Another solver finds the same optimum."""
    made = random_small(4, hard=("R2", "R5", "R9"))
    assert reference.solve(made, solver).objective == reference.solve(made).objective


def test_what_only_fractions_of_yuan_could_pay_is_not_best() -> None:
    """A fund must spend all of 9,999 yuan, exactly half of it on roads: with fractions that lifts three.

    In whole yuan nothing is half of 9,999: there is no plan.
    """
    share = FundShare(id="half", fund="grant", sense="at_least", share_bp=5_000, purposes=("road",))
    most = FundShare(id="most", fund="grant", sense="at_most", share_bp=5_000, purposes=("road",))
    funds = [fund(9_999, purposes=("house", "road")), fund(10_001, "other", purposes=("house", "road"))]
    spend = SpendMin(enforce="hard", rows=(SpendMinRow(id="all", fund="grant", share_bp=10_000),))
    made = county(funds, home("large", 3), house("large", 10_000), project("road", 10_000), share, most, R13=spend)
    loose = reference.build(made, whole_yuan=False)
    assert run(loose.problem, reference.highs()).objective == pytest.approx(3.0)
    assert reference.solve(made).status == "infeasible"


def test_decisions_are_whole_and_paid() -> None:
    """15,000 yuan: the large household's house is taken and paid in one line."""
    answer = reference.solve(pair(15_000))
    assert answer.decisions == reference.Decisions(
        (), ("large-house",), {}, (("grant", "large-house", "house", 10_000),)
    )


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Solving writes nothing to standard output or standard error."""
    reference.solve(pair(15_000))
    assert capfd.readouterr() == ("", "")


def test_without_time_nothing_is_known() -> None:
    """After no time at all there is neither plan nor proof."""
    answer = reference.solve(random_small(101, hard=("R1", "R2"), soft=("R4",)), time_limit=0.0)
    assert (answer.status, answer.decisions, answer.objective) == ("unknown", None, None)


def test_several_years_are_refused() -> None:
    """A county of two years is refused with a reason."""
    with pytest.raises(InputProblems) as refusal:
        reference.build(county(years=(2015, 2016)))
    assert [problem.code for problem in refusal.value.problems] == ["several-years"]


def test_a_plan_that_breaks_a_rule_is_an_error() -> None:
    """A ledger one yuan short is noticed, whatever the solver says."""
    built = reference.build(pair(15_000))
    found = reference.solve(pair(15_000)).decisions
    assert found is not None
    with pytest.raises(InternalError, match="rejects"):
        checked(built, replace(found, ledger=(("grant", "large-house", "house", 9_999),)), 3.0)


def test_a_plan_worth_something_else_is_an_error() -> None:
    """The plan lifts three: a solver that claims a hundred-thousandth more was wrong."""
    built = reference.build(pair(15_000))
    found = reference.solve(pair(15_000)).decisions
    assert found is not None
    assert checked(built, found, 3.0).totals.people_lifted == 3
    with pytest.raises(InternalError, match="claims"):
        checked(built, found, 3.00001)
