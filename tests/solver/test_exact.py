"""Small problems whole: a plan and its proof in exact integers."""

from __future__ import annotations

import pytest

from liftplan.models.county import County
from liftplan.scenarios.small import random_small
from liftplan.solver import reference
from liftplan.solver.compile import compile_county
from liftplan.solver.exact import solve_whole
from liftplan.solver.incumbent import realise

COUNTIES = [
    random_small(1, hard=("R2", "R13"), soft=("R5",)),
    random_small(67, hard=("R2",), soft=("R5", "R7")),
    random_small(142, hard=("R1",), soft=("R5",)),
]
"""Bounds that only a linear relaxation gives: without one they stay far apart from their plans."""


@pytest.mark.parametrize("county", COUNTIES, ids=lambda county: county.head.id)
def test_little_work_closes_a_small_county(county: County) -> None:
    """Five deterministic seconds find the reference's optimum and prove it, to a millionth of a person."""
    problem = compile_county(county).problem
    found = solve_whole(problem, work_limit=5.0)
    proved = reference.solve(county).objective
    assert not found.impossible
    assert found.decisions is not None
    assert found.bound is not None
    assert proved is not None
    plan = realise(problem, found.decisions)
    assert plan is not None
    assert abs(plan.objective - proved) <= 10**8
    assert 0 <= found.bound - plan.objective <= 10**8
