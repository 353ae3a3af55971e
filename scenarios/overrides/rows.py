"""Which rows of a table a selector means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from liftplan.models.county import key_of
from liftplan.models.files.numbers import truth, whole_number
from liftplan.models.messages import listed, m
from liftplan.models.tables import Table, kinds
from liftplan.scenarios.overrides.fault import Fault, near
from liftplan.scenarios.overrides.grammar import Filter

Bools = npt.NDArray[np.bool_]


def matching(name: str, table: Table, filters: Sequence[Filter]) -> npt.NDArray[np.int64]:
    """Positions of the rows that pass all filters. Raises `Fault` if there is none."""
    if not len(table):
        way_out = m("Write the rows into the county's own table; an override changes those that are there.")
        if name == "demands":
            way_out = m("Demand with must or never, as in {example}.", example="must project v07-p03")
        raise Fault("override-none", m("the table {table} has no rows", table=name), way_out)
    chosen = np.ones(len(table), dtype=np.bool_)
    for one in filters:
        chosen &= _passing(name, table, one)
    if not chosen.any():
        message = m("no row of {table} passes all of {filters}", table=name, filters=" AND ".join(map(str, filters)))
        raise Fault("override-none", message, m("Each of them alone matches rows; leave one out."))
    return np.flatnonzero(chosen)


def _passing(name: str, table: Table, condition: Filter) -> Bools:
    column = condition.column or _identifier(name)
    known = kinds(table.schema)
    if column not in known:
        message = m("the table {table} has no column {column}", table=name, column=column)
        raise Fault("override-column", message, near(column, known))
    values, kind = table[column], known[column]
    passing = np.zeros(len(table), dtype=np.bool_)
    for wanted in condition.values:
        found = _equal(values, kind, wanted, column)
        if not found.any():
            message = m("no row of {table} has {column} = {value}", table=name, column=column, value=wanted)
            raise Fault("override-none", message, near(wanted, _distinct(values, kind)))
        passing |= found
    return passing


def _identifier(table: str) -> str:
    """The column that identifies a row alone."""
    key = key_of(table)
    if len(key) > 1:
        message = m("a row of {table} is not identified by one name", table=table)
        raise Fault("override-filter", message, m("Name columns: {columns}.", columns=listed(key)))
    return key[0]


def _equal(values: npt.NDArray[np.generic], kind: str, wanted: str, column: str) -> Bools:
    if kind == "list":
        return np.array([wanted in entries for entries in values.tolist()], dtype=np.bool_)
    if kind == "text":
        return np.array([value == wanted for value in values.tolist()], dtype=np.bool_)
    meant = truth(wanted) if kind == "bool" else whole_number(wanted) if kind == "int" else None
    if meant is None:
        rule = m("true or false") if kind == "bool" else m("a whole number")
        message = m("{column} is compared with {rule}, not with {value}", column=column, rule=rule, value=wanted)
        raise Fault("override-filter", message, m("Correct the condition."))
    return np.asarray(values == meant, dtype=np.bool_)


def _distinct(values: npt.NDArray[np.generic], kind: str) -> list[str]:
    listed = values.tolist()
    if kind == "list":
        return sorted({entry for entries in listed for entry in entries})
    if kind == "bool":
        return sorted({str(value).lower() for value in listed})
    if kind == "int":
        return [str(value) for value in sorted(set(listed))]
    return sorted({str(value) for value in listed if value})
