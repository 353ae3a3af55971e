"""The flow problem that is left when decisions are fixed, and the exact judgement of its solutions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.ledger.demand import cell_demand, row_rest
from liftplan.solver.problem import HARD, Bools, Decisions, Ints, Problem

_SAFE = 2.0**62


@dataclass(frozen=True)
class FlowTask:
    """Find flow (arcs,), whole yuan, floor <= flow, sums into each cell = demand, rows "at least" rest, least penalty.

    Row r: sum of coef over its entries times flow >= rest[r] - short[r]; penalty price[r] * short[r]; no short if HARD.
    """

    demand: Ints
    """(cells,) yuan."""
    arc_cell: Ints
    """(arcs,) ascending."""
    floor: Ints
    """(arcs,) yuan that the arc carries at least."""
    entry_row: Ints
    """(entries,) ascending."""
    entry_arc: Ints
    """(entries,)"""
    coef: Ints
    """(entries,)"""
    rest: Ints
    """(rows,)"""
    price: Ints
    """(rows,) HARD, or units per row unit short."""

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.demand)

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return len(self.arc_cell)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.rest)

    def activity(self, flow: Ints) -> Ints:
        """Left-hand side of each row, int64 (rows,). Exact; OverflowError beyond 2^62."""
        terms = np.abs(self.coef).astype(np.float64) * np.abs(flow[self.entry_arc]).astype(np.float64)
        if terms.sum() > _SAFE:
            raise OverflowError("amounts too large for exact 64-bit sums")
        total = np.zeros(self.rows, dtype=np.int64)
        np.add.at(total, self.entry_row, self.coef * flow[self.entry_arc])
        return total

    def short(self, flow: Ints) -> Ints:
        """How much each row is short, int64 (rows,), >= 0."""
        short: Ints = np.maximum(0, self.rest - self.activity(flow))
        return short

    def into_cells(self, flow: Ints) -> Ints:
        """Sum of flow into each cell, int64 (cells,)."""
        total = np.zeros(self.cells, dtype=np.int64)
        np.add.at(total, self.arc_cell, flow)
        return total

    def keeps(self, flow: Ints) -> bool:
        """Whether the flow is a solution: whole cells, floors and every hard row, exactly."""
        return (
            bool(np.all(flow >= self.floor))
            and bool(np.array_equal(self.into_cells(flow), self.demand))
            and not np.any(self.short(flow)[self.price == HARD])
        )

    def penalty(self, flow: Ints) -> int:
        """Exact penalty of the soft rows, units."""
        short = self.short(flow)
        rows = np.flatnonzero((short > 0) & (self.price > 0))
        return sum(int(self.price[row]) * int(short[row]) for row in rows)


@dataclass(frozen=True)
class Free:
    """What is not decided by the demand alone: arcs of cells with a choice, rows that depend on the choice.

    Everything else of `task` is moved into `rest`; the free flows are counted above their floors.
    """

    arcs: Ints
    """(free arcs,) numbers in the task."""
    cells: Ints
    """(free cells,) numbers in the task, ascending."""
    arc_cell: Ints
    """(free arcs,) position in `cells`, ascending."""
    need: Ints
    """(free cells,) yuan above the floors, > 0."""
    rows: Ints
    """(free rows,) numbers in the task."""
    entry_row: Ints
    """(free entries,) position in `rows`, ascending."""
    entry_arc: Ints
    """(free entries,) position in `arcs`."""
    coef: Ints
    """(free entries,)"""
    rest: Ints
    """(free rows,) what the free flows must provide."""
    price: Ints
    """(free rows,) HARD or > 0."""
    base: Ints
    """(task arcs,) flow decided so far: floors, and whole cells without choice."""

    def whole(self, above: Ints) -> Ints:
        """The task's flow with `above` (free arcs,) on the free arcs."""
        flow = self.base.copy()
        flow[self.arcs] += above
        return flow


def flow_task(problem: Problem, decisions: Decisions, floor: Ints | None = None) -> FlowTask:
    """The flow problem of fixed decisions. floor: (arcs,) least yuan per arc, e.g. hard commitments; default 0."""
    rows = problem.rows
    return FlowTask(
        cell_demand(problem, decisions),
        problem.flows.arc_cell,
        np.zeros(len(problem.flows.arc_cell), dtype=np.int64) if floor is None else floor.astype(np.int64),
        rows.arcs.owner_of_entry(),
        rows.arcs.index,
        rows.arcs.value,
        row_rest(problem, decisions),
        rows.price,
    )


