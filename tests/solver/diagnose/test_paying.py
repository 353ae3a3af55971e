"""What each fund can pay towards a rule, and what the rule asks for."""

from __future__ import annotations

from liftplan.models.policy import SpendMin, SpendMinRow
from liftplan.scenarios.clashes.case import county, fund, minimums
from liftplan.solver.diagnose.arithmetic import amount_of, figures, paying
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.rules import Group


def ground() -> Ground:
    """The poverty office has two funds for 3 x 40,000, one with more than its items take up."""
    spend = SpendMin(enforce="hard", rows=(SpendMinRow(id="f", fund="squares", share_bp=5_000),))
    special = fund("special", "poverty", 90_000, "industry", "road", fee_bp=100)
    old = fund("old", "poverty", 600_000, "industry")
    return Ground(county("paying", special, old, R4=minimums(poverty=40_000), R13=spend))


def group(found: Ground, rule: str, key: str) -> Group:
    """A group of rules by its name."""
    return next(one for one in found.groups if (one.rule, one.key) == (rule, key))


def test_funds_pay_what_they_have_and_no_more_than_items_take_up() -> None:
    """90,000 less 1 %, and goats for 48,000; the sum is that of the comparison."""
    found = ground()
    minimum = group(found, "R4", "poverty")
    most = paying(found, minimum)
    assert most == {"special": 89_100, "old": 48_000}
    compared = next(one for one in figures(found) if (one.rule, one.kind) == ("R4", "money"))
    assert compared.most == sum(most.values())
    assert compared.needs == amount_of(found, minimum) == 120_000


def test_a_part_of_a_group_is_paid_in_its_places_only() -> None:
    """In one village goats are 16,000, and 40,000 are asked for."""
    found = ground()
    minimum = group(found, "R4", "poverty")
    one = minimum.only(part for part in minimum.parts if part.village == "v1")
    assert paying(found, one)["old"] == 16_000
    assert amount_of(found, one) == 40_000


def test_only_minimums_of_money_are_paid() -> None:
    """A fund's own limit is what it allows; nobody pays towards it."""
    found = ground()
    limit = group(found, "R1", "special")
    assert paying(found, limit) == {}
    assert amount_of(found, limit) == 89_100
    assert paying(found, group(found, "R13", "f")) == {"squares": 180_000}
