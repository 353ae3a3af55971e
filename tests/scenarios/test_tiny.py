"""`tiny` is what docs/tiny.md solves by hand: 49 people, by an argument of four steps."""

from __future__ import annotations

import pytest

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.models.policy import PurposeRule
from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.scenarios.counties import load
from liftplan.solver import reference
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

PEOPLE = 49
YUAN = 269_000
BUILT = ("v01-p01", "v02-p01", "v02-p02", "v03-p01")
GROWERS = {f"v01-h000{number}" for number in range(1, 5)} | {f"v02-h000{number}" for number in range(1, 4)}
LIFTED = GROWERS | {
    *("v01-h0006", "v01-h0007"),
    *("v02-h0004", "v02-h0005", "v02-h0006", "v02-h0007"),
    *("v03-h0001", "v03-h0002", "v03-h0004"),
}
LEFT = {"special_poverty": 2_000, "drinking_water": 10_000, "flood_relief": 20_000}


def proved(county: County) -> Result:
    """The core's answer, taken to the end."""
    return solve(county, Settings(gap=0.0, time_limit=None, threads=1))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The core's plan, proved best."""
    result = proved(load("tiny"))
    assert result.status == "optimal"
    assert result.plan is not None
    return result.plan


def test_core_lifts_what_the_hand_lifts(plan: Plan) -> None:
    """The core's proved optimum is the hand's, with the hand's projects and households."""
    assert plan.totals.people_lifted == PEOPLE
    assert plan.projects == BUILT
    assert set(plan.lifted) == LIFTED
    assert plan.already_out == ("v02-h0008",)


def test_core_spends_what_the_hand_spends(plan: Plan) -> None:
    """The money of the best plan is the hand's to the yuan, and so is what is left over."""
    assert plan.totals.ledger_yuan == YUAN
    assert {use.fund: use.left for use in plan.funds if use.left} == LEFT


def test_core_pays_the_topups_of_the_hand(plan: Plan) -> None:
    """Seven growers and the two households on the site get 2,000 yuan each."""
    assert set(plan.topups.values()) == {2_000}
    assert set(plan.topups) > GROWERS
    assert len(plan.topups) == len(GROWERS) + 2


def test_reference_lifts_what_the_hand_lifts() -> None:
    """The textbook model proves the same number."""
    answer = reference.solve(load("tiny"))
    assert answer.status == "optimal"
    assert answer.objective == PEOPLE * UNITS_PER_PERSON


def test_reference_needs_the_money_of_the_hand() -> None:
    """With 49 people as a condition, the least money is the hand's."""
    answer = reference.solve(load("tiny"), first=PEOPLE * UNITS_PER_PERSON)
    assert answer.second("least_money") == YUAN


def test_pooled_money_lifts_everybody_but_one() -> None:
    """As the page says: under `pooled` only the guest house is left out."""
    county = load("tiny")
    pooled = county.policy.model_copy(update={"R2": PurposeRule(purpose_rule="pooled")})
    result = proved(county.with_policy(pooled))
    assert result.plan is not None
    assert result.plan.totals.people_lifted == 52


def test_wide_road_cannot_be_paid() -> None:
    """The wide road leaves too little for Bailing's minimum: step 1 of the page."""
    assert proved(with_project("v01-p02")).status == "infeasible"


def test_tea_base_costs_people() -> None:
    """The decoy that spends exactly Guixi's minimum is worse than the goats."""
    result = proved(with_project("v03-p02"))
    assert result.plan is not None
    assert result.plan.totals.people_lifted < PEOPLE


def with_project(name: str) -> County:
    """`tiny` with a project that must be built."""
    demand = Demand(sense="must", target="project", id=name)
    return load("tiny").with_tables(demands=Table.from_rows(Demand, [demand]))
