"""Departments deciding alone: `tiny` worked out by hand, what a department sees, and what always holds."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

import liftplan
from liftplan.models.county import County
from liftplan.models.rows import TABLES
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.scenarios.separate import ORDER, Outcome, decide_separately, repaired
from liftplan.scenarios.separate.order import in_order
from liftplan.scenarios.small import random_small


@pytest.fixture(scope="module")
def tiny() -> County:
    """The county `tiny`."""
    return liftplan.load("tiny")


def under(county: County, *texts: str) -> Outcome:
    """The outcome in a county under overrides."""
    return decide_separately(apply_overrides(county, list(map(Line, texts)))[0])[0]


def bought(outcome: Outcome, fund: str) -> list[str]:
    """What a fund pays for."""
    return sorted({item for payer, item, _, _ in outcome.ledger if payer == fund})


def test_tiny_by_hand(tiny: County) -> None:
    """docs/scenarios.md works it out: 38 people for 265,000 yuan, and two households with two houses each.

    The poverty office fills its 20,000 yuan a village with pigs and goats, since no road is there yet; development and
    reform builds the site for the two largest families of Bailing; transport builds two roads, water the main; housing
    repairs three houses, two of them for the families that have just moved.
    """
    outcome, violations = decide_separately(tiny)
    assert outcome.order == ("poverty", "ndrc", "transport", "water", "housing")
    assert bought(outcome, "special_poverty") == [
        "v01-h0001-m02",
        "v01-h0002-m02",
        "v01-h0003-m02",
        "v02-h0001-m02",
        "v02-h0002-m02",
        "v03-h0001-m01",
        "v03-h0002-m01",
    ]
    assert bought(outcome, "relocation") == ["v02-h0004-m02", "v02-h0005-m02", "v02-p02"]
    assert bought(outcome, "village_road") == ["v01-p01", "v02-p01"]
    assert bought(outcome, "drinking_water") == ["v03-p01"]
    assert bought(outcome, "renovation") == ["v01-h0007-m01", "v02-h0004-m01", "v02-h0005-m01"]
    assert (outcome.totals.people_lifted, outcome.totals.ledger_yuan) == (38, 265_000)
    assert [(one.rule, one.subject) for one in outcome.broken] == [("R8", "v02-h0004"), ("R8", "v02-h0005")]
    assert {str(one.message) for one in violations} == {one.text for one in outcome.broken}


def test_nobody_tops_up(tiny: County) -> None:
    """With a minimum of 15,000 yuan a household those who get less are listed with the amount that is missing."""
    outcome = under(tiny, "policy.R5.minimum = 15000")
    short = {one.subject: one.limit for one in outcome.broken if one.rule == "R5"}
    assert short["v01-h0001"] == 1_000
    assert short["v03-h0002"] == 3_000
    assert "v02-h0004" not in short


def test_what_breaks_rules_is_dropped(tiny: County) -> None:
    """Of two houses the cheaper goes, 8,000 yuan each time, and both families stay lifted."""
    left = repaired(tiny, under(tiny))
    assert (left.people_possible, left.people_kept, left.dropped_yuan) == (38, 38, 16_000)


def test_households_below_the_minimum_are_dropped(tiny: County) -> None:
    """Under a minimum of 15,000 yuan only who gets so much, or is lifted by projects alone, is counted."""
    county, _ = apply_overrides(tiny, [Line("policy.R5.minimum = 15000")])
    outcome, _ = decide_separately(county)
    left = repaired(county, outcome)
    assert left.people_possible == outcome.totals.people_lifted
    assert left.people_kept < left.people_possible


def test_more_work_than_hands_is_dropped(tiny: County) -> None:
    """A family of one worker that is given pigs and oranges keeps what lifts it, and loses the other's money."""
    outcome = under(tiny)
    both = outcome.model_copy(update={"measures": tuple(sorted({*outcome.measures, "v01-h0001-m01"}))})
    one, _ = apply_overrides(tiny, [Line("households[id=v01-h0001].labour = 1")])
    assert repaired(one, both).dropped_yuan - repaired(one, outcome).dropped_yuan == 8_000
    assert repaired(one, both).people_possible == 38


def test_ring_fenced_money_stays_where_it_is(tiny: County) -> None:
    """Flood relief pays nothing."""
    outcome = under(tiny)
    assert not bought(outcome, "flood_relief")


def test_purposes_are_fixed_whatever_the_policy_says(tiny: County) -> None:
    """The world before integration knows no pool."""
    assert under(tiny, "policy.R2.purpose_rule = pooled").ledger == under(tiny).ledger


def test_a_department_waits_for_its_own_project(tiny: County) -> None:
    """Houses on the site follow the site; without it there are none."""
    outcome = under(tiny, "never project v02-p02")
    assert not bought(outcome, "relocation")


def test_a_department_sees_projects_that_are_built(tiny: County) -> None:
    """With roads paid by the poverty office itself oranges and tea become possible, and cheaper than pigs."""
    outcome = under(tiny, "funds[special_poverty].purposes + village_road", "funds[special_poverty].amount = 1000000")
    assert {"v02-p01", "v01-p01"} <= set(outcome.projects)
    assert "v02-h0003-m01" in outcome.measures


def test_a_department_sees_only_its_own_measures(tiny: County) -> None:
    """Two houses for one family come from two departments; one department would have seen it."""
    outcome = under(tiny, "funds[relocation].department = housing")
    assert "R8" not in {one.rule for one in outcome.broken}


def test_a_minimum_that_its_departments_cannot_fill_is_listed(tiny: County) -> None:
    """The water bureau has 15,000 yuan of items in Guixi, transport none."""
    outcome = under(tiny, "policy.R4.rows[line].minimum = 16000")
    assert [(one.subject, one.value, one.limit) for one in outcome.broken if one.rule == "R4"] == [
        ("v03/line", 15_000, 16_000)
    ]


def test_the_order_of_departments_is_fixed() -> None:
    """Whatever the order of the table; those that are not named come last, by identifier."""
    assert in_order(["zoo", "society", "bees", "water", "poverty"]) == ["poverty", "water", "society", "bees", "zoo"]
    assert len(set(ORDER)) == len(ORDER) == 16


def shuffled(county: County, seed: int) -> County:
    """The same county, its rows in another order."""
    rng = np.random.default_rng(seed)
    return county.with_tables(**{name: county[name].take(rng.permutation(len(county[name]))) for name in TABLES})


SEEDS: Sequence[int] = random.Random(6).sample(range(10_000), 25)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_always_holds(seed: int) -> None:
    """No fund pays too much or what it may not, every item is paid in full, whatever needs a project has it.

    And the same county gives the same outcome, in whatever order its rows are.
    """
    county = random_small(seed)
    outcome, violations = decide_separately(county)
    assert {one.rule for one in violations} <= {"R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13"}
    assert not [one for one in violations if one.rule == "R8" and "needs project" in str(one.message)]
    assert outcome == decide_separately(shuffled(county, seed))[0]
