"""What the core writes about any tree of leaves is what the prover shows."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.certificate import Proof, certificate
from liftplan.solver.engines.highs import Floats
from liftplan.solver.nodes import Fixing, Leaf
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Problem

from .enumeration import level_one
from .made import random_fixing, random_prices

ANYTHING = 10**30
"""A limit that every bound keeps."""

STEPS = [UNITS_PER_PERSON // 1000, UNITS_PER_PERSON // 10, UNITS_PER_PERSON]
"""How much less is then asked for, so that blocks need trees."""


def duals(problem: Problem, rng: np.random.Generator) -> Floats:
    """Multipliers in persons per row unit."""
    found = np.zeros(len(problem.rows.rhs))
    for row, value in random_prices(problem, rng, 0).items():
        found[row] = value / UNITS_PER_PERSON
    return found


def leaves(problem: Problem, rng: np.random.Generator, fixings: tuple[Fixing, ...], depth: int) -> list[Leaf]:
    """The leaves of a random tree; bounds are not looked at."""
    if depth == 0:
        return [Leaf(fixings, 0, duals(problem, rng))]
    one = random_fixing(problem, rng)
    return [
        leaf
        for value in (0, 1)
        for leaf in leaves(problem, rng, (*fixings, Fixing(one.kind, one.index, value)), depth - 1)
    ]


@pytest.mark.parametrize("part", range(8))
def test_the_prover_shows_the_bound_that_the_core_wrote(part: int) -> None:
    """The core's own arithmetic and the prover's agree to the unit, on any leaves, prices and decisions."""
    loose, sharp = 0, 0
    for seed in range(part * 10, part * 10 + 10):
        problem = level_one(9_000 + seed, blocks=2, homes=3, sites=4, most_measures=5)
        rng, oracle = np.random.default_rng(seed), Oracle(problem, 1)
        parts = leaves(problem, rng, (), depth=seed % 4)
        written = certificate(problem, oracle, parts, (), parts[0].duals, ANYTHING)
        if written is None:
            continue
        assert Proof(problem, written[0]).bound() == written[1], seed
        loose += 1
        for less in STEPS:
            sharper = certificate(problem, oracle, parts, (), parts[0].duals, written[1] - less)
            if sharper is not None:
                assert Proof(problem, sharper[0]).bound() == sharper[1] <= written[1] - less, seed
                sharp += 1
    assert loose
    assert sharp
