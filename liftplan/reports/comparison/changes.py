"""Inputs that differ, in words."""

from __future__ import annotations

from typing import Any

from liftplan.models.base import BP
from liftplan.models.files.workbook.words.sheets import SHEETS
from liftplan.models.messages import Message, labelled, m
from liftplan.reports.comparison.grids import Grid, GridRow, Label
from liftplan.reports.comparison.names import Names
from liftplan.scenarios.compare import HEAD, POLICY, Compared

PLACES: dict[str, Message] = {HEAD: m("County"), POLICY: m("Policy")}
"""Names of what is no table."""

PRIVATE = frozenset({"households", "measures", "costs", "commitments", "accounts", "demands"})
"""Tables whose rows may name a household or an account: pages tell only how many rows differ."""

LABELS = (
    Label("table", m("table id"), identifier=True),
    Label("place", m("table"), remark=True),
    Label("row", m("row"), identifier=True),
    Label("field", m("field"), identifier=True),
    Label("what", m("what")),
)


def inputs(compared: Compared, names: Names) -> Grid:
    """Every input that differs; a row that one side does not have is told once, without its cells."""
    known = {
        "villages": names.villages,
        "projects": names.projects,
        "departments": names.departments,
        "purposes": names.purposes,
        "funds": names.funds,
    }
    rows = []
    for one in compared.differences:
        row = known.get(one.table, {}).get(one.key, one.key)
        what = labelled(row, one.field or m("whole row")) if row else m("{text}", text=one.field or m("whole row"))
        rows.append(GridRow((one.table, place_name(one.table), one.key, one.field, str(what)), one.values))
    return Grid("inputs", m("Inputs that differ"), LABELS, tuple(rows), "text", words=told)


def place_name(table: str) -> str:
    """What people call a table."""
    word = PLACES.get(table)
    return str(word) if word else str(SHEETS[table])


def told(value: Any) -> str:
    """A cell as people read it."""
    if isinstance(value, bool):
        return str(m("yes") if value else m("no"))
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= BP else str(value)
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return str(value)
