"""Cuts: what listed sets of projects are worth together at most, at every prices that have been asked.

At multipliers u every plan that builds the sets S_k is worth at most  U(u) - sum_k loss_k(S_k, u),  where loss is what
a block's set falls short of its best one, households taking their best packages. With x[k, S] = 1 where block k takes
set S, plans worth t above the goal keep  t + sum loss[k, S] x[k, S] <= U(u) - goal  for every u. All in whole numbers:
losses are rounded down and U(u) - goal up, so that no rounding cuts a plan off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.engines.cpsat import UNKNOWN, IntegerModel
from liftplan.solver.oracle.data import NONE
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Bools, Ints

GRAIN = UNITS_PER_PERSON // 10**6
"""Units in which cuts are written: a millionth of a person, so that rounding in every block does not add up."""


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
        sizes = [len(sets) for sets in self.sets]
        self._start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._block = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)

    @property
    def count(self) -> int:
        """Sets of all blocks."""
        return len(self._block)

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
        return min(cut.peak - int(cut.loss[chosen].sum()) * GRAIN for cut in self.cuts)

    def alive(self, goal: int) -> Bools:
        """(sets,) which may be part of a plan worth the goal (units), by one cut alone."""
        kept = np.ones(self.count, dtype=np.bool_)
        for cut in self.cuts:
            kept &= (cut.loss >= 0) & (cut.loss <= (cut.peak - goal) // GRAIN)
        return kept

    def built(self, chosen: Ints) -> Bools:
        """(projects,) what a combination builds."""
        blocks = range(len(self.sets))
        rows = [self.sets[block][int(chosen[block] - self._start[block])] for block in blocks]
        return np.concatenate(rows).astype(np.bool_)

    def program(self, goal: int, hint: Ints | None) -> Program | None:
        """The best combination worth at least `goal` (units); None: there is none, as single cuts show.

        hint: (blocks,) places of a combination to begin with.
        """
        kept = np.flatnonzero(self.alive(goal))
        rooms = [-((goal - cut.peak) // GRAIN) for cut in self.cuts]
        if len(np.unique(self._block[kept])) < len(self.sets) or min(rooms) < 0:
            return None
        column = np.full(self.count, -1, dtype=np.int64)
        column[kept] = 1 + np.arange(len(kept))
        columns, blocks = 1 + len(kept), len(self.sets)
        order = column[kept]
        lists: list[tuple[Ints, Ints]] = []
        for block in range(blocks):
            own = order[self._block[kept] == block]
            lists.append((own, np.ones(len(own), dtype=np.int64)))
        for cut in self.cuts:
            losing = cut.loss[kept] > 0
            lists.append((np.append(order[losing], 0), np.append(cut.loss[kept][losing], 1)))
        lists += [self._alike(pair, column) for pair in self.twins]
        excluded = [column[chosen] for chosen in self.refused if (column[chosen] > 0).all()]
        lists += [(own, np.ones(blocks, dtype=np.int64)) for own in excluded]
        low = [1] * blocks + [0] * (len(self.cuts) + len(self.twins) + len(excluded))
        high = [1] * blocks + rooms + [0] * len(self.twins) + [blocks - 1] * len(excluded)
        costs, upper = np.zeros(columns, dtype=np.int64), np.ones(columns, dtype=np.int64)
        costs[0], upper[0] = -1, min(rooms)
        model = IntegerModel(
            np.zeros(columns, dtype=np.int64),
            upper,
            costs,
            np.concatenate([[0], np.cumsum([len(own) for own, _ in lists])]).astype(np.int64),
            np.concatenate([own for own, _ in lists]),
            np.concatenate([value for _, value in lists]),
            np.array(low, dtype=np.int64),
            np.array(high, dtype=np.int64),
        )
        start = None
        if hint is not None:
            start = np.zeros(columns, dtype=np.int64)
            start[0] = UNKNOWN
            start[column[hint[column[hint] > 0]]] = 1
        return Program(model, kept, start)

    def _alike(self, pair: tuple[int, int], column: Ints) -> tuple[Ints, Ints]:
        """Entries of the row that says of two projects: built both or neither. column: (sets,) -1 where left out."""
        first = np.concatenate([[0], np.cumsum([sets.shape[1] for sets in self.sets])])
        entries = []
        for project, sign in zip(pair, (1, -1), strict=True):
            block = int(np.searchsorted(first, project, "right")) - 1
            building = np.flatnonzero(self.sets[block][:, project - first[block]]) + self._start[block]
            own = column[building]
            entries.append((own[own > 0], np.full(int((own > 0).sum()), sign, dtype=np.int64)))
        (plus, ones), (minus, others) = entries
        return np.concatenate([plus, minus]), np.concatenate([ones, others])

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
            found[block] = self._start[block] + same[0]
        return found


@dataclass(frozen=True)
class Program:
    """An integer program over sets: first how much better than the goal, in grains, then a column per set."""

    model: IntegerModel
    kept: Ints
    """(columns - 1,) places of the sets."""
    hint: Ints | None

    def chosen(self, x: Ints) -> Ints:
        """(blocks,) places of the sets taken."""
        return self.kept[x[1:] > 0]
