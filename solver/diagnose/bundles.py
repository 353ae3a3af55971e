"""What households may get in a quick plan: a few packages each, most of them for those that can take up most money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.solver.problem import HARD, Bools, Csr, Ints, Problem

NEEDED = 1 << 40
"""Worth, in yuan, of what somebody must get: it comes before everything else."""


@dataclass(frozen=True)
class Packages:
    """Packages of households, those in which nothing is taken left out."""

    home: Ints
    """(packages,)"""
    owner: Ints
    """(measures taken,) package."""
    measures: Ints
    """(measures taken,) measure."""
    topup: Ints
    """(packages,) yuan."""

    def only(self, chosen: Ints) -> Packages:
        """Some of them, ascending."""
        place = np.full(len(self.home), -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        stay = place[self.owner] >= 0
        return Packages(self.home[chosen], place[self.owner[stay]], self.measures[stay], self.topup[chosen])

    def and_more(self, more: Packages) -> Packages:
        """These, then others."""
        return Packages(
            np.concatenate([self.home, more.home]),
            np.concatenate([self.owner, more.owner + len(self.home)]),
            np.concatenate([self.measures, more.measures]),
            np.concatenate([self.topup, more.topup]),
        )


def packages_of(problem: Problem, most_homes: int, choking: Bools) -> Packages | None:
    """What each household may get: all that goes together; where it helps, only what goes into cells in the way.

    choking: (cells,) those in the way; whoever takes up money there may get something besides the `most_homes` of each
    village. None: somebody must get what does not go together.
    """
    homes, measures = problem.households, problem.measures
    cost = np.zeros(len(measures.household), dtype=np.int64)
    np.add.at(cost, measures.lines.owner_of_entry(), measures.lines.value)
    pull = np.zeros(len(measures.household), dtype=np.int64)
    np.add.at(pull, measures.lines.owner_of_entry(), np.where(choking[measures.lines.index], measures.lines.value, 0))
    usable = (measures.high > 0) & ~measures.automatic & ((cost > 0) | (measures.low > 0))
    bundles: list[tuple[int, list[int]]] = []
    worth: list[int] = []
    order = ranked(problem, usable, pull, cost)
    yuan = cost.tolist()
    together_of = Fitting(problem)
    always, lift_low = homes.always_assisted.tolist(), homes.lift_low.tolist()
    for one in range(len(homes.block)):
        own = order.of(one)[0].tolist()
        together = together_of(one, own)
        if together is None:
            return None
        needed = bool(own and measures.low[own[0]] > 0) or always[one] or lift_low[one] > 0
        if together or needed:
            bundles.append((one, together))
            worth.append(NEEDED if needed else sum(yuan[measure] for measure in together))
    kept = _largest(homes.block, bundles, worth, _places(problem), most_homes)
    listed = list(kept)
    if choking.any():
        listed += _pulled(problem, bundles, pull, {(one, tuple(sorted(some))) for one, some in listed})
    return allowed(problem, listed)


def allowed(problem: Problem, listed: list[tuple[int, list[int]]]) -> Packages:
    """Packages of households with the top-ups that they need; those that cannot be are left out."""
    homes, lines = problem.households, problem.measures.lines
    cost = np.zeros(len(problem.measures.household), dtype=np.int64)
    np.add.at(cost, lines.owner_of_entry(), lines.value)
    home = np.array([one for one, _ in listed], dtype=np.int64)
    owner = np.repeat(np.arange(len(listed)), [len(some) for _, some in listed]).astype(np.int64)
    taken = np.array([measure for _, some in listed for measure in some], dtype=np.int64)
    direct = np.zeros(len(listed), dtype=np.int64)
    np.add.at(direct, owner, cost[taken])
    assisted = (direct > 0) | homes.always_assisted[home]
    topup = np.where(assisted, np.maximum(0, homes.minimum[home] - direct), 0)
    fine = (topup == 0) | (homes.topup_cell[home] >= 0) | (homes.minimum_price[home] != HARD)
    topup = np.where(homes.topup_cell[home] >= 0, topup, 0)
    most = homes.maximum[home]
    fine &= (most < 0) | (direct + topup <= most)
    place = np.cumsum(fine) - 1
    stay = fine[owner]
    return Packages(home[fine], place[owner[stay]], taken[stay], topup[fine])


def ranked(problem: Problem, usable: Bools, *wanted: npt.NDArray[Any]) -> Csr:
    """Household -> its usable measures: what must be taken, then those that are wanted most, by the first key first."""
    chosen = np.flatnonzero(usable)
    keys = [-key[chosen] for key in reversed(wanted)]
    order = chosen[np.lexsort((chosen, *keys, -problem.measures.low[chosen]))]
    return Csr.from_entries(len(problem.households.block), problem.measures.household[order], order)


class Fitting:
    """Tells which measures go together, taken in order."""

    def __init__(self, problem: Problem) -> None:
        measures = problem.measures
        self._low, self._group = measures.low.tolist(), measures.group.tolist()
        self._house, self._labour = measures.house.tolist(), measures.labour.tolist()
        self._left = problem.households.labour.tolist()

    def __call__(self, home: int, ranked: list[int]) -> list[int] | None:
        """The measures of a household; None if those that must be taken do not go together."""
        left, house = self._left[home], False
        chosen: list[int] = []
        groups: set[int] = set()
        for measure in ranked:
            group, main = self._group[measure], self._house[measure]
            if (group >= 0 and group in groups) or (main and house) or self._labour[measure] > left:
                if self._low[measure] > 0:
                    return None
                continue
            chosen.append(measure)
            left -= self._labour[measure]
            house = house or main
            if group >= 0:
                groups.add(group)
        return chosen


def _pulled(
    problem: Problem, bundles: list[tuple[int, list[int]]], pull: Ints, known: set[tuple[int, tuple[int, ...]]]
) -> list[tuple[int, list[int]]]:
    """Of each household what it must get and what goes into cells in the way."""
    found = []
    pulls, low = pull.tolist(), problem.measures.low.tolist()
    for one, together in bundles:
        some = sorted(measure for measure in together if pulls[measure] or low[measure] > 0)
        if any(pulls[measure] for measure in some) and (one, tuple(some)) not in known:
            found.append((one, some))
    return found


def _places(problem: Problem) -> Ints:
    """(households,) best place of a household among those that a cell can pay: 0 has the largest line in one."""
    lines = problem.measures.lines
    home = problem.measures.household[lines.owner_of_entry()]
    order = np.lexsort((-lines.value, lines.index))
    cells = lines.index[order]
    first = np.flatnonzero(np.diff(cells, prepend=-1))
    place = np.arange(len(cells)) - np.repeat(first, np.diff(first, append=len(cells)))
    best = np.full(len(problem.households.block), len(cells), dtype=np.int64)
    np.minimum.at(best, home[order], place)
    return best


def _largest(
    block: Ints, bundles: list[tuple[int, list[int]]], worth: list[int], places: Ints, most: int
) -> list[tuple[int, list[int]]]:
    """The households of each block that can take up most, in each cell and in all."""
    count: dict[int, int] = {}
    kept = []
    place, villages = places.tolist(), block.tolist()
    ranked = sorted(
        range(len(bundles)),
        key=lambda index: (worth[index] < NEEDED, place[bundles[index][0]], -worth[index], index),
    )
    for index in ranked:
        own = villages[bundles[index][0]]
        if count.get(own, 0) < most or worth[index] >= NEEDED:
            count[own] = count.get(own, 0) + 1
            kept.append(bundles[index])
    return kept
