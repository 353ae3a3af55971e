"""Each rule accepts the plan of the small county and rejects one that breaks it; soft ones are priced."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from liftplan.models.policy import (
    RULES,
    Committed,
    DepartmentMin,
    Exit,
    Fairness,
    FundAmount,
    FundShareRule,
    GrowthMin,
    HouseholdMax,
    HouseholdMin,
    Objective,
    PurposeRule,
    SpendMin,
    SpendMinRow,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import Baseline, Budget, Commitment, CostLine, Demand, FundShare, Measure, MinimumOverride
from liftplan.solver.check.rules import CHECKS

SOFT: dict[str, Any] = {"enforce": "soft", "price": 3}
HARD: dict[str, Any] = {"enforce": "hard"}
YUAN, PERSON = 10**4, 10**8


def test_base_plan_keeps_everything(bench):
    """The plan that all tests start from breaks nothing and lifts 4 + 3 + 5 people."""
    findings = bench.check(bench.county(), bench.choice)
    assert findings.accepted
    assert findings.evaluation.totals.people_lifted == 12


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


# R3: v1 gets 200,000 + 6,000 + 15,000 = 221,000 yuan.


def test_r3_accepts_a_village_at_its_minimum(bench):
    """221,000 yuan reach a minimum of 221,000; v2 is not in push and has none."""
    assert not bench.broken(bench.county(policy={"R3": VillageTotalMin(minimum=221_000)}), bench.choice)


def test_r3_rejects_a_village_one_yuan_short(bench):
    """221,000 yuan do not reach 221,001."""
    county = bench.county(policy={"R3": VillageTotalMin(minimum=221_001)})
    assert bench.broken(county, bench.choice) == {("R3", "v1")}


def test_r3_override_replaces_the_minimum_of_its_village(bench):
    """An override lowers or raises it; a village outside the push has no minimum even then."""
    lower = MinimumOverride(village="v1", rule="R3", minimum=0)
    assert not bench.broken(bench.county(lower, policy={"R3": VillageTotalMin()}), bench.choice)
    outside = MinimumOverride(village="v2", rule="R3", minimum=10**6)
    assert not bench.broken(bench.county(outside, policy={"R3": VillageTotalMin(minimum=0)}), bench.choice)


def test_r3_and_r4_spare_a_village_that_r12_rules_out(bench):
    """A village that must get nothing has no minimums."""
    county = bench.county(
        Demand(sense="never", target="village", id="v1"),
        policy={
            "R3": VillageTotalMin(),
            "R4": VillageDepartmentMin(rows=(DepartmentMin(id="water", departments=("water",), minimum=1),)),
        },
    )
    assert not bench.broken(county, bench.choice.minus("v1-main", "v1-h1-pigs", "v1-h1-tap", "v1-h2-repair"))


def test_r3_soft_is_priced_by_the_yuan(bench):
    """1,000 yuan short cost 3 millionths of a person per 10,000 yuan."""
    county = bench.county(policy={"R3": VillageTotalMin(minimum=222_000, **SOFT)})
    assert bench.short(county, bench.choice) == [("R3", "v1", 1_000, "yuan", 1_000 * 3 * YUAN)]


# R4: in v1 general pays 50,000 (poverty), mains 150,000 (water), homes 21,000 (society).


def _department(minimum: int, *departments: str, **terms: Any) -> dict[str, Any]:
    row = DepartmentMin(id="row", departments=departments, minimum=minimum)
    return {"R4": VillageDepartmentMin(rows=(row,), **terms)}


def test_r4_accepts_departments_counted_together(bench):
    """Poverty and water together pay 200,000 yuan in v1."""
    assert not bench.broken(bench.county(policy=_department(200_000, "poverty", "water")), bench.choice)


def test_r4_rejects_a_department_short_in_a_village(bench):
    """The water department alone pays 150,000 yuan in v1: not 150,001."""
    county = bench.county(policy=_department(150_001, "water"))
    assert bench.broken(county, bench.choice) == {("R4", "v1/row")}


def test_r4_override_is_for_its_row(bench):
    """An override names the row; one of R3 does not touch it."""
    policy = _department(150_001, "water")
    assert not bench.broken(
        bench.county(MinimumOverride(village="v1", rule="row", minimum=1), policy=policy), bench.choice
    )
    other = bench.county(MinimumOverride(village="v1", rule="R3", minimum=1), policy=policy)
    assert bench.broken(other, bench.choice) == {("R4", "v1/row")}


def test_r4_soft_is_priced_by_the_yuan(bench):
    """Five yuan short."""
    county = bench.county(policy=_department(150_005, "water", **SOFT))
    assert bench.short(county, bench.choice) == [("R4", "v1/row", 5, "yuan", 5 * 3 * YUAN)]


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


# R6: 310,000 yuan in all.


def test_r6_accepts_exact_growth(bench):
    """281,818 yuan grow by 10 % to 309,999.8, rounded up to 310,000."""
    county = bench.county(Baseline(yuan=281_818), policy={"R6": GrowthMin()})
    assert not bench.broken(county, bench.choice)


def test_r6_rejects_too_little_growth(bench):
    """281,819 yuan ask for 310,001."""
    county = bench.county(Baseline(yuan=281_819), policy={"R6": GrowthMin()})
    assert bench.broken(county, bench.choice) == {("R6", "county")}


def test_r6_villages_only_where_asked(bench):
    """v2 got 89,001 yuan last year and gets 89,000: a breach only with `villages`."""
    rows = (Baseline(yuan=1), Baseline(village="v2", yuan=89_001))
    assert not bench.broken(bench.county(*rows, policy={"R6": GrowthMin()}), bench.choice)
    assert bench.broken(bench.county(*rows, policy={"R6": GrowthMin(villages=True)}), bench.choice) == {("R6", "v2")}


def test_r6_soft_is_priced_by_the_yuan(bench):
    """One yuan short."""
    county = bench.county(Baseline(yuan=281_819), policy={"R6": GrowthMin(**SOFT)})
    assert bench.short(county, bench.choice) == [("R6", "county", 1, "yuan", 3 * YUAN)]


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


# R8


def test_r8_accepts_a_slot_that_is_there(bench):
    """One household moves to the site with its one slot."""
    choice = bench.choice.minus("v1-h2-repair").plus(
        "v1-site",
        "v1-h2-move",
        pays={("general", "v1-site", "road"): 50_000, ("homes", "v1-h2-move", "house"): 20_000},
    )
    assert not bench.broken(bench.county(), choice)


def test_r8_rejects_more_measures_than_slots(bench):
    """Two households do not fit into one slot."""
    choice = bench.choice.minus("v1-h2-repair").plus(
        "v1-site",
        "v1-h2-move",
        "v1-h3-move",
        pays={
            ("general", "v1-site", "road"): 50_000,
            ("homes", "v1-h2-move", "house"): 20_000,
            ("homes", "v1-h3-move", "house"): 1_000,
        },
    )
    assert bench.broken(bench.county(), choice) == {("R8", "v1-site")}


def test_r8_rejects_a_slot_of_a_project_that_is_not_built(bench):
    """The measure requires the project whose slot it takes, and there are no slots."""
    choice = bench.choice.minus("v1-h2-repair").plus("v1-h2-move", pays={("homes", "v1-h2-move", "house"): 20_000})
    assert bench.broken(bench.county(), choice) == {("R8", "v1-h2-move"), ("R8", "v1-site")}


def test_r8_rejects_a_missing_prerequisite_in_another_village(bench):
    """The path of v2 needs the road of v1."""
    choice = bench.choice.minus("v2-road").plus("v2-path", pays={("general", "v2-path", "road"): 60_000})
    assert bench.broken(bench.county(), choice) == {("R8", "v2-path")}
    assert not bench.broken(bench.county(), choice.plus("v1-road", pays={("general", "v1-road", "road"): 100_000}))


def test_r8_rejects_two_alternatives(bench):
    """Of road and path, and of goats and orchard, at most one."""
    county = bench.county(bench.row("measures", "v2-h1-orchard", labour=1))
    choice = bench.choice.plus(
        "v1-road",
        "v2-path",
        "v2-h1-orchard",
        pays={
            ("general", "v1-road", "road"): 100_000,
            ("general", "v2-path", "road"): 60_000,
            ("homes", "v2-h1-orchard", "industry"): 7_000,
        },
    )
    assert bench.broken(county, choice) == {("R8", "v2/way"), ("R8", "v2-h1/farm")}


def test_r8_alternatives_are_counted_village_by_village(bench):
    """The same group name in another village is another group."""
    county = bench.county(bench.row("projects", "v1-road", alternative_group="way"))
    assert not bench.broken(county, bench.choice.plus("v1-road", pays={("general", "v1-road", "road"): 100_000}))


def test_r8_rejects_too_much_labour(bench):
    """Goats (1) and shop (2) need three of the two workers."""
    choice = bench.choice.plus("v2-h1-shop", pays={("homes", "v2-h1-shop", "industry"): 2_000})
    assert bench.broken(bench.county(), choice) == {("R8", "v2-h1")}


def test_r8_rejects_two_main_houses(bench):
    """Repair and move, if both are main houses."""
    county = bench.county(bench.row("measures", "v1-h2-move", main_house=True))
    choice = bench.choice.plus(
        "v1-site",
        "v1-h2-move",
        pays={("general", "v1-site", "road"): 50_000, ("homes", "v1-h2-move", "house"): 20_000},
    )
    assert bench.broken(county, choice) == {("R8", "v1-h2")}


def test_r8_rejects_a_direct_effect_left_out(bench):
    """The main is built, so the tap runs."""
    assert bench.broken(bench.county(), bench.choice.minus("v1-h1-tap")) == {("R8", "v1-h1-tap")}


def test_r8_rejects_a_direct_effect_without_its_project(bench):
    """No main, no tap."""
    assert bench.broken(bench.county(), bench.choice.minus("v1-main")) == {("R8", "v1-h1-tap")}


def test_r8_an_effect_with_labour_is_a_choice(bench):
    """A costless measure that ties up labour may be left out."""
    county = bench.county(bench.row("measures", "v1-h1-tap", labour=1))
    assert not bench.broken(county, bench.choice.minus("v1-h1-tap"))


def test_r8_rejects_a_project_whose_money_comes_later(bench):
    """Built first and accepted in 2016, the road draws nothing in 2015."""
    county = bench.county(bench.row("projects", "v2-road", mode="build_first", acceptance_year=2016))
    assert bench.broken(county, bench.choice) == {("R8", "v2-road")}
    same_year = bench.row("projects", "v2-road", mode="build_first", acceptance_year=2015)
    assert not bench.broken(bench.county(same_year), bench.choice)


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


# R10: v1 has 8 people of whom 7 are lifted; v2 has 5 not already out, all lifted.


def test_r10_accepts_shares_rounded_up(bench):
    """75.01 % of 8 people is 7 people, rounded up; the two people already out do not count."""
    assert not bench.broken(bench.county(policy={"R10": Fairness(share_bp=7_501, **HARD)}), bench.choice)


def test_r10_rejects_a_village_left_behind(bench):
    """87.51 % of 8 people is 8 people."""
    county = bench.county(policy={"R10": Fairness(share_bp=8_751, **HARD)})
    assert bench.broken(county, bench.choice) == {("R10", "v1")}


@pytest.mark.parametrize(("by", "subject"), [("township", "east"), ("group", "disabled")])
def test_r10_counts_by_township_and_by_group(bench, by, subject):
    """Without the repair v1-h2 stays: township east lifts 4 of 8, group disabled 0 of 3."""
    county = bench.county(policy={"R10": Fairness(share_bp=6_000, by=by, **HARD)})
    assert bench.broken(county, bench.choice.minus("v1-h2-repair")) == {("R10", subject)}


def test_r10_leaves_out_villages_that_r12_rules_out(bench):
    """The people of v1 are not counted where v1 must get nothing."""
    rows = (Demand(sense="never", target="village", id="v1"),)
    county = bench.county(*rows, policy={"R10": Fairness(share_bp=10_000, **HARD)})
    assert not bench.broken(county, bench.choice.minus("v1-main", "v1-h1-pigs", "v1-h1-tap", "v1-h2-repair"))


def test_r10_soft_is_priced_by_the_person(bench):
    """One person short of 8 in v1."""
    county = bench.county(policy={"R10": Fairness(share_bp=10_000, **SOFT)})
    assert bench.short(county, bench.choice) == [("R10", "v1", 1, "person", 3 * PERSON)]


# R11


def _committed(item: str, purpose: str, yuan: int) -> Commitment:
    return Commitment(fund="general", item=item, purpose=purpose, yuan=yuan)


def test_r11_accepts_a_line_at_its_commitment(bench):
    """50,000 yuan of general are committed to the main and paid."""
    assert not bench.broken(bench.county(_committed("v1-main", "pipe", 50_000)), bench.choice)


def test_r11_rejects_a_line_below_its_commitment(bench):
    """50,001 yuan of general are committed; mains pays the rest, which does not help."""
    county = bench.county(_committed("v1-main", "pipe", 50_001))
    assert bench.broken(county, bench.choice) == {("R11", "general/v1-main/pipe")}


def test_r11_rejects_an_item_left_out(bench):
    """The road of v1 is committed but not built."""
    county = bench.county(_committed("v1-road", "road", 1))
    assert bench.broken(county, bench.choice) == {("R11", "general/v1-road/road")}


def test_r11_soft_is_priced_by_the_yuan(bench):
    """One yuan short on the main, all of it on the road."""
    rows = (_committed("v1-main", "pipe", 50_001), _committed("v1-road", "road", 70))
    assert bench.short(bench.county(*rows, policy={"R11": Committed(**SOFT)}), bench.choice) == [
        ("R11", "general/v1-main/pipe", 1, "yuan", 3 * YUAN),
        ("R11", "general/v1-road/road", 70, "yuan", 70 * 3 * YUAN),
    ]


# R12

KEPT: list[tuple[Any, Any, str]] = [
    ("must", "project", "v1-main"),
    ("must", "measure", "v1-h1-tap"),
    ("must", "household", "v1-h1"),
    ("must", "household", "v2-h2"),
    ("must", "village", "v1"),
    ("never", "project", "v1-road"),
    ("never", "measure", "v2-h1-shop"),
    ("never", "household", "v1-h3"),
]
NOT_KEPT: list[tuple[Any, Any, str]] = [
    ("must", "project", "v1-road"),
    ("must", "measure", "v2-h1-shop"),
    ("must", "household", "v1-h3"),
    ("never", "project", "v1-main"),
    ("never", "measure", "v1-h1-pigs"),
    ("never", "household", "v1-h2"),
    ("never", "village", "v1"),
]


@pytest.mark.parametrize(("sense", "target", "name"), KEPT)
@pytest.mark.parametrize("enforce", ["hard", "soft", "off"])
def test_r12_accepts_what_is_kept(bench, sense, target, name, enforce):
    """Built, taken, lifted (or already out), paid - or nothing of the kind."""
    county = bench.county(Demand(sense=sense, target=target, id=name, enforce=enforce, price=3))
    assert bench.short(county, bench.choice) == []


@pytest.mark.parametrize(("sense", "target", "name"), NOT_KEPT)
def test_r12_rejects_what_is_not_kept(bench, sense, target, name):
    """Each kind of demand names itself."""
    county = bench.county(Demand(sense=sense, target=target, id=name))
    assert bench.broken(county, bench.choice) == {("R12", f"{sense} {target}:{name}")}


@pytest.mark.parametrize(("sense", "target", "name"), NOT_KEPT)
def test_r12_soft_has_a_price_per_named_item(bench, sense, target, name):
    """Each demand not kept costs its own price once."""
    county = bench.county(Demand(sense=sense, target=target, id=name, enforce="soft", price=5))
    assert bench.short(county, bench.choice) == [("R12", f"{sense} {target}:{name}", 1, "item", 5 * PERSON)]


def test_r12_rejects_a_village_without_a_yuan(bench):
    """v2 must get something and gets nothing."""
    county = bench.county(Demand(sense="must", target="village", id="v2"))
    assert bench.broken(county, bench.choice.minus("v2-road", "v2-h1-goats")) == {("R12", "must village:v2")}


def test_r12_off_ignores_the_table(bench):
    """`enforce: off` in the policy switches every row off."""
    county = bench.county(Demand(sense="never", target="village", id="v1"))
    off = county.policy.R12.model_copy(update={"enforce": "off"})
    assert not bench.broken(bench.county(*county["demands"].rows(), policy={"R12": off}), bench.choice)


def test_r12_hard_never_suppresses_direct_effects_and_soft_ignores_them(bench):
    """v1-h1 is ruled out: without pigs the tap alone is one measure too many if hard, and none that counts if soft."""
    hard = bench.county(Demand(sense="never", target="household", id="v1-h1"))
    assert bench.broken(hard, bench.choice.minus("v1-h1-pigs")) == {("R12", "never household:v1-h1")}
    assert not bench.broken(hard, bench.choice.minus("v1-h1-pigs", "v1-h1-tap"))
    soft = bench.county(Demand(sense="never", target="household", id="v1-h1", enforce="soft", price=1))
    assert bench.short(soft, bench.choice.minus("v1-h1-pigs")) == []
    assert bench.broken(soft, bench.choice.minus("v1-h1-pigs", "v1-h1-tap")) == {("R8", "v1-h1-tap")}


def test_r12_a_measure_ruled_out_may_be_a_direct_effect(bench):
    """A hard never on the tap leaves it out though the main is built."""
    county = bench.county(Demand(sense="never", target="measure", id="v1-h1-tap"))
    assert not bench.broken(county, bench.choice.minus("v1-h1-tap"))
    assert bench.broken(county, bench.choice) == {("R12", "never measure:v1-h1-tap")}


def test_r12_a_household_ruled_out_has_no_minimum(bench):
    """v1-h3 under `every` would get 5,000 yuan; a hard never on it or its village takes that away."""
    for row in (
        Demand(sense="never", target="household", id="v1-h3"),
        Demand(sense="never", target="village", id="v1"),
    ):
        county = bench.county(row, policy={"R5": HouseholdMin(minimum=5_000, applies_to="every")})
        assert ("R5", "v1-h3") not in bench.broken(county, bench.choice)


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


def test_every_rule_has_a_check_and_tests_that_accept_and_reject():
    """A rule without a function, an accepting or a rejecting test (and a soft one where it can be soft) fails here."""
    assert list(CHECKS) == list(RULES)
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    for rule in RULES:
        for kind in ("accepts", "rejects", *(() if rule in {"R2", "R8"} else ("soft",))):
            assert any(name.startswith(f"test_{rule.lower()}_{kind}_") for name in names), f"{rule} {kind}"
