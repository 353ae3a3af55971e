"""A village's own minimum as the target of an override: its row is there before anybody has written one."""

from __future__ import annotations

from dataclasses import replace

from liftplan.models.county import County, table_rows
from liftplan.models.messages import m
from liftplan.models.rows import MinimumOverride
from liftplan.models.tables import Table
from liftplan.scenarios.overrides.fault import Fault, near
from liftplan.scenarios.overrides.grammar import Change, Filter, Part

MINIMUMS = "minimum_overrides"

KEY = ("village", "rule")
"""Columns that name a row."""


def with_minimums(county: County, change: Change) -> County:
    """The county with a row for every village and rule that filters name both: the policy's minimum, if none is there.

    Raises `Fault` for villages and rules that the county has not, and where there is no row and no name of one.
    """
    head, *rest = change.selector
    named = {one.column: one.values for one in head.filters}
    general = {"R3": county.policy.R3.minimum} | {row.id: row.minimum for row in county.policy.R4.rows}
    known = dict(zip(KEY, (county["villages"]["id"].tolist(), list(general)), strict=True))
    for column in KEY:
        for value in named.get(column, ()):
            if value not in known[column]:
                message = m("there is no {column} {value} that could have a minimum", column=column, value=value)
                raise Fault("override-none", message, near(value, known[column]))
    rows = [row for row in table_rows(county, MINIMUMS) if isinstance(row, MinimumOverride)]
    if set(named) != set(KEY):
        if rows:
            return county
        village, rule = ((named.get(column) or known[column])[0] for column in KEY)
        whole = Part(MINIMUMS, (Filter("village", (village,)), Filter("rule", (rule,))))
        policy = "R3" if rule == "R3" else f"R4.rows[{rule}]"
        raise Fault(
            "override-none",
            m(
                "the table {table} has no rows: every village has the minimum of its rule ({rule}: {value} yuan)",
                table=MINIMUMS,
                rule=rule,
                value=f"{general[rule]:,}",
            ),
            m(
                "Name village and rule: {one}; or change the rule for all villages: {all}.",
                one=replace(change, selector=(whole, *rest)),
                all=f"policy.{policy}.minimum {change.operator} {change.value}",
            ),
        )
    there = {(row.village, row.rule) for row in rows}
    new = [
        MinimumOverride(village=village, rule=rule, minimum=general[rule])
        for village in named["village"]
        for rule in named["rule"]
        if (village, rule) not in there
    ]
    return county.with_tables(**{MINIMUMS: Table.from_rows(MinimumOverride, [*rows, *new])}) if new else county
