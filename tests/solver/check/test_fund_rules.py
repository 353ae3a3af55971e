"""What a fund may spend, on what, and what it must: each rule accepts and rejects plans of the small county."""

from __future__ import annotations

from typing import Any

import pytest

from liftplan.models.policy import (
    FundAmount,
    FundShareRule,
    HouseholdMin,
    PurposeRule,
    SpendMin,
    SpendMinRow,
)
from liftplan.models.rows import Budget, FundShare

from .enforced import HARD, SOFT, YUAN

# R1: general has 400,000 yuan, 1 % of it is the fee: 396,000 to spend; mains has 200,000.


def test_r1_accepts_a_fund_spent_to_the_last_yuan(bench):
    """139,000 yuan and a fee of 1 % rounded up (1,405) are just 140,405 yuan."""
    assert not bench.broken(bench.county(bench.row("funds", "general", amount=140_405)), bench.choice)


def test_r1_rejects_one_yuan_too_many(bench):
    """With 140,404 yuan the fee of 1,405 is one yuan short."""
    county = bench.county(bench.row("funds", "general", amount=140_404))
    assert bench.broken(county, bench.choice) == {("R1", "general")}


def test_r1_counts_topups(bench):
    """Top-ups are ledger yuan of their fund like anything else."""
    county = bench.county(bench.row("funds", "homes", amount=21_000), policy={"R5": HouseholdMin(minimum=9_000)})
    choice = bench.choice.plus(topups={"v1-h1": 3_000}, pays={("homes", "topup:v1-h1", "industry"): 3_000})
    assert bench.broken(county, choice) == {("R1", "homes")}


def test_r1_takes_the_budget_of_the_year(bench):
    """A row of the budgets overrides the fund's own amount in its year."""
    assert bench.broken(bench.county(Budget(fund="mains", year=2015, amount=149_999)), bench.choice) == {
        ("R1", "mains")
    }
    assert not bench.broken(bench.county(Budget(fund="mains", year=2016, amount=1)), bench.choice)


def test_r1_soft_is_priced_by_the_yuan(bench):
    """One yuan too many costs 3 millionths of a person per 10,000 yuan."""
    county = bench.county(bench.row("funds", "general", amount=140_404), policy={"R1": FundAmount(**SOFT)})
    assert bench.short(county, bench.choice) == [("R1", "general", 1, "yuan", 3 * YUAN)]


# R2


def test_r2_accepts_two_funds_on_one_line(bench):
    """Both mains and general may pay the main, however it is split."""
    pays = {("mains", "v1-main", "pipe"): 1, ("general", "v1-main", "pipe"): 199_999}
    assert not bench.broken(bench.county(), bench.choice.paying(pays))


@pytest.mark.parametrize(
    ("fund", "changes"),
    [
        ("general", {"purposes": ("pipe", "industry")}),
        ("general", {"recipients": ("measures",)}),
        ("general", {"modes": ("reward",)}),
        ("general", {"villages": ("v1",)}),
        ("general", {"village_tags": ("high",)}),
        ("general", {"household_groups": ("ill",)}),
        ("general", {"integrable": False}),
    ],
)
def test_r2_rejects_what_a_fund_may_not_pay(bench, fund, changes):
    """Purpose, recipient, mode, villages, tags, household groups and ring-fencing each forbid the road of v2."""
    broken = bench.broken(bench.county(bench.row("funds", fund, **changes)), bench.choice)
    assert ("R2", "general/v2-road/road") in broken
    assert {rule for rule, _ in broken} == {"R2"}


def test_r2_scope_of_groups_is_or_within_and_and_between(bench):
    """Groups: one of them is enough; villages and groups: both must fit."""
    groups = bench.row("funds", "homes", household_groups=("ill", "disabled"))
    assert not bench.broken(bench.county(groups), bench.choice)
    both = bench.row("funds", "homes", household_groups=("ill", "disabled"), villages=("v2",))
    assert bench.broken(bench.county(both), bench.choice) == {
        ("R2", "homes/v1-h1-pigs/industry"),
        ("R2", "homes/v1-h2-repair/house"),
    }


def test_r2_rejects_a_topup_from_a_fund_of_projects(bench):
    """A top-up is a measure of its household: a fund for projects does not pay it."""
    county = bench.county(
        bench.row("funds", "general", recipients=("projects", "measures"), household_groups=()),
        bench.row("funds", "mains", purposes=("pipe", "industry")),
        policy={"R5": HouseholdMin(minimum=9_000)},
    )
    choice = bench.choice.plus(topups={"v1-h1": 3_000})
    assert not bench.broken(county, choice.paying({("general", "topup:v1-h1", "industry"): 3_000}))
    assert bench.broken(county, choice.paying({("mains", "topup:v1-h1", "industry"): 3_000})) == {
        ("R2", "mains/topup:v1-h1/industry")
    }


