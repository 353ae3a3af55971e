"""How much room rules leave: every rule that a county has is in the table, with what a plan has beyond it."""

from __future__ import annotations

from functools import cache

import pytest

from liftplan.models.policy import (
    Fairness,
    GrowthMin,
    HouseholdMax,
    HouseholdMin,
    Policy,
    SpendMin,
    SpendMinRow,
    VillageTotalMin,
)
from liftplan.models.rows import Baseline, FundShare
from liftplan.scenarios.clashes.case import committed, county, measure, minimums, must, never, project
from liftplan.scenarios.counties import load
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import foci, seed_of
from liftplan.solver.diagnose.diagnosis import Diagnosis, diagnose
from liftplan.solver.diagnose.rooms import Slack

from ...thorough import some

PLACES = some((1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 14), 4)
"""Places of the suite of small counties that have a plan."""


@cache
def everything() -> Diagnosis:
    """A county with every rule, and room in it."""
    made = county(
        "everything",
        project("v1-site", "public", 10_000, slots=1),
        measure("v1-h1-move", "house", 20_000, uses_slot="v1-site", meets=("house",)),
        measure("v1-h2-move", "house", 20_000, uses_slot="v1-site", meets=("house",)),
        must("measure", "v1-h1-move"),
        never("measure", "v2-h2-goats"),
        committed("squares", "v1-square", "public", 45_000),
        Baseline(village="", yuan=100_000),
        FundShare(fund="special", id="roads", purposes=("road",), sense="at_least", share_bp=1_000),
        R3=VillageTotalMin(minimum=50_000),
        R4=minimums(finance=30_000),
        R5=HouseholdMin(minimum=9_000),
        R6=GrowthMin(),
        R9=HouseholdMax(enforce="hard", maximum=40_000),
        R10=Fairness(enforce="hard", share_bp=1_000),
        R13=SpendMin(enforce="hard", rows=(SpendMinRow(id="f", fund="squares", share_bp=1_000),)),
    )
    return diagnose(made, threads=1)


def of(found: Diagnosis, rule: str) -> Slack:
    """The only row of a rule."""
    (one,) = (slack for slack in found.slacks if slack.group.rule == rule)
    return one


def test_every_rule_of_the_county_is_told() -> None:
    """R1 to R13, each at least once, and every group that there is but demands, which are told together."""
    found = everything()
    assert found.status == "feasible"
    assert {one.group.rule for one in found.slacks} == {f"R{number}" for number in range(1, 14)}
    assert found.judge is not None
    told = {one.group for one in found.slacks}
    assert {group for group in found.judge.ground.groups if group.rule != "R12"} <= told
    assert of(found, "R12").group.parts == tuple(
        part for group in found.judge.ground.groups if group.rule == "R12" for part in group.parts
    )


def test_the_rules_of_tiny_are_told() -> None:
    """R5 among them: oranges and tea cost 8,000 yuan and get a top-up of 2,000, so that nothing is beyond 10,000."""
    found = diagnose(load("tiny"), threads=1)
    assert {one.group.rule for one in found.slacks} == {"R1", "R2", "R3", "R4", "R5", "R8"}
    least = of(found, "R5")
    assert (least.asked, least.room, least.most, least.unit) == (10_000, 0, 20_000, "yuan")
    assert least.tightest.subject.startswith("v0")


def test_the_tightest_is_first_and_what_is_only_kept_last() -> None:
    """By the room that is possible as a share of what is asked; R2 and R12 have no amount."""
    found = everything()
    shares = [one.share for one in found.slacks]
    assert shares == sorted(shares)
    assert [(one.group.rule, one.asked, one.room, one.most) for one in found.slacks[-2:]] == [
        ("R12", None, None, None),
        ("R2", None, None, None),
    ]


def test_room_is_what_the_plan_has() -> None:
    """Counted again from the plan: what households get, the line that is committed, free places."""
    found = everything()
    plan = found.witness
    assert plan is not None
    costs = {"house": 15_000, "goats": 8_000, "move": 20_000}
    got: dict[str, int] = dict(plan.topups)
    for one in plan.measures:
        home, _, what = one.rpartition("-")
        got[home] = got.get(home, 0) + costs[what]
    least, most = of(found, "R5"), of(found, "R9")
    assert (least.room, got[least.tightest.subject]) == (min(got.values()) - 9_000, min(got.values()))
    assert (most.room, got[most.tightest.subject]) == (40_000 - max(got.values()), max(got.values()))
    assert most.most == 40_000 - 9_000
    paid = sum(yuan for fund, item, _, yuan in plan.ledger if (fund, item) == ("squares", "v1-square"))
    promised = of(found, "R11")
    assert (promised.asked, promised.room, promised.most) == (45_000, paid - 45_000, 15_000)
    slots = of(found, "R8")
    assert (slots.asked, slots.room, slots.tightest.subject) == (1, 0, "v1-site")


def test_a_minimum_for_everybody_leaves_room_as_the_money_goes() -> None:
    """Six households, 200,000 yuan for houses and 600,000 for goats, roads and top-ups: so much a household at most."""
    made = county("every", R5=HouseholdMin(minimum=100_000, applies_to="every"))
    least = of(diagnose(made, threads=1), "R5")
    assert (least.asked, least.room) == (100_000, 0)
    assert least.most == 0  # nobody's measures cost more than 23,000


def test_a_minimum_that_nobody_gets_is_kept() -> None:
    """Where nobody can be helped R5 asks for nothing."""
    homes = [
        f"v{village}-h{number}-{what}" for village in (1, 2, 3) for number in (1, 2) for what in ("house", "goats")
    ]
    least = of(diagnose(county("nobody", R5=HouseholdMin(), without=tuple(homes)), threads=1), "R5")
    assert (least.asked, least.room) == (None, None)


def test_limits_of_households_are_kept_where_there_are_none() -> None:
    """A county of projects alone has nobody who could get too little or too much."""
    homes = [f"v{village}-h{number}" for village in (1, 2, 3) for number in (1, 2)]
    items = [f"{home}-{what}" for home in homes for what in ("house", "goats")]
    limits = {"R5": HouseholdMin(), "R9": HouseholdMax(enforce="hard", maximum=40_000)}
    found = diagnose(county("empty", without=(*homes, *items), **limits), threads=1)
    assert [(of(found, rule).asked, of(found, rule).room) for rule in limits] == [(None, None), (None, None)]


@pytest.mark.parametrize("place", PLACES)
def test_no_plan_has_more_room_than_is_told_to_be_possible(place: int) -> None:
    """The checked plan is one: its room is never above the most that is proved, and never below 0."""
    hard, soft = foci(place)
    found = diagnose(random_small(seed_of(place), hard=hard, soft=soft), threads=1)
    assert found.status == "feasible"
    for one in found.slacks:
        assert one.room is None or one.room >= 0
        assert one.room is None or one.most is None or one.room <= one.most


def test_rules_that_are_off_or_soft_are_not_told() -> None:
    """What may be broken leaves no room: only hard rules stand in the table."""
    base = load("tiny")
    off = base.policy.R5.model_copy(update={"enforce": "soft", "price": 1})
    made = base.with_policy(Policy.model_validate(base.policy.model_copy(update={"R5": off})))
    assert "R5" not in {one.group.rule for one in diagnose(made, threads=1).slacks}
