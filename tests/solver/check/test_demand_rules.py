"""Commitments, musts and nevers: each rule accepts and rejects plans of the small county."""

from __future__ import annotations

from typing import Any

import pytest

from liftplan.models.policy import (
    Committed,
    HouseholdMin,
)
from liftplan.models.rows import Commitment, Demand

from .enforced import PERSON, SOFT, YUAN

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
