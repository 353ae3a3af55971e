"""What plans are worth, and what they add up to."""

from __future__ import annotations

from liftplan.models.policy import (
    Exit,
    Objective,
    VillageTotalMin,
)
from liftplan.models.rows import Demand

from .enforced import SOFT


def test_base_plan_keeps_everything(bench):
    """The plan that all tests start from breaks nothing and lifts 4 + 3 + 5 people."""
    findings = bench.check(bench.county(), bench.choice)
    assert findings.accepted
    assert findings.evaluation.totals.people_lifted == 12


# What a plan is worth


def test_the_exit_test_is_exact(bench):
    """1,820 yuan a year just lift v1-h1; one yuan less does not, nor does a margin of one basis point."""
    less = bench.county(bench.row("measures", "v1-h1-pigs", income_gain=1_819))
    assert bench.check(less, bench.choice).evaluation.lifted == ("v1-h2", "v2-h1")
    margin = bench.check(bench.county(policy={"exit": Exit(margin_bp=1)}), bench.choice).evaluation
    assert margin.lifted == ()
    assert margin.already_out == ("v2-h2",)


def test_income_counts_from_its_year(bench):
    """Goats that earn from 2016 on do not lift v2-h1 in 2015."""
    county = bench.county(bench.row("measures", "v2-h1-goats", gain_from_year=2016))
    assert "v2-h1" not in bench.check(county, bench.choice).evaluation.lifted


def test_weights_take_the_largest_group(bench):
    """Group ill counts 2, disabled 3: 4 * 2 + 3 * 3 + 5 * 2 = 27; the people lifted stay 12."""
    weights = {"ill": 2, "disabled": 3}
    value = bench.check(bench.county(policy={"objective": Objective(weights=weights)}), bench.choice).evaluation
    assert (value.objective, value.totals.people_lifted) == (27.0, 12)


def test_penalties_lower_the_objective_exactly(bench):
    """3 millionths of a person per 10,000 yuan on 1,000 yuan are 3e-7 of a person."""
    value = bench.check(bench.county(policy={"R3": VillageTotalMin(minimum=222_000, **SOFT)}), bench.choice).evaluation
    assert value.objective_units == 12 * 10**14 - 3 * 10**7
    assert value.objective == 11.9999997


def test_granularity_is_what_two_plans_differ_by_at_least(bench):
    """Weight 2 for everyone not out: 8, 6, 2 and 10 people differ by 2 at least; a priced soft rule leaves nothing."""
    county = bench.county(policy={"objective": Objective(weights={"ill": 2, "disabled": 2})})
    assert bench.check(county, bench.choice).evaluation.granularity == 1  # v1-h3 is in no group
    rows = (bench.row("households", "v1-h3", groups=("ill",)),)
    county = bench.county(*rows, policy={"objective": Objective(weights={"ill": 2, "disabled": 2})})
    value = bench.check(county, bench.choice).evaluation
    assert value.granularity == 2
    assert (value.status(25.9), value.status(26.0)) == ("optimal", "feasible")
    free = bench.county(policy={"R3": VillageTotalMin(enforce="soft")})
    assert bench.check(free, bench.choice).evaluation.granularity == 1
    demand = Demand(sense="never", target="project", id="v1-site", enforce="soft", price=1)
    assert bench.check(bench.county(demand), bench.choice).evaluation.granularity == 0
    assert bench.check(bench.county(demand.model_copy(update={"price": 0})), bench.choice).evaluation.granularity == 1
    hard = Demand(sense="never", target="project", id="v1-site", price=1)
    assert bench.check(bench.county(hard), bench.choice).evaluation.granularity == 1
    soft = bench.check(bench.county(policy={"R3": VillageTotalMin(**SOFT)}), bench.choice).evaluation
    assert soft.granularity == 0
    assert soft.status(soft.objective + 1e-6) == "optimal"
    assert soft.status(soft.objective + 2e-6) == "feasible"


def test_padding_is_what_nobody_needs_or_demands(bench):
    """The road of v2 serves no measure; the road of v1 serves only the path, which must be built."""
    assert bench.check(bench.county(), bench.choice).evaluation.padding == ("v2-road",)
    choice = bench.choice.minus("v2-road").plus(
        "v1-road", "v2-path", pays={("general", "v1-road", "road"): 100_000, ("general", "v2-path", "road"): 60_000}
    )
    assert bench.check(bench.county(), choice).evaluation.padding == ("v1-road", "v2-path")
    county = bench.county(Demand(sense="must", target="project", id="v2-path"))
    assert bench.check(county, choice).evaluation.padding == ()


def test_person_needs_count_those_not_lifted(bench):
    """v1-h3 (one person, never lifted) with a house is one person-need; lifted households count none."""
    choice = bench.choice.plus("v1-h3-house", pays={("homes", "v1-h3-house", "house"): 18_000})
    assert bench.check(bench.county(), bench.choice).evaluation.person_needs_met == 0
    assert bench.check(bench.county(), choice).evaluation.person_needs_met == 1


def test_totals_add_up_by_every_key(bench):
    """Sums by fund, department, channel, village and purpose, zeros included, and leveraged money apart."""
    totals = bench.check(bench.county(), bench.choice).evaluation.totals
    assert totals.model_dump() == {
        "people_lifted": 12,
        "households_lifted": 3,
        "ledger_yuan": 310_000,
        "leveraged_yuan": 10_500,
        "ledger_lines": 6,
        "by_fund": {"general": 139_000, "mains": 150_000, "homes": 21_000, "relief": 0},
        "by_department": {"poverty": 139_000, "water": 150_000, "society": 21_000},
        "by_channel": {"fiscal": 139_000, "sector": 150_000, "household": 21_000, "social": 0},
        "by_village": {"v1": 221_000, "v2": 89_000},
        "by_purpose": {"road": 80_000, "pipe": 200_000, "house": 15_000, "industry": 15_000},
        "people_by_village": {"v1": 7, "v2": 5},
    }


def test_funds_add_up_to_their_amount(bench):
    """General: 400,000 = 4,000 fee + 139,000 allocated + 257,000 left; ring-fenced money is left."""
    funds = {one.fund: tuple(one)[1:] for one in bench.check(bench.county(), bench.choice).evaluation.funds}
    assert funds == {
        "general": (400_000, 4_000, 139_000, 257_000),
        "homes": (60_000, 0, 21_000, 39_000),
        "mains": (200_000, 0, 150_000, 50_000),
        "relief": (30_000, 0, 0, 30_000),
    }


def test_messages_say_whether_a_demand_asks_or_forbids(bench):
    """A must and a never are told apart in words and in values."""
    rows = (Demand(sense="must", target="project", id="v1-road"), Demand(sense="never", target="village", id="v1"))
    must, never = bench.check(bench.county(*rows), bench.choice).violations
    assert (str(must.message), must.value, must.limit) == ("Demanded, but not so: project v1-road.", 0, 1)
    assert (str(never.message), never.value, never.limit) == ("Ruled out, but so: village v1.", 1, 0)
