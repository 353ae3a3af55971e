"""What a plan states besides its decisions: reasons for money left over, prices, implied rules, overrides."""

from __future__ import annotations

from typing import Any

import pytest

from liftplan.models.plan import Plan, PlanBody
from liftplan.models.policy import DepartmentMin, PurposeRule, VillageDepartmentMin, VillageTotalMin
from liftplan.models.rows import CostLine, Demand, MinimumOverride, Purpose
from liftplan.solver.check import Facts, check_plan


def changed(plan: Plan, **fields: Any) -> Plan:
    """The plan with some fields changed, sealed again."""
    content = plan.model_dump(mode="json", exclude={"digest"})
    return Plan.sealed(PlanBody(**{**content, **fields}))


def with_reason(plan: Plan, fund: str, reason: str) -> Plan:
    """The plan with another reason for what a fund has left."""
    uses = [use.model_dump() | ({"reason": reason} if use.fund == fund else {}) for use in plan.funds]
    return changed(plan, funds=uses)


def overriding(*lines: str) -> dict[str, Any]:
    """Fields of a plan that was made under overrides."""
    return {"overrides": list(lines), "applied": [{"override": line, "cells": 1} for line in lines]}


def found(county: Any, plan: Plan) -> set[tuple[str, str]]:
    """Part and subject of everything that is wrong."""
    return {(one.rule, one.subject) for one in check_plan(county, plan)}


@pytest.mark.parametrize(
    ("fund", "reason"),
    [
        ("general", "not_worth_it"),  # it could pay the road of v1
        ("homes", "not_worth_it"),  # it could pay the house of v1-h3
        ("mains", "no_eligible_use"),  # it pays for water mains of projects, and the only one is built
        ("relief", "ring_fenced"),
    ],
)
def test_only_the_true_reason_is_accepted(bench, fund, reason):
    """Whatever else is said of what a fund has left is named."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    assert not found(county, with_reason(plan, fund, reason))
    for lie in {"none_left", "ring_fenced", "no_eligible_use", "not_worth_it", "reserved"} - {reason}:
        assert found(county, with_reason(plan, fund, lie)) == {("funds", f"{fund}/reason")}


def test_a_fund_spent_to_the_last_yuan_has_nothing_left(bench):
    """Nothing left needs no reason."""
    county = bench.county(bench.row("funds", "mains", amount=150_000))
    plan = bench.plan(county, bench.choice)
    assert not found(county, with_reason(plan, "mains", "none_left"))
    assert found(county, with_reason(plan, "mains", "not_worth_it")) == {("funds", "mains/reason")}


def test_a_fund_of_which_only_the_fee_is_unspent_says_reserved(bench):
    """The fee is reserved, not spent; a yuan more, and it is left over for another reason."""
    for more, reason in ((0, "reserved"), (1, "no_eligible_use")):
        county = bench.county(bench.row("funds", "mains", amount=(150_000 + more) * 10_000 // 9_900 + 1, fee_bp=100))
        plan = bench.plan(county, bench.choice)
        (use,) = (one for one in plan.funds if one.fund == "mains")
        assert (use.left, use.fee > 0, use.reason) == (more, True, reason)
        assert not found(county, plan)
        assert found(county, with_reason(plan, "mains", "none_left")) == {("funds", "mains/reason")}


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({}, [Demand(sense="never", target="project", id="v1-spare")]),
        ({}, [CostLine(item="v1-spare", purpose="nothing", yuan=1), Purpose(id="nothing", name="nothing")]),
        ({"mode": "build_first", "acceptance_year": 2016}, []),
        ({"requires": ("v2-path",)}, [Demand(sense="never", target="project", id="v2-path")]),
    ],
    ids=["never", "no payer", "later", "requires"],
)
def test_what_cannot_be_taken_is_doubtful(bench, changes, rows):
    """A use that a hard rule or a missing payer shuts out may be called one or not; any other may not."""
    spare, line = bench.row("projects", "v1-main", id="v1-spare"), CostLine(item="v1-spare", purpose="pipe", yuan=9)
    free = bench.county(spare, line)
    assert found(free, with_reason(bench.plan(free, bench.choice), "mains", "no_eligible_use"))
    county = bench.county(spare.model_copy(update=changes), line, *rows)
    plan = bench.plan(county, bench.choice)
    assert not found(county, with_reason(plan, "mains", "no_eligible_use"))
    assert not found(county, with_reason(plan, "mains", "not_worth_it"))


@pytest.mark.parametrize(
    ("part", "name", "price"),
    [
        ("prices", "nowhere", 0.5),
        ("prices", "relief", 0.5),
        ("prices", "general", -0.1),
        ("rule_prices", "R3 v1", 0.5),
        ("rule_prices", "R4 v1/nobody", 0.5),
        ("rule_prices", "R4 v1/water", 0.0),
        ("rule_prices", "R8 v1", 0.5),
        ("rule_prices", "general", 0.5),
    ],
)
def test_prices_are_of_what_can_have_one(bench, part, name, price):
    """Funds that pay and rules in force; a rule without a price is left out."""
    rows = (DepartmentMin(id="water", departments=("water",), minimum=1),)
    county = bench.county(policy={"R4": VillageDepartmentMin(rows=rows)})
    plan = changed(bench.plan(county, bench.choice), rule_prices={"R4 v1/water": 0.5})
    assert not found(county, plan)
    assert found(county, changed(plan, **{part: {**getattr(plan, part), name: price}})) == {("prices", name)}


def test_rules_that_follow_from_others_are_listed(bench):
    """R3 of v1 asks for no more than two rows of R4 without a common department together; an own minimum may."""
    rows = (
        DepartmentMin(id="water", departments=("water",), minimum=150_000),
        DepartmentMin(id="both", departments=("water", "poverty"), minimum=200_000),
        DepartmentMin(id="poverty", departments=("poverty",), minimum=50_000),
    )
    policy = {"R3": VillageTotalMin(minimum=200_000), "R4": VillageDepartmentMin(rows=rows)}
    county = bench.county(policy=policy)
    plan = bench.plan(county, bench.choice)
    assert not found(county, changed(plan, implied=["R3 v1"]))
    assert found(county, changed(plan, implied=[])) == {("implied", "R3 v1")}
    assert found(county, changed(plan, implied=["R3 v1", "R3 v2"])) == {("implied", "R3 v2")}
    more = bench.county(MinimumOverride(village="v1", rule="R3", minimum=200_001), policy=policy)
    plan = bench.plan(more, bench.choice)
    assert not found(more, changed(plan, implied=[]))
    assert found(more, changed(plan, implied=["R3 v1"])) == {("implied", "R3 v1")}


@pytest.mark.parametrize(
    "line",
    [
        "policy.R2.purpose_rule = pooled",
        "funds[department=poverty].amount x 0.6",
        "costs[item=v1-road].yuan + 500",
        "must project v07-p03",
        "policy.R3.minimum - 5",
        "funds[department=poverty AND channel=fiscal].amount x 0.6",
        'policy.R1.source = ""',
    ],
)
def test_overrides_that_the_county_bears_out_are_accepted(bench, line):
    """Fields of the policy are as the override says; what else overrides do cannot be told from the county."""
    county = bench.county(policy={"R2": PurposeRule(purpose_rule="pooled")})
    plan = bench.plan(county, bench.choice)
    assert not found(county, changed(plan, scenario="other", **overriding(line)))


def test_the_last_override_of_a_field_counts(bench):
    """An earlier one may say something else."""
    county = bench.county(policy={"R2": PurposeRule(purpose_rule="pooled")})
    plan = bench.plan(county, bench.choice)
    lines = [f"policy.R2.purpose_rule = {rule}" for rule in ("fixed", "pooled")]
    assert not found(county, changed(plan, scenario="other", **overriding(*lines)))
    assert found(county, changed(plan, scenario="other", **overriding(*lines[::-1]))) == {
        ("overrides", "policy.R2.purpose_rule")
    }


def test_the_base_has_no_overrides(bench):
    """A plan of the county as it is was made without any."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    assert found(county, changed(plan, **overriding("funds.amount x 1"))) == {("overrides", "scenario")}


