"""Where linear programs over the flow of money begin: near a solution, and never at another one."""

from __future__ import annotations

import numpy as np
import pytest

from liftplan.solver.engines.highs import Lp
from liftplan.solver.ledger.payers import likely_payers
from liftplan.solver.ledger.relaxation import relax
from liftplan.solver.ledger.task import free_part

from .transport import ints, random_county, random_task


def payers(arc_cell: list[int], need: list[int], rest: list[int], entries: list[tuple[int, int, int]]) -> list[int]:
    """Of rows (row, arc, coefficient)."""
    row, arc, coefficient = (ints([one[place] for one in entries]) for place in range(3))
    return likely_payers(ints(arc_cell), ints(need), ints(rest), row, arc, coefficient).tolist()


def test_each_cell_is_paid_by_whoever_has_most_left() -> None:
    """Two cells and two funds of which neither can pay both: each fund pays one."""
    caps = [(0, 0, -1), (1, 1, -1), (0, 2, -1), (1, 3, -1)]
    assert payers([0, 0, 1, 1], [9, 8], [-10, -10], caps) in ([0, 3], [1, 2])


def test_whoever_has_no_choice_comes_first() -> None:
    """The dear cell leaves the fund alone that the cheap one cannot do without."""
    caps = [(0, 0, -1), (1, 1, -1), (0, 2, -1)]
    assert payers([0, 0, 1], [9, 3], [-10, -10], caps) == [1, 2]


def test_a_minimum_is_helped() -> None:
    """A row that asks for money of one payer gets it, though the other has more left."""
    assert payers([0, 0], [5], [3, -1_000], [(0, 0, 1), (1, 1, -1)]) == [0]


def test_a_cell_without_arcs_has_no_payer() -> None:
    """It is told apart from the first arc."""
    assert payers([1], [5, 5], [], []) == [-1, 0]


@pytest.mark.parametrize("soft", [False, True])
def test_the_start_does_not_change_what_is_found(soft: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """From there and from nothing: the same verdict, and the same least penalty by the prices."""
    tasks = [random_task(seed) for seed in range(200)] + [
        random_county(seed, slack=0.02, soft=soft)[0] for seed in (1, 2)
    ]
    parts = [part for part in map(free_part, tasks) if part is not None and len(part.arcs)]
    near = [relax(part) for part in parts]
    monkeypatch.setattr(Lp, "begin_with", lambda *_: None)
    far = [relax(part) for part in parts]
    assert 20 < sum(one.feasible for one in near) < len(parts)
    for part, one, other in zip(parts, near, far, strict=True):
        assert one.feasible == other.feasible
        short = [
            np.maximum(
                0, part.rest - np.bincount(part.entry_row, part.coef * found.flow[part.entry_arc], len(part.rest))
            )
            for found in (one, other)
        ]
        penalties = [float((amount * np.maximum(part.price, 0)).sum()) for amount in short]
        if one.feasible:
            assert penalties[0] == pytest.approx(penalties[1], rel=1e-6, abs=1e-3)
