"""A certificate of one leaf, written piece by piece: some blocks at a time, as long as their oracle is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.solver.certificate.form import Certificate, Leaf
from liftplan.solver.certificate.form import Prices as Stored
from liftplan.solver.certificate.trees import Trees, Unproved
from liftplan.solver.oracle.oracle import Answer, Oracle
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Ints, Problem


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
    """How to show that no block is worth more than its answer says, or than its best plan.

    None if nothing of sensible size does, or if `over` says that there is no time for it. answers: of all blocks of the
    problem at these prices.
    """
    trees = Trees(problem, oracle, over)
    written, total = [], 0
    try:
        for answer in answers:
            tree, bound, share = trees.tree(prices, answer.block, answer.bound, once=True)
            if bound is None:
                return None
            written.append((tree, trees.shares[share]))
            total += bound
    except Unproved:
        return None
    return Piece(tuple(tree for tree, _ in written), tuple(shares for _, shares in written), total)


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
