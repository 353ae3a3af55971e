"""Plans that miss rules."""

import numpy as np

from liftplan.scenarios.counties import load
from liftplan.solver.clock import Clock
from liftplan.solver.compile import Named
from liftplan.solver.diagnose.elastic import STEP, _best, _elastic
from liftplan.solver.diagnose.feasible import Judge
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.nudge import nudged
from liftplan.solver.incumbent import realise
from liftplan.solver.progress import Cancel


def test_a_second_plan_is_looked_at_only_where_the_first_costs_much() -> None:
    """The first plan will do if it costs no more than said; otherwise it is the better one of two."""
    judge = Judge(Ground(load("tiny")), Clock(None, None))
    asking = [group for group in judge.ground.groups if group.rule in {"R3", "R4", "R6"}]
    compiled = _elastic(judge, judge.ground.everything, dict.fromkeys(asking, STEP))
    problem = compiled.problem
    nothing = compiled.decisions((), (), {})
    funds = dict.fromkeys(problem.names.funds)
    more = nudged(compiled, Named((), (), {}), funds, 50_000)
    assert more is not None
    something = compiled.decisions(more.projects, more.measures, more.topups)
    worse, better = realise(problem, nothing), realise(problem, something)
    assert worse is not None
    assert better is not None
    assert better.objective > worse.objective
    first = _best(problem, iter([nothing, something]), np.inf, Cancel())
    second = _best(problem, iter([nothing, something, nothing]), 0.0, Cancel())
    assert first is not None
    assert second is not None
    assert (first.objective, second.objective) == (worse.objective, better.objective)
