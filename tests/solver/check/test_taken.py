"""Measures taken: those of a household count together wherever the plan's list has them, and unknown ones are told."""

from __future__ import annotations

import pytest

from liftplan.models.rows import Demand, Measure
from liftplan.solver.check import check_decisions
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts

MINE = ("a-v2-h1-first", "c-v2-h1-second")
BETWEEN = "b-v1-h1-hens"


def apart(bench, *gains, household="v2-h1", **fields):
    """Two measures of a household with the same fields, and one of another that a list sorted by id has between them.

    v2-h1 takes nothing else.
    """
    gains = gains or (0, 0)
    mine = [
        Measure(id=name, household=household, name=name, income_gain=gain, **fields)
        for name, gain in zip(MINE, gains, strict=True)
    ]
    county = bench.county(*mine, Measure(id=BETWEEN, household="v1-h1", name="hens", labour=1))
    return county, bench.choice.minus("v2-h1-goats").plus(*MINE, BETWEEN)


@pytest.mark.parametrize(
    ("fields", "subject"),
    [({"main_house": True}, "v2-h1"), ({"labour": 2}, "v2-h1"), ({"alternative_group": "farm"}, "v2-h1/farm")],
)
def test_r8_rejects_two_measures_that_stand_apart(bench, fields, subject):
    """Two main houses, too much labour and two alternatives are found; each measure alone is allowed."""
    county, choice = apart(bench, **fields)
    assert bench.broken(county, choice) == {("R8", subject)}
    for one in MINE:
        assert not bench.broken(county, choice.minus(one))


def test_two_measures_that_stand_apart_lift_together(bench):
    """v2-h1 lacks 4,275 yuan a year, which only both together earn."""
    county, choice = apart(bench, 2_000, 2_275, labour=1)
    assert "v2-h1" in bench.check(county, choice).evaluation.lifted
    for one in MINE:
        assert "v2-h1" not in bench.check(county, choice.minus(one)).evaluation.lifted


def test_a_need_met_by_two_measures_that_stand_apart_counts_once(bench):
    """v1-h3, one person who stays poor, has a single need."""
    county, choice = apart(bench, household="v1-h3", meets=("housing",))
    met = [bench.check(county, choice.minus(one)).evaluation.person_needs_met for one in ("", *MINE)]
    assert met == [1, 1, 1]


def test_a_soft_never_sees_a_measure_that_stands_apart_from_a_direct_effect(bench):
    """The last of the two is a direct effect, against which a soft never has nothing; the first is a choice."""
    county, choice = apart(bench)
    demand = Demand(sense="never", target="household", id="v2-h1", enforce="soft", price=7)
    chosen = Measure(id=MINE[0], household="v2-h1", name="first", labour=1)
    county = bench.county(*county["measures"].rows(), chosen, demand)
    assert [one[:2] for one in bench.short(county, choice)] == [("R12", "never household:v2-h1")]
    assert not bench.short(county, choice.minus(MINE[0]))


@pytest.mark.parametrize("name", [5, None, float("nan")])
def test_a_measure_that_is_no_text_is_unknown(bench, name):
    """The violation says so, and nothing is taken."""
    (violation,) = check_decisions(bench.county(), (), [name], {}, []).violations
    assert (violation.rule, violation.subject) == ("ledger", name)
    assert str(violation.message) == f"The county has no {name}."
    assert name not in Decided(Facts(bench.county()), (), [name], {}, []).taken


def test_an_unknown_measure_is_named_as_often_as_the_plan_does(bench):
    """Known ones are taken once, in the order in which they are named."""
    named = ["v2-h1-goats", "none", "v1-h1-tap", "v2-h1-goats", "none"]
    taken = Decided(Facts(bench.county()), (), named, {}, []).taken
    assert list(taken) == ["v2-h1-goats", "v1-h1-tap"]
    assert taken.strangers == ["none", "none"]
