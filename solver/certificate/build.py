"""Writing the certificate of a finished search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from liftplan.solver.certificate.form import LEAF, NOTHING, Branch, Certificate, Decided, packed
from liftplan.solver.certificate.form import Leaf as Shown
from liftplan.solver.certificate.form import Prices as Stored
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.nodes import Fixing, Leaf, feasibility, restricted, spread
from liftplan.solver.oracle.data import NONE, Town
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.oracle.pricing import Prices, price
from liftplan.solver.oracle.projects import FREE, bound_at, branching, fix_in, fix_out, improve_shares
from liftplan.solver.oracle.view import Found, Terms
from liftplan.solver.problem import Ints, Problem, reachable

UNIT = 33
"""Shares are kept in steps of 2^33 units, about a ten-thousandth of a person."""

MOST_LEAVES = 150
"""Leaves of the tree over all plans that are written down."""

MOST_NODES = (60, 4_000)
"""Nodes of a block's tree: with shares made for other prices, and with its own."""

LARGEST = 2**62
"""Targets beyond what a block can be worth are brought back to this, so that 64 bits hold them."""

ROUNDS = 200
"""Subgradient steps for new shares."""


class Unproved(Exception):
    """The search's bound cannot be written down as a certificate of sensible size."""


def certificate(
    problem: Problem,
    oracle: Oracle,
    leaves: Sequence[Leaf],
    decided: tuple[Fixing, ...],
    root: Floats,
    limit: int,
    over: Callable[[], bool] = lambda: False,
) -> tuple[Certificate, int] | None:
    """A certificate that no plan is worth more than `limit` (units), and the bound it proves, units.

    None if there is none of sensible size, or if `over` says that there is no time for it.

    leaves: parts of all plans with the multipliers that bound them; they may use that `decided` holds, which follows
    from `root`, the multipliers at the root.
    """
    if len(leaves) > MOST_LEAVES or not leaves:
        return None
    writer = _Writer(problem, oracle, limit, over)
    try:
        written = writer.write(list(leaves), decided, root)
    except Unproved:
        return None
    return None if writer.highest is None else (written, reachable(problem, writer.highest))


def refutation(
    problem: Problem, oracle: Oracle, leaves: Sequence[Leaf], over: Callable[[], bool] = lambda: False
) -> Certificate | None:
    """A certificate that there is no plan, from leaves that hold none; None if there is none of sensible size."""
    if len(leaves) > MOST_LEAVES or not leaves:
        return None
    writer = _Writer(problem, oracle, -1, over)
    try:
        written = writer.write(list(leaves), (), leaves[0].duals)
    except Unproved:
        return None
    return written if writer.highest is None or writer.highest < 0 else None


