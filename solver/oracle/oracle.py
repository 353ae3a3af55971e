"""The oracle over all blocks: runs the kernels on threads and adds the bound up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from liftplan.solver.oracle.block import price_block
from liftplan.solver.oracle.data import Static, static
from liftplan.solver.oracle.packages import NONE
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Ints, Problem

MEMORY = 3
"""Project choices per block that the next search starts from."""


@dataclass(frozen=True)
class Effort:
    """How hard to search the projects of each block."""

    tolerance: int
    """A block's search ends when its bound is within this (units of 2^shift) of its value."""
    first_rounds: int = 40
    """Subgradient steps at the root of the search."""
    rounds: int = 12
    """Subgradient steps at later nodes."""
    nodes: int = 200
    """Nodes per block."""


@dataclass(frozen=True)
class Answer:
    """What the oracle says about one block, in units of 2^shift of the prices."""

    block: int
    value: int | None
    """Value of the plan below; None if none was found."""
    bound: int | None
    """No plan of the block is worth more; None: proved that the block has no plan at all."""
    nodes: int
    built: Ints
    take: Ints
    topup: Ints


class Oracle:
    """Prices blocks. Keeps shares, packages and choices of each block from call to call, for speed alone."""

    def __init__(self, problem: Problem, threads: int) -> None:
        self.static: Static = static(problem)
        blocks = self.static.blocks
        entries = self.static.homes.project
        self._shares = [
            np.zeros(int(entries[blocks.household[block + 1]] - entries[blocks.household[block]]), dtype=np.int64)
            for block in range(problem.blocks)
        ]
        self._shift = 0
        self._starts = [
            np.zeros(int(blocks.household[block + 1] - blocks.household[block]) + 1, dtype=np.int64)
            for block in range(problem.blocks)
        ]
        self._takes = [np.zeros(0, dtype=np.int64) for _ in range(problem.blocks)]
        self._choices = [
            np.zeros((1, int(blocks.project[block + 1] - blocks.project[block])), dtype=np.int64)
            for block in range(problem.blocks)
        ]
        self._pool = (
            ThreadPoolExecutor(threads, "oracle") if threads > 1 and len(problem.households.block) > 400 else None
        )

    def close(self) -> None:
        """Stop the threads."""
        if self._pool:
            self._pool.shutdown()

    def ask(self, prices: Prices, effort: Effort, blocks: Sequence[int]) -> list[Answer]:
        """Answers for some blocks, in their order."""
        if prices.shift != self._shift:
            change = prices.shift - self._shift
            for share in self._shares:
                share[:] = share >> change if change > 0 else share << -change
            self._shift = prices.shift
        if self._pool is None:
            return [self._ask_block(prices, effort, block) for block in blocks]
        return list(self._pool.map(lambda block: self._ask_block(prices, effort, block), blocks))

    def remember(self, block: int, built: Ints) -> None:
        """Start later searches of a block from this choice too."""
        kept = self._choices[block]
        if not any(np.array_equal(built, old) for old in kept):
            self._choices[block] = np.concatenate([built[None, :], kept])[:MEMORY].astype(np.int64)

    def _ask_block(self, prices: Prices, effort: Effort, block: int) -> Answer:
        value, bound, nodes, built, take, topup, start, takes = price_block(
            self.static,
            prices.priced,
            block,
            self._starts[block],
            self._takes[block],
            self._choices[block],
            self._shares[block],
            effort.tolerance,
            effort.first_rounds,
            effort.rounds,
            effort.nodes,
        )
        self._starts[block], self._takes[block] = start, takes
        if value != NONE:
            self.remember(block, built)
        return Answer(
            block,
            None if value == NONE else int(value),
            None if bound == NONE else int(bound),
            nodes,
            built,
            take,
            topup,
        )


def total_bound(prices: Prices, answers: Sequence[Answer]) -> int | None:
    """UB in units of 1 (2^shift taken out again), rounded up; None: proved infeasible. All blocks must be there."""
    bounds = [answer.bound for answer in answers]
    if any(bound is None for bound in bounds):
        return None
    return (prices.fixed + sum(bound for bound in bounds if bound is not None)) << prices.shift
