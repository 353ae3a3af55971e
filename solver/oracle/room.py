"""How large sums inside a block may become: on which grid multipliers are counted so that nothing overflows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.oracle.pricing import along
from liftplan.solver.problem import Csr, Ints, Problem

ROOM = 2.0**61
"""Sums inside one block stay below this."""


@dataclass(frozen=True)
class Reach:
    """How much blocks may add to rows and ask of cells, whatever they decide. Takes longer to find out than to use."""

    _problem: Problem
    _rows: _Entries
    _yuan: _Entries

    @classmethod
    def of(cls, problem: Problem) -> Reach:
        """Of all decisions there are."""
        households, measures, projects = problem.households, problem.measures, problem.projects
        paid = households.topup_cell >= 0
        # a yuan of a measure also counts as a yuan of top-up
        topup = _most(problem) + np.bincount(measures.household, _yuan(problem), len(households.block))
        of_measure = households.block[measures.household]
        return cls(
            problem,
            _Entries.of(
                [
                    _listed(households.rows, households.block),
                    _listed(measures.rows, of_measure),
                    _listed(projects.rows, projects.block),
                ]
            ),
            _Entries.of(
                [
                    _listed(measures.lines, of_measure),
                    _listed(projects.lines, projects.block),
                    (households.block[paid], households.topup_cell[paid], topup[paid]),
                ]
            ),
        )

    def fits(self, problem: Problem) -> bool:
        """Whether it is the same for this problem: another version, of other worths and right sides, of the same."""
        return all(one is other for one, other in zip(_counted(self._problem), _counted(problem), strict=True))

    def priced(self, rows: Floats, cells: Floats) -> Floats:
        """(blocks,) what everything costs at most, at prices of rows (rows,) and of yuan in cells (cells,)."""
        return self._rows.sums(rows, self._problem.blocks) + self._yuan.sums(cells, self._problem.blocks)


@dataclass(frozen=True)
class Room:
    """What a problem's sums may come to at some multipliers."""

    _problem: Problem
    _reach: Reach
    _worth: Floats
    """(blocks,) what counts at any prices, units."""

    @classmethod
    def of(cls, problem: Problem, known: Reach | None = None) -> Room:
        """known: taken if it fits."""
        reach = known if known is not None and known.fits(problem) else Reach.of(problem)
        households, measures, projects, blocks = problem.households, problem.measures, problem.projects, problem.blocks
        own = (
            households.worth
            + 64.0 * households.need_worth
            - households.touch_worth
            + _most(problem).astype(np.float64) * np.maximum(households.minimum_price, 0)
        )
        worth = np.bincount(households.block, own, blocks)
        worth += np.bincount(households.block[measures.household], np.abs(measures.worth), blocks)
        worth += np.bincount(projects.block, np.abs(projects.worth), blocks)
        if (households.maximum_price > 0).any():
            # a yuan of a measure also counts against the maximum
            yuan = np.bincount(measures.household, _yuan(problem), len(households.block))
            worth += np.bincount(households.block, yuan * np.maximum(households.maximum_price, 0), blocks)
        return cls(problem, reach, worth.astype(np.float64))

    def shift(self, u: Floats) -> int:
        """Smallest shift under which no sum inside a block overflows.

        u: (rows,) multipliers >= 0, units per row unit.
        """
        lists, flows = self._problem.rows.arcs, self._problem.flows
        arcs = np.full(len(flows.arc_cell), float(self._problem.arc_cost))
        np.add.at(arcs, lists.index, np.abs(lists.value) * u[lists.owner_of_entry()])
        cells = np.zeros(len(flows.cell_village))
        np.maximum.at(cells, flows.arc_cell, arcs)
        total = self._worth + self._reach.priced(u, cells)
        largest = max(float(total.max(initial=0.0)), float(u.max(initial=0.0)), 1.0)
        shift = 0
        while largest > ROOM * 2.0**shift:
            shift += 1
        return shift


@dataclass(frozen=True)
class _Entries:
    """Amounts of places (rows or cells) by block, each place of a block once."""

    block: Ints
    place: Ints
    amount: Floats

    @classmethod
    def of(cls, parts: Sequence[tuple[Ints, Ints, Ints | Floats]]) -> _Entries:
        block, place, amount = (np.concatenate([part[number] for part in parts]) for number in range(3))
        width = int(place.max(initial=0)) + 1
        keys, inverse = np.unique(block * width + place, return_inverse=True)
        sums = np.bincount(inverse, amount, len(keys)).astype(np.float64)
        return cls(keys // width, keys % width, sums)

    def sums(self, prices: Floats, blocks: int) -> Floats:
        """Per block, prices (places,) times amounts."""
        return np.bincount(self.block, self.amount * prices[self.place], blocks).astype(np.float64)


def _listed(lists: Csr, block: Ints) -> tuple[Ints, Ints, Ints]:
    return block[lists.owner_of_entry()], lists.index, np.abs(lists.value)


def _most(problem: Problem) -> Ints:
    """(households,) yuan of top-up at most, measures left out."""
    return np.maximum(problem.households.minimum, np.maximum(problem.households.maximum, 0))


def _yuan(problem: Problem) -> Ints:
    """(measures,) yuan."""
    lines = problem.measures.lines
    return along(replace(lines, value=np.abs(lines.value)), np.ones(len(problem.flows.cell_village), dtype=np.int64))


def _counted(problem: Problem) -> Iterator[object]:
    """What a reach is made of."""
    households, measures, projects = problem.households, problem.measures, problem.projects
    yield from (households.block, households.topup_cell, households.rows, households.minimum, households.maximum)
    yield from (measures.household, measures.lines, measures.rows)
    yield from (projects.block, projects.lines, projects.rows)
    yield problem.flows.cell_village
