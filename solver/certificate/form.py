"""What a certificate says, as stored in `plan.json`.

A bound is proved by prices. The certificate is a tree over all plans: at each branch one decision is taken both ways,
at each leaf some prices, or several prices together, bound every plan that keeps the decisions above it. Inside a leaf
each block has a tree of its own, over its projects. All trees are written in preorder, so that a list that reads to its
end covers every case.
Numbers of projects, households, measures and rows are those of the compiled county, which do not depend on the order of
its tables.
"""

from __future__ import annotations

import base64
import zlib
from typing import Annotated

import numpy as np
from pydantic import Field

from liftplan.models.base import Frozen
from liftplan.solver.problem import Ints

CERTIFICATE_VERSION = 2
"""Version of the format."""

READABLE = (1, 2)
"""Versions that are read; the first has no `Combined`."""

LEAF, NOTHING, KEPT = -1, -2, -3
"""Entries of a block's tree besides projects: a bound by shares; decisions that contradict each other; in the trees of
`Combined`, a choice of projects that is looked at together with those of other blocks."""

Whole = Annotated[int, Field(ge=0, le=2**62)]


class Prices(Frozen):
    """Multipliers of the rows."""

    shift: Annotated[int, Field(ge=0, le=100)]
    """Multipliers count units of 2^shift x 10^-14 persons per row unit."""
    rows: tuple[tuple[Whole, Whole], ...]
    """(row, multiplier > 0), ascending."""
    plain: bool = False
    """True: of the problem in which nothing is worth anything; a bound below 0 shows that there is no plan."""


class Leaf(Frozen):
    """Prices for the plans below some branches, and how each block's bound is shown."""

    prices: Whole
    """Which of the certificate's prices."""
    trees: tuple[tuple[int, ...], ...]
    """Per block: its projects' tree in preorder. A project >= 0 is branched on (left out first, then built)."""
    shares: tuple[Whole, ...]
    """Per block: which of the certificate's shares."""


class Weighed(Frozen):
    """A node of the tree over combinations of kept choices: cuts, and what twins say, added up with whole weights.

    A kept choice with which the sum leaves no more than the limit is dropped (at the top, each cut on its own does so
    before). What is left is split by a project.
    """

    cuts: tuple[tuple[Whole, Whole], ...]
    """(cut, weight)"""
    twins: tuple[tuple[Whole, Annotated[int, Field(ge=-(2**62), le=2**62)]], ...] = ()
    """(pair of projects that are built alike, weight of the first less the second)"""
    project: Annotated[int, Field(ge=-1, le=2**62)] = -1
    """What is branched on (left out first, then built); -1: in some block no choice is left."""


class Combined(Frozen):
    """Several prices that together bound the plans below some branches (Benders cuts over choices of projects).

    At the first prices each block has few choices of projects with which a plan can be worth more than the limit. Those
    are kept; no combination of them, one a block, is worth more than the limit at all prices.
    """

    limit: Annotated[int, Field(ge=-(2**128), le=2**128)]
    """No plan is worth more, units."""
    prices: Whole
    """Which of the certificate's prices the trees are about."""
    trees: tuple[tuple[int, ...], ...]
    """Per block: its projects' tree in preorder, as in `Leaf`, with kept choices."""
    shares: tuple[Whole, ...]
    """Per block: which of the certificate's shares."""
    cuts: tuple[Whole, ...]
    """Which of the certificate's prices are added up."""
    combinations: tuple[Weighed, ...]
    """The tree over all combinations of kept choices, in preorder; empty where some block keeps none."""


class Branch(Frozen):
    """A decision taken both ways: first not, then so."""

    kind: Annotated[str, Field(pattern="^(project|lift|measure)$")]
    index: Whole


class Decided(Frozen):
    """Projects whose other value is shown to bring no better plan; everything below takes them as decided."""

    prices: Whole
    shares: tuple[Whole, ...]
    """Per block: which of the certificate's shares."""
    trees: tuple[tuple[int, ...], ...]
    """Per block: the tree of its bound, nothing decided."""
    projects: tuple[tuple[Whole, Annotated[int, Field(ge=0, le=1)]], ...]
    """(project, value)"""
    flips: tuple[tuple[int, ...], ...]
    """Per project: the tree of its block's bound with the other value."""


class Certificate(Frozen):
    """A proof of a bound."""

    version: int = CERTIFICATE_VERSION
    prices: tuple[Prices, ...]
    shares: tuple[str, ...]
    """Per entry: how a block's households share the costs of projects, in the units that `packed` says."""
    decided: Decided | None = None
    nodes: tuple[Branch | Leaf | Combined, ...]
    """The tree over all plans, in preorder."""

    @property
    def whole(self) -> int | None:
        """Which of the prices bound the whole county; None: those of no node do."""
        if self.decided is not None:
            return self.decided.prices
        first = self.nodes[0] if self.nodes else None
        return None if first is None or isinstance(first, Branch) else first.prices


def packed(values: Ints, unit: int) -> str:
    """Whole numbers >= 0, each in multiples of 2^unit, as text."""
    data = np.concatenate([[unit], values >> unit]).astype("<i8").tobytes()
    return base64.b85encode(zlib.compress(data, 9)).decode()


def unpacked(text: str, most: int) -> tuple[int, Ints]:
    """Unit and values of `packed`. Raises ValueError for anything else, or more than `most` values."""
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(base64.b85decode(text), 8 * (most + 2))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    numbers = np.frombuffer(data, dtype="<i8").astype(np.int64)
    if stream.unconsumed_tail or not len(numbers) or not 0 <= numbers[0] <= 100:
        raise ValueError("not a packed list of numbers")
    return int(numbers[0]), numbers[1:]