def test_r2_pooled_widens_poolable_funds_over_poolable_purposes_only(bench):
    """Fund homes is poolable: pooled, it may pay industry without listing it, but not roads."""
    narrow = bench.row("funds", "homes", purposes=("house",))
    assert bench.broken(bench.county(narrow), bench.choice) == {("R2", "homes/v1-h1-pigs/industry")}
    pooled = bench.county(narrow, policy={"R2": PurposeRule(purpose_rule="pooled")})
    assert not bench.broken(pooled, bench.choice)
    road = bench.choice.paying({("general", "v2-road", "road"): 79_999, ("homes", "v2-road", "road"): 1})
    assert bench.broken(pooled, road) == {("R2", "homes/v2-road/road")}


# R7: general spends 139,000: 50,000 on pipes, 80,000 on roads, 9,000 on industry.


def _share(sense: Any, share_bp: int, *purposes: str) -> FundShare:
    return FundShare(id="s", fund="general", sense=sense, share_bp=share_bp, purposes=purposes)


def test_r7_accepts_shares_on_the_right_side(bench):
    """Pipes and industry are 59,000 of 139,000: 42.446 %."""
    assert not bench.broken(bench.county(_share("at_least", 4_244, "pipe", "industry")), bench.choice)
    assert not bench.broken(bench.county(_share("at_most", 4_245, "pipe", "industry")), bench.choice)


def test_r7_rejects_shares_on_the_wrong_side(bench):
    """The next basis point is out of reach."""
    for row in (_share("at_least", 4_245, "pipe", "industry"), _share("at_most", 4_244, "pipe", "industry")):
        assert bench.broken(bench.county(row), bench.choice) == {("R7", "general/s")}


def test_r7_says_nothing_about_a_fund_that_spends_nothing(bench):
    """0 of 0 yuan is any share."""
    row = FundShare(id="s", fund="mains", sense="at_least", share_bp=10_000, purposes=("road",))
    choice = bench.choice.paying({("mains", "v1-main", "pipe"): 0, ("general", "v1-main", "pipe"): 200_000})
    assert not bench.broken(bench.county(row), choice)


def test_r7_soft_is_exact_in_ten_thousandths_of_a_yuan(bench):
    """At least 42.45 % of 139,000 is 59,005.5 yuan: 5.5 yuan = 55,000 ten-thousandths short."""
    county = bench.county(_share("at_least", 4_245, "pipe", "industry"), policy={"R7": FundShareRule(**SOFT)})
    assert bench.short(county, bench.choice) == [("R7", "general/s", 55_000, "yuan/10000", 3 * 55_000)]


# R13: mains spends 150,000 of 200,000; society has 60,000 (and 30,000 ring-fenced) and spends 21,000.


def _spend(row: SpendMinRow, **terms: Any) -> dict[str, Any]:
    return {"R13": SpendMin(rows=(row,), **terms)}


def test_r13_accepts_a_fund_and_a_department_at_their_share(bench):
    """75 % of mains; 35 % of society's 60,000 yuan that may be allocated."""
    for row in (
        SpendMinRow(id="r", fund="mains", share_bp=7_500),
        SpendMinRow(id="r", department="society", share_bp=3_500),
    ):
        assert not bench.broken(bench.county(policy=_spend(row, **HARD)), bench.choice)


def test_r13_rejects_a_fund_and_a_department_below_their_share(bench):
    """One basis point more is out of reach."""
    for row in (
        SpendMinRow(id="r", fund="mains", share_bp=7_501),
        SpendMinRow(id="r", department="society", share_bp=3_501),
    ):
        assert bench.broken(bench.county(policy=_spend(row, **HARD)), bench.choice) == {("R13", "r")}


def test_r13_rounds_up_and_takes_the_amount_with_its_fee(bench):
    """34.75 % of 400,000 is 139,000, what general spends; of 400,001 it is 139,000.3 and rounds up."""
    row = SpendMinRow(id="r", fund="general", share_bp=3_475)
    assert not bench.broken(bench.county(policy=_spend(row, **HARD)), bench.choice)
    county = bench.county(bench.row("funds", "general", amount=400_001), policy=_spend(row, **HARD))
    assert bench.broken(county, bench.choice) == {("R13", "r")}


def test_r13_soft_is_priced_by_the_yuan(bench):
    """75.01 % of 200,000 is 150,020 yuan."""
    county = bench.county(policy=_spend(SpendMinRow(id="r", fund="mains", share_bp=7_501), **SOFT))
    assert bench.short(county, bench.choice) == [("R13", "r", 20, "yuan", 20 * 3 * YUAN)]
