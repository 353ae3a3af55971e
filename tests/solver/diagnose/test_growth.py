"""Packages come in as the prices of the relaxation ask for them."""

import numpy as np

from liftplan.models.county import County
from liftplan.scenarios.counties import load
from liftplan.solver.diagnose.builder import EASY, program, quick_plans
from liftplan.solver.diagnose.bundles import Packages, allowed, packages_of
from liftplan.solver.diagnose.drafts import Drafts, Impossible
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.growth import Grown, grown
from liftplan.solver.problem import Problem


def plain(county: County) -> Problem:
    """Whether there is a plan, and nothing else."""
    ground = Ground(county)
    return ground.plain(ground.everything)


def poor(per_cent: int) -> County:
    """The tiny county with less of every fund."""
    county = load("tiny")
    funds = county["funds"]
    return county.with_tables(funds=funds.replace(amount=funds["amount"] * per_cent // 100))


def let_in(problem: Problem, packages: Packages) -> Grown:
    """Whatever is asked for."""
    layout = program(problem, packages, 0)
    found = grown(problem, packages, layout, lambda some: program(problem, some, 0), None, time_limit=30, cancel=None)
    assert found is not None
    return found


def test_packages_come_in_until_nothing_is_missed() -> None:
    """From next to nothing: what is missed falls to 0, and no household has a package twice."""
    problem = plain(load("tiny"))
    more = let_in(problem, allowed(problem, [(0, [])])).packages
    assert let_in(problem, more).missed == 0
    taken = [tuple(more.measures[more.owner == one]) for one in range(len(more.home))]
    assert len(taken) > 1
    assert len(set(zip(more.home.tolist(), taken, strict=True))) == len(taken)


def test_enough_is_left_as_it_is() -> None:
    """Where nothing is missed nothing comes in."""
    problem = plain(load("tiny"))
    everything = packages_of(problem, EASY.homes, np.zeros(len(problem.flows.cell_village), dtype=np.bool_))
    assert everything is not None
    assert len(let_in(problem, everything).packages.home) == len(everything.home)


def test_money_that_is_not_there_stays_missed() -> None:
    """No package pays for a minimum that the funds cannot pay; whoever looks for a plan is told so."""
    problem = plain(poor(10))
    none = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    assert let_in(problem, allowed(problem, [(0, [])])).missed > 0
    how = EASY._replace(grown=True)
    try:
        found = list(quick_plans(problem, Drafts(), how, none, time_limit=30))
    except Impossible:
        return
    raise AssertionError(found)


def test_rules_that_do_not_count_limit_nothing() -> None:
    """Money that is not there is no longer missed once funds may pay whatever they like."""
    ground = Ground(poor(10))
    free = ground.plain(frozenset(one for one in ground.everything if one.rule != "R1"))
    assert let_in(ground.plain(ground.everything), allowed(free, [(0, [])])).missed > 0
    assert let_in(free, allowed(free, [(0, [])])).missed == 0


def test_rows_that_say_nothing_are_not_missed() -> None:
    """Without the rows of households that have one package, what is missed at least is the same."""
    problem = plain(poor(10))
    nothing = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    packages = packages_of(problem, EASY.homes, nothing)
    assert packages is not None
    costs = []
    for lean in (False, True):
        layout = program(problem, packages, 0, lean)
        assert (len(layout.homes) < len(set(packages.home.tolist()))) == lean
        more = grown(
            problem, packages, layout, lambda some, lean=lean: program(problem, some, 0, lean), None, time_limit=30,
            cancel=None,
        )  # fmt: skip
        assert more is not None
        costs.append(more.cost)
    assert costs[0] > 0
    assert abs(costs[0] - costs[1]) <= 1e-3 * costs[0]
