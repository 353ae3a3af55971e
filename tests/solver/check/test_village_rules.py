"""What villages and the county must get, and whom they must lift: each rule accepts and rejects plans."""

from __future__ import annotations

from typing import Any

import pytest

from liftplan.models.policy import (
    DepartmentMin,
    Fairness,
    GrowthMin,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import Baseline, Demand, MinimumOverride

from .enforced import HARD, PERSON, SOFT, YUAN

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
