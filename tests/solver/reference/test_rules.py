"""The reference reaches the optimum that is argued by hand, rule by rule; so does the core."""

from __future__ import annotations

import re

import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.policy import RULES as NAMES
from liftplan.scenarios.small.order import HARD_RULES, SOFT_RULES
from liftplan.solver import reference
from liftplan.solver.reference.rules import RULES
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

from .hamlet import Case
from .household_cases import HOMES
from .money_cases import MONEY
from .place_cases import PLACES

CASES = [*MONEY, *PLACES, *HOMES]
EXACT = Settings(gap=0, time_limit=300, threads=1)  # compiling the kernels counts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reference_finds_the_argued_optimum(case: Case) -> None:
    """Level 1 of the reference's plan is what the case argues, to the last unit; or there is no plan."""
    answer = reference.solve(case.make())
    if case.optimum is None:
        assert (answer.status, answer.objective) == ("infeasible", None)
    else:
        assert answer.status == "optimal"
        assert answer.objective == answer.bound == round(case.optimum * 10**9) * UNITS_PER_PERSON // 10**9


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_core_finds_the_argued_optimum(case: Case) -> None:
    """The core proves the same optimum, or that there is no plan."""
    result = solve(case.make(), EXACT)
    if case.optimum is None:
        assert result.status == "infeasible"
    else:
        assert result.status == "optimal"
        assert result.plan is not None
        assert result.plan.objective == pytest.approx(case.optimum, abs=1e-9)


def test_every_rule_has_its_function() -> None:
    """Each rule of the policy is stated by one function of the reference, which names it first."""
    assert list(RULES) == list(NAMES)
    for rule, function in RULES.items():
        assert re.match(rf"{rule}\b", function.__doc__ or "")


def test_every_rule_is_argued_hard_and_soft() -> None:
    """Each rule has a case where it is hard, and one where it is soft if it can be."""
    assert {case.rule for case in CASES if case.enforce == "hard"} == set(HARD_RULES)
    assert {case.rule for case in CASES if case.enforce == "soft"} == set(SOFT_RULES)
