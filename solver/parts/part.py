"""A part of a problem: some of its blocks, with all rows that couple blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from liftplan.solver.problem import HARD, Flows, Households, Ints, Measures, Problem, Projects

SIZE = 48
"""Blocks of a part, about."""


@dataclass(frozen=True)
class Part:
    """Some blocks of a whole, as a problem of their own; each array tells the whole's number of what is here."""

    problem: Problem
    """Without the whole's constant. What its coupling rows ask is for their owner to say."""
    blocks: Ints
    cells: Ints
    arcs: Ints
    rows: Ints
    projects: Ints
    households: Ints
    measures: Ints

    @property
    def coupling(self) -> Ints:
        """Its rows that couple blocks; the same rows of the whole in every part, in the same order."""
        return np.flatnonzero(self.problem.rows.local < 0)

    def asking(self, amounts: Ints) -> Problem:
        """The part's problem whose coupling rows ask for these amounts ((coupling,))."""
        rows, coupling = self.problem.rows, self.coupling
        rhs, upper = rows.rhs.copy(), rows.upper.copy()
        rhs[coupling] = amounts
        most = np.maximum(0, rhs + reach(self.problem, -1))
        upper[coupling] = np.where(rows.price == HARD, 0, most)[coupling]
        return replace(self.problem, rows=replace(rows, rhs=rhs, upper=upper))


def parts_of(problem: Problem, size: int = SIZE) -> list[Ints]:
    """Blocks of each part: neighbours, about `size` of them."""
    count = max(1, round(problem.blocks / size))
    return np.array_split(np.arange(problem.blocks, dtype=np.int64), count)


def part_of(problem: Problem, blocks: Ints) -> Part:
    """The part of these blocks (ascending)."""
    chosen = np.zeros(problem.blocks, dtype=np.bool_)
    chosen[blocks] = True
    block = _place(blocks, problem.blocks)
    cells = np.flatnonzero(chosen[problem.flows.cell_block])
    arcs = np.flatnonzero(chosen[problem.flows.cell_block[problem.flows.arc_cell]])
    local = problem.rows.local
    rows = np.flatnonzero((local < 0) | chosen[local])
    projects = np.flatnonzero(chosen[problem.projects.block])
    households = np.flatnonzero(chosen[problem.households.block])
    measures = problem.households.measures.only(households).index
    places = _Places(problem, cells, arcs, rows, projects, households, measures)
    made = Problem(
        len(blocks),
        _flows(problem, places, block),
        replace(
            problem.rows,
            rhs=problem.rows.rhs[rows],
            price=problem.rows.price[rows],
            arcs=problem.rows.arcs.only(rows).moved(places.arc),
            local=np.where(local[rows] < 0, -1, block[local[rows]]),
            upper=problem.rows.upper[rows],
            short_scale=problem.rows.short_scale[rows],
        ),
        _projects(problem.projects, places, block),
        _households(problem.households, places, block),
        _measures(problem.measures, places),
        replace(
            problem.names,
            projects=_of(problem.names.projects, projects),
            households=_of(problem.names.households, households),
            measures=_of(problem.names.measures, measures),
            rows=tuple(problem.names.rows[row] for row in rows.tolist()),
            cells=_of(problem.names.cells, cells),
        ),
        0,
        problem.granularity,
        problem.arc_cost,
    )
    return Part(made, blocks, cells, arcs, rows, projects, households, measures)


def reach(problem: Problem, sign: int = 1) -> Ints:
    """(rows,) at least as much as can be added to a row (sign 1) or taken from it (-1), whatever is decided."""
    rows = problem.rows
    spending = int(problem.projects.lines.value.sum() + problem.measures.lines.value.sum())
    spending += int(problem.households.minimum.sum())
    most = np.zeros(len(rows.rhs), dtype=np.int64)
    np.maximum.at(most, rows.arcs.owner_of_entry(), np.maximum(0, sign * rows.arcs.value))
    most *= spending
    for lists in (problem.projects.rows, problem.measures.rows, problem.households.rows):
        np.add.at(most, lists.index, np.maximum(0, sign * lists.value))
    return most


class _Places:
    """What of a whole is in a part, and where: -1 for what is not."""

    def __init__(
        self, whole: Problem, cells: Ints, arcs: Ints, rows: Ints, projects: Ints, households: Ints, measures: Ints
    ) -> None:
        self.cells, self.arcs, self.rows = cells, arcs, rows
        self.projects, self.households, self.measures = projects, households, measures
        self.cell = _place(cells, len(whole.flows.cell_village))
        self.arc = _place(arcs, len(whole.flows.arc_cell))
        self.row = _place(rows, len(whole.rows.rhs))
        self.project = _place(projects, len(whole.projects.block))
        self.household = _place(households, len(whole.households.block))
        self.measure = _place(measures, len(whole.measures.household))


def _place(kept: Ints, size: int) -> Ints:
    place = np.full(size, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return place


def _of(names: tuple[str, ...], kept: Ints) -> tuple[str, ...]:
    return tuple(names[index] for index in kept.tolist())


def _flows(whole: Problem, places: _Places, block: Ints) -> Flows:
    flows = whole.flows
    return Flows(
        flows.cell_village[places.cells],
        block[flows.cell_block[places.cells]],
        flows.cell_arcs.only(places.cells).moved(places.arc),
        flows.arc_fund[places.arcs],
        places.cell[flows.arc_cell[places.arcs]],
    )


def _projects(whole: Projects, places: _Places, block: Ints) -> Projects:
    kept = places.projects
    return Projects(
        block[whole.block[kept]],
        whole.worth[kept],
        whole.lines.only(kept).moved(places.cell),
        whole.requires.only(kept).moved(places.project),
        whole.group[kept],
        whole.rows.only(kept).moved(places.row),
        whole.low[kept],
        whole.high[kept],
    )


def _households(whole: Households, places: _Places, block: Ints) -> Households:
    kept = places.households
    changed: dict[str, Any] = {
        "block": block[whole.block[kept]],
        "topup_cell": np.append(places.cell, -1)[whole.topup_cell[kept]],
        "rows": whole.rows.only(kept).moved(places.row),
        "measures": whole.measures.only(kept).moved(places.measure),
    }
    same: dict[str, Any] = {
        name: getattr(whole, name)[kept] for name in Households.__dataclass_fields__ if name not in changed
    }
    return Households(**same, **changed)


def _measures(whole: Measures, places: _Places) -> Measures:
    kept = places.measures
    changed: dict[str, Any] = {
        "household": places.household[whole.household[kept]],
        "lines": whole.lines.only(kept).moved(places.cell),
        "requires": whole.requires.only(kept).moved(places.project),
        "rows": whole.rows.only(kept).moved(places.row),
    }
    same: dict[str, Any] = {
        name: getattr(whole, name)[kept] for name in Measures.__dataclass_fields__ if name not in changed
    }
    return Measures(**same, **changed)
