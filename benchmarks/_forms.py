"""A county's problem as one mixed integer program for any engine, in whole numbers.

    maximise gain @ x,  0 <= x <= upper,  least <= A x <= most,  x whole where `integer`

Columns of money count yuan. Engines in floating point get `scaled`: money in 10,000 yuan, and every row divided by its
largest coefficient, as a careful modeller would hand it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import HARD, Csr, Ints, Problem

Floats = npt.NDArray[np.float64]
Entries = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
"""Row, column and value of entries; one number is the value of all."""

OPEN = 2**60
"""Side of a row without a limit, and upper bound of a column without one."""

MONEY = 10_000.0
"""Yuan in one unit of money, for engines in floating point."""


@dataclass(frozen=True)
class Form:
    """One program. Arrays int64 but where said."""

    name: str
    gain: Ints
    """(columns,) units of 10^-14 persons."""
    upper: Ints
    integer: npt.NDArray[np.bool_]
    money: npt.NDArray[np.bool_]
    least: Ints
    most: Ints
    start: Ints
    index: Ints
    value: Ints
    parts: Mapping[str, Ints]
    """What the columns stand for, by the form's own names."""

    def save(self, path: Path) -> None:
        """Write as .npz."""
        fields = ("gain", "upper", "integer", "money", "least", "most", "start", "index", "value")
        arrays = {field: getattr(self, field) for field in fields}
        np.savez(path, name=self.name, **arrays, **{f"part_{name}": part for name, part in self.parts.items()})

    @classmethod
    def load(cls, path: Path) -> Form:
        """Read what `save` wrote."""
        with np.load(path) as stored:
            parts = {name.removeprefix("part_"): stored[name] for name in stored.files if name.startswith("part_")}
            rest = {name: stored[name] for name in stored.files if not name.startswith("part_") and name != "name"}
            return cls(name=str(stored["name"]), parts=parts, **rest)

    def sizes(self) -> dict[str, int]:
        """Columns, whole ones among them, rows, entries."""
        return {
            "columns": len(self.gain),
            "whole": int(self.integer.sum()),
            "rows": len(self.least),
            "entries": len(self.index),
        }


@dataclass(frozen=True)
class Scaled:
    """The program in floats: minimise cost @ x (persons, sign changed)."""

    cost: Floats
    upper: Floats
    integer: npt.NDArray[np.bool_]
    least: Floats
    most: Floats
    start: Ints
    index: Ints
    value: Floats
    unit: Floats
    """(columns,) whole numbers per unit of x: x times this is the form's own x."""


def scaled(form: Form) -> Scaled:
    """The form for engines in floating point."""
    unit = np.where(form.money, MONEY, 1.0)
    value = form.value * unit[form.index]
    owner = np.repeat(np.arange(len(form.least)), np.diff(form.start))
    largest = np.zeros(len(form.least))
    np.maximum.at(largest, owner, np.abs(value))
    row = 1.0 / np.maximum(largest, 1.0)
    return Scaled(
        -form.gain / UNITS_PER_PERSON * unit,
        np.where(form.upper >= OPEN, np.inf, form.upper / unit),
        form.integer,
        np.where(form.least <= -OPEN, -np.inf, form.least * row),
        np.where(form.most >= OPEN, np.inf, form.most * row),
        form.start,
        form.index,
        value * row[owner],
        unit,
    )


class Rows:
    """Rows under construction, as entries."""

    def __init__(self) -> None:
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[Ints] = []
        self._least: list[Ints] = []
        self._most: list[Ints] = []
        self.count = 0

    def add(self, number: int, least: npt.ArrayLike, most: npt.ArrayLike, *entries: Entries) -> None:
        """`number` rows; entries: (row counted from the first of them, column, value)."""
        for row, column, value in entries:
            places = np.asarray(row, dtype=np.int64)
            self._row.append(places + self.count)
            self._column.append(np.asarray(column, dtype=np.int64))
            self._value.append(np.broadcast_to(np.asarray(value, dtype=np.int64), places.shape))
        self._least.append(np.broadcast_to(np.asarray(least, dtype=np.int64), (number,)))
        self._most.append(np.broadcast_to(np.asarray(most, dtype=np.int64), (number,)))
        self.count += number

    def arrays(self) -> dict[str, Ints]:
        """Fields of a form; entries of one place are added up."""
        row, column, value = (np.concatenate(part) for part in (self._row, self._column, self._value))
        width = int(column.max()) + 1
        place, inverse = np.unique(row * width + column, return_inverse=True)
        summed = np.zeros(len(place), dtype=np.int64)
        np.add.at(summed, inverse, value)
        return {
            "least": np.concatenate(self._least),
            "most": np.concatenate(self._most),
            "start": np.searchsorted(place // width, np.arange(self.count + 1)).astype(np.int64),
            "index": place % width,
            "value": summed,
        }


def only_hard(problem: Problem) -> None:
    """The forms are written for hard rules. Raises ValueError for others."""
    homes = problem.households
    if (problem.rows.price != HARD).any() or (homes.minimum_price != HARD).any() or homes.touch_worth.any():
        raise ValueError("the programs of the peers are written for hard rules")
    if problem.projects.worth.any() or problem.measures.worth.any() or (homes.maximum >= 0).any() or problem.constant:
        raise ValueError("the programs of the peers are written for lifting alone, without a maximum")


def placed(lists: Csr, columns: Ints, factor: int = 1) -> Entries:
    """The entries of lists as (list's index, column of the owner, value)."""
    return lists.index, columns[lists.owner_of_entry()], lists.value * factor


def coupling(rows: Rows, problem: Problem, flow: Ints, *parts: Entries) -> None:
    """R1, R3, R4, R6, R7, R10, R13 and slots. parts: what decisions add to rows."""
    arcs = problem.rows.arcs
    money: Entries = (arcs.owner_of_entry(), flow[arcs.index], arcs.value)
    rows.add(arcs.owners, problem.rows.rhs, OPEN, money, *parts)


def balances(rows: Rows, problem: Problem, flow: Ints, *parts: Entries) -> None:
    """What funds pay into a cell is what decisions cost there. parts: minus what they cost."""
    flows = problem.flows
    ones = np.ones(len(flow), dtype=np.int64)
    rows.add(len(flows.cell_village), 0, 0, (flows.arc_cell, flow, ones), *parts)


def projects_apart(rows: Rows, problem: Problem, built: Ints) -> None:
    """Prerequisites among projects, and at most one of an alternative group."""
    requires, group = problem.projects.requires, problem.projects.group
    each = np.arange(len(requires.index))
    rows.add(len(each), -OPEN, 0, (each, built[requires.owner_of_entry()], 1), (each, built[requires.index], -1))
    at_most_one(rows, group, built)


def at_most_one(rows: Rows, group: Ints, columns: Ints) -> None:
    """At most one of the columns of each group >= 0."""
    names, number = np.unique(group[group >= 0], return_inverse=True)
    rows.add(len(names), -OPEN, 1, (number, columns[group >= 0], 1))
