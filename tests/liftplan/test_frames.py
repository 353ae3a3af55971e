"""The tables of a plan: they say what the plan says, regrouped."""

from __future__ import annotations

import pandas as pd
import pytest

import liftplan
from liftplan.reports.frames import PlanTables

MONEY = {
    "funds": "allocated",
    "departments": "allocated",
    "channels": "allocated",
    "purposes": "yuan",
    "villages": "yuan",
}


@pytest.mark.parametrize("table", list(MONEY))
def test_each_regrouping_has_every_yuan(solution: liftplan.Solution, table: str) -> None:
    """Whatever the grouping, the sum is the ledger's."""
    frame = getattr(solution, table)
    assert frame[MONEY[table]].sum() == solution.plan.totals.ledger_yuan


@pytest.mark.parametrize(
    ("table", "key", "field"),
    [
        ("funds", "fund", "by_fund"),
        ("departments", "department", "by_department"),
        ("channels", "channel", "by_channel"),
        ("villages", "village", "by_village"),
        ("purposes", "purpose", "by_purpose"),
    ],
)
def test_groupings_agree_with_the_plans_own_totals(
    solution: liftplan.Solution, table: str, key: str, field: str
) -> None:
    """Each group's yuan is the one in the plan's redundant totals."""
    frame = getattr(solution, table)
    found = dict(zip(frame[key], frame[MONEY[table]].tolist(), strict=True))
    assert found == getattr(solution.plan.totals, field)


def test_ledger_has_the_plans_lines(solution: liftplan.Solution) -> None:
    """One row per ledger line, in order, with nothing unnamed."""
    frame = solution.ledger
    lines = list(frame[["fund", "item", "purpose", "yuan"]].itertuples(index=False, name=None))
    assert lines == [tuple(line) for line in solution.plan.ledger]
    assert not frame.isna().any().any()
    assert (frame["village"] != "").all()
    assert set(frame["kind"]) <= {"project", "measure", "topup"}
    assert ((frame["household"] == "") == (frame["kind"] == "project")).all()


def test_households_and_villages_count_the_lifted(solution: liftplan.Solution) -> None:
    """People lifted are the same by household, by village and in total."""
    households, villages = solution.households, solution.villages
    assert households.loc[households["lifted"], "persons"].sum() == solution.people_lifted
    assert households["lifted"].sum() == solution.households_lifted
    assert villages["lifted_people"].sum() == solution.people_lifted
    assert len(villages) == 3
    assert len(households) == 20


def test_money_of_households_includes_topups(solution: liftplan.Solution) -> None:
    """A household's yuan are its measures' and its top-up's."""
    households = solution.households
    assert households["topup"].sum() == sum(solution.plan.topups.values())
    paid = solution.ledger[solution.ledger["household"] != ""]["yuan"].sum()
    assert households["yuan"].sum() == paid


def test_projects_and_measures_are_those_of_the_plan(solution: liftplan.Solution) -> None:
    """Built projects and taken measures, each once; padding is marked."""
    assert sorted(solution.projects["project"]) == sorted(solution.plan.projects)
    assert sorted(solution.measures["measure"]) == sorted(solution.plan.measures)
    padding = solution.projects[solution.projects["padding"]]
    assert sorted(padding["project"]) == sorted(solution.plan.padding)
    assert (padding["users"] == 0).all()


def test_fund_amounts_add_up(solution: liftplan.Solution) -> None:
    """Fund by fund, amount = fee + allocated + left."""
    funds = solution.funds
    assert (funds["amount"] == funds["fee"] + funds["allocated"] + funds["left"]).all()


def test_fund_of_which_only_the_fee_is_unspent_says_reserved(solution: liftplan.Solution) -> None:
    """`why` puts the reason into words; money that is only held back as fee is reserved, not spent."""
    spent = set(solution.funds["fund"][solution.funds["reason"] == "none_left"])
    assert set(solution.funds["why"][solution.funds["reason"] == "none_left"]) == {"all spent"}
    table = solution.county["funds"]
    (one, *_) = sorted(spent)
    place = table["id"].tolist().index(one)
    amount, fee = table["amount"].copy(), table["fee_bp"].copy()
    amount[place], fee[place] = amount[place] + -(-amount[place] // 99), 100
    changed = solution.county.with_tables(funds=table.replace(amount=amount, fee_bp=fee))
    funds = liftplan.solve(changed, threads=1).funds.set_index("fund")
    assert (funds.loc[one, "fee"] > 0, funds.loc[one, "reason"], funds.loc[one, "why"]) == (
        True,
        "reserved",
        "reserved as fee",
    )


def test_names_follow_the_language(solution: liftplan.Solution) -> None:
    """Names are English or Chinese as the reader's language is."""
    english = PlanTables(solution.plan, solution.county).departments["name"]
    with liftplan.speaking("zh"):
        chinese = PlanTables(solution.plan, solution.county).departments["name"]
    assert (english != chinese).all()


def test_frames_made_in_one_language_do_not_stay_in_it(solution: liftplan.Solution) -> None:
    """One solution's tables are in the language of whoever looks, each time; they are made once in each."""
    english = solution.departments
    with liftplan.speaking("zh"):
        chinese = solution.departments
    assert (english["name"] != chinese["name"]).all()
    assert solution.departments is english


def test_prices_are_a_table_of_the_solution(solution: liftplan.Solution) -> None:
    """Funds and rules with a price, dearest first."""
    assert list(solution.prices.columns) == ["rule", "subject", "name", "price", "implied_by"]
    assert solution.prices["price"].is_monotonic_decreasing
    assert set(solution.plan.prices) <= set(solution.prices["subject"])


def test_measures_of_households_are_apart_from_direct_effects(solution: liftplan.Solution) -> None:
    """Measures that cost something and direct effects are counted apart; together they are the plan's."""
    homes = solution.households
    assert (
        homes["measures"].sum() == (~solution.measures["direct_effect"]).sum() == (solution.measures["yuan"] > 0).sum()
    )
    assert homes["measures"].sum() + homes["direct_effects"].sum() == len(solution.plan.measures)


def test_people_who_are_out_are_told_by_village(solution: liftplan.Solution) -> None:
    """The people who are out already, village by village, are those of the households that are."""
    homes = solution.households
    assert solution.villages["out"].sum() == homes["persons"][homes["already_out"]].sum() > 0


def test_plan_without_a_ledger_has_empty_tables(solution: liftplan.Solution) -> None:
    """Tables of a plan that spends nothing have their columns and no rows, or zeros."""
    nothing = solution.plan.model_copy(
        update={"ledger": (), "measures": (), "projects": (), "padding": (), "topups": {}}
    )
    tables = PlanTables(nothing, solution.county)
    assert list(tables.ledger.columns) == list(solution.ledger.columns)
    for frame in (tables.ledger, tables.projects, tables.measures):
        assert frame.empty
    for frame in (tables.households, tables.villages, tables.purposes):
        assert isinstance(frame, pd.DataFrame)
        assert frame["yuan"].sum() == 0
