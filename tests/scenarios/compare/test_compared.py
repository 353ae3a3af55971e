"""Comparing plans: keys are aligned, what is missing is not 0, and bounds decide the order or leave it open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.models.policy import Policy
from liftplan.models.tables import Table
from liftplan.scenarios.compare import Compared, Line, Side
from liftplan.scenarios.compare.inputs import differences, table_changes
from liftplan.scenarios.compare.lines import aligned
from liftplan.scenarios.compare.pairs import pairs
from liftplan.scenarios.counties import load
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

from .smaller import without_village

GONE = "v03"


def with_policy(county: County, rule: str, **fields: Any) -> County:
    """The county with fields of a rule changed."""
    content = county.policy.model_dump()
    content[rule].update(fields)
    return county.with_policy(Policy.model_validate(content))


def side(name: str, county: County) -> Side:
    """A county solved to proof."""
    plan = solve(county, Settings(gap=0.0, time_limit=None, threads=1), scenario=name).plan
    assert plan is not None
    return Side(name, county, plan, "proved")


def plan_of(one: Side) -> Plan:
    """The plan of a side that has one."""
    assert one.plan is not None
    return one.plan


def claiming(base: Side, people: int, bound: float, *, proof: Any = "proved") -> Side:
    """A side whose plan says that it lifts so many, and that no plan lifts more than `bound`."""
    totals = base.plan.totals.model_copy(update={"people_lifted": people})
    changes = {"totals": totals, "objective": float(people), "objective_bound": bound}
    return replace(base, decided=plan_of(base).model_copy(update=changes), proof=proof)


@pytest.fixture(scope="module")
def fixed() -> Side:
    """`tiny`."""
    return side("fixed", load("tiny"))


@pytest.fixture(scope="module")
def pooled() -> Side:
    """`tiny` with money that may change its purpose."""
    return side("pooled", with_policy(load("tiny"), "R2", purpose_rule="pooled"))


@pytest.fixture(scope="module")
def smaller() -> Side:
    """`tiny` without its third village."""
    return side("smaller", without_village(load("tiny"), GONE))


def value(lines: tuple[Line, ...], *key: str) -> tuple[Any, ...]:
    """The values of a key."""
    (found,) = [line.values for line in lines if line.key == key]
    return found


def test_lines_keep_the_first_sides_order_and_add_the_others_keys() -> None:
    """Keys are matched, never positions; a key that a side lacks is None, a 0 stays 0."""
    found = aligned([{("b",): 1, ("a",): 0}, {("c",): 5, ("a",): 2}])
    assert found == (Line(("b",), (1, None)), Line(("a",), (0, 2)), Line(("c",), (None, 5)))
    assert [line.differs for line in found] == [True, True, True]
    assert not Line(("d",), (3, 3, 3)).differs


def test_a_village_of_one_side_is_missing_on_the_other(fixed: Side, smaller: Side) -> None:
    """People and money of a village that is not there are missing, whichever side lacks it."""
    for sides, missing in (((fixed, smaller), 1), ((smaller, fixed), 0)):
        compared = Compared(sides)
        for lines in (compared.people("village"), compared.households("village"), compared.money("village")):
            values = value(lines, GONE)
            assert values[missing] is None
            assert values[1 - missing] >= 0
        assert value(compared.project_states, GONE, "v03-p01")[missing] is None
        assert value(compared.household_states, GONE, "v03-h0001")[missing] is None


def test_parts_add_up_to_the_plans_totals(fixed: Side, pooled: Side) -> None:
    """People by village and township, and money by whatever, are the whole of each plan."""
    compared = Compared((fixed, pooled))
    for lines in (compared.people("village"), compared.people("township")):
        sums = [sum(line.values[place] for line in lines) for place in (0, 1)]
        assert sums == [fixed.decided.totals.people_lifted, pooled.decided.totals.people_lifted]
    for by in ("channel", "department", "purpose", "fund", "township", "village"):
        sums = [sum(line.values[place] for line in compared.money(by)) for place in (0, 1)]
        assert sums == [fixed.decided.totals.ledger_yuan, pooled.decided.totals.ledger_yuan]


def test_households_of_several_groups_count_in_each(fixed: Side) -> None:
    """Groups may overlap; who is in none has a line of its own."""
    table = fixed.county["households"]
    groups = np.empty(len(table), dtype=object)
    groups[:] = [("a", "b") if number % 2 else () for number in range(len(table))]
    county = fixed.county.with_tables(households=table.replace(groups=groups))
    lines = Compared((replace(fixed, county=county), fixed)).people("group")
    lifted = set(fixed.decided.lifted)
    persons = dict(zip(table["id"].tolist(), table["persons"].tolist(), strict=True))
    odd = sum(persons[home] for home in table["id"][1::2] if home in lifted)
    assert value(lines, "a") == (odd, None)
    assert value(lines, "b") == (odd, None)
    assert value(lines, "")[0] == fixed.decided.totals.people_lifted - odd


def test_what_changed_hands_is_told_by_state(fixed: Side, pooled: Side) -> None:
    """A project is built or not, a household lifted, poor or out; what is the same does not differ."""
    compared = Compared((fixed, pooled))
    built = [set(one.decided.projects) for one in (fixed, pooled)]
    moved = {line.key[1] for line in compared.project_states if line.differs}
    assert moved == built[0] ^ built[1]
    homes = {line.key[1]: line.values for line in compared.household_states}
    for home in pooled.decided.lifted:
        assert homes[home][1] == "lifted"
    assert {homes[home] for home in fixed.decided.already_out} == {("out", "out")}


def test_fields_of_the_policy_that_differ_are_named(fixed: Side, pooled: Side) -> None:
    """Only what differs is told, by its path; notes of sources are no input."""
    noted = with_policy(pooled.county, "R3", source="a note")
    (found,) = differences([fixed.county, noted])
    assert (found.table, found.key, found.field, found.values) == ("policy", "", "R2.purpose_rule", ("fixed", "pooled"))


def test_rows_of_the_policy_are_matched_by_id(fixed: Side) -> None:
    """A minimum of R4 that is gone, and one that is another, are told by the row's id, not by its place."""
    rows = [row.model_dump() for row in fixed.county.policy.R4.rows]
    later = {**rows[1], "minimum": rows[1]["minimum"] + 1}
    found = differences([fixed.county, with_policy(fixed.county, "R4", rows=[later])])
    told = {one.field: one.values for one in found}
    assert told[f"R4.rows[{later['id']}].minimum"] == (rows[1]["minimum"], later["minimum"])
    assert told[f"R4.rows[{rows[0]['id']}].minimum"] == (rows[0]["minimum"], None)


