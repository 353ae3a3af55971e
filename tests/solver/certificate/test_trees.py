"""How long the writing of one block's tree may go on."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.solver.certificate import trees
from liftplan.solver.certificate.trees import LOOK, Trees, Unproved
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Problem

from .enumeration import level_one


def looked(problem: Problem, ends: int) -> tuple[int, int, bool]:
    """The first block's tree, out of time from look `ends` on: looks at the time, shares made, whether it was ended."""
    asked = 0

    def over() -> bool:
        nonlocal asked
        asked += 1
        return asked >= ends

    oracle = Oracle(problem, 1)
    prices = price(problem, np.zeros(len(problem.rows.rhs), dtype=np.int64), 0)
    written = Trees(problem, oracle, over)
    try:
        written.tree(prices, 0, -1)
    except Unproved:
        return asked, len(written.shares), True
    return asked, len(written.shares), False


@pytest.mark.parametrize("ends", [2, 3, 5])
def test_a_tree_ends_where_time_does(monkeypatch: pytest.MonkeyPatch, ends: int) -> None:
    """The time is looked at while the tree grows, and no other attempt follows once it is over."""
    problem = level_one(9_000, blocks=2, homes=3, sites=4, most_measures=5)
    monkeypatch.setattr(trees, "LOOK", 2)
    often, shares, ended = looked(problem, 10**9)
    assert often >= 5
    assert (shares, ended) == (1, False)
    assert looked(problem, ends) == (ends + 1, 1, True)  # once more before another attempt


def test_a_small_tree_looks_at_the_time_seldom() -> None:
    """Once before the block and once before its tree."""
    assert LOOK > 100
    assert looked(level_one(9_000, blocks=2, homes=3, sites=4, most_measures=5), 10**9) == (2, 1, False)
