"""One block as the kernels read it, at given prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.oracle.catalogue import Shelf, shelf
from liftplan.solver.oracle.data import Homes, Static, Town
from liftplan.solver.oracle.options import (
    TERMS,
    add_effects,
    best_topups,
    chosen_packages,
    near_packages,
    shelf_options,
)
from liftplan.solver.oracle.packages import household_options
from liftplan.solver.oracle.pricing import Priced, Prices
from liftplan.solver.problem import Bools, Ints


@dataclass(frozen=True)
class Terms:
    """Prices of one block."""

    measure: Ints
    """(measures of the block,) net gains."""
    project: Ints
    low: Ints
    high: Ints
    """(projects of the block,) net gain and bounds."""
    homes: Ints
    """(TERMS, households of the block)"""


@dataclass(frozen=True)
class Found:
    """Options of the households of a block, each household's best first."""

    start: Ints
    """(households + 1,)"""
    options: Ints
    """(3, options): projects used (bits), value, measures (bits)."""


class View:
    """A block: its projects, its listed packages, and where it lies in the problem."""

    def __init__(self, static: Static, block: int) -> None:
        blocks, self._homes = static.blocks, static.homes
        self.town: Town = static.towns[block]
        self.projects = slice(int(blocks.project[block]), int(blocks.project[block + 1]))
        self.households = slice(int(blocks.household[block]), int(blocks.household[block + 1]))
        homes: Homes = static.homes
        starts = homes.measure[self.households.start : self.households.stop + 1]
        self.measures = slice(int(starts[0]), int(starts[-1]))
        self.size = self.households.stop - self.households.start
        self._owner = np.repeat(np.arange(self.size, dtype=np.int64), np.diff(starts))
        place = np.arange(len(self._owner), dtype=np.int64) - (starts[:-1] - starts[0])[self._owner]
        self._bit = np.int64(1) << place
        self._entry_owner = np.repeat(np.arange(self.size, dtype=np.int64), np.diff(self.town.entry))
        bits = np.arange(len(self._entry_owner), dtype=np.int64) - self.town.entry[self._entry_owner]
        self._entry_bit = np.int64(1) << bits
        self._yuan = homes.yuan[self.measures]
        self._uses = homes.uses[self.measures]
        self._automatic = homes.automatic[self.measures]
        self.shelf: Shelf = shelf(static, block)
        self._unlisted = np.flatnonzero(np.diff(self.shelf.start) == 0)
        self._masks: tuple[Bools, Ints] | None = None

    def terms(self, prices: Prices) -> Terms:
        """The prices of this block."""
        priced, homes = prices.priced, self.households
        table = np.empty((TERMS, self.size), dtype=np.int64)
        table[:3] = self._closed(priced)
        table[3], table[4], table[5] = priced.lift[homes], priced.touch[homes], priced.topup[homes]
        table[6] = priced.payable[homes]
        table[7], table[8] = self._homes.minimum[homes], priced.minimum[homes]
        table[9], table[10] = self._homes.maximum[homes], priced.maximum[homes]
        table[11] = self._homes.always_assisted[homes]
        table[12], table[13] = priced.lift_low[homes], priced.lift_high[homes]
        return Terms(
            priced.measure[self.measures],
            priced.project[self.projects],
            priced.project_low[self.projects],
            priced.project_high[self.projects],
            table,
        )

    def _closed(self, priced: Priced) -> Ints:
        """(3, households) bits of the measures that must not or must be taken, and of projects that are not built.

        They change with decisions only, and prices much more often.
        """
        may, must = priced.may[self.measures], priced.must[self.measures]
        flags = np.concatenate([may, must, priced.project_high[self.projects] == 0])
        known = self._masks
        if known is None or not np.array_equal(known[0], flags):
            closed = flags[2 * len(may) :]
            bits = np.stack([self._or(~may), self._or(must & ~self._automatic), self._project_bits(closed)])
            self._masks = known = flags, bits
        return known[1]

    def options(self, prices: Prices, terms: Terms, built: Ints | None = None, slack: int = 0) -> Found:
        """Options for every set of projects; with `built` (0/1 per project): packages within `slack` of the best."""
        allowed = np.full(self.size, -1, dtype=np.int64) if built is None else self._project_bits(built > 0)
        searched = self._unlisted
        if prices.priced.need[self.households].any():
            searched = np.arange(self.size, dtype=np.int64)
        if built is None:
            start, options = shelf_options(self.shelf, terms.measure, terms.homes)
        else:
            start, options = near_packages(self.shelf, terms.measure, terms.homes, allowed, slack)
        if not len(searched):
            return Found(start, options)
        lists = [options[:, start[home] : start[home + 1]] for home in range(self.size)]
        for home in searched.tolist():
            lists[home] = self._search(prices, home, int(allowed[home]), slack)
        counts = np.array([part.shape[1] for part in lists], dtype=np.int64)
        return Found(np.concatenate([[0], np.cumsum(counts)]), np.ascontiguousarray(np.concatenate(lists, axis=1)))

    def _search(self, prices: Prices, home: int, built: int, slack: int) -> Ints:
        """Options of one household by search."""
        work, capacity = np.zeros((18, 64), dtype=np.int64), 256
        while True:
            found = np.empty((3, capacity), dtype=np.int64)
            count = household_options(
                self._homes,
                prices.priced,
                self.households.start + home,
                built,
                slack,
                np.zeros(0, np.int64),
                work,
                found,
            )
            if count >= 0:
                return found[:, np.argsort(-found[1, :count], kind="stable")]
            capacity *= 2

    def packages(self, found: Found, built: Ints) -> Ints:
        """(households,) measures (bits) of the best options under built projects, direct effects left out."""
        return chosen_packages(self.town.entry, self.town.project, found.start, found.options, built)

    def with_effects(self, prices: Prices, built: Ints, take: Ints) -> Ints:
        """`take` with the direct effects that built projects bring.

        A household that branching forbids to lift keeps its package as it is: what a direct effect adds can only help.
        """
        full = take.copy()
        effects = self._automatic & prices.priced.may[self.measures]
        liftable = prices.priced.lift_high[self.households] > 0
        town = self.town
        add_effects(town.entry, town.project, self.shelf.measures, effects, self._uses, liftable, built, full)
        return full

    def topups(self, terms: Terms, take: Ints) -> Ints:
        """(households,) the best top-ups of packages, yuan."""
        return best_topups(terms.homes, self.shelf.measures, self._yuan, self._automatic, take)

    def _or(self, flags: Bools) -> Ints:
        """(households,) bits of flagged measures."""
        bits = np.zeros(self.size, dtype=np.int64)
        np.bitwise_or.at(bits, self._owner[flags], self._bit[flags])
        return bits

    def _project_bits(self, flags: Bools) -> Ints:
        """(households,) bits of flagged projects (of the block)."""
        bits = np.zeros(self.size, dtype=np.int64)
        here = flags[self.town.project] if len(self.town.project) else np.zeros(0, dtype=np.bool_)
        np.bitwise_or.at(bits, self._entry_owner[here], self._entry_bit[here])
        return bits
