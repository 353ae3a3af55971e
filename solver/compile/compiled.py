"""A compiled county: the flat problem, and what is needed to name its parts again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from liftplan.models.county import County
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.compile.sites import COPY, VILLAGE, is_stand_in
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
    """(lines,) ledger item."""
    purpose: tuple[str, ...]
    """(lines,) id."""

    def within(self, cells: Ints, arcs: Ints, all_cells: int, all_arcs: int) -> Payable:
        """What is due in some cells, as numbered in a part that has these cells and arcs (ascending)."""
        cell, arc = np.full(all_cells, -1, dtype=np.int64), np.full(all_arcs, -1, dtype=np.int64)
        cell[cells], arc[arcs] = np.arange(len(cells)), np.arange(len(arcs))
        kept = np.flatnonzero(cell[self.lines.cell] >= 0)
        line = np.full(len(self.lines.cell), -1, dtype=np.int64)
        line[kept] = np.arange(len(kept))
        promised = np.flatnonzero(line[self.commitments.line] >= 0)
        return Payable(
            Lines(cell[self.lines.cell[kept]], self.lines.yuan[kept]),
            Commitments(
                line[self.commitments.line[promised]],
                arc[self.commitments.arc[promised]],
                self.commitments.yuan[promised],
                self.commitments.firm[promised],
            ),
            tuple(self.item[index] for index in kept.tolist()),
            tuple(self.purpose[index] for index in kept.tolist()),
        )


@dataclass(frozen=True)
class Named:
    """Decisions by id, sorted."""

    projects: tuple[str, ...]
    measures: tuple[str, ...]
    """Direct effects included."""
    topups: dict[str, int]
    """Household -> whole yuan > 0."""


@dataclass(frozen=True)
class Compiled:
    """A county and its flat problem."""

    county: County
    problem: Problem
    lines: LineTable
    promises: Promises
    implied: tuple[tuple[str, str], ...]
    """Rows (rule, subject) left out because hard rules imply them: R3 where R4 asks for as much."""

    def named(self, decisions: Decisions) -> Named:
        """Decisions by id; stand-ins are left out."""
        names = self.problem.names
        built = (names.projects[project] for project in np.flatnonzero(decisions.built).tolist())
        paid = np.flatnonzero(decisions.topup).tolist()
        return Named(
            tuple(sorted(name for name in built if not is_stand_in(name))),
            tuple(sorted(names.measures[measure] for measure in np.flatnonzero(decisions.taken).tolist())),
            dict(sorted((names.households[home], int(decisions.topup[home])) for home in paid)),
        )

    def decisions(self, projects: Iterable[str], measures: Iterable[str], topups: Mapping[str, int]) -> Decisions:
        """Decisions from ids, e.g. those of another plan; stand-ins follow from them.

        Ids that the problem does not have are left out: what can never be taken here, or is not in the county.
        """
        problem, names = self.problem, self.problem.names
        built = _flags(projects, names.projects)
        taken = _flags(measures, names.measures)
        topup = np.zeros(len(names.households), dtype=np.int64)
        place = {name: home for home, name in enumerate(names.households)}
        for name, yuan in topups.items():
            if name in place:
                topup[place[name]] = yuan
        requires, needs = problem.projects.requires, problem.measures.requires
        paid = problem.households.topup_cell[topup > 0]
        villages = {names.villages[village] for village in problem.flows.cell_village[paid[paid >= 0]].tolist()}
        for site, copy in problem.twins:
            built[copy] = built[site]
        for site, name in enumerate(names.projects):
            if not is_stand_in(name) or name.startswith(COPY):
                continue
            if name.startswith(VILLAGE):
                used = built[requires.owner_of_entry()[requires.index == site]].any()
                used |= taken[needs.owner_of_entry()[needs.index == site]].any()
                built[site] = used or name.removeprefix(VILLAGE) in villages
            else:
                built[site] = built[requires.of(site)[0]].all()
        return Decisions(built, taken, topup)

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


def _flags(ids: Iterable[str], names: tuple[str, ...]) -> Bools:
    """Which of `names` are among `ids`."""
    wanted = set(ids)
    return np.fromiter(map(wanted.__contains__, names), dtype=np.bool_, count=len(names))
