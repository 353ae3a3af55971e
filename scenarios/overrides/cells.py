"""Overrides of table cells: whole numbers, texts, truth values, lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.constraints import Constraint, constraints
from liftplan.models.county import County, key_of
from liftplan.models.files.lists import join, split
from liftplan.models.files.numbers import truth
from liftplan.models.messages import listed, m
from liftplan.models.plan import Applied
from liftplan.models.rows import TABLES
from liftplan.models.tables import Table
from liftplan.scenarios.overrides.arithmetic import Range, step, stepped
from liftplan.scenarios.overrides.fault import Fault, near
from liftplan.scenarios.overrides.grammar import Change, Operator
from liftplan.scenarios.overrides.minimums import MINIMUMS, with_minimums
from liftplan.scenarios.overrides.rows import matching

Column = npt.NDArray[Any]
Rows = npt.NDArray[np.int64]

EMPTY = {'""': "", "[]": ""}
"""How an empty text and an empty list are written."""


def change_cells(county: County, change: Change) -> tuple[County, Applied]:
    """The county with cells of a table changed, and what was done. Raises `Fault`."""
    head, *rest = change.selector
    name = head.name
    column = ".".join(part.name for part in rest)
    constraint = _constraint(name, column, any(part.filters for part in rest))
    if name == MINIMUMS:
        county = with_minimums(county, change)
    table = county[name]
    rows = matching(name, table, head.filters)
    new, applied = _changed(change, constraint, table, name, column, rows)
    changed = {name: table.replace(**{column: new})}
    if (name, column) == ("funds", "amount"):
        budgets, more = _years(county, table, rows)
        if len(more):
            new, beside = _changed(change, constraint, budgets, "budgets", column, more)
            changed["budgets"] = budgets.replace(amount=new)
            applied = _sum(applied, beside)
    return county.with_tables(**changed), applied


def _constraint(table: str, column: str, filtered: bool) -> Constraint:
    """What the column may hold, if it is one that may be changed."""
    known = constraints(TABLES[table])
    keys = set(key_of(table))
    free = [name for name in known if name not in keys]
    if not column:
        message = m("a column of {table} is missing", table=table)
        raise Fault("override-column", message, m("Columns: {columns}.", columns=listed(free)))
    if filtered:
        raise Fault("override-filter", m("conditions stand behind the table"), m("Move them behind the table's name."))
    if column in keys:
        message = m("{column} identifies rows of {table} and cannot be changed", column=column, table=table)
        raise Fault("override-column", message, m("Columns: {columns}.", columns=listed(free)))
    if column not in known:
        message = m("the table {table} has no column {column}", table=table, column=column)
        raise Fault("override-column", message, near(column, free))
    return known[column]


def _years(county: County, funds: Table, rows: Rows) -> tuple[Table, Rows]:
    """The years in which these funds have another amount: an override of the fund holds in all years."""
    budgets = county["budgets"]
    meant = set(funds["id"][rows].tolist())
    return budgets, np.flatnonzero(np.array([fund in meant for fund in budgets["fund"].tolist()], dtype=np.bool_))


def _changed(
    change: Change, constraint: Constraint, table: Table, name: str, column: str, rows: Rows
) -> tuple[Column, Applied]:
    """The whole column with the new cells, and what was done."""
    old = table[column]
    new = old.copy()
    cells = old[rows].tolist()
    if constraint.kind == "int":
        names = ["/".join(map(str, key)) for key in zip(*(table[k][rows].tolist() for k in key_of(name)), strict=True)]
        allowed = Range(constraint.low, constraint.high, column.endswith("_bp"))
        does = step(change.operator, change.value, allowed)
        values = stepped(does, cells, allowed, names)
        new[rows] = values
        rounded = sum(map(does.rounds, cells))
        return new, Applied(
            override=str(change), cells=len(rows), before=sum(cells), after=sum(values), rounded=rounded
        )
    if constraint.kind == "list":
        for row, value in zip(rows.tolist(), _lists(change, constraint, cells), strict=True):
            new[row] = value
    else:
        new[rows] = _value(change, constraint, column)
    return new, Applied(override=str(change), cells=len(rows))


def _value(change: Change, constraint: Constraint, column: str) -> Any:
    """The new value of cells that are only ever set."""
    if change.operator != "=":
        message = m("{column} can only be set", column=column)
        raise Fault("override-operator", message, m("Write {path} = VALUE.", path=change.path))
    if constraint.kind == "bool":
        flag = truth(change.value)
        if flag is None:
            message = m("{value} is not {rule}", value=change.value, rule=constraint.rule())
            raise Fault("override-value", message, m("Write true or false."))
        return flag
    if constraint.kind == "float":
        try:
            return float(change.value)
        except ValueError:
            message = m("{value} is not {rule}", value=change.value, rule=constraint.rule())
            raise Fault("override-value", message, m("Write a number.")) from None
    text = EMPTY.get(change.value, change.value)
    _refuse(constraint, [text])
    return text


def _lists(change: Change, constraint: Constraint, cells: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The new lists: set, with entries added, or without some."""
    if change.operator == "x":
        raise Fault("override-operator", m("a list cannot be multiplied"), m("Use =, + or -."))
    entries = split(EMPTY.get(change.value, change.value))
    _refuse(constraint, list(entries))
    return edited(change.operator, entries, cells)


def edited(operator: Operator, entries: tuple[str, ...], cells: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Lists with entries set, added or taken away. Raises `Fault` for one that is to be taken away and is nowhere."""
    if operator == "=":
        return [entries] * len(cells)
    if operator == "+":
        return [(*cell, *(entry for entry in entries if entry not in cell)) for cell in cells]
    there = {entry for cell in cells for entry in cell}
    for entry in entries:
        if entry not in there:
            message = m("{entry} is in none of the lists, so it cannot be taken away", entry=entry)
            raise Fault("override-none", message, near(entry, sorted(there)))
    return [tuple(entry for entry in cell if entry not in entries) for cell in cells]


def _refuse(constraint: Constraint, texts: list[str]) -> None:
    """Raise `Fault` for texts that the column does not take."""
    wrong = [texts[place] for place in constraint.wrong(texts)]
    if constraint.required and constraint.kind == "text" and not texts[0].strip():
        wrong = wrong or [texts[0]]
    if wrong:
        message = m("{value} is not {rule}", value=join(tuple(wrong)) or '""', rule=constraint.rule())
        way_out = near(wrong[0], constraint.choices) if constraint.choices else m("Correct the value.")
        raise Fault("override-value", message, way_out)


def _sum(one: Applied, other: Applied) -> Applied:
    """Both together."""
    return Applied(
        override=one.override,
        cells=one.cells + other.cells,
        before=(one.before or 0) + (other.before or 0),
        after=(one.after or 0) + (other.after or 0),
        rounded=one.rounded + other.rounded,
    )
