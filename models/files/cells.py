"""What the readers of CSV, Parquet and JSON share: stand-ins, and what is said of cells that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.constraints import Constraint
from liftplan.models.files.numbers import remedy
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest

Column = npt.NDArray[Any]

MOST_YUAN = 10**12
"""Whole numbers up to here are amounts."""

LONGEST_SHOWN = 60
"""Most characters of a value in a message."""


def stand_in(constraint: Constraint) -> Any:
    """What a cell that cannot be read gets, so that the rest can be checked."""
    if not constraint.required:
        return constraint.default
    return {"int": constraint.low or 0, "float": float("nan"), "bool": False, "text": "", "list": ()}[constraint.kind]


def filled(constraint: Constraint, value: Any, length: int) -> Column:
    """A column of one value."""
    if constraint.kind in {"text", "list"}:
        return objects([value] * length)
    return np.full(length, value, dtype={"int": np.int64, "float": np.float64, "bool": np.bool_}[constraint.kind])


def objects(values: Sequence[Any]) -> Column:
    """A column of texts or tuples."""
    return np.fromiter(values, dtype=object, count=len(values))


def shown(value: Any) -> str:
    """A value as a message shows it: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


class Complaints:
    """Notes what is wrong with the form of one table."""

    def __init__(self, table: str, findings: Findings) -> None:
        self.table = table
        self.findings = findings
        self._meant: set[str] = set()

    def column_missing(self, field: str) -> None:
        """A column without default is not there."""
        self.findings.spoil(self.table, field)
        if field not in self._meant:
            place = self.findings.at(self.table, -1, field)
            message = m("The column {column} is missing.", column=field)
            self.findings.add("column-missing", place, message, m("Add the column; no cell of it may be blank."))

    def column_unknown(self, column: str, known: Iterable[str]) -> None:
        """A column that the table does not have; the one that was probably meant is not missed any more."""
        if not column:
            message = m("A column of the table {table} has no name.", table=self.table)
            self.findings.add("column-unknown", self.findings.at(self.table), message, m("Name it, or empty it."))
            return
        near, names = Nearest(known)(column), listed(known)
        self._meant.add(near)
        self.findings.add(
            "column-unknown",
            self.findings.at(self.table, -1, column),
            m("The table {table} has no column {column}.", table=self.table, column=shown(column)),
            m("Did you mean {name}?", name=near) if near else m("It has the columns {names}.", names=names),
        )

    def column_twice(self, column: str) -> None:
        """A column stands twice."""
        place = self.findings.at(self.table, -1, column)
        message = m("The column {column} is here twice.", column=column)
        self.findings.add("column-twice", place, message, m("Keep the right one."))

    def column_type(self, field: str, constraint: Constraint, found: Any) -> None:
        """A whole column is of a wrong type."""
        place = self.findings.at(self.table, -1, field)
        message = m("The column is of type {type}; it should hold {rule}.", type=found, rule=constraint.rule())
        self.findings.add("column-type", place, message, m("Write the column in that type."))
        self.findings.spoil(self.table, field)

    def refuse(
        self,
        field: str,
        rows: Iterable[int],
        value: Callable[[int], Any],
        rule: Message,
        way_out: Callable[[Any], Message],
    ) -> None:
        """Cells that hold something else than the schema asks for."""
        rows = [int(row) for row in rows]
        self.findings.cells(
            "value",
            self.table,
            field,
            rows,
            lambda row: m("{value} is not {rule}.", value=shown(value(row)), rule=rule),
            lambda row: way_out(value(row)),
        )
        self.findings.spoil(self.table, field, rows)

    def absent(self, field: str, rows: Iterable[int]) -> None:
        """Rows of a document without a field that has no default."""
        rows = [int(row) for row in rows]
        message = m("The field {field} is missing.", field=field)
        self.findings.cells("field-missing", self.table, field, rows, lambda _: message, m("Add it."))
        self.findings.spoil(self.table, field, rows)

    def blank(self, field: str, rows: Iterable[int]) -> None:
        """Cells that may not be blank."""
        rows = [int(row) for row in rows]
        self.findings.cells("blank", self.table, field, rows, lambda _: m("The cell is blank."), m("Fill in the cell."))
        self.findings.spoil(self.table, field, rows)


def way_out(constraint: Constraint, value: Any) -> Message:
    """How to put a cell right."""
    if constraint.kind == "int" and (written := remedy(str(value), yuan=(constraint.high or 0) >= MOST_YUAN)):
        return written
    if constraint.choices and isinstance(value, str) and (near := Nearest(constraint.choices)(value)):
        return m("Did you mean {name}?", name=near)
    if constraint.identifier:
        return m("Write only letters, digits and _ - . without blanks.")
    if constraint.kind == "bool":
        return m("Write true or false.")
    return m("Correct the cell.") if constraint.required else m("Correct the cell, or leave it blank.")
