"""Bounds of several prices at once: kept choices of projects, and why no combination of them is worth too much.

At prices u a combination with the choices S_k is worth at most  peak(u) - GRAIN sum_k loss_k(S_k, u)  units, losses in
grains, rounded down. With whole weights w of prices, W of them in all, no combination of the choices left is worth more
than

    ( sum w peak - GRAIN sum over blocks of the least sum of w loss ) / W

whatever the weights are. What twins add is 0 in every combination that builds them alike; where only they are added up
(W = 0), a sum above 0 says that none does. Choices that one of the prices rules out on its own go first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from liftplan.models.messages import m
from liftplan.solver.certificate.blocks import Broken
from liftplan.solver.certificate.bounds import ROOM, Unsafe
from liftplan.solver.certificate.form import Weighed
from liftplan.solver.problem import GRAIN, Bools, Ints


@dataclass(frozen=True)
class Loss:
    """What kept choices are worth at some prices."""

    peak: int
    """What the best choice of each block is worth together, units."""
    loss: Ints
    """(choices of all blocks,) what each falls short of its block's best, grains."""


@dataclass(frozen=True)
class Choices:
    """The kept choices of all blocks, block by block."""

    built: Sequence[Ints]
    """Per block (choices, projects of the block)."""
    first: Ints
    """(blocks + 1,) where each block's projects begin."""

    @cached_property
    def start(self) -> Ints:
        """(blocks + 1,) where each block's choices begin."""
        return np.concatenate([[0], np.cumsum([len(one) for one in self.built])]).astype(np.int64)

    def having(self, project: int) -> tuple[int, Bools]:
        """The block of a project, and (choices of all blocks,) those that build it. Raises Broken if there is none."""
        if not 0 <= project < self.first[-1]:
            raise Broken(m("it decides something that does not exist"))
        block = int(np.searchsorted(self.first, project, "right")) - 1
        found = np.zeros(int(self.start[-1]), dtype=np.bool_)
        found[self.start[block] : self.start[block + 1]] = self.built[block][:, project - self.first[block]] == 1
        return block, found

    def loss(self, fixed: int, shift: int, values: Sequence[Ints]) -> Loss:
        """values: per block what its choices are worth at some prices, units of 2^shift; fixed: the rest of the sum."""
        tops = [int(one.max()) for one in values]
        losses = [
            (top - worth << shift) // GRAIN for top, one in zip(tops, values, strict=True) for worth in one.tolist()
        ]
        if max(losses, default=0) >= ROOM:
            raise Unsafe
        return Loss((fixed + sum(tops)) << shift, np.array(losses, dtype=np.int64))


def exclude(
    choices: Choices, losses: Sequence[Loss], twins: Sequence[tuple[int, int]], limit: int, tree: Sequence[Weighed]
) -> None:
    """Follow the tree over all combinations. Raises Broken unless it shows that none is worth more than limit, units.

    twins: projects of two blocks that every plan builds alike.
    """
    start = choices.start
    alive = np.ones(int(start[-1]), dtype=np.bool_)
    for one in losses:
        alive &= one.loss <= min(ROOM, (one.peak - limit - 1) // GRAIN)
    pairs = [tuple(choices.having(project)[1].astype(np.int64) for project in pair) for pair in twins]
    apart = [first - second for first, second in pairs]
    stack = [] if any(low == high for low, high in pairwise(start.tolist())) else [alive]
    for node in tree:
        if not stack:
            raise Broken(m("its tree goes on after it has covered every case"))
        alive = _left(stack.pop(), start, node, losses, apart, limit)
        if node.project >= 0:
            block, having = choices.having(node.project)
            own = np.zeros(len(alive), dtype=np.bool_)
            own[start[block] : start[block + 1]] = True
            stack += [alive & (having | ~own), alive & ~having]
        elif not _none(alive, start):
            raise Broken(m("choices of projects are left that may be worth more than it says"))
    if stack:
        raise Broken(m("its tree ends before it covers every case"))


def _none(alive: Bools, start: Ints) -> bool:
    """Whether some block has no choice left."""
    return not np.logical_or.reduceat(alive, start[:-1]).all()


def _left(alive: Bools, start: Ints, node: Weighed, losses: Sequence[Loss], apart: Sequence[Ints], limit: int) -> Bools:
    """The choices that a node's sum leaves."""
    if _none(alive, start):
        return alive
    if any(index >= len(losses) for index, _ in node.cuts) or any(index >= len(apart) for index, _ in node.twins):
        raise Broken(m("it refers to an entry that it does not have"))
    own = {index: np.where(alive, losses[index].loss, 0) for index, _ in node.cuts}
    most = sum(weight * int(own[index].max()) for index, weight in node.cuts)
    if max(most + sum(abs(weight) for _, weight in node.twins), *(w for _, w in node.cuts), 0) >= ROOM:
        raise Unsafe
    sums = np.zeros(len(alive), dtype=np.int64)
    for index, weight in node.cuts:
        sums += weight * own[index]
    for index, weight in node.twins:
        sums += weight * apart[index]
    least = np.minimum.reduceat(np.where(alive, sums, np.iinfo(np.int64).max), start[:-1])
    spare = sum(weight * (losses[index].peak - limit - 1) for index, weight in node.cuts) - GRAIN * sum(least.tolist())
    more = sums - np.repeat(least, np.diff(start))
    left: Bools = alive & (more <= max(-1, min(spare // GRAIN, 2 * ROOM)))
    return left
