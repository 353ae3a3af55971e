"""Small random counties: repeatable, every rule in focus, villages that depend on each other."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from liftplan.models.county import County
from liftplan.scenarios.small import random_small, suite
from liftplan.scenarios.small.order import HARD_RULES, SOFT_RULES, foci


@cache
def counties() -> list[County]:
    """The whole suite."""
    return [county for _, county in suite()]


def links(county: County) -> set[str]:
    """How villages of a county depend on each other."""
    projects, measures, found = county["projects"], county["measures"], set()
    village = dict(zip(projects["id"].tolist(), projects["village"].tolist(), strict=True))
    homes = dict(zip(county["households"]["id"].tolist(), county["households"]["village"].tolist(), strict=True))
    for here, required in zip(projects["village"].tolist(), projects["requires"].tolist(), strict=True):
        found |= {"project requires"} if any(village[one] != here for one in required) else set()
    columns = (measures[name].tolist() for name in ("household", "requires", "uses_slot"))
    slots = set()
    for household, required, slot in zip(*columns, strict=True):
        found |= {"measure requires"} if any(village[one] != homes[household] for one in required) else set()
        found |= {"uses slot"} if slot and village[slot] != homes[household] else set()
        slots |= {slot} - {""}
    return found | ({"several sites"} if len(slots) > 1 else set())


@pytest.mark.parametrize("seed", [0, 7, 1012])
def test_a_seed_gives_one_county(seed: int) -> None:
    """The same arguments give the same county, another seed another one."""
    made = random_small(seed, hard=["R4"], soft=["R1"])
    assert made == random_small(seed, hard=["R4"], soft=["R1"])
    assert made.digest != random_small(seed + 1, hard=["R4"], soft=["R1"]).digest


def test_villages_depend_on_each_other() -> None:
    """Requirements and slots lead into other villages in at least 80 of 200 counties; as many have several sites."""
    counts = Counter(name for county in counties() for name in links(county))
    kinds = ("project requires", "measure requires", "uses slot", "several sites")
    assert {kind: counts[kind] for kind in kinds if counts[kind] < 80} == {}


def test_some_counties_have_villages_that_stand_alone() -> None:
    """Nothing links the villages of at least 20 of 200 counties."""
    assert sum(not links(county) - {"several sites"} for county in counties()) >= 20


def test_every_rule_is_in_focus() -> None:
    """Each rule that can be hard or soft is in focus so in at least 20 of 200 counties."""
    hard = Counter(rule for place in range(200) for rule in foci(place)[0])
    soft = Counter(rule for place in range(200) for rule in foci(place)[1])
    assert min(hard[rule] for rule in HARD_RULES) >= 20
    assert min(soft[rule] for rule in SOFT_RULES) >= 20


@pytest.mark.parametrize(("hard", "soft"), [(["R14"], []), ([], ["R2"]), (["R1"], ["R1"])])
def test_a_rule_that_cannot_be_so_is_refused(hard: list[str], soft: list[str]) -> None:
    """Unknown rules, rules that cannot be soft, and rules both hard and soft are an error."""
    with pytest.raises(ValueError, match="cannot be in focus"):
        random_small(0, hard=hard, soft=soft)
