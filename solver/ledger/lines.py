"""From flows (fund into cell) to ledger lines (fund, item, purpose, yuan)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import LedgerLine
from liftplan.models.problems import InternalError
from liftplan.solver.ledger.fewer import CellSplit, match_cells
from liftplan.solver.ledger.slack import Slack
from liftplan.solver.ledger.task import FlowTask
from liftplan.solver.problem import Bools, Ints


@dataclass(frozen=True)
class Lines:
    """The lines to be paid in full: cost lines of built and taken items, and top-ups."""

    cell: Ints
    """(lines,) cell that each line lies in."""
    yuan: Ints
    """(lines,) whole yuan > 0."""


@dataclass(frozen=True)
class Commitments:
    """Least yuan of an arc on a line of its cell (R11). At most one per (line, arc); earlier ones come first."""

    line: Ints
    """(commitments,)"""
    arc: Ints
    """(commitments,)"""
    yuan: Ints
    """(commitments,) whole yuan > 0."""
    firm: Bools
    """(commitments,) hard: honoured in full, before the others."""

    @classmethod
    def none(cls) -> Commitments:
        """No commitments."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, nothing, nothing, np.zeros(0, dtype=np.bool_))

    def floor(self, arcs: int) -> Ints:
        """Sum of firm commitments per arc, int64 (arcs,)."""
        total = np.zeros(arcs, dtype=np.int64)
        np.add.at(total, self.arc[self.firm], self.yuan[self.firm])
        return total


@dataclass(frozen=True)
class Ledger:
    """Ledger entries, sorted by line, then arc; each pair once."""

    line: Ints
    """(entries,)"""
    arc: Ints
    """(entries,) the arc's fund pays."""
    yuan: Ints
    """(entries,) whole yuan > 0."""
    flow: Ints
    """(arcs,) sums of the entries: the flows, moved within the rows' slack to save lines."""
    unpaid: Ints
    """(commitments,) yuan of each commitment that the flows could not honour."""

    def named(self, funds: Sequence[str], items: Sequence[str], purposes: Sequence[str]) -> tuple[LedgerLine, ...]:
        """Ledger lines with names, sorted. funds: of each arc; items, purposes: of each line."""
        return tuple(
            sorted(
                (funds[arc], items[line], purposes[line], yuan)
                for line, arc, yuan in zip(self.line.tolist(), self.arc.tolist(), self.yuan.tolist(), strict=True)
            )
        )


def split_flows(
    task: FlowTask, flow: Ints, arc_fund: Ints, lines: Lines, commitments: Commitments | None = None
) -> Ledger:
    """Pay every line in full from the flows into its cell; commitments first; then few entries.

    arc_fund: (arcs,) fund of each arc. Fewest entries is an improvement step, not proved: a cell with L lines and
    F funds gets at most L + F - 1 (one more per commitment), less where a fund's money fits whole lines, perhaps
    after moving yuan within the rows' slack. Raises InternalError if lines and flows of a cell do not sum to the same
    or a firm commitment cannot be paid.
    """
    commitments = commitments or Commitments.none()
    into = np.zeros(task.cells, dtype=np.int64)
    np.add.at(into, lines.cell, lines.yuan)
    if not np.array_equal(into, task.into_cells(flow)):
        raise InternalError("lines and flows of a cell do not sum to the same")
    paid: dict[tuple[int, int], int] = {}
    line_left, arc_left, unpaid = _commit(flow, lines, commitments, paid)
    if np.any(unpaid[commitments.firm]):
        raise InternalError("the flows do not honour a firm commitment")
    splits = _splits(task, lines, line_left, arc_left)
    slack = Slack(task, flow)
    match_cells([split for split in splits if len(split.arcs) > 1], slack, arc_fund.tolist())
    for split in splits:
        for line, arc, yuan in split.entries():
            paid[line, arc] = paid.get((line, arc), 0) + yuan
    keys = sorted(paid)
    table = np.array([(line, arc, paid[line, arc]) for line, arc in keys], dtype=np.int64).reshape(len(keys), 3)
    moved = np.array(slack.flow, dtype=np.int64)
    return Ledger(table[:, 0], table[:, 1], table[:, 2], moved, unpaid)


def _commit(
    flow: Ints, lines: Lines, commitments: Commitments, paid: dict[tuple[int, int], int]
) -> tuple[list[int], list[int], Ints]:
    """Pay commitments, then more of the same lines from the same arcs, which costs no further entry."""
    line_left, arc_left = lines.yuan.tolist(), flow.tolist()
    unpaid = commitments.yuan.copy()
    pairs = list(zip(commitments.line.tolist(), commitments.arc.tolist(), commitments.yuan.tolist(), strict=True))

    def pay(line: int, arc: int, most: int) -> int:
        yuan: int = min(most, line_left[line], arc_left[arc])
        if yuan > 0:
            paid[line, arc] = paid.get((line, arc), 0) + yuan
            line_left[line] -= yuan
            arc_left[arc] -= yuan
        return yuan

    for number in np.argsort(~commitments.firm, kind="stable").tolist():
        unpaid[number] -= pay(*pairs[number])
    for line, arc, _ in pairs:
        pay(line, arc, line_left[line])
    return line_left, arc_left, unpaid


def _splits(task: FlowTask, lines: Lines, line_left: list[int], arc_left: list[int]) -> list[CellSplit]:
    """One split per cell that has money left to distribute."""
    cells: dict[int, CellSplit] = {}
    arc_cell = task.arc_cell.tolist()
    for arc, yuan in enumerate(arc_left):
        if yuan:
            cells.setdefault(arc_cell[arc], CellSplit()).arcs[arc] = yuan
    for line, (cell, yuan) in enumerate(zip(lines.cell.tolist(), line_left, strict=True)):
        if yuan:
            cells[cell].lines[line] = yuan
    return [cells[cell] for cell in sorted(cells)]