@dataclass(frozen=True)
class _Open:
    """A task with what the demand alone decides set apart."""

    base: Ints
    """(task arcs,) flow decided: floors, and whole cells without choice."""
    cells: Bools
    """(task cells,) with a choice."""
    need: Ints
    """(task cells,) yuan above the floors."""
    entries: Ints
    """Entries on which a choice depends."""
    left: Ints
    """(task rows,) what a choice must provide."""
    settled: Bools
    """(task rows,) hard rows that no choice can change."""

    @property
    def broken(self) -> Bools:
        """(task rows,) hard rows that no choice can help."""
        return self.settled & (self.left > 0)


def _open(task: FlowTask) -> _Open | None:
    """None if the demand cannot be paid at all: a cell without payer, floors above the demand."""
    held = task.into_cells(task.floor)
    width = np.bincount(task.arc_cell, minlength=task.cells)
    need = task.demand - held
    if np.any(need < 0) or np.any((need > 0) & (width == 0)):
        return None
    base = task.floor.copy()
    only = (width == 1)[task.arc_cell]
    base[only] += need[task.arc_cell[only]]
    cells = (need > 0) & (width > 1)
    entries, constant = _open_entries(task, cells, width, need)
    left = task.rest - task.activity(base) - constant
    settled = np.ones(task.rows, dtype=np.bool_)
    settled[task.entry_row[entries]] = False
    return _Open(base, cells, need, entries, left, settled & (task.price == HARD))


def broken_rows(task: FlowTask, near: float = 0.0) -> Bools | None:
    """(rows,) hard rows that no choice of payers can help; None where the demand cannot be paid at all.

    near: where there are such, rows that are kept by less than this part of what they ask count as well.
    """
    found = _open(task)
    if found is None or not found.broken.any():
        return None if found is None else found.broken
    return found.settled & (found.left > -near * np.abs(task.rest))


def free_part(task: FlowTask) -> Free | None:
    """Reduce the task to what is open.

    None if it is impossible already: a cell without payer, floors above the demand, a hard row that no choice can help.
    """
    found = _open(task)
    if found is None or found.broken.any():
        return None
    rows = np.unique(task.entry_row[found.entries])
    rows = rows[task.price[rows] != 0]
    entries = found.entries[np.isin(task.entry_row[found.entries], rows)]
    arcs = np.flatnonzero(found.cells[task.arc_cell])
    cells = np.flatnonzero(found.cells)
    return Free(
        arcs,
        cells,
        np.searchsorted(cells, task.arc_cell[arcs]),
        found.need[cells],
        rows,
        np.searchsorted(rows, task.entry_row[entries]),
        np.searchsorted(arcs, task.entry_arc[entries]),
        task.coef[entries],
        found.left[rows],
        task.price[rows],
        found.base,
    )


def _open_entries(task: FlowTask, open_cells: Bools, width: Ints, need: Ints) -> tuple[Ints, Ints]:
    """Entries on which a choice depends, and what the others in open cells add to each row whatever is chosen.

    A row with one coefficient on all arcs of a cell takes coefficient times need from it (e.g. village totals).
    """
    cell = task.arc_cell[task.entry_arc]
    entries = np.flatnonzero(open_cells[cell] & (task.coef != 0))
    key = task.entry_row[entries] * task.cells + cell[entries]
    groups, inverse = np.unique(key, return_inverse=True)
    coef = task.coef[entries]
    low = np.full(len(groups), np.iinfo(np.int64).max)
    high = np.full(len(groups), np.iinfo(np.int64).min)
    np.minimum.at(low, inverse, coef)
    np.maximum.at(high, inverse, coef)
    group_row, group_cell = np.divmod(groups, task.cells)
    same = (low == high) & (np.bincount(inverse, minlength=len(groups)) == width[group_cell])
    constant = np.zeros(task.rows, dtype=np.int64)
    np.add.at(constant, group_row[same], low[same] * need[group_cell[same]])
    return entries[~same[inverse]], constant
