"""Random flat problems with their blocks enumerated at several prices: what the oracle is held against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from liftplan.solver.oracle.oracle import Answer, Effort, Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Ints, Problem

from ..thorough import some
from .brute import Block, Worth
from .flat import multipliers, random_problem

PARTS = some(range(20), 2)
PER_PART = 30
PER_SEED = 4
"""Prices asked of each problem."""

SHARP = Effort(0, nodes=10_000)
"""Enough nodes to close every block of these problems."""


@dataclass(frozen=True)
class Case:
    """A problem with its blocks enumerated, at several prices of the rows."""

    seed: int
    problem: Problem
    blocks: list[Block]
    asked: list[Ints]
    """Multipliers."""
    truth: list[list[int | None]]
    """The best value of each block at each."""


@cache
def case(seed: int) -> Case:
    """A random problem of one or two blocks of up to three villages."""
    problem = random_problem(seed, blocks=1 + seed % 2, homes=2 + seed % 3, sites=3 + seed % 2)
    blocks = [Block(problem, block) for block in range(problem.blocks)]
    rng = np.random.default_rng(seed)
    asked = [multipliers(problem, rng) for _ in range(PER_SEED)]
    return Case(seed, problem, blocks, asked, [[b.best(Worth(problem, u)) for b in blocks] for u in asked])


def cases(part: int) -> list[Case]:
    """One part of all cases."""
    return [case(seed) for seed in range(part * PER_PART, (part + 1) * PER_PART)]


def ask(oracle: Oracle, own: Case, number: int, effort: Effort) -> list[Answer]:
    """Answers about all blocks at the case's multipliers of this number."""
    return oracle.ask(price(own.problem, own.asked[number], 0), effort, range(own.problem.blocks))
