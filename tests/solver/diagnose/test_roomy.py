"""What a rule can be given beyond what it asks for: prices prove that it cannot; funds tell what they have to spare."""

import numpy as np

from liftplan.scenarios.clashes import CASES
from liftplan.scenarios.counties import load
from liftplan.solver.clock import Clock
from liftplan.solver.diagnose.builder import TRIES, program
from liftplan.solver.diagnose.descent import sites_of
from liftplan.solver.diagnose.drafts import Drafts
from liftplan.solver.diagnose.feasible import Judge
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.growth import grown
from liftplan.solver.diagnose.refutation import Refutation
from liftplan.solver.diagnose.reproof import Reprover
from liftplan.solver.diagnose.roomy import by_prices
from liftplan.solver.diagnose.spare import left_over, spare
from liftplan.solver.incumbent import realise
from liftplan.solver.problem import Decisions


def test_prices_of_a_relaxation_prove_that_rules_clash() -> None:
    """Its duals make a proof that other code accepts; no prices at all prove nothing."""
    county = next(case for case in CASES if case.name == "minimum-money").make()
    judge = Judge(Ground(county), Clock(None, None))
    kept = judge.ground.everything
    problem = judge.ground.problem(kept).problem
    packages = Drafts().packages(problem, TRIES[1].homes, np.zeros(len(problem.flows.cell_village), dtype=np.bool_))
    assert packages is not None
    layout = program(problem, packages, 0)
    more = grown(problem, packages, layout, lambda some: program(problem, some, 0), None, time_limit=30, cancel=None)
    assert more is not None
    assert more.missed > 0
    found = by_prices(judge, kept, more.duals)
    assert found is not None
    claim = Refutation(kept=tuple(sorted((one.rule, one.subject) for one in kept)), tree=found.tree)
    assert Reprover(county).wrong(claim) is None
    assert by_prices(judge, kept, np.zeros(len(problem.rows.rhs))) is None


def test_funds_that_pay_nothing_have_everything_to_spare() -> None:
    """With nothing done every fund can leave over all it has, or as much as is asked for."""
    ground = Ground(load("tiny"))
    problem = ground.problem(frozenset(one for one in ground.everything if one.rule == "R1")).problem
    nothing = Decisions(
        np.zeros(len(problem.projects.block), dtype=np.bool_),
        np.zeros(len(problem.measures.household), dtype=np.bool_),
        np.zeros(len(problem.households.block), dtype=np.int64),
    )
    plan = realise(problem, nothing)
    assert plan is not None
    left = left_over(problem, plan.flows)
    wanted = np.ones(len(problem.names.funds))
    found = spare(problem, plan.decisions, plan.flows, wanted, most=10**9)
    told = dict(zip(problem.names.funds, found.tolist(), strict=True))
    assert left
    assert {fund: told[fund] for fund in left} == left
    assert spare(problem, plan.decisions, plan.flows, wanted, most=1_000).max() == 1_000


def test_projects_that_the_same_funds_pay_stand_in_for_one_another() -> None:
    """Every project with a cost line has its largest one, and its payers."""
    problem = Ground(load("tiny")).problem(frozenset()).problem
    sites = sites_of(problem)
    for one in range(len(problem.projects.block)):
        value = problem.projects.lines.of(one)[1]
        assert sites.yuan[one] == value.max(initial=0)
        assert (sites.payers[one] >= 0) == (len(value) > 0)
