"""Every choice of projects of small problems, cuts over them, and the best combination by trying all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, product

import numpy as np

from liftplan.solver.benders import Cuts
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Ints, Problem

from .brute import Block
from .whole import Plans, settled_problem

NOTHING = -(10**30)


def choices(problem: Problem, block: Block) -> Ints:
    """Every choice of projects of a block that is closed: (choices, projects of the block), 0 or 1."""
    own = np.flatnonzero(problem.projects.block == block.number).tolist()
    rows = [[int(site in built) for site in own] for built in block.choices]
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(own))


@cache
def plans_of(seed: int) -> Plans:
    """A problem with all its plans."""
    return Plans(settled_problem(seed, blocks=2, homes=3, sites=4, most_measures=6))


def every_set(problem: Problem) -> list[Ints]:
    """All closed choices of every block."""
    return [choices(problem, Block(problem, block)) for block in range(problem.blocks)]


def random_duals(problem: Problem, rng: np.random.Generator) -> Floats:
    """(rows,) multipliers, persons per row unit, of half of the rows."""
    size = len(problem.rows.rhs)
    found: Floats = rng.uniform(0, 1e-3, size) * rng.integers(0, 2, size)
    return found


def cut_at(problem: Problem, asked: Sequence[Floats]) -> Cuts:
    """Cuts over all sets at some prices."""
    oracle, cuts = Oracle(problem, 1), Cuts(every_set(problem), problem.twins)
    for duals in asked:
        prices = priced_at(problem, duals)
        cuts.add(prices, oracle.values(prices, cuts.sets))
    return cuts


def best_of(cuts: Cuts) -> int:
    """What the best combination that is not refused may be worth, by trying all; `NOTHING` where there is none."""
    starts = np.cumsum([0, *map(len, cuts.sets)])
    found = NOTHING
    refused = {tuple(chosen.tolist()) for chosen in cuts.refused}
    for chosen in product(*(range(low, high) for low, high in pairwise(starts.tolist()))):
        places = np.array(chosen)
        forbidden = any((cut.loss[places] < 0).any() for cut in cuts.cuts) or chosen in refused
        if not forbidden and all(one[places].sum() == two[places].sum() for one, two in cuts.alike()):
            found = max(found, cuts.worth(places))
    return found
