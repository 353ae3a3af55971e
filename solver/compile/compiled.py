"""A compiled county: the flat problem, and what is needed to name its parts again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.county import County
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.ledger.lines import Commitments, Lines
from liftplan.solver.problem import Bools, Decisions, Ints, Problem


@dataclass(frozen=True)
class LineTable:
    """Cost lines that some fund may pay, with their places in the flat problem."""

    project: Ints
    """(lines,) project, or -1."""
    measure: Ints
    """(lines,) measure, or -1."""
    cell: Ints
    """(lines,)"""
    yuan: Ints
    """(lines,)"""
    item: tuple[str, ...]
    """(lines,) id of the project or measure."""
    purpose: tuple[str, ...]
    """(lines,) id."""


@dataclass(frozen=True)
class Promises:
    """Commitments (R11) in the flat problem's terms."""

    line: Ints
    """(commitments,) row of the line table."""
    arc: Ints
    """(commitments,)"""
    yuan: Ints
    """(commitments,)"""
    firm: Bools
    """(commitments,) hard."""


@dataclass(frozen=True)
class Payable:
    """What decisions have to pay: lines with their names, and the commitments on them."""

    lines: Lines
    commitments: Commitments
    item: tuple[str, ...]
    purpose: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """A county and its flat problem."""

    county: County
    problem: Problem
    lines: LineTable
    promises: Promises

    def payable(self, decisions: Decisions) -> Payable:
        """Every line that decisions have to pay, top-ups last."""
        lines, households = self.lines, self.problem.households
        due = np.where(
            lines.project >= 0,
            decisions.built[np.maximum(lines.project, 0)] if len(decisions.built) else False,
            decisions.taken[np.maximum(lines.measure, 0)] if len(decisions.taken) else False,
        )
        rows = np.flatnonzero(due)
        homes = np.flatnonzero(decisions.topup)
        place = np.full(len(due), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = np.flatnonzero(place[self.promises.line] >= 0)
        names = self.problem.names.households
        return Payable(
            Lines(
                np.concatenate([lines.cell[rows], households.topup_cell[homes]]),
                np.concatenate([lines.yuan[rows], decisions.topup[homes]]),
            ),
            Commitments(
                place[self.promises.line[kept]],
                self.promises.arc[kept],
                self.promises.yuan[kept],
                self.promises.firm[kept],
            ),
            tuple(lines.item[row] for row in rows.tolist())
            + tuple(LEDGER_TOPUP + names[home] for home in homes.tolist()),
            tuple(lines.purpose[row] for row in rows.tolist()) + (self.county.policy.R5.purpose,) * len(homes),
        )
