"""What funds cannot pay is refused before it is worked out who pays what."""

import numpy as np

from liftplan.scenarios.counties import load
from liftplan.solver.compile import Compiled
from liftplan.solver.diagnose.affordable import affordable
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.incumbent import realise
from liftplan.solver.problem import Decisions


def tiny(per_cent: int, *, limited: bool = True) -> Compiled:
    """The tiny county with so much of every fund; limited: its funds pay no more than they have."""
    county = load("tiny")
    funds = county["funds"]
    ground = Ground(county.with_tables(funds=funds.replace(amount=funds["amount"] * per_cent // 100)))
    return ground.problem(frozenset(one for one in ground.everything if one.rule == "R1" and limited))


def projects(compiled: Compiled, count: int) -> Decisions:
    """The first projects that somebody may pay, nothing else."""
    problem = compiled.problem
    built = np.zeros(len(problem.projects.block), dtype=np.bool_)
    built[np.flatnonzero((problem.projects.high > 0) & (np.diff(problem.projects.lines.start) > 0))[:count]] = True
    none = np.zeros(len(problem.measures.household), dtype=np.bool_)
    return Decisions(built, none, np.zeros(len(problem.households.block), dtype=np.int64))


def test_what_is_paid_can_be_paid() -> None:
    """Decisions with whole-yuan flows are never refused."""
    county = tiny(100)
    one = projects(county, 1)
    assert realise(county.problem, one) is not None
    assert affordable(county.problem, one)


def test_more_than_all_funds_have_is_refused() -> None:
    """Next to no money does not pay for a project."""
    poor = tiny(1)
    every = projects(poor, 1_000)
    assert realise(poor.problem, every) is None
    assert not affordable(poor.problem, every)


def test_a_fund_without_a_limit_pays_whatever_it_may() -> None:
    """Limits that are not kept refuse nothing."""
    free = tiny(1, limited=False)
    assert affordable(free.problem, projects(free, 1_000))
