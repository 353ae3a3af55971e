"""Properties of generated counties: valid, repeatable, and every knob turns what it says."""

from __future__ import annotations

import re
from time import monotonic

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from liftplan.models.county import County
from liftplan.models.validate import validate
from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.generator.funds import CHANNEL_WEIGHTS, VILLAGE_YUAN
from liftplan.scenarios.generator.households import CAUSE_SHARES, TYPE_PERSONS, TYPE_SHARES, TYPES

DRAWN = st.builds(
    Knobs,
    seed=st.integers(0, 2**31 - 1),
    villages=st.integers(1, 7),
    households_per_village=st.floats(1, 40),
    tightness=st.floats(0.05, 5),
    ring_fenced_share=st.floats(0, 0.9),
    interdependence=st.floats(0, 1),
    linked_sites=st.floats(0, 1),
    names=st.sampled_from(["synthetic", "zigui"]),
)
FEW = settings(max_examples=25, deadline=None)

EITHER = {
    "Cash crops", "Second crop", "Forest on steep land", "Micro-credit interest subsidy", "Skill training and a job"
}  # fmt: skip
"""Measures that can do with or without a village project."""


def money(county: County, *, integrable: bool = True) -> int:
    """Yuan of the funds that may, or may not, be integrated."""
    funds = county["funds"]
    return int(funds["amount"][funds["integrable"] == integrable].sum())


def depending(county: County) -> float:
    """Share of those measures that need a project, of those that can do with or without."""
    measures = county["measures"]
    either = np.isin(measures["name_en"].astype(str), sorted(EITHER))
    return float(np.mean([bool(needed) for needed in measures["requires"][either].tolist()]))


@FEW
@given(DRAWN)
def test_generated_counties_are_valid(knobs: Knobs) -> None:
    """Whatever the knobs, the county keeps every content rule (a very small one may raise doubts)."""
    assert [problem for problem in validate(generate(knobs)) if not problem.warning] == []


def test_counties_of_usual_size_raise_no_doubts() -> None:
    """At 48 villages there is not even a warning."""
    assert validate(generate(Knobs(seed=4))) == []


@FEW
@given(DRAWN)
def test_same_knobs_same_county(knobs: Knobs) -> None:
    """Nothing but the knobs decides: two runs give the same digest."""
    assert generate(knobs).digest == generate(knobs).digest


def test_another_seed_is_another_county() -> None:
    """The seed reaches the tables, not only the name."""
    one, two = (generate(Knobs(seed=seed, villages=3)) for seed in (1, 2))
    assert one["households"] != two["households"]
    assert one["costs"] != two["costs"]


@FEW
@given(DRAWN)
def test_villages_and_households_are_as_many_as_asked(knobs: Knobs) -> None:
    """The number of villages is exact; that of households, to rounding a village."""
    county = generate(knobs)
    assert len(county["villages"]) == knobs.villages
    wanted = knobs.households_per_village * knobs.villages
    assert abs(len(county["households"]) - wanted) <= knobs.villages


@FEW
@given(DRAWN)
def test_tightness_scales_the_money_and_keeps_the_channels(knobs: Knobs) -> None:
    """All integrable money is villages x 8.36 million x tightness, in the article's proportions."""
    county = generate(knobs)
    total = round(VILLAGE_YUAN * knobs.villages * knobs.tightness)
    assert money(county) == total
    funds = county["funds"]
    for channel, weight in CHANNEL_WEIGHTS.items():
        part = int(funds["amount"][(funds["channel"] == channel) & funds["integrable"]].sum())
        assert part == pytest.approx(total * weight / sum(CHANNEL_WEIGHTS.values()), abs=400)


@FEW
@given(DRAWN)
def test_ring_fenced_share_is_a_share_of_all_money(knobs: Knobs) -> None:
    """Ring-fenced money over all money is what the knob says."""
    county = generate(knobs)
    outside = money(county, integrable=False)
    assert outside / (outside + money(county)) == pytest.approx(knobs.ring_fenced_share, abs=1e-4)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_interdependence_is_the_share_of_measures_that_need_a_project(share: float) -> None:
    """0: none of the measures that can do without needs a project; 1: all of them do."""
    found = depending(generate(Knobs(seed=3, villages=12, interdependence=share)))
    assert found == pytest.approx(share, abs=0.02 if 0 < share < 1 else 0)


def test_linked_sites_link_neighbouring_villages() -> None:
    """0: every slot used is in the household's own village; 1: every other village but the first uses a neighbour's."""
    for share, linked in ((0.0, 0), (1.0, 5)):
        measures = generate(Knobs(seed=3, villages=6, linked_sites=share))["measures"]
        pairs = {
            (home.split("-")[0], slot.split("-")[0])
            for home, slot in zip(measures["household"].tolist(), measures["uses_slot"].tolist(), strict=True)
            if slot
        }
        assert sum(home != slot for home, slot in pairs) == linked


def test_households_follow_the_register() -> None:
    """Types, their sizes and the causes have the documented means."""
    county = generate(Knobs(seed=5, villages=60))
    households = county["households"]
    groups = households["groups"].tolist()
    persons = households["persons"]
    for name, share, mean in zip(TYPES, TYPE_SHARES, TYPE_PERSONS, strict=True):
        own = np.array([name in listed for listed in groups])
        assert own.mean() == pytest.approx(share, abs=0.015)
        assert persons[own].mean() == pytest.approx(mean, rel=0.05)
    ill = np.array(["cause_illness" in listed for listed in groups])
    assert ill.mean() == pytest.approx(CAUSE_SHARES[0], abs=0.015)


def test_ids_are_those_of_the_contract() -> None:
    """Villages v01 ..., projects v01-p01 ..., households v01-h0001 ..., measures below their household."""
    county = generate(Knobs(seed=2, villages=48, households_per_village=20))
    for table, pattern in (
        ("villages", r"v\d\d"), ("projects", r"v\d\d-p\d\d"), ("households", r"v\d\d-h\d{4}"),
        ("measures", r"v\d\d-h\d{4}-m\d\d"),
    ):  # fmt: skip
        assert all(re.fullmatch(pattern, name) for name in county[table]["id"].tolist())
    assert county["villages"]["id"].tolist() == [f"v{number:02d}" for number in range(1, 49)]


@pytest.mark.parametrize("knob", [{"villages": 0}, {"tightness": 0}, {"ring_fenced_share": 1}, {"interdependence": 2}])
def test_knobs_out_of_range_are_refused(knob: dict[str, float]) -> None:
    """A knob outside its range is an error, not a strange county."""
    with pytest.raises(ValidationError):
        Knobs.model_validate(knob)


def test_forty_eight_villages_take_two_seconds_at_most() -> None:
    """A county of the usual size is made while one waits."""
    begun = monotonic()
    generate(Knobs(seed=1, villages=48))
    assert monotonic() - begun < 2
