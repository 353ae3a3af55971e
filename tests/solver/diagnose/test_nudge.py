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
    funds = set(county.problem.names.funds)
    more = nudged(county, NOTHING, funds, 50_000)
    assert more is not None
    assert more.projects or more.measures
    decisions = county.decisions(more.projects, more.measures, more.topups)
    assert realise(county.problem, decisions) is not None


def test_nobody_finds_more_than_there_is() -> None:
    """No plan is made up where too little is left that the funds may pay."""
    assert nudged(compiled(), NOTHING, set(compiled().problem.names.funds), 10**12) is None


def test_a_fund_that_pays_nothing_adds_nothing() -> None:
    """Without a fund nothing can be paid."""
    assert nudged(compiled(), NOTHING, set(), 1) is None
