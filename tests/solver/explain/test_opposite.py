"""Every explanation can be checked: the opposite is forced, and another program finds what was promised."""

from __future__ import annotations

import dataclasses
from functools import cache

import pytest

from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.models.rows import Demand
from liftplan.scenarios.counties import load
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import foci, seed_of
from liftplan.solver import reference
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.enough import with_amounts
from liftplan.solver.explain.household import explain_household
from liftplan.solver.explain.opposite import demanding, force, opposite, within
from liftplan.solver.explain.proved import Proved, Solver
from liftplan.solver.explain.question import Question
from liftplan.solver.explain.relaxed import fund_targets, relaxed, rule_targets
from liftplan.solver.explain.sensitivity import worth
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

from ...thorough import THOROUGH

PLACES = (4, 7, 11, 16, 35, 58, 60, 64, 75, 81, 86, 114, 117, 142, 147, 150, 156, 160, 161, 164)
"""Places of the suite of small counties that are solved in a moment."""

TRIED = PLACES if THOROUGH else PLACES[::4]

NEAR = 1e-6
"""Persons: plans and bounds under priced soft rules are proved up to this."""


def solver() -> Solver:
    """Proves everything."""
    return Solver(Settings(gap=0, threads=1))


@cache
def planned(place: int) -> tuple[Case, Proved]:
    """A small county with its best plan, and the proof."""
    hard, soft = foci(place)
    county = random_small(seed_of(place), hard=hard, soft=soft)
    result = solve(county, Settings(gap=0, threads=1))
    assert result.plan is not None
    known, _ = solver().as_it_is(county, result.plan)
    return Case(county, result.plan), known


@cache
def planned_tiny() -> Plan:
    """The best plan of `tiny`."""
    plan = solve(load("tiny"), Settings(gap=0, threads=1)).plan
    assert plan is not None
    return plan


def questions(case: Case, place: int) -> list[Question]:
    """A household that is not lifted, one that is, a project and a village: others from county to county."""
    poor = [name for name in case.facts.homes if name not in case.lifted and name not in case.out]
    pools = [
        [Question("household", name) for name in poor],
        [Question("project", name) for name in case.facts.projects],
        [Question("household", name) for name in sorted(case.lifted)],
        [Question("village", name) for name in case.facts.villages],
        [Question("measure", name) for name in case.options if case.facts.lines.get(name)],
    ]
    known = [pool[place % len(pool)] for pool in pools if pool]
    return [question for question in known if opposite(case.plan, question) is not None]


@pytest.mark.parametrize("place", TRIED)
def test_forcing_the_opposite_gives_what_was_promised(place: int) -> None:
    """The reference's optimum lies in the promised interval; where no plan was promised it finds none."""
    case, known = planned(place)
    for question in questions(case, place):
        found = force(case.county, case.plan, question, solver(), known)
        assert found is not None
        demand = demanding(case.county, found.sense, question.kind, question.id)
        answer = reference.solve(demand, time_limit=60)
        if found.forced.status == "infeasible":
            assert answer.status == "infeasible"
            continue
        assert answer.objective is not None
        assert found.forced.least is not None
        assert found.forced.most is not None
        assert found.forced.least - NEAR <= answer.objective / UNITS_PER_PERSON <= found.forced.most + NEAR
        assert found.forced.most - found.forced.least <= max(1.0, 0.01 * found.forced.least)


@pytest.mark.parametrize("place", TRIED)
def test_what_no_data_lifts_cannot_be_demanded(place: int) -> None:
    """With a demand for a household that nothing in the data lifts the county has no plan."""
    case, known = planned(place)
    poor = [name for name in case.facts.homes if name not in case.lifted and name not in case.out]
    lost = [name for name in poor if explain_household(case, name).hopeless is not None]
    for name in lost[:1]:
        found = force(case.county, case.plan, Question("household", name), solver(), known)
        assert found is not None
        assert found.forced.status == "infeasible"


def test_enough_money_is_enough() -> None:
    """With the money that was checked the reference lifts one household more."""
    case = Case(load("tiny"), planned_tiny())
    told = explain_household(case, "v01-h0005").enough[0]
    more = {fund: case.facts.purses[fund].amount + yuan for fund, yuan in told.more}
    answer = reference.solve(with_amounts(case.county, more))
    assert answer.evaluation is not None
    assert answer.evaluation.totals.people_lifted >= told.people


def test_a_demand_gives_way_to_its_contrary() -> None:
    """What R12 never gives anything can be demanded: the old demand is dropped, a second one is not written."""
    county = load("tiny")
    never = Demand(sense="never", target="household", id="v01-h0005")
    county = county.with_tables(demands=county["demands"].from_rows(Demand, [never]))
    once = demanding(county, "must", "household", "v01-h0005")
    twice = demanding(once, "must", "household", "v01-h0005")
    assert [row.model_dump() for row in twice["demands"].rows()] == [
        never.model_copy(update={"sense": "must"}).model_dump()
    ]


def test_a_forced_plan_is_a_plan_of_the_county() -> None:
    """The county's bound holds for it, too; where it is proved that there is none, nothing is said of a bound."""
    base, loose = Proved("feasible", "time", 49, 51, 49, 1.0), Proved("feasible", "time", 40, 53, 40, 1.0)
    assert within(loose, base).most == 51
    assert within(dataclasses.replace(loose, least=None, most=None), base).most == 51
    assert within(dataclasses.replace(loose, status="infeasible", most=None), base).most is None


def test_a_measure_without_cost_lines_has_no_opposite() -> None:
    """It comes with the projects that it requires: that is what can be forced."""
    plan, county = planned_tiny(), load("tiny")
    case = Case(county, plan)
    effects = [name for name in case.options if not case.facts.lines.get(name)]
    assert effects
    assert force(county, plan, Question("measure", effects[0]), solver()) is None


def test_funds_rules_and_households_already_out_have_no_opposite() -> None:
    """There is nothing to demand of them."""
    plan = planned_tiny()
    assert opposite(plan, Question("fund", "special_poverty")) is None
    assert opposite(plan, Question("rule", "R4")) is None
    assert opposite(plan, Question("household", "v02-h0008")) is None


@pytest.mark.parametrize("place", TRIED)
def test_sensitivity_holds_the_true_gain(place: int) -> None:
    """What a fund's growth, or a relaxed rule, brings by the reference lies in the proved interval."""
    case, known = planned(place)
    targets = [*fund_targets(case.county), *rule_targets(case.county)]
    target = targets[place % len(targets)]
    trial = worth(case.county, case.plan, known, target, solver(), (0.05,)).best
    assert trial is not None
    assert trial.low is not None
    assert trial.high is not None
    assert known.least is not None
    answer = reference.solve(relaxed(case.county, target, trial.step), time_limit=60)
    assert answer.objective is not None
    gain = answer.objective / UNITS_PER_PERSON - known.least
    assert trial.low - 2 * NEAR <= gain <= trial.high + 2 * NEAR


def test_forcing_what_a_demand_forbade_may_bring_something() -> None:
    """Without the demand that shuts Songping out the county lifts more: that is a gain, not a cost of 0."""
    county = load("tiny")
    never = Demand(sense="never", target="village", id="v01")
    county = county.with_tables(demands=county["demands"].from_rows(Demand, [never]))
    plan = solve(county, Settings(gap=0, threads=1)).plan
    assert plan is not None
    found = force(county, plan, Question("village", "v01"), solver())
    assert found is not None
    assert found.contrary
    assert found.loss_least == found.loss_most == plan.objective - 49
