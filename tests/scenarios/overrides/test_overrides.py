"""Overrides: what each form does to a county, to the yuan, and what is said of those that mean nothing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import liftplan
from liftplan.models.county import County
from liftplan.models.plan import Applied
from liftplan.models.problems import InputProblems, Problem
from liftplan.models.rows import Budget
from liftplan.models.tables import Table
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.scenarios.overrides.apply import apply_one


@pytest.fixture(scope="module")
def tiny() -> County:
    """The county `tiny`."""
    return liftplan.load("tiny")


def after(county: County, *texts: str) -> tuple[County, tuple[Applied, ...]]:
    """The county under overrides, and what they did."""
    return apply_overrides(county, list(map(Line, texts)))


def problems(county: County, *texts: str) -> tuple[Problem, ...]:
    """What is wrong with overrides."""
    with pytest.raises(InputProblems) as caught:
        after(county, *texts)
    return caught.value.problems


def amounts(county: County) -> dict[str, int]:
    """Amount of each fund."""
    return dict(zip(county["funds"]["id"].tolist(), county["funds"]["amount"].tolist(), strict=True))


def test_a_product_changes_the_rows_that_match_and_no_others(tiny: County) -> None:
    """The poverty office's one fund has 100,000 yuan: 60 % of it are 60,000."""
    changed, (applied,) = after(tiny, "funds[department=poverty].amount x 0.6")
    assert amounts(changed) == {**amounts(tiny), "special_poverty": 60_000}
    assert applied == Applied(
        override="funds[department=poverty].amount x 0.6", cells=1, before=100_000, after=60_000, rounded=0
    )


def test_conditions_with_and_narrow_the_choice(tiny: County) -> None:
    """Two funds are of the household channel and of ndrc or housing; only one of them is of housing."""
    changed, (applied,) = after(tiny, "funds[channel=household AND department=housing].amount + 5000")
    assert amounts(changed) == {**amounts(tiny), "renovation": 35_000}
    again, _ = after(tiny, "funds[channel=household][department=housing].amount + 5000")
    assert (again, applied.cells) == (changed, 1)


def test_values_with_a_bar_widen_the_choice(tiny: County) -> None:
    """Either department will do."""
    changed, (applied,) = after(tiny, "funds[department=housing|water].amount = 1")
    assert {name for name, amount in amounts(changed).items() if amount == 1} == {"renovation", "drinking_water"}
    assert (applied.before, applied.after) == (55_000, 2)


def test_without_conditions_every_row_is_meant(tiny: County) -> None:
    """20 households lose 100 yuan each."""
    changed, (applied,) = after(tiny, "households.income - 100")
    assert changed["households"]["income"].tolist() == [income - 100 for income in tiny["households"]["income"]]
    assert applied.cells == 20


def test_an_identifier_alone_names_its_row(tiny: County) -> None:
    """`[id=x]` may be written `[x]`."""
    assert after(tiny, "funds[renovation].amount x 2")[0] == after(tiny, "funds[id=renovation].amount x 2")[0]


def test_a_percentage_is_of_each_value_and_rounded_half_up(tiny: County) -> None:
    """95 % of 1,795 are 1,705.25, of 1,755 are 1,667.25, of 2,155 are 2,047.25; of 2,900 are 2,755: not rounded."""
    changed, (applied,) = after(tiny, "households[village=v01].income - 5%")
    new = dict(zip(changed["households"]["id"].tolist(), changed["households"]["income"].tolist(), strict=True))
    assert (new["v01-h0001"], new["v01-h0002"], new["v01-h0005"], new["v01-h0007"]) == (1705, 1667, 2047, 2755)
    assert applied.rounded == 6


def test_halves_are_rounded_up(tiny: County) -> None:
    """Half of 2,855 yuan is 1,428."""
    changed, (applied,) = after(tiny, "poverty_line x 0.5")
    assert changed.head.poverty_line == {2015: 1_428}
    assert (applied.cells, applied.before, applied.after, applied.rounded) == (1, 2_855, 1_428, 1)


