"""Every cell against its row schema, column by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.rows import TABLES
from liftplan.models.validate.links import REFERENCES
from liftplan.models.validate.offers import Offers, shown

NEVER_EMPTY = ("departments", "purposes", "funds", "villages", "households")
"""Tables without which there is nothing to plan."""

FEW = 12
"""So many codes are listed where none is near."""

RULES = {("minimum_overrides", "rule"): "R4"}
"""Columns that name rows of a rule."""

LIST_NOT_EMPTY = {("funds", "recipients"), ("funds", "modes"), ("fund_shares", "purposes")}
"""Lists without entries that would leave a row without effect."""


def check_cells(county: County, findings: Findings, valid: County | None = None) -> None:
    """Ranges, fixed choices, identifiers, lengths, blanks, entries that stand twice; tables without rows.

    valid: a county known to be valid; columns that both share are not looked at again.
    """
    for table, schema in TABLES.items():
        if not len(county[table]):
            if table in NEVER_EMPTY and not findings.incomplete(table):
                way_out = m("Add the table, with at least one row.")
                message = m("The table {table} has no rows.", table=findings.wording.table(table))
                findings.add("table-empty", findings.at(table), message, way_out)
            continue
        for column, constraint in constraints(schema).items():
            if valid is not None and county[table][column] is valid[table][column]:
                continue
            target = RULES.get((table, column)) or REFERENCES.get((table, column), "")
            offers = Offers(county, target) if target else None
            _check(table, column, constraint, county[table][column], offers, findings)


def _check(
    table: str,
    column: str,
    constraint: Constraint,
    values: npt.NDArray[Any],
    offers: Offers | None,
    findings: Findings,
) -> None:
    if constraint.kind == "int":
        rows = np.flatnonzero((values < (constraint.low or 0)) | (values > (constraint.high or np.inf)))
    elif constraint.kind == "float":
        rows = np.flatnonzero(np.isinf(values))
    elif constraint.kind == "text":
        rows = _texts(table, column, constraint, values, findings)
    elif constraint.kind == "list":
        rows = _lists(table, column, constraint, values, findings)
    else:
        return
    rule = constraint.rule()
    findings.cells(
        "value",
        table,
        column,
        rows.tolist(),
        lambda row: m("{value} is not {rule}.", value=_shown(values[row]), rule=rule),
        lambda row: _way_out(constraint, values[row], offers),
    )
    if constraint.choices or constraint.identifier or constraint.kind in {"int", "float"}:
        findings.spoil(table, column, rows.tolist())  # what follows from it is not told
    if column == "id" and constraint.identifier:
        for _ in rows:
            findings.lose(table, ())


def _texts(
    table: str, column: str, constraint: Constraint, values: npt.NDArray[Any], findings: Findings
) -> npt.NDArray[np.int64]:
    """Rows with texts that the schema refuses; blanks are told apart, and noted."""
    distinct = list(set(values.tolist()))
    refused = {distinct[place] for place in constraint.wrong(distinct)}
    if constraint.required:
        blank = {value for value in distinct if not value.strip()}
        refused -= blank
        if blank:
            rows = _where(values, blank)
            findings.cells("blank", table, column, rows.tolist(), lambda _: m("The cell is blank."), _FILL)
    return _where(values, refused)


def _lists(
    table: str, column: str, constraint: Constraint, values: npt.NDArray[Any], findings: Findings
) -> npt.NDArray[np.int64]:
    """Rows with an entry that the schema refuses; entries that stand twice are noted."""
    distinct = list(set(values.tolist()))
    entries = list({entry for entry_list in distinct for entry in entry_list})
    bad = {entries[place] for place in constraint.wrong(entries)}
    twice = _where(values, {one for one in distinct if len(set(one)) < len(one)})
    findings.cells(
        "listed-twice",
        table,
        column,
        twice.tolist(),
        lambda row: m("{value} is in the list twice.", value=next(v for v in values[row] if values[row].count(v) > 1)),
        m("Keep it once."),
    )
    if (table, column) in LIST_NOT_EMPTY:
        empty = _where(values, {()} & set(distinct))
        findings.cells("list-empty", table, column, empty.tolist(), lambda _: m("The list is empty."), _FILL)
    return _where(values, {one for one in distinct if not bad.isdisjoint(one)})


def _where(values: npt.NDArray[Any], wanted: set[Any]) -> npt.NDArray[np.int64]:
    if not wanted:
        return np.zeros(0, dtype=np.int64)
    return np.array([row for row, value in enumerate(values.tolist()) if value in wanted], dtype=np.int64)


def _shown(value: Any) -> str:
    text = " ".join(("; ".join(value) if isinstance(value, tuple) else str(value)).split())
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _way_out(constraint: Constraint, value: Any, offers: Offers | None) -> Message:
    entries = value if isinstance(value, tuple) else (value,)
    if offers is not None and (found := next(filter(None, map(offers.named, entries)), None)):
        return m("Did you mean {name}?", name=shown(found))
    if constraint.choices:
        for one in entries:
            if one not in constraint.choices and (near := Nearest(constraint.choices)(one)):
                return m("Did you mean {name}?", name=near)
    if constraint.identifier and constraint.kind == "list" and any(_JOINT.search(one) for one in value):
        return m("Separate the entries by ; alone.")
    if offers is not None and (offer := next(filter(None, map(offers.nearest, _wrong(constraint, entries))), None)):
        return m("Did you mean {name}?", name=shown(offer))
    if offers is not None and 0 < len(offers.codes) <= FEW:
        return m("Use one of {names}.", names=listed(offers.codes))
    if constraint.identifier:
        return m("Write only letters, digits and _ - . without blanks.")
    if constraint.longest:
        return m("Shorten the text, and write no control characters.")
    return m("Correct the cell.")


def _wrong(constraint: Constraint, entries: Sequence[str]) -> list[str]:
    """Those that the schema refuses."""
    return [entries[place] for place in constraint.wrong(list(entries))]


_JOINT = re.compile("[,，、/|]")
"""Signs that people separate entries by."""

_FILL = m("Fill in the cell.")
