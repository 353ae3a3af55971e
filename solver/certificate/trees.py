"""Writing the trees of blocks, with the prices and shares that they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from liftplan.solver.certificate.form import KEPT, LEAF, NOTHING, packed
from liftplan.solver.certificate.form import Prices as Stored
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.nodes import feasibility
from liftplan.solver.oracle.data import NONE, Town
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.oracle.projects import FREE, IN, bound_at, branching, fix_in, fix_out, improve_shares
from liftplan.solver.oracle.view import Found, Terms
from liftplan.solver.problem import Ints, Problem

UNIT = 33
"""Shares are kept in steps of 2^33 units, about a ten-thousandth of a person."""

MOST_NODES, MOST_KEEPING = (60, 4_000), (20_000,)
"""Nodes of a block's tree: with shares made for other prices, and with its own; and of one that keeps choices."""

MOST_ONCE = (50_000,)
"""Nodes of a block's tree where the block has no other, so that its shares are its own."""

LOOK = 500
"""Nodes of a block's tree after which the time is looked at again."""

LARGEST = 2**62
"""Targets beyond what a block can be worth are brought back to this, so that 64 bits hold them."""

ROUNDS = 200
"""Subgradient steps for new shares."""


class Unproved(Exception):
    """The search's bound cannot be written down as a certificate of sensible size."""


@dataclass
class Trees:
    """Prices, shares and trees of one certificate."""

    problem: Problem
    oracle: Oracle
    over: Callable[[], bool]
    prices: list[Stored] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)
    _known: dict[tuple[int, bool], int] = field(default_factory=dict)
    _share_of: dict[int, tuple[int, Ints]] = field(default_factory=dict)
    """Per block: the last entry of `shares`, and its numbers in the kernels' order, in units."""

    def at(self, duals: Floats, plain: bool) -> tuple[int, Prices, Problem]:
        """Multipliers as an entry of `prices`, on the grid, and the problem that they price."""
        problem = feasibility(self.problem) if plain else self.problem
        prices = priced_at(problem, duals, self.oracle.room(problem))
        key = (id(duals), plain)
        if key not in self._known:
            rows = tuple((row, int(prices.rows[row])) for row in np.flatnonzero(prices.rows).tolist())
            self.prices.append(Stored(shift=prices.shift, rows=rows, plain=plain))
            self._known[key] = len(self.prices) - 1
        return self._known[key], prices, problem

    def tree(
        self,
        prices: Prices,
        block: int,
        target: int | None,
        share: int | None = None,
        kept: list[Ints] | None = None,
        *,
        once: bool = False,
    ) -> tuple[tuple[int, ...], int | None, int]:
        """A tree that shows the target, or the block's best value where that is above it; the bound, and its shares.

        target None: that there is no plan. share: the entry of `shares` that must be used. kept: choices of projects
        (projects of the block,) worth more than the target go there instead. once: the block has no other tree. Raises
        Unproved.
        """
        if self.over():
            raise Unproved
        view = self.oracle.views[block]
        terms = view.terms(prices)
        found = view.options(prices, terms)
        start = _start(view.town, terms)
        if start is None:
            return (NOTHING,), None, self._shares_for(block, prices, terms, found, start)[0]
        if target is not None:
            target = max(-LARGEST, min(LARGEST, target))
        for attempt, most in enumerate(MOST_ONCE if once else MOST_NODES if kept is None else MOST_KEEPING):
            index, numbers = self._shares_for(
                block, prices, terms, found, start, fresh=attempt > 0 and share is None, target=target
            )
            try:
                goal = NONE if target is None else target
                tree, bound = _grown(view.town, terms, found, start, numbers, goal, most, kept, self.over)
            except Unproved:
                if self.over():
                    raise
                continue
            return tree, bound, index
        raise Unproved

    def _shares_for(
        self,
        block: int,
        prices: Prices,
        terms: Terms,
        found: Found,
        start: Ints | None,
        *,
        fresh: bool = False,
        target: int | None = None,
    ) -> tuple[int, Ints]:
        """Number of the shares to use, and the shares at the prices' shift."""
        view = self.oracle.views[block]
        town = view.town
        if fresh or block not in self._share_of:
            share = self.oracle.shares(block, prices.shift)
            if start is not None and len(share):
                use, total = np.zeros(view.size, np.int64), np.zeros(len(start), np.int64)
                goal = 0 if target is None else target
                improve_shares(
                    town, terms.project, found.start, found.options, start, share, use, total, goal, 0, ROUNDS
                )
            units = (share << prices.shift) >> UNIT << UNIT
            home = np.repeat(np.arange(view.size, dtype=np.int64), np.diff(town.entry))
            self.shares.append(packed(units[np.lexsort((town.project, home))], UNIT))
            self._share_of[block] = len(self.shares) - 1, units
        index, units = self._share_of[block]
        return index, units >> prices.shift


def _start(town: Town, terms: Terms) -> Ints | None:
    status = np.full(len(terms.project), FREE, dtype=np.int64)
    for project in range(len(status)):
        if terms.low[project] > terms.high[project]:
            return None
        if terms.high[project] == 0 and not fix_out(town, status, project):
            return None
        if terms.low[project] == 1 and not fix_in(town, status, project):
            return None
    return status


def _grown(
    town: Town,
    terms: Terms,
    found: Found,
    start: Ints,
    share: Ints,
    target: int,
    most: int,
    kept: list[Ints] | None,
    over: Callable[[], bool],
) -> tuple[tuple[int, ...], int | None]:
    """A block's tree in preorder and its bound; at most `most` nodes. kept: as `Trees.tree` says. Raises Unproved.

    over: whether there is no time for more.
    """
    homes = len(found.start) - 1
    use, total = np.zeros(homes, dtype=np.int64), np.zeros(len(start), dtype=np.int64)
    tree: list[int] = []
    highest: int | None = None
    stack: list[Ints | None] = [start]
    while stack:
        if len(tree) >= most or (len(tree) % LOOK == 0 and over()):
            raise Unproved
        status = stack.pop()
        if status is None:
            tree.append(NOTHING)
            continue
        bound, _, _ = bound_at(town, terms.project, found.start, found.options, status, share, use, total)
        choice = -1 if bound == NONE or bound <= target else branching(town, status, share, use, total)
        if choice < 0 and kept is not None and bound > target:
            tree.append(KEPT)
            kept.append((status == IN).astype(np.int64))
            continue
        if choice < 0:
            tree.append(LEAF)
            if bound != NONE:
                highest = int(bound) if highest is None else max(highest, int(bound))
            continue
        tree.append(int(choice))
        for build in (True, False):
            child = status.copy()
            fine = fix_in(town, child, choice) if build else fix_out(town, child, choice)
            stack.append(child if fine else None)
    return tuple(tree), highest
