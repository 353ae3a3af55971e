"""How far plans keep inside their limits, against the shortfalls that the checker found."""

from __future__ import annotations

import pytest

import liftplan
from liftplan.models.tables import Table
from liftplan.reports.frames import PlanTables
from liftplan.reports.limits import limits
from liftplan.scenarios.small import random_small

SOFT = [("R3", "R4"), ("R5",), ("R6",), ("R9",), ("R10",), ("R11", "R12"), ("R13",)]
WHOLE_COUNTY = {"R5", "R9", "R11", "R12"}
"""Rules told in one line."""


@pytest.mark.parametrize("seed", [3, 5])
@pytest.mark.parametrize("soft", SOFT, ids="+".join)
def test_rooms_are_the_shortfalls_of_soft_rules(soft: tuple[str, ...], seed: int) -> None:
    """A negative room is a shortfall of the plan, the other way round as well, and hard rules have none."""
    county = random_small(seed, soft=soft)
    solution = liftplan.solve(county, gap=0.05, time_limit=20, threads=1)
    found = limits(solution.plan, county, PlanTables(solution.plan, county))
    short: dict[str, list[int]] = {}
    for one in solution.plan.shortfalls:
        short.setdefault(one.rule, []).append(one.short)
    rooms: dict[str, list[int]] = {}
    for limit in found:
        assert limit.room >= 0 or limit.enforce == "soft"
        if limit.room < 0:
            rooms.setdefault(limit.rule, []).append(-limit.room)
    assert {limit.rule for limit in found} >= set(soft) - {"R13"}
    for rule in set(short) | set(rooms):
        if rule == "R7":
            continue  # shown in basis points, short in ten-thousandths of a yuan
        told = sorted(short.get(rule, []))
        if rule in {"R5", "R9"}:
            told = told[-1:]
        elif rule == "R11":
            told = [sum(told)]
        elif rule == "R12":
            told = [len(told)]
        assert sorted(rooms.get(rule, [])) == told, rule


def test_village_minimums_are_compared_with_the_ledger(solution: liftplan.Solution) -> None:
    """R3 and R4 of `tiny`: what each village gets in all, and from the departments of each row."""
    found = limits(solution.plan, solution.county, solution.tables)
    ledger = solution.ledger
    rows = {row.id: row.departments for row in solution.county.policy.R4.rows}
    for one in found:
        lines = ledger[ledger["village"] == one.subject]
        if one.rule == "R3":
            assert one.value == lines["yuan"].sum()
        if one.rule == "R4":
            assert one.value == lines["yuan"][lines["department"].isin(rows[one.row])].sum()
    assert {one.rule for one in found} >= {"R3", "R4", "R5"}


def test_committed_lines_are_compared_with_what_the_ledger_pays_on_them(solution: liftplan.Solution) -> None:
    """R11: a committed line on which more is paid lies above its commitment by what is paid more."""
    fund, item, purpose, yuan = solution.plan.ledger[0]
    row = {"fund": [fund], "item": [item], "purpose": [purpose], "yuan": [yuan - 1_496]}
    table = Table.from_columns(solution.county["commitments"].schema, row)
    county = solution.county.with_tables(commitments=table)
    assert county.policy.R11.enforce != "off"
    (found,) = (one for one in limits(solution.plan, county, solution.tables) if one.rule == "R11")
    assert (found.value, found.room) == (yuan, 1_496)


def test_own_minimums_of_villages_count() -> None:
    """A village's own minimum stands in place of the policy's, and villages outside the push have none."""
    solution = liftplan.solve(liftplan.example(), threads=1)
    found = {
        one.subject: one.limit for one in limits(solution.plan, solution.county, solution.tables) if one.rule == "R3"
    }
    assert found["v02"] == 320_000
    assert "v03" not in found


def test_names_follow_the_language(solution: liftplan.Solution) -> None:
    """Departments and villages are named in the reader's language."""
    with liftplan.speaking("zh"):
        tables = PlanTables(solution.plan, solution.county)
        chinese = {one.where for one in limits(solution.plan, solution.county, tables) if one.rule == "R3"}
    assert chinese <= set(solution.county["villages"]["name"].tolist())
