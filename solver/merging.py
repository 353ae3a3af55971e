"""Money of many villages as one: cells that the same funds may pay on the same terms, put together.

Villages are coupled by funds and departments; rows that lie in one village rarely cost anything. Without those, cells
that have the same arcs differ in nothing but their village, and what flows into their sum can be split among them: the
money of 48 villages flows through some dozens of cells instead of a thousand. Such a problem is a relaxation, and
equivalent wherever the rows left out can be kept, which `realise` finds out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from liftplan.solver.ledger.clash import clashing_rows
from liftplan.solver.problem import HARD, Bools, Csr, Decisions, Flows, Ints, Problem
from liftplan.solver.progress import Cancel

FEW = 200
"""Cells up to which linear programs are quick as they are."""


@dataclass(frozen=True)
class Merged:
    """A problem over merged cells: the same projects, households and measures, but fewer rows, cells and arcs."""

    problem: Problem
    row: Ints
    """(rows of the whole problem,) its row here, or -1: left out."""
    cell: Ints
    """(cells of the whole problem,) its cell here."""

    def demand(self, cells: Ints, yuan: Ints) -> tuple[Ints, Ints]:
        """What cells of the whole problem ask for, as cells here, ascending, with the yuan in each."""
        here, place = np.unique(self.cell[cells], return_inverse=True)
        sums = np.zeros(len(here), dtype=np.int64)
        np.add.at(sums, place, yuan)
        return here, sums

    def effects(self, rows: Ints, coefficients: Ints) -> tuple[Ints, Ints]:
        """What is added to rows of the whole problem, as rows here; what is added to rows left out is left out."""
        own = self.row[rows]
        return own[own >= 0], coefficients[own >= 0]


def village_rows(problem: Problem) -> Bools:
    """(rows,) hard rows on the money of one block."""
    rows = problem.rows
    found: Bools = (rows.price == HARD) & (rows.local >= 0) & (np.diff(rows.arcs.start) > 0)
    return found


class Merging:
    """How a problem's money is merged at present. Rows that turn out to matter are taken back for good.

    left_out: (rows,) rows to leave out at first; by default those of `village_rows`, or none where cells are few.
    """

    def __init__(self, problem: Problem, left_out: Bools | None = None) -> None:
        self._whole = problem
        if left_out is None:
            left_out = village_rows(problem) & (len(problem.flows.cell_village) > FEW)
        self._left_out = left_out
        self.merged = merge(problem, self._left_out)

    def of(self, problem: Problem) -> Merging:
        """The same for another version of the problem."""
        return Merging(problem, self.left_out)

    @property
    def left_out(self) -> Bools:
        """(rows,) rows that are left out."""
        return self._left_out.copy()

    def take_back(self, rows: Bools) -> bool:
        """Keep these rows ((rows,)) from here on; whether any of them was left out."""
        if not (self._left_out & rows).any():
            return False
        self._left_out &= ~rows
        self.merged = merge(self._whole, self._left_out)
        return True

    def take_back_clashing(
        self, decisions: Decisions, time_limit: float | None = None, cancel: Cancel | None = None
    ) -> bool:
        """Keep rows that no flows of the decisions keep together; whether any was left out. Looked for only if so."""
        return bool(self._left_out.any()) and self.take_back(clashing_rows(self._whole, decisions, time_limit, cancel))


def unmerged(problem: Problem) -> Merged:
    """A problem as it is."""
    return Merged(problem, np.arange(len(problem.rows.rhs)), np.arange(len(problem.flows.cell_village)))


def merge(problem: Problem, left_out: Bools) -> Merged:
    """Leave out rows, and merge the cells that differ in nothing then.

    left_out: (rows,). Cells whose top-ups may fill a soft minimum stay apart: where that money is must be known.
    """
    flows = problem.flows
    row = np.where(left_out, -1, np.cumsum(~left_out) - 1)
    terms = _terms(problem, row)
    cell = _cells(problem, terms)
    # one arc for every cell and terms: the first
    _, arc = np.unique(np.stack([cell[flows.arc_cell], terms], axis=1), axis=0, return_index=True)
    _, first = np.unique(cell, return_index=True)
    return Merged(_problem(problem, np.flatnonzero(~left_out), row, cell, arc, first), row, cell)


def _terms(problem: Problem, row: Ints) -> Ints:
    """(arcs,) a number for what an arc adds to the rows that stay: equal for equal arcs."""
    arcs, owner = problem.rows.arcs, problem.rows.arcs.owner_of_entry()
    stays = row[owner] >= 0
    order = np.lexsort((owner[stays], arcs.index[stays]))
    entries = np.stack([owner[stays], arcs.value[stays]], axis=1)[order]
    ends = np.searchsorted(arcs.index[stays][order], np.arange(len(problem.flows.arc_cell) + 1)).tolist()
    return _numbers([entries[low:high].tobytes() for low, high in pairwise(ends)])


def _cells(problem: Problem, terms: Ints) -> Ints:
    """(cells,) a number for the terms on which a cell can be paid: equal for equal cells. terms: (arcs,)."""
    flows, households = problem.flows, problem.households
    pairs = np.unique(np.stack([flows.arc_cell, terms], axis=1), axis=0)
    ends = np.searchsorted(pairs[:, 0], np.arange(len(flows.cell_village) + 1)).tolist()
    keys = [pairs[low:high, 1].tobytes() for low, high in pairwise(ends)]
    soft = np.unique(households.topup_cell[(households.minimum_price > 0) & (households.topup_cell >= 0)])
    for cell in soft.tolist():
        keys[cell] = b"apart" + cell.to_bytes(8)
    return _numbers(keys)


def _numbers(keys: list[bytes]) -> Ints:
    known: dict[bytes, int] = {}
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def _problem(problem: Problem, kept: Ints, row: Ints, cell: Ints, arc: Ints, first: Ints) -> Problem:
    """The merged problem. kept: rows that stay; arc: arcs that stay, by merged cell; first: one cell of each kind."""
    rows, flows, households = problem.rows, problem.flows, problem.households
    place = np.full(len(flows.arc_cell), -1, dtype=np.int64)
    place[arc] = np.arange(len(arc))
    arc_cell = cell[flows.arc_cell[arc]]
    coefficients = rows.arcs.moved(place)
    names = problem.names
    return replace(
        problem,
        flows=Flows(
            flows.cell_village[first],
            flows.cell_block[first],
            Csr.from_entries(len(first), arc_cell, np.arange(len(arc))),
            flows.arc_fund[arc],
            arc_cell,
        ),
        rows=replace(
            rows,
            rhs=rows.rhs[kept],
            price=rows.price[kept],
            arcs=coefficients.only(kept),
            local=rows.local[kept],
            upper=rows.upper[kept],
            short_scale=rows.short_scale[kept],
        ),
        projects=replace(
            problem.projects, lines=problem.projects.lines.moved(cell), rows=problem.projects.rows.moved(row)
        ),
        measures=replace(
            problem.measures, lines=problem.measures.lines.moved(cell), rows=problem.measures.rows.moved(row)
        ),
        households=replace(
            households,
            topup_cell=np.append(cell, -1)[households.topup_cell],
            rows=households.rows.moved(row),
        ),
        names=replace(
            names,
            rows=tuple(names.rows[index] for index in kept.tolist()),
            cells=tuple(names.cells[index] for index in first.tolist()),
        ),
    )
