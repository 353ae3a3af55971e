"""Plans that nearly keep rules get what a fund with more money could pay besides."""

import numpy as np

from liftplan.scenarios.counties import load
from liftplan.solver.compile import Compiled, Named
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.nudge import LITTLE, appetite, nudged
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


def test_what_can_pay_for_nothing_more_has_no_appetite() -> None:
    """Once nearly all is done that goes together, funds want less money to spare than where nothing is done."""
    county = compiled()
    funds, empty = dict.fromkeys(county.problem.names.funds), county.decisions((), (), {})
    full = next(more for yuan in range(3_000_000, 0, -50_000) if (more := nudged(county, NOTHING, funds, yuan)))
    sated = appetite(county.problem, county.decisions(full.projects, full.measures, full.topups), 10**7)
    hungry = appetite(county.problem, empty, 10**7)
    assert (sated < hungry).any()
    assert (sated <= hungry).all()
    assert (sated >= LITTLE).all()


def test_a_project_larger_than_what_is_missing_is_built_last() -> None:
    """Where nothing smaller does, a project of a fund that may pay anything is taken though it costs more."""
    county = compiled()
    problem, projects = county.problem, county.problem.projects
    cost = np.zeros(len(projects.block), dtype=np.int64)
    np.add.at(cost, projects.lines.owner_of_entry(), projects.lines.value)
    ready = np.ones(len(cost), dtype=np.bool_)
    ready[projects.requires.owner_of_entry()] = False
    cell = projects.lines.index[ready[projects.lines.owner_of_entry()]][0]
    fund = problem.names.funds[int(problem.flows.arc_fund[problem.flows.cell_arcs.of(int(cell))[0][0]])]
    found = [nudged(county, NOTHING, {fund: None}, yuan) for yuan in range(1, int(cost.max()), 5_000)]
    large = [more for more in found if more is not None and len(more.projects) == 1 and not more.measures]
    assert large
