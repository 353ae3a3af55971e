"""A certificate of one leaf, written piece by piece: some blocks at a time, as long as their oracle is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.certificate.form import Certificate, Leaf
from liftplan.solver.certificate.form import Prices as Stored
from liftplan.solver.certificate.trees import Trees, Unproved
from liftplan.solver.oracle.oracle import Answer, Oracle
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Ints, Problem

SPARE = UNITS_PER_PERSON // 20
"""What a block may be shown to be worth more than the search says, where trees would be too large otherwise."""


@dataclass(frozen=True)
class Piece:
    """How the bounds of some blocks are shown at certain prices."""

    trees: tuple[tuple[int, ...], ...]
    """Per block, as in `Leaf`."""
    shares: tuple[str, ...]
    """Per block, as in `Certificate`."""
    bound: int
    """What the trees show of these blocks together, units of 2^shift of the prices."""


def written_piece(
    problem: Problem, oracle: Oracle, prices: Prices, answers: Sequence[Answer], over: Callable[[], bool]
) -> Piece | None:
    """How to show that no block is worth more than its answer says, or than its best plan, or hardly more.

    None if nothing of sensible size does, or if `over` says that there is no time for it. answers: of all blocks of the
    problem at these prices.
    """
    trees = Trees(problem, oracle, over)
    written, shares, total = [], [], 0
    try:
        for answer in answers:
            tree, bound, share = _tree(trees, prices, answer)
            if bound is None:
                return None
            written.append(tree)
            shares.append(trees.shares[share])
            total += bound
    except Unproved:
        return None
    return Piece(tuple(written), tuple(shares), total)


def _tree(trees: Trees, prices: Prices, answer: Answer) -> tuple[tuple[int, ...], int | None, int]:
    """A tree for a block's answer, or, where none of sensible size shows it, for a little more. Raises Unproved."""
    try:
        return trees.tree(prices, answer.block, answer.bound)
    except Unproved:
        more = None if answer.bound is None else answer.bound + (SPARE >> prices.shift)
        return trees.tree(prices, answer.block, more)


def of_pieces(multipliers: Ints, shift: int, pieces: Sequence[Piece]) -> Certificate:
    """The certificate of all blocks, piece after piece, at the same prices.

    multipliers: (rows,) in units of 2^shift. It proves the sum of the pieces' bounds and of what is not of blocks.
    """
    shares = tuple(one for piece in pieces for one in piece.shares)
    prices = Stored(
        shift=shift, rows=tuple((row, int(multipliers[row])) for row in np.flatnonzero(multipliers).tolist())
    )
    leaf = Leaf(
        prices=0, trees=tuple(tree for piece in pieces for tree in piece.trees), shares=tuple(range(len(shares)))
    )
    return Certificate(prices=(prices,), shares=shares, nodes=(leaf,))