def test_cells_and_rows_of_tables_that_differ_are_told(fixed: Side) -> None:
    """An amount that changed, a row that is gone; the order of rows is no difference."""
    funds = fixed.county["funds"]
    first = str(funds["id"][0])
    (gone,) = differences([fixed.county, fixed.county.with_tables(funds=funds.take(np.arange(1, len(funds))))])
    assert (gone.table, gone.key, gone.field, gone.values) == ("funds", first, "", (True, None))
    turned = fixed.county.with_tables(funds=funds.take(np.arange(len(funds))[::-1]))
    assert differences([fixed.county, turned]) == ()
    amounts = funds["amount"].copy()
    amounts[0] += 7
    (dearer,) = differences([turned, fixed.county.with_tables(funds=funds.replace(amount=amounts))])
    assert (dearer.table, dearer.key, dearer.field) == ("funds", first, "amount")
    assert dearer.values == (int(amounts[0]) - 7, int(amounts[0]))


def test_changes_of_tables_are_counted_by_row(fixed: Side, smaller: Side) -> None:
    """Rows added, removed and changed are counted against the first side."""
    found = differences([fixed.county, smaller.county])
    counts = {one.table: (one.added, one.removed, one.changed) for one in table_changes(found, 2)}
    assert counts["villages"] == (0, 1, 0)
    back = differences([smaller.county, fixed.county])
    assert {one.table: one.added for one in table_changes(back, 2)}["villages"] == 1


