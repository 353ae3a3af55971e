"""The search tree: open nodes by bound, and the leaves that together hold every plan."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count

from liftplan.solver.nodes import Leaf, Node

UNBOUNDED = 1 << 100
"""Stands for a node without a bound."""


@dataclass
class Tree:
    """Open nodes, highest bound first, the latest first among equals; and what has been closed."""

    leaves: list[Leaf] = field(default_factory=list)
    closed: int | None = None
    """Highest bound of the leaves, units; None: no leaf yet."""
    _open: list[tuple[int, int, Node]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def __bool__(self) -> bool:
        return bool(self._open)

    def push(self, node: Node) -> None:
        """Open a node."""
        key = UNBOUNDED if node.bound is None else node.bound
        heapq.heappush(self._open, (-key, -next(self._numbers), node))

    def pop(self) -> Node:
        """Take out the node of highest bound."""
        return heapq.heappop(self._open)[2]

    def close(self, leaf: Leaf) -> None:
        """Done with a part of all plans."""
        self.leaves.append(leaf)
        if leaf.bound is not None:
            self.closed = leaf.bound if self.closed is None else max(self.closed, leaf.bound)

    @property
    def highest(self) -> int | None:
        """Highest bound of the open nodes, units; `UNBOUNDED` where one has none. None: nothing is open."""
        return -self._open[0][0] if self._open else None

    def all_leaves(self) -> list[Leaf]:
        """The leaves, those that open nodes would be among them: no plan lies outside of all."""
        return [*self.leaves, *(Leaf(node.fixings, node.bound, node.duals) for _, _, node in sorted(self._open))]
