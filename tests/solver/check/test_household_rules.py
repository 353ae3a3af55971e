"""The least and the most that a household gets: each rule accepts and rejects plans of the small county."""

from __future__ import annotations

import pytest

from liftplan.models.policy import (
    Committed,
    HouseholdMax,
    HouseholdMin,
)
from liftplan.models.rows import Commitment, CostLine, Demand, Measure

from .enforced import HARD, SOFT, YUAN

# R5: direct costs are 6,000 (v1-h1), 15,000 (v1-h2), 9,000 (v2-h1).


def test_r5_accepts_exact_topups(bench):
    """With a minimum of 10,000 v1-h1 gets 4,000 more, v2-h1 1,000, v1-h2 nothing; v1-h3 is not assisted."""
    choice = bench.choice.plus(
        topups={"v1-h1": 4_000, "v2-h1": 1_000},
        pays={("homes", "topup:v1-h1", "industry"): 4_000, ("general", "topup:v2-h1", "industry"): 1_000},
    )
    findings = bench.check(bench.county(policy={"R5": HouseholdMin()}), choice)
    assert findings.accepted
    assert findings.evaluation.totals.ledger_yuan == 315_000
    assert findings.evaluation.totals.by_village == {"v1": 225_000, "v2": 90_000}


@pytest.mark.parametrize("topup", [0, 3_999, 4_001])
def test_r5_rejects_any_other_topup(bench, topup):
    """v1-h1 must get exactly 10,000 - 6,000 yuan."""
    topups = {"v1-h1": topup} if topup else {}
    choice = bench.choice.plus(topups={**topups, "v2-h1": 1_000}, pays={("general", "topup:v2-h1", "industry"): 1_000})
    choice = choice.paying({("homes", "topup:v1-h1", "industry"): topup})
    assert bench.broken(bench.county(policy={"R5": HouseholdMin()}), choice) == {("R5", "v1-h1")}


def test_r5_rejects_a_topup_for_a_household_that_is_not_assisted(bench):
    """v1-h3 takes nothing that costs."""
    choice = bench.choice.plus(topups={"v1-h3": 5_000}, pays={("homes", "topup:v1-h3", "industry"): 5_000})
    assert bench.broken(bench.county(policy={"R5": HouseholdMin(minimum=5_000)}), choice) == {("R5", "v1-h3")}
    assert bench.broken(bench.county(), choice) == {("R5", "v1-h3")}


def test_r5_every_includes_all_but_those_already_out(bench):
    """Under `every` v1-h3 must get its 5,000 yuan, v2-h2 (already out) none."""
    county = bench.county(policy={"R5": HouseholdMin(minimum=5_000, applies_to="every")})
    choice = bench.choice.plus(topups={"v1-h3": 5_000}, pays={("homes", "topup:v1-h3", "industry"): 5_000})
    assert not bench.broken(county, choice)
    assert bench.broken(county, bench.choice) == {("R5", "v1-h3")}


def test_r5_every_never_asks_less_than_assisted(bench):
    """v2-h2 is already out; taking a measure that costs, it is assisted and gets the minimum under `every` as well."""
    sheep = Measure(id="v2-h2-sheep", household="v2-h2", name="sheep")
    cost = CostLine(item="v2-h2-sheep", purpose="industry", yuan=4_999)
    choice = bench.choice.plus("v2-h2-sheep", pays={("homes", "v2-h2-sheep", "industry"): 4_999})
    choice = choice.plus(topups={"v1-h3": 5_000}, pays={("homes", "topup:v1-h3", "industry"): 5_000})
    county = bench.county(sheep, cost, policy={"R5": HouseholdMin(minimum=5_000, applies_to="every")})
    assert bench.broken(county, choice) == {("R5", "v2-h2")}
    assert not bench.broken(county, choice.plus(topups={"v2-h2": 1}, pays={("homes", "topup:v2-h2", "industry"): 1}))


@pytest.mark.parametrize("enforce", ["hard", "soft"])
def test_r5_a_household_that_r12_or_r11_names_is_assisted(bench, enforce):
    """v2-h1, left without measures, gets the whole minimum where a must names it, not where the demand is off."""
    county = bench.county(
        Demand(sense="must", target="household", id="v2-h1", enforce=enforce, price=1),
        policy={"R5": HouseholdMin(minimum=5_000)},
    )
    assert ("R5", "v2-h1") in bench.broken(county, bench.choice.minus("v2-h1-goats"))
    unnamed = bench.county(
        Demand(sense="must", target="household", id="v2-h1", enforce="off"), policy={"R5": HouseholdMin(minimum=5_000)}
    )
    assert not bench.broken(unnamed, bench.choice.minus("v2-h1-goats"))
    committed = bench.county(
        Commitment(fund="general", item="v2-h1-shop", purpose="industry", yuan=1),
        policy={"R5": HouseholdMin(minimum=5_000), "R11": Committed(**SOFT)},
    )
    assert ("R5", "v2-h1") in bench.broken(committed, bench.choice.minus("v2-h1-goats"))


def test_r5_soft_allows_less_and_prices_the_rest(bench):
    """v1-h1 gets 1,500 of its 4,000 yuan, v2-h1 none of its 1,000; more than exact stays forbidden."""
    county = bench.county(policy={"R5": HouseholdMin(**SOFT)})
    choice = bench.choice.plus(topups={"v1-h1": 1_500}, pays={("homes", "topup:v1-h1", "industry"): 1_500})
    assert bench.short(county, choice) == [
        ("R5", "v1-h1", 2_500, "yuan", 2_500 * 3 * YUAN),
        ("R5", "v2-h1", 1_000, "yuan", 1_000 * 3 * YUAN),
    ]
    more = bench.choice.plus(topups={"v1-h1": 4_001}, pays={("homes", "topup:v1-h1", "industry"): 4_001})
    assert bench.broken(county, more) == {("R5", "v1-h1")}


# R9: v1-h2 gets most, 15,000 yuan.


def test_r9_accepts_a_household_at_its_maximum(bench):
    """15,000 of 15,000 yuan."""
    assert not bench.broken(bench.county(policy={"R9": HouseholdMax(maximum=15_000, **HARD)}), bench.choice)


def test_r9_rejects_a_household_above_its_maximum(bench):
    """15,000 of 14,999 yuan."""
    county = bench.county(policy={"R9": HouseholdMax(maximum=14_999, **HARD)})
    assert bench.broken(county, bench.choice) == {("R9", "v1-h2")}


def test_r9_counts_topups(bench):
    """6,000 yuan of pigs and 9,500 of top-up exceed 15,000."""
    county = bench.county(
        policy={"R5": HouseholdMin(minimum=15_500, enforce="soft"), "R9": HouseholdMax(maximum=15_000, **HARD)}
    )
    choice = bench.choice.plus(topups={"v1-h1": 9_500}, pays={("homes", "topup:v1-h1", "industry"): 9_500})
    assert bench.broken(county, choice) == {("R9", "v1-h1")}


def test_r9_soft_is_priced_by_the_yuan(bench):
    """One yuan over."""
    county = bench.county(policy={"R9": HouseholdMax(maximum=14_999, **SOFT)})
    assert bench.short(county, bench.choice) == [("R9", "v1-h2", 1, "yuan", 3 * YUAN)]