def test_coordinates_that_are_not_given_do_not_differ(fixed: Side) -> None:
    """A blank number equals another blank number."""
    projects = fixed.county["projects"]
    names = projects["name"].copy()
    names[0] = "other"
    (one,) = differences([fixed.county, fixed.county.with_tables(projects=projects.replace(name=names))])
    assert one.field == "name"


@pytest.mark.parametrize(
    ("first", "second", "interval", "order"),
    [
        ((50, 50.0), (40, 40.0), (10, 10), "first"),
        ((40, 41.5), (50, 52.0), (-12, -9), "second"),
        ((50, 53.0), (48, 51.9), (-1, 5), "open"),
        ((50, 50.9), (50, 50.2), (0, 0), "equal"),
        ((50, 51.0), (50, 50.0), (0, 1), "open"),
    ],
)
def test_the_difference_lies_between_the_bounds(
    fixed: Side, first: tuple[int, float], second: tuple[int, float], interval: tuple[int, int], order: str
) -> None:
    """A - B lies in [LB_A - UB_B, UB_A - LB_B]; where 0 is inside and not alone, the order is not proved."""
    (pair,) = pairs([claiming(fixed, *first), claiming(fixed, *second)])
    assert (pair.lowest, pair.highest) == interval
    assert pair.order == order
    assert pair.unit == "people"


def test_bounds_that_plans_only_state_are_marked(fixed: Side) -> None:
    """If one bound was not proved here, nothing that follows is proved here."""
    proved, stated = claiming(fixed, 50, 50.0), claiming(fixed, 40, 40.0, proof="stated")
    found = pairs([proved, stated, claiming(fixed, 30, 31.0, proof="reproved")])
    assert [(pair.first, pair.second, pair.stated) for pair in found] == [(0, 1, True), (0, 2, False), (1, 2, True)]


def test_plans_that_count_differently_are_not_ordered(fixed: Side) -> None:
    """Weights or soft rules on one side leave no common unit; the same on both make it the score."""
    soft = with_policy(fixed.county, "R3", enforce="soft", price=1_000)
    scored = replace(fixed, county=soft)
    (pair,) = pairs([fixed, scored])
    assert (pair.unit, pair.lowest, pair.highest, pair.order) == ("none", None, None, "open")
    (pair,) = pairs([scored, scored])
    assert (pair.unit, pair.order) == ("score", "equal")
    other = replace(fixed, county=with_policy(fixed.county, "R3", enforce="soft", price=2_000))
    (pair,) = pairs([scored, other])
    assert pair.unit == "none"


def test_soft_demands_count_like_soft_rules(fixed: Side) -> None:
    """A soft demand is part of the score, unless demands are off."""
    schema = fixed.county["demands"].schema
    row = {"sense": ["must"], "target": ["household"], "id": ["v01-h0001"], "enforce": ["soft"], "price": [1]}
    county = fixed.county.with_tables(demands=Table.from_columns(schema, row))
    assert not replace(fixed, county=county).in_people
    assert replace(fixed, county=with_policy(county, "R12", enforce="off")).in_people


def test_prices_that_a_side_has_not_are_missing(fixed: Side) -> None:
    """A price of 0, or none, is missing; the others are told by rule and subject."""
    changes = {"prices": {"a": 0.5, "b": 0.0}, "rule_prices": {"R4 v01/x": 0.25}}
    priced = replace(fixed, decided=plan_of(fixed).model_copy(update=changes))
    bare = replace(fixed, decided=plan_of(fixed).model_copy(update={"prices": {}, "rule_prices": {}}))
    assert Compared((priced, bare)).prices == (Line(("R1", "a"), (0.5, None)), Line(("R4", "v01/x"), (0.25, None)))


def test_ring_fenced_money_is_in_no_total(fixed: Side) -> None:
    """Available = fee + allocated + left over, of funds that may be allocated."""
    figures = {line.key[0]: line.values[0] for line in Compared((fixed, fixed)).totals}
    assert figures["available_yuan"] == figures["fee_yuan"] + figures["ledger_yuan"] + figures["left_yuan"]
    plan = plan_of(fixed)
    ring = sum(use.amount for use in plan.funds if use.reason == "ring_fenced")
    assert ring > 0
    assert figures["available_yuan"] + ring == sum(use.amount for use in plan.funds)