@pytest.mark.parametrize(
    "line", ["", "funds", "policy.R3.minimum=5", "a = ", "must project\nx", "policy.R3.minimum * 2"]
)
def test_other_lines_are_no_overrides(bench, line):
    """A line that no override looks like is named."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    assert found(county, changed(plan, scenario="other", **overriding(line))) == {("overrides", line)}


@pytest.mark.parametrize("told", [[], ["policy.R2.purpose_rule = fixed"] * 2, ["must project v1-road"]])
def test_what_overrides_did_is_told_of_each_of_them(bench, told):
    """An override of which nothing is told, or another one than the plan's, is noticed."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    fields = {**overriding(*told), "overrides": ["policy.R2.purpose_rule = fixed"]}
    assert found(county, changed(plan, scenario="other", **fields)) == {("overrides", "applied")}


def test_no_more_is_rounded_than_there_is(bench):
    """What an override did must be possible."""
    county = bench.county()
    plan = bench.plan(county, bench.choice)
    fields = overriding("funds.amount x 1")
    fields["applied"][0]["rounded"] = 2
    assert found(county, changed(plan, scenario="other", **fields)) == {("overrides", "funds.amount x 1")}


def test_facts_of_another_county_are_refused(bench):
    """The index must be of the county that is checked."""
    county, other = bench.county(), bench.county()
    plan = bench.plan(county, bench.choice)
    assert check_plan(county, plan, Facts(county)) == []
    with pytest.raises(ValueError, match="another county"):
        check_plan(county, plan, Facts(other))
