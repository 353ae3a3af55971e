"""Branch and bound over options. All bounds are those of prices in whole numbers; the LP only suggests prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from liftplan.solver.flat.best import Best
from liftplan.solver.flat.branching import Branching
from liftplan.solver.flat.dive import rounded
from liftplan.solver.flat.look import Looked, Looker
from liftplan.solver.flat.narrow import Narrowed
from liftplan.solver.flat.prices import NOTHING, Prices
from liftplan.solver.problem import Bools

ROUNDS = 3
"""LPs at a node while options that its point takes are left out."""


@dataclass
class Node:
    """A set of choices."""

    bound: int
    """Proved, value's unit."""
    prices: tuple[Prices, ...] = ()
    """What proves it, with the bounds above."""
    branch: int = -1
    """Option of the whole problem that is left out in the first child and taken in the second; -1: no children."""
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class _Waiting:
    node: Node
    allowed: Bools
    depth: int
    option: int = -1
    """What its parent branched on (narrowed problem), the side, and its fraction there; -1: the root."""
    side: int = 0
    fraction: float = 0.0
    worth: float = 0.0
    """The parent's."""


class Tree:
    """The search for better choices in a narrowed problem: highest bound first, then deepest."""

    def __init__(self, narrowed: Narrowed, best: Best, looker: Looker, bound: int, began_with: int) -> None:
        """bound: proved for all choices that are better than the best. began_with: options, decided ones included."""
        problem = narrowed.problem
        self._narrowed, self._problem, self._best, self._looker = narrowed, problem, best, looker
        self._branching = Branching(problem, looker)
        self.root = Node(bound)
        self.nodes = 0
        self.began_with = began_with
        self._heap: list[tuple[int, int, int, _Waiting]] = []
        self._pushed = 0
        self._push(_Waiting(self.root, np.ones(problem.options, dtype=np.bool_), 0))

    @property
    def bound(self) -> int:
        """Proved for all choices that are better than the best; NOTHING: there are none."""
        top = -self._heap[0][0] if self._heap else NOTHING
        return NOTHING if self._best.beats(top) else top

    def run(self, stop: Callable[[], bool], nodes: int | None = None) -> None:
        """Search until done or stopped, or through so many nodes in all."""
        while self.bound != NOTHING and not stop() and (nodes is None or self.nodes < nodes):
            self._open(heappop(self._heap)[-1])

    def _push(self, waiting: _Waiting) -> None:
        self._pushed += 1
        heappush(self._heap, (-waiting.node.bound, -waiting.depth, -self._pushed, waiting))

    def _open(self, waiting: _Waiting) -> None:
        """Bound a node and branch on it."""
        self.nodes += 1
        node = waiting.node
        looked = self._looker.look(waiting.allowed, node.bound, ROUNDS)
        node.prices, node.bound = looked.prices, looked.bound
        floor = -np.inf if self._best.objective is None else float(self._best.objective)
        if waiting.option >= 0:
            gain = max(0.0, waiting.worth - max(looked.worth, floor))
            self._branching.learn(waiting.option, waiting.side, waiting.fraction, gain)
        if looked.point is None:
            return
        self._best.offer(self._narrowed.choice(rounded(self._problem.start, looked.point.x, looked.allowed)))
        if not self._best.beats(node.bound):
            self._branch(waiting, looked, floor)

    def _branch(self, waiting: _Waiting, looked: Looked, floor: float) -> None:
        assert looked.point is not None
        node = waiting.node
        option = self._branching.choose(looked, floor)
        fraction = float(looked.point.x[option])
        node.branch = int(self._narrowed.option[option])
        node.children = (Node(node.bound), Node(node.bound))
        sides = self._branching.sides(looked.allowed, option)
        for side in (0, 1) if fraction > 0.5 else (1, 0):  # the likelier one comes next
            self._push(
                _Waiting(node.children[side], sides[side], waiting.depth + 1, option, side, fraction, looked.worth)
            )
