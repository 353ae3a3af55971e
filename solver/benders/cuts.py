"""Cuts: what listed sets of projects are worth together at most, at every prices that have been asked.

At multipliers u every plan that builds the sets S_k is worth at most  U(u) - sum_k loss_k(S_k, u),  where loss is what
a block's set falls short of its best one, households taking their best packages. With x[k, S] = 1 where block k takes
set S, plans worth t above the goal keep  t + sum loss[k, S] x[k, S] <= U(u) - goal  for every u. All in whole numbers:
losses are rounded down to grains and U(u) - goal up, so that no rounding cuts a plan off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from liftplan.solver.oracle.data import NONE
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import GRAIN, Bools, Ints


@dataclass(frozen=True)
class Cut:
    """What the sets are worth at some prices."""

    peak: int
    """U(u) over the sets, units."""
    loss: Ints
    """(sets of all blocks,) in grains, rounded down; -1: no plan has the set."""


@dataclass
class Cuts:
    """The sets of every block and the cuts so far."""

    sets: Sequence[Ints]
    """Per block (sets, projects of the block)."""
    twins: Sequence[tuple[int, int]] = ()
    """Projects of two blocks that are built alike."""
    cuts: list[Cut] = field(default_factory=list)
    refused: list[Ints] = field(default_factory=list)
    """Combinations (places in the list of all sets, one a block) that are done with."""

    def __post_init__(self) -> None:
        """Where each block's sets (`start`) and projects (`project`) begin, (blocks + 1,); `block`: (sets,)."""
        sizes = [len(sets) for sets in self.sets]
        self.start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.block = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
        widths = [sets.shape[1] for sets in self.sets]
        self.project = np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)

    @property
    def count(self) -> int:
        """Sets of all blocks."""
        return len(self.block)

    def add(self, prices: Prices, values: Sequence[Ints]) -> Cut:
        """One more cut. values: per block what its sets are worth at these prices, in their units."""
        peak, losses = prices.fixed, []
        for worth in values:
            top = int(worth.max(initial=NONE))
            peak += top
            losses += [-1 if one == NONE else (top - one << prices.shift) // GRAIN for one in worth.tolist()]
        cut = Cut(peak << prices.shift, np.array(losses, dtype=np.int64))
        self.cuts.append(cut)
        return cut

    def worth(self, chosen: Ints) -> int:
        """What plans with one set of each block (places) are worth at most, units."""
        return min(self._worth(cut, chosen) for cut in self.cuts)

    def sharpest(self, chosen: Ints) -> int:
        """The number of the cut that shows what sets are worth."""
        return min(range(len(self.cuts)), key=lambda number: self._worth(self.cuts[number], chosen))

    @staticmethod
    def _worth(cut: Cut, chosen: Ints) -> int:
        return cut.peak - int(cut.loss[chosen].sum()) * GRAIN

    def built(self, chosen: Ints) -> Bools:
        """(projects,) what a combination builds."""
        blocks = range(len(self.sets))
        rows = [self.sets[block][int(chosen[block] - self.start[block])] for block in blocks]
        return np.concatenate(rows).astype(np.bool_)

    def alike(self) -> list[tuple[Ints, Ints]]:
        """For each pair of twins: (sets,) 1 where a set builds the one project, and the same for the other."""
        pairs = []
        for pair in self.twins:
            flags = []
            for project in pair:
                block = int(np.searchsorted(self.project, project, "right")) - 1
                own = np.zeros(self.count, dtype=np.int64)
                own[self.block == block] = self.sets[block][:, project - self.project[block]]
                flags.append(own)
            pairs.append((flags[0], flags[1]))
        return pairs

    def over(self, sets: Sequence[Ints]) -> Cuts:
        """Other sets, of which nothing is known yet; combinations done with stay so."""
        fresh = replace(self, sets=sets, cuts=[], refused=[])
        for chosen in self.refused:
            places = fresh.places(self.built(chosen))
            if places is not None:
                fresh.refused.append(places)
        return fresh

    def places(self, built: Bools) -> Ints | None:
        """(blocks,) places of the sets of a choice of projects; None where one is not listed."""
        found, project = np.empty(len(self.sets), dtype=np.int64), 0
        for block, sets in enumerate(self.sets):
            own = built[project : project + sets.shape[1]]
            project += sets.shape[1]
            same = np.flatnonzero((sets == own).all(axis=1))
            if not len(same):
                return None
            found[block] = self.start[block] + same[0]
        return found