@dataclass
class _Writer:
    problem: Problem
    oracle: Oracle
    limit: int
    over: Callable[[], bool]
    prices: list[Stored] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)
    highest: int | None = None
    """The highest bound of what has been written, units."""
    _known: dict[tuple[int, bool], int] = field(default_factory=dict)
    _share_of: dict[int, tuple[int, Ints]] = field(default_factory=dict)
    """Per block: the last entry of `shares`, and its numbers in the kernels' order, in units."""

    def write(self, leaves: list[Leaf], decided: tuple[Fixing, ...], root: Floats) -> Certificate:
        """Everything, for leaves that are not empty."""
        shown = _merged(leaves, 0)
        whole = len(shown) == 1
        first = None if whole or not decided else self._decided(decided, root)
        always = () if first is None else decided
        nodes: list[Branch | Shown] = [
            one if isinstance(one, Branch) else self._leaf(one, (*one.fixings, *always)) for one in shown
        ]
        return Certificate(prices=tuple(self.prices), shares=tuple(self.shares), decided=first, nodes=tuple(nodes))

    def _at(self, duals: Floats, plain: bool) -> tuple[int, Prices, Problem]:
        """Multipliers as an entry of `prices`, on the grid, and the problem that they price."""
        problem = feasibility(self.problem) if plain else self.problem
        prices = priced_at(problem, duals)
        key = (id(duals), plain)
        if key not in self._known:
            rows = tuple((row, int(prices.rows[row])) for row in np.flatnonzero(prices.rows).tolist())
            self.prices.append(Stored(shift=prices.shift, rows=rows, plain=plain))
            self._known[key] = len(self.prices) - 1
        return self._known[key], prices, problem

    def _leaf(self, leaf: Leaf, fixings: tuple[Fixing, ...]) -> Shown:
        index, prices, problem = self._at(leaf.duals, leaf.plain)
        inside = price(restricted(problem, spread(problem, fixings)), prices.rows, prices.shift)
        limit = -1 if leaf.plain else self.limit
        for effort in (Effort(0, first_rounds=12, nodes=1), Effort(0, nodes=2_000)):
            answers = self.oracle.ask(inside, effort, range(problem.blocks))
            if any(answer.bound is None for answer in answers):
                room = None
            else:
                room = (limit >> inside.shift) - inside.fixed - sum(answer.value or 0 for answer in answers)
            trees, shares, total, empty = [], [], inside.fixed, False
            for block, answer in enumerate(answers):
                part = None if room is None else room // (len(answers) - block)
                target = None if part is None or answer.value is None else answer.value + max(0, part)
                tree, bound, share = self._tree(inside, block, target)
                trees.append(tree)
                shares.append(share)
                empty |= bound is None
                total += bound or 0
                if room is not None and bound is not None:
                    room -= bound - (answer.value or 0)
            total <<= inside.shift
            if empty or total <= limit:
                if not empty and not leaf.plain:
                    self.highest = total if self.highest is None else max(self.highest, total)
                return Shown(prices=index, trees=tuple(trees), shares=tuple(shares))
        raise Unproved

    def _decided(self, decided: tuple[Fixing, ...], root: Floats) -> Decided:
        """The proof that every better plan takes the decided values."""
        index, prices, problem = self._at(root, plain=False)
        answers = self.oracle.ask(prices, Effort(0, nodes=2_000), range(problem.blocks))
        trees, shares, bounds = [], [], []
        for block, answer in enumerate(answers):
            tree, bound, share = self._tree(prices, block, answer.bound)
            if bound is None:
                raise Unproved
            trees.append(tree)
            shares.append(share)
            bounds.append(bound)
        room = (self.limit >> prices.shift) - prices.fixed - sum(bounds)
        flips = []
        for fixing in decided:
            block = int(problem.projects.block[fixing.index])
            flipped = restricted(problem, (Fixing("project", fixing.index, 1 - fixing.value),))
            inside = price(flipped, prices.rows, prices.shift)
            tree, bound, _ = self._tree(inside, block, bounds[block] + room, shares[block])
            if bound is not None:
                total = (prices.fixed + sum(bounds) - bounds[block] + bound) << prices.shift
                if total > self.limit:
                    raise Unproved
                self.highest = total if self.highest is None else max(self.highest, total)
            flips.append(tree)
        pairs = tuple((fixing.index, fixing.value) for fixing in decided)
        return Decided(prices=index, shares=tuple(shares), trees=tuple(trees), projects=pairs, flips=tuple(flips))

    def _tree(
        self, prices: Prices, block: int, target: int | None, share: int | None = None
    ) -> tuple[tuple[int, ...], int | None, int]:
        """A tree that shows the target, or the block's best value where that is above it; the bound, and its shares.

        target None: that there is no plan. share: the entry of `shares` that must be used.
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
        for attempt, most in enumerate(MOST_NODES):
            index, numbers = self._shares_for(
                block, prices, terms, found, start, fresh=attempt > 0 and share is None, target=target
            )
            try:
                tree, bound = _grown(view.town, terms, found, start, numbers, NONE if target is None else target, most)
            except Unproved:
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
    town: Town, terms: Terms, found: Found, start: Ints, share: Ints, target: int, most: int
) -> tuple[tuple[int, ...], int | None]:
    """A block's tree in preorder and its bound; at most `most` nodes. Raises Unproved."""
    homes = len(found.start) - 1
    use, total = np.zeros(homes, dtype=np.int64), np.zeros(len(start), dtype=np.int64)
    tree: list[int] = []
    highest: int | None = None
    stack: list[Ints | None] = [start]
    while stack:
        if len(tree) >= most:
            raise Unproved
        status = stack.pop()
        if status is None:
            tree.append(NOTHING)
            continue
        bound, _, _ = bound_at(town, terms.project, found.start, found.options, status, share, use, total)
        choice = -1 if bound == NONE or bound <= target else branching(town, status, share, use, total)
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


def _merged(leaves: list[Leaf], depth: int) -> list[Branch | Leaf]:
    """The tree over all plans in preorder; parts that the same multipliers bound are put together."""
    first = leaves[0]
    same = all(leaf.duals is first.duals and not leaf.plain and leaf.bound is not None for leaf in leaves)
    if len(leaves) == 1 or same:
        return [Leaf(first.fixings[:depth], first.bound, first.duals, first.plain)]
    if any(len(leaf.fixings) <= depth for leaf in leaves):
        raise Unproved
    branch = first.fixings[depth]
    halves: tuple[list[Leaf], list[Leaf]] = ([], [])
    for leaf in leaves:
        fixing = leaf.fixings[depth]
        if (fixing.kind, fixing.index) != (branch.kind, branch.index):
            raise Unproved
        halves[fixing.value].append(leaf)
    if not halves[0] or not halves[1]:
        raise Unproved
    below = [one for half in halves for one in _merged(half, depth + 1)]
    return [Branch(kind=branch.kind, index=branch.index), *below]
