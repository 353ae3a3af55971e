"""The content rules: each accepts the example county, and rejects it with one thing wrong."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftplan.models.constraints import constraints
from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.policy import DepartmentMin, SpendMinRow
from liftplan.models.problems import Problem
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table
from liftplan.models.validate import validate
from liftplan.models.validate.references import REFERENCES, TARGETS
from liftplan.models.validate.requirements import circles
from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.small import random_small, suite
from liftplan.scenarios.small.order import foci, seed_of

from .edits import added, changed, headed, only, ruled, told, where, without


def grave(county: County) -> list[Problem]:
    """Problems that are more than doubts."""
    return [problem for problem in validate(county) if not problem.warning]


def test_example_is_valid() -> None:
    """There is nothing to complain of in the example, not even a doubt."""
    assert validate(example_county()) == []


def test_generated_counties_are_valid() -> None:
    """What the generators make has no problem; what is odd in small counties are doubts."""
    for _, county in suite(40):
        assert grave(county) == []
    assert grave(generate(Knobs(seed=3, villages=4, households_per_village=10))) == []


def test_several_years_are_valid() -> None:
    """Years are in the schema from the start; whether a solver can do several is not asked here."""
    assert told(headed(years=(2015, 2016), poverty_line={2015: 2855, 2016: 2952})) == []


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=".".join)
def test_unknown_names_are_told_with_the_nearest(table: str, column: str) -> None:
    """Every column that names rows of another table: an unknown name is told, and the nearest one there is."""
    county = example_county()
    if table == "budgets":
        county = added(table, fund="work_relief", year=2015, amount=176_000)
    target = county[REFERENCES[(table, column)].split(", ")[0]]["id"][0]
    name = f"{target}x"
    listed = constraints(TABLES[table])[column].kind == "list"
    found = [
        problem
        for problem in validate(changed(table, 0, county, **{column: (name,) if listed else name}))
        if problem.code == "reference" and problem.place.table == table
    ]
    assert [where(problem)[1:] for problem in found] == [(table, 1, column)]
    assert name in str(found[0].message)
    assert target in str(found[0].way_out)


@pytest.mark.parametrize("kind", TARGETS)
def test_demands_on_unknown_things_are_told(kind: str) -> None:
    """A demand names a thing of its own kind; one of another kind is unknown."""
    found = only(added("demands", sense="must", target=kind, id="road"))
    assert where(found) == ("reference", "demands", 3, "id")
    assert TARGETS[kind] in str(found.message)


def test_name_that_many_rows_use_is_told_once() -> None:
    """An unknown name comes once, with the number of rows that use it."""
    county = example_county()
    households = county["households"]["village"].copy()
    households[:4] = "v09"
    found = only(county.with_tables(households=county["households"].replace(village=households)))
    assert where(found) == ("reference", "households", 1, "village")
    assert dict(found.message.values)["count"] == 4


def test_two_unknown_names_in_one_cell_are_both_told() -> None:
    """Each entry of a list is looked up."""
    found = validate(changed("projects", 0, requires=("x1", "x2")))
    assert [dict(problem.message.values)["name"] for problem in found] == ["x1", "x2"]


@pytest.mark.parametrize("table", [name for name in TABLES if name != "budgets"])
def test_row_twice_is_told(table: str) -> None:
    """Every table: a row that stands twice is told, with the row where it stood first."""
    county = example_county()
    again = county[table].take(np.array([*range(len(county[table])), 0]))
    found = [problem for problem in validate(county.with_tables(**{table: again})) if problem.code == "key-twice"]
    assert [problem.place.row for problem in found] == [len(county[table]) + 1]
    assert "1" in str(found[0].message)
    assert "delete" in str(found[0].way_out)


def test_two_rows_of_one_name_are_told_apart_from_one_row_twice() -> None:
    """Different rows of one key are not to be deleted blindly."""
    needs = example_county()["needs"].take(np.array([0, 1, 0]))
    found = only(example_county().with_tables(needs=needs.replace(name=np.array(["a", "b", "c"], dtype=object))))
    assert (found.code, found.place.row) == ("key-twice", 3)
    assert "delete" not in str(found.way_out)


def test_project_and_measure_of_one_name() -> None:
    """Cost lines name either, so their identifiers are told apart."""
    found = [problem.code for problem in grave(changed("measures", 0, id="v03-p01"))]
    assert found == ["item-twice", "reference"]


@pytest.mark.parametrize("table", ["departments", "purposes", "funds", "villages", "households"])
def test_nothing_to_plan_without(table: str) -> None:
    """Tables that every county needs."""
    assert ("table-empty", table, 0, "") in told(without(table))


@pytest.mark.parametrize(
    ("requires", "found"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["a"]}, [["a", "a"]]),
        ({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}, [["b", "c", "b"]]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b", "a"], ["c", "d", "c"]]),
        ({"a": ["x"]}, []),
    ],
)
def test_circles(requires: dict[str, list[str]], found: list[list[str]]) -> None:
    """Each circle once; what merely leads into one is none; names that are not there are another problem."""
    assert list(circles(requires)) == found


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
@settings(max_examples=200)
def test_circles_are_circles(requires: dict[str, list[str]]) -> None:
    """What is told is a circle, and where nothing is told there is none."""
    found = list(circles(requires))
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(other in requires[one] for one, other in pairwise(circle))
    left = dict(requires)
    while free := [name for name, others in left.items() if not set(others) & left.keys()]:
        left = {name: others for name, others in left.items() if name not in free}
    assert bool(left) == bool(found)


ONE_WRONG = {
    "slot of a project without slots": (changed("measures", 14, uses_slot="v02-p01"), "slot"),
    "fund that pays nobody": (changed("funds", 6, recipients=("projects",)), "fund-pays-nobody"),
    "fund without recipients": (changed("funds", 6, recipients=()), "list-empty"),
    "fund without modes": (changed("funds", 5, modes=()), "list-empty"),
    "share rule without purposes": (changed("fund_shares", 0, purposes=()), "list-empty"),
    "entry twice": (changed("households", 1, needs=("water", "water")), "listed-twice"),
    "commitment to no line": (changed("commitments", 0, purpose="water"), "commitment-line"),
    "commitment beyond its line": (changed("commitments", 0, yuan=330_001), "commitment-beyond"),
    "commitments together beyond their line": (
        added("commitments", fund="work_relief", item="v01-p01", purpose="road", yuan=250_001),
        "commitment-beyond",
    ),
    "commitment of ring-fenced money": (changed("commitments", 0, fund="living_allowance"), "commitment-ring-fenced"),
    "must and never": (added("demands", sense="never", target="project", id="v01-p02"), "demand-both"),
    "years backwards": (headed(years=(2016, 2015), poverty_line={2015: 2855, 2016: 2952}), "years"),
    "year twice": (headed(years=(2015, 2015)), "years"),
    "year without a line": (headed(years=(2015, 2016)), "poverty-line"),
    "no name": (headed(name=" "), "blank"),
    "name of a village blank": (changed("villages", 0, name=""), "blank"),
    "deadline that is none": (changed("projects", 0, deadline="31.10.2015"), "value"),
    "date that does not exist": (changed("accounts", 0, due_q1="2015-02-30"), "value"),
    "year in short": (changed("villages", 0, push_year=15), "value"),
    "latitude beyond the pole": (changed("projects", 1, latitude=91.0), "value"),
    "longitude without end": (changed("projects", 1, longitude=float("inf")), "value"),
    "R4 row twice": (
        ruled(R4={"rows": [DepartmentMin(id="a", departments=("ndrc",), minimum=10_000)] * 2}),
        "key-twice",
    ),
    "R4 row called R3": (ruled(R4={"rows": [{"id": "R3", "departments": ["ndrc"], "minimum": 10_000}]}), "value"),
    "R4 row for nobody": (ruled(R4={"rows": [{"id": "a", "departments": [], "minimum": 10_000}]}), "list-empty"),
    "R4 department unknown": (
        ruled(R4={"rows": [{"id": "a", "departments": ["ndrc", "x"], "minimum": 10_000}]}),
        "reference",
    ),
    "R5 purpose unknown": (ruled(R5={"purpose": "x"}), "reference"),
    "R13 row for both": (
        ruled(R13={"rows": [SpendMinRow(id="a", fund="work_relief", department="ndrc", share_bp=1)]}),
        "value",
    ),
    "R13 row for nobody": (ruled(R13={"rows": [SpendMinRow(id="a", share_bp=1)]}), "value"),
    "R13 fund unknown": (ruled(R13={"rows": [SpendMinRow(id="a", fund="x", share_bp=1)]}), "reference"),
    "R13 row twice": (ruled(R13={"rows": [SpendMinRow(id="a", department="ndrc", share_bp=1)] * 2}), "key-twice"),
    "minimum of no rule": (changed("minimum_overrides", 0, rule="R9"), "reference"),
}
"""What is wrong; a county with that and nothing else wrong; the code of the problem."""

DOUBTS = {
    "measure beyond the household's labour": (changed("measures", 0, labour=3), "labour"),
    "project without cost": (added("projects", id="p", village="v01", name="n"), "project-free"),
    "measure without cost and project": (
        added("measures", id="m", household="v01-h001", name="n", income_gain=1),
        "measure-free",
    ),
    "requirements that exclude each other": (
        changed("measures", 16, requires=("v02-p03", "v02-p04")),
        "requirement-alternatives",
    ),
    "purpose that no fund pays": (changed("costs", 2, purpose="living"), "purpose-unpaid"),
    "fund without purposes": (changed("funds", 7, purposes=()), "fund-pays-nothing"),
    "tag that no village has": (changed("funds", 5, village_tags=("mountain", "montain")), "scope-unknown"),
    "group that no household has": (changed("funds", 6, household_groups=("poor", "por")), "scope-unknown"),
    "budget of another year": (added("budgets", fund="work_relief", year=2014, amount=176_000), "budget-year"),
    "share of a purpose that the fund does not pay": (
        added("fund_shares", id="s", fund="safe_water", sense="at_most", share_bp=1, purposes=["road"]),
        "share-purpose",
    ),
    "shares that exclude each other": (
        added("fund_shares", id="s", fund="special_poverty", sense="at_most", share_bp=1_000, purposes=["industry"]),
        "share-clash",
    ),
    "share of ring-fenced money": (
        added("fund_shares", id="s", fund="living_allowance", sense="at_most", share_bp=1, purposes=["living"]),
        "share-ring-fenced",
    ),
    "minimum of a village outside the programme": (changed("minimum_overrides", 0, village="v03"), "override-idle"),
    "soft demand without price": (changed("demands", 1, price=0), "price-zero"),
    "soft rule without price": (ruled(R3={"enforce": "soft", "minimum": 300_000}), "price-zero"),
    "weight of no group": (ruled(objective={"weights": {"por": 2}}), "scope-unknown"),
    "account number shortened": (changed("accounts", 0, account_number="6.2284E+18"), "account-number"),
    "kind of a source": (
        headed(sources=(example_county().head.sources[0].model_copy(update={"kind": "statd"}),)),
        "value",
    ),
}
"""The same for what is odd, but may be meant."""


@pytest.mark.parametrize("wrong", ONE_WRONG)
def test_one_thing_wrong_is_one_problem(wrong: str) -> None:
    """Each defect is told once, with its way out, and nothing else is complained of."""
    county, code = ONE_WRONG[wrong]
    found = only(county)
    assert (found.code, found.warning) == (code, False)
    assert str(found.way_out)


@pytest.mark.parametrize("odd", DOUBTS)
def test_one_odd_thing_is_one_doubt(odd: str) -> None:
    """What may be meant is a warning, and makes no county invalid."""
    county, code = DOUBTS[odd]
    found = only(county)
    assert (found.code, found.warning) == (code, True)
    assert str(found.way_out)


def test_exact_commitments_are_fine() -> None:
    """A line may be committed to the last yuan, by several funds."""
    county = changed("commitments", 0, yuan=200_000)
    assert told(added("commitments", county, fund="work_relief", item="v01-p01", purpose="road", yuan=130_000)) == []


def test_demand_that_is_off_is_no_contradiction() -> None:
    """A never that is off does not contradict a must."""
    assert told(added("demands", sense="never", target="project", id="v01-p02", enforce="off")) == []


def test_rule_that_is_off_names_what_it_likes() -> None:
    """What a rule says does not matter while it is off."""
    rows = [{"id": "a", "departments": ["nowhere"], "minimum": 10_000}]
    assert told(ruled(R4={"enforce": "off", "rows": rows}).with_tables(**without("minimum_overrides").tables)) == []
    assert told(ruled(R5={"enforce": "off", "purpose": "x"})) == []


def test_default_rows_of_r4_may_name_departments_that_a_county_lacks() -> None:
    """Nobody wrote the default rows: they are told only if none of their departments is there."""
    empty = Table.empty(TABLES["minimum_overrides"])
    assert told(ruled(R4={}).with_tables(minimum_overrides=empty)) == []
    county = ruled(R4={}).with_tables(minimum_overrides=empty)
    lacking = [row for row in county["departments"].rows() if row.model_dump()["id"] != "ndrc"]
    funds = changed("funds", 1, county, department="poverty")
    found = only(funds.with_tables(departments=Table.from_rows(TABLES["departments"], lacking)))
    assert where(found) == ("reference", "policy", 0, "R4.rows.1.departments")


def test_fairness_by_group_needs_groups() -> None:
    """R10 by group over households without groups counts for nothing."""
    county = ruled(R10={"enforce": "hard", "by": "group"})
    assert told(county) == []
    bare = county["households"].take(np.arange(9))
    groups = bare["groups"].copy()
    groups[:] = [()] * 9
    codes = {code for code, *_ in told(county.with_tables(households=bare.replace(groups=groups)))}
    assert codes == {"scope-unknown"}


@settings(max_examples=15)
@given(place=st.integers(0, 199))
def test_rows_of_valid_counties_are_valid(place: int) -> None:
    """What is valid as a whole can be shown row by row."""
    hard, soft = foci(place)
    county = random_small(seed_of(place), hard=hard, soft=soft)
    assert grave(county) == []
    for table in county.tables.values():
        assert len(list(table.rows())) == len(table)