@given(
    old=st.integers(0, 10**7), digits=st.integers(0, 30_000), places=st.integers(0, 4), operator=st.sampled_from("x+-")
)
def test_arithmetic_is_exact(tiny: County, old: int, digits: int, places: int, operator: str) -> None:
    """Products and percentages are those of exact fractions, rounded half up, whatever the figures."""
    funds = tiny["funds"]
    county = tiny.with_tables(funds=funds.replace(amount=np.full(len(funds), old, dtype=np.int64)))
    text = f"{digits / 10**places:.{places}f}"
    share = Fraction(text)
    factor = share if operator == "x" else 1 + share / 100 if operator == "+" else 1 - share / 100
    if factor < 0:
        return
    changed, applied = apply_one(county, f"funds[renovation].amount {operator} {text}{'' if operator == 'x' else '%'}")
    exact = factor * old
    assert amounts(changed)["renovation"] == int(exact + Fraction(1, 2))
    assert applied.rounded == (exact.denominator != 1)


def test_a_fund_is_changed_in_all_years(tiny: County) -> None:
    """A row of the budgets holds the fund's amount in its year, so an override of the fund reaches it."""
    budgets = Table.from_rows(Budget, [Budget(fund="renovation", year=2015, amount=7)])
    changed, (applied,) = after(tiny.with_tables(budgets=budgets), "funds[renovation].amount x 0.5")
    assert changed["budgets"]["amount"].tolist() == [4]
    assert (applied.cells, applied.before, applied.after, applied.rounded) == (2, 30_007, 15_004, 1)


def test_fields_of_the_policy(tiny: County) -> None:
    """Numbers, choices, rows, truth values, weights."""
    changed, applied = after(
        tiny,
        "policy.R3.minimum = 3,500,000",
        "policy.R5.enforce = soft",
        "policy.R5.price = 1000",
        "policy.R4.rows[line].minimum x 2",
        "policy.R6.villages = TRUE",
        "policy.R10.share_bp = 50%",
        "policy.objective.weights.poverty = 3",
    )
    policy = changed.policy
    assert (policy.R3.minimum, policy.R5.enforce, policy.R6.villages) == (3_500_000, "soft", True)
    assert [row.minimum for row in policy.R4.rows if row.id == "line"] == [30_000]
    assert (policy.R10.share_bp, policy.objective.weights) == (5_000, {"poverty": 3})
    assert next(one.override for one in applied if "=" in one.override) == "policy.R3.minimum = 3500000"
    assert "policy.R6.villages = true" in {one.override for one in applied}


def test_all_rows_of_a_rule_are_meant_without_brackets(tiny: County) -> None:
    """Each of R4's minimums is doubled."""
    changed, (applied,) = after(tiny, "policy.R4.rows.minimum x 2")
    assert [row.minimum for row in changed.policy.R4.rows] == [2 * row.minimum for row in tiny.policy.R4.rows]
    assert applied.cells == len(tiny.policy.R4.rows)


def test_rows_of_a_rule_can_be_added(tiny: County) -> None:
    """R13 has no rows by default; rows are written as in YAML."""
    changed, _ = after(
        tiny, "policy.R13.rows + {id: road, fund: village_road, share_bp: 9000}", "policy.R13.enforce = hard"
    )
    assert [(row.id, row.fund, row.share_bp) for row in changed.policy.R13.rows] == [("road", "village_road", 9_000)]
    assert not after(changed, "policy.R13.rows - road")[0].policy.R13.rows


