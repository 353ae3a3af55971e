"""Writing the certificate of a finished search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from liftplan.solver.certificate.form import Branch, Certificate, Decided
from liftplan.solver.certificate.form import Leaf as Shown
from liftplan.solver.certificate.trees import Trees, Unproved
from liftplan.solver.engines.highs import Floats
from liftplan.solver.nodes import Fixing, Leaf, restricted, spread
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Problem, reachable

MOST_LEAVES = 150
"""Leaves of the tree over all plans that are written down."""

MOST_EMPTY = 1_000
"""The same where none of them holds a plan: such leaves are short."""


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
    writer = _Writer(Trees(problem, oracle, over), limit)
    try:
        written = writer.write(list(leaves), decided, root)
    except Unproved:
        return None
    return None if writer.highest is None else (written, reachable(problem, writer.highest))


def refutation(
    problem: Problem, oracle: Oracle, leaves: Sequence[Leaf], over: Callable[[], bool] = lambda: False
) -> Certificate | None:
    """A certificate that there is no plan, from leaves that hold none; None if there is none of sensible size."""
    if len(leaves) > MOST_EMPTY or not leaves:
        return None
    writer = _Writer(Trees(problem, oracle, over), -1)
    try:
        written = writer.write(list(leaves), (), leaves[0].duals)
    except Unproved:
        return None
    return written if writer.highest is None or writer.highest < 0 else None


@dataclass
class _Writer:
    trees: Trees
    limit: int
    highest: int | None = None
    """The highest bound of what has been written, units."""

    def write(self, leaves: list[Leaf], decided: tuple[Fixing, ...], root: Floats) -> Certificate:
        """Everything, for leaves that are not empty."""
        shown = _merged(leaves, 0)
        whole = len(shown) == 1
        first = None if whole or not decided else self._decided(decided, root)
        always = () if first is None else decided
        nodes: list[Branch | Shown] = [
            one if isinstance(one, Branch) else self._leaf(one, (*one.fixings, *always)) for one in shown
        ]
        return Certificate(
            prices=tuple(self.trees.prices), shares=tuple(self.trees.shares), decided=first, nodes=tuple(nodes)
        )

    def _leaf(self, leaf: Leaf, fixings: tuple[Fixing, ...]) -> Shown:
        index, prices, problem = self.trees.at(leaf.duals, leaf.plain)
        inside = price(restricted(problem, spread(problem, fixings)), prices.rows, prices.shift)
        limit = -1 if leaf.plain else self.limit
        for effort in (Effort(0, first_rounds=12, nodes=1), Effort(0, nodes=2_000)):
            answers = self.trees.oracle.ask(inside, effort, range(problem.blocks))
            if any(answer.bound is None for answer in answers):
                room = None
            else:
                room = (limit >> inside.shift) - inside.fixed - sum(answer.value or 0 for answer in answers)
            trees, shares, total, empty = [], [], inside.fixed, False
            for block, answer in enumerate(answers):
                part = None if room is None else room // (len(answers) - block)
                target = None if part is None or answer.value is None else answer.value + max(0, part)
                tree, bound, share = self.trees.tree(inside, block, target)
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
        index, prices, problem = self.trees.at(root, plain=False)
        answers = self.trees.oracle.ask(prices, Effort(0, nodes=2_000), range(problem.blocks))
        trees, shares, bounds = [], [], []
        for block, answer in enumerate(answers):
            tree, bound, share = self.trees.tree(prices, block, answer.bound)
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
            tree, bound, _ = self.trees.tree(inside, block, bounds[block] + room, shares[block])
            if bound is not None:
                total = (prices.fixed + sum(bounds) - bounds[block] + bound) << prices.shift
                if total > self.limit:
                    raise Unproved
                self.highest = total if self.highest is None else max(self.highest, total)
            flips.append(tree)
        pairs = tuple((fixing.index, fixing.value) for fixing in decided)
        return Decided(prices=index, shares=tuple(shares), trees=tuple(trees), projects=pairs, flips=tuple(flips))


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
