"""A village's own minimum as the target of an override: its row is there before anybody has written one."""

from __future__ import annotations

from collections.abc import Sequence

from liftplan.models.county import County, table_rows
from liftplan.models.rows import MinimumOverride
from liftplan.models.tables import Table
from liftplan.scenarios.overrides.grammar import Filter

MINIMUMS = "minimum_overrides"


def with_minimums(county: County, filters: Sequence[Filter]) -> County:
    """The county with a row for every village and rule that filters name both: the policy's minimum, if none is there.

    What they name and the county has not is left to whoever looks for the rows.
    """
    named = {one.column: one.values for one in filters}
    if set(named) != {"village", "rule"}:
        return county
    general = {"R3": county.policy.R3.minimum} | {row.id: row.minimum for row in county.policy.R4.rows}
    known = set(county["villages"]["id"].tolist())
    rows = [row for row in table_rows(county, MINIMUMS) if isinstance(row, MinimumOverride)]
    there = {(row.village, row.rule) for row in rows}
    new = [
        MinimumOverride(village=village, rule=rule, minimum=general[rule])
        for village in named["village"]
        for rule in named["rule"]
        if village in known and rule in general and (village, rule) not in there
    ]
    return county.with_tables(**{MINIMUMS: Table.from_rows(MinimumOverride, [*rows, *new])}) if new else county