def test_lists_and_truth_values_of_funds(tiny: County) -> None:
    """Entries are added once, taken away, or set; ring-fenced money is opened."""
    changed, _ = after(
        tiny,
        "funds[id=flood_relief].integrable = true",
        "funds[id=flood_relief].purposes + industry; renovation",
        "funds[id=relocation].purposes - site",
        "funds[id=renovation].villages = v01; v02",
    )
    funds = {fund.id: fund for fund in changed["funds"].rows()}  # type: ignore[attr-defined]
    assert funds["flood_relief"].integrable
    assert funds["flood_relief"].purposes == ("renovation", "industry")
    assert (funds["relocation"].purposes, funds["renovation"].villages) == (("relocation",), ("v01", "v02"))


def test_must_and_never_are_demands(tiny: County) -> None:
    """R12 gets rows; the last word on a thing counts."""
    changed, _ = after(tiny, "must project v01-p02", "never household v01-h0001", "never project v01-p02")
    rows = [(row.sense, row.target, row.id) for row in changed["demands"].rows()]  # type: ignore[attr-defined]
    assert rows == [("never", "household", "v01-h0001"), ("never", "project", "v01-p02")]


def test_demands_are_in_force_even_if_the_rule_was_off(tiny: County) -> None:
    """An override that does nothing would be a trap."""
    changed, _ = after(tiny, "policy.R12.enforce = off", "must village v01")
    assert changed.policy.R12.enforce == "hard"


def test_the_county_given_stays_as_it_is(tiny: County) -> None:
    """Overrides return a new county."""
    before = tiny.digest
    after(tiny, "costs.yuan x 2", "must village v01", "policy.R3.minimum = 1", "poverty_line = 3000")
    assert liftplan.load("tiny").digest == before == tiny.digest


@pytest.mark.parametrize(
    ("text", "code", "way_out"),
    [
        ("fund.amount x 2", "override-selector", "funds"),
        ("funds[departmen=poverty].amount x 2", "override-column", "department"),
        ("funds[department=povert].amount x 2", "override-none", "poverty"),
        ("funds[renovatoin].amount x 2", "override-none", "renovation"),
        ("funds.amonut x 2", "override-column", "amount"),
        ("funds x 2", "override-column", "amount"),
        ("funds.id = other", "override-column", "amount"),
        ("funds[renovation AND department=water].amount x 2", "override-none", "leave one out"),
        ("funds[integrable=maybe].amount x 2", "override-filter", "Correct"),
        ("funds.amount[renovation] x 2", "override-filter", "behind the table"),
        ("budgets.amount x 2", "override-none", "own table"),
        ("costs[renovation].yuan x 2", "override-filter", "item, purpose"),
        ("funds.amount = 350万", "override-value", "3500000"),
        ("funds.amount = 0.5", "override-value", "5000"),
        ("funds.amount = 10%", "override-value", "whole"),
        ("funds.amount x -1", "override-value", "0 or more"),
        ("funds.amount - 30001", "override-value", "range"),
        ("funds.amount * 2", "override-operator", "x to multiply"),
        ("funds.amount ^ 2", "override-operator", "=, x, + and -"),
        ("funds.amount=2", "override-form", "SELECTOR OP VALUE"),
        ("funds[].amount = 2", "override-filter", "department=poverty"),
        ("more money", "override-form", "SELECTOR OP VALUE"),
        ("funds.channel x 2", "override-operator", "= VALUE"),
        ("funds.channel = fiscl", "override-value", "fiscal"),
        ("funds.integrable = maybe", "override-value", "true or false"),
        ("funds.modes + granted", "override-value", "grant"),
        ("funds.modes x 2", "override-operator", "=, + or -"),
        ("funds.purposes - roads", "override-none", "village_road"),
        ("funds.fee_bp + 5%", "override-value", "basis points"),
        ("projects.acceptance_year x 2", "override-operator", "=, + or -"),
        ("policy.R3.minimun = 4", "override-field", "minimum"),
        ("policy.R33.minimum = 4", "override-field", "R3"),
        ("policy.R3 = 4", "override-field", "minimum"),
        ("policy.R3.minimum.yuan = 4", "override-field", "policy.R3.minimum"),
        ("policy.R3[x].minimum = 4", "override-filter", "brackets"),
        ("policy.R4.rows[lin].minimum = 4", "override-none", "line"),
        ("policy.R5.enforce = sfot", "value", "soft"),
        ("policy.R1.enforce = off", "value", "Correct"),
        ("policy.R13.rows = road", "override-value", "fund: b"),
        ("policy.objective.weights.poverty x 2", "override-none", "="),
        ("poverty_line[2016] = 3000", "override-none", "2015"),
        ("poverty_line.2015 = 3000", "override-form", "poverty_line"),
        ("poverty_line = 0", "override-value", "range"),
        ("must projekt v01-p01", "override-form", "project"),
        ("must project v01-p99", "override-none", "v01-p0"),
        ("never v01-p01", "override-form", "never project"),
    ],
)
def test_what_means_nothing_is_told_with_the_way_out(tiny: County, text: str, code: str, way_out: str) -> None:
    """The problem names the override, and the way out the nearest valid name."""
    (problem,) = problems(tiny, text)
    assert problem.code == code
    assert text in str(problem.message)
    assert way_out in str(problem.way_out)


