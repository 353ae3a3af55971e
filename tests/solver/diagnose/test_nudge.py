"""Plans that nearly keep rules get what a fund with more money could pay besides."""

from liftplan.scenarios.counties import load
from liftplan.solver.compile import Compiled, Named
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.nudge import nudged
from liftplan.solver.incumbent import realise

NOTHING = Named((), (), {})


def compiled() -> Compiled:
    """The tiny county where only the data rules must be kept."""
    return Ground(load("tiny")).problem(frozenset())


def test_a_fund_finds_projects_and_measures_for_its_money() -> None:
    """What is added has whole-yuan flows, from these funds and whoever else may pay."""
    county = compiled()
    more = nudged(county, NOTHING, dict.fromkeys(county.problem.names.funds), 50_000)
    assert more is not None
    assert more.projects or more.measures
    decisions = county.decisions(more.projects, more.measures, more.topups)
    assert realise(county.problem, decisions) is not None


def test_nobody_finds_more_than_there_is() -> None:
    """No plan is made up where too little is left that the funds may pay."""
    assert nudged(compiled(), NOTHING, dict.fromkeys(compiled().problem.names.funds), 10**12) is None


def test_a_fund_that_pays_nothing_adds_nothing() -> None:
    """Without a fund nothing can be paid."""
    assert nudged(compiled(), NOTHING, {}, 1) is None


def test_a_fund_with_a_limit_pays_no_more() -> None:
    """What limited funds pay for stays within their budgets, and is short of what is asked for by little at most."""
    county = compiled()
    budgets = dict.fromkeys(county.problem.names.funds, 20_000)
    more = nudged(county, NOTHING, budgets, 15_000)
    assert more is not None
    plan = realise(county.problem, county.decisions(more.projects, more.measures, more.topups))
    assert plan is not None
    assert 15_000 <= plan.flows.sum() <= 20_000 * len(budgets)