def test_all_problems_are_told_at_once(tiny: County) -> None:
    """One wrong override does not hide the next."""
    assert len(problems(tiny, "fund.amount x 2", "policy.R3.minimum = 5", "funds.amonut x 2")) == 2


def test_the_county_is_validated_as_a_file_would_be(tiny: County) -> None:
    """Two overrides that are well formed leave a county that is not valid."""
    found = problems(tiny, "funds[renovation].purposes = nonsense", "households[village=v03].village = v09")
    assert {(problem.code, problem.place.table, problem.place.column) for problem in found} == {
        ("reference", "funds", "purposes"),
        ("reference", "households", "village"),
    }


def test_what_overrides_change_is_looked_at_where_the_county_is_known_to_be_valid(tiny: County) -> None:
    """A valid county's other cells are not looked at again; what is wrong after the overrides is found all the same."""
    line = [Line("funds[renovation].purposes = nonsense"), Line("households[village=v03].village = v09")]
    with pytest.raises(InputProblems) as every:
        apply_overrides(tiny, line)
    with pytest.raises(InputProblems) as changed:
        apply_overrides(tiny, line, valid=True)
    assert every.value.problems == changed.value.problems


@pytest.mark.parametrize(
    ("text", "message", "way_out"),
    [
        (
            "minimum_overrides[village=v02].minimum = 18000",
            "has no rows: every village has the minimum of its rule (R3: 35,000 yuan)",
            "minimum_overrides[village=v02 AND rule=R3].minimum = 18000",
        ),
        (
            "minimum_overrides[rule=poverty].minimum x 0.5",
            "every village has the minimum of its rule (poverty: 20,000 yuan)",
            "policy.R4.rows[poverty].minimum x 0.5",
        ),
        ("minimum_overrides[village=v09 AND rule=R3].minimum = 1", "no village v09", "v01"),
        ("minimum_overrides[village=v02 AND rule=R4].minimum = 1", "no rule R4", "R3, poverty, line"),
    ],
)
def test_minimums_that_no_village_has_are_refused_with_a_line_that_works(
    tiny: County, text: str, message: str, way_out: str
) -> None:
    """No village of `tiny` has a minimum of its own: what holds instead is told, and how to write what is meant."""
    (problem,) = problems(tiny, text)
    assert problem.code == "override-none"
    assert message in str(problem.message)
    assert way_out in str(problem.way_out)


def test_demands_that_there_are_not_are_made_otherwise(tiny: County) -> None:
    """`tiny` demands nothing: a demand is a line of its own."""
    (problem,) = problems(tiny, "demands[target=project].enforce = off")
    assert "must project" in str(problem.way_out)
