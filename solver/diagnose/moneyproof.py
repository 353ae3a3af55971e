"""Proofs by the money alone: rules that, added up, ask for more than there can be."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from liftplan.solver.diagnose.assistance import Where
from liftplan.solver.diagnose.rules import Instance, Kept
from liftplan.solver.problem import Ints


@dataclass(frozen=True)
class MoneyRow:
    """A row over flows: sum of coef * f over the arcs >= rhs."""

    instances: tuple[Instance, ...]
    """Rules that ask for it: it counts only while all of them are kept."""
    rhs: int
    arcs: Ints
    coef: Ints
    yuan: Fraction = Fraction(1)
    """Yuan in a row unit: shares count in parts of 10,000."""
    block: int = -1
    """Of minimums of households that are named: the block whose households they are."""
    where: Where = "all"
    """Of minimums of households: which cells of theirs."""
    homes: int = 0
    """Of minimums of households that are named: how many of them ask for a yuan more where the minimum is one more."""
    derived: bool = False
    """It follows from rules together, or from rows that ask for the same: by how much it is missed says nothing of by
    how much they are."""

    @property
    def key(self) -> Hashable:
        """What it is, in whatever problem of the county it stands."""
        return self.instances, self.block, self.where

    @cached_property
    def scale(self) -> int:
        """Largest coefficient: the row divided by it counts in yuan."""
        return int(np.abs(self.coef).max(initial=1))


@dataclass(frozen=True)
class MoneyProof:
    """Why no plan keeps some rules: added up with these multipliers they ask for more than can be."""

    rows: tuple[tuple[MoneyRow, Fraction], ...]
    """Rows with multipliers > 0."""
    cells: tuple[tuple[int, Fraction, int], ...]
    """Cells that matter: cell, multiplier, yuan. > 0: at most so much flows in; < 0: at least so much must."""
    names: tuple[str, ...] = ()
    """Name of each of them."""

    @property
    def instances(self) -> Kept:
        """Rules that the proof adds up; forced flows (`cells` < 0) rest on commitments and demands besides."""
        return frozenset(instance for row, _ in self.rows for instance in row.instances)

    @property
    def asked(self) -> Fraction:
        """Yuan that the rules ask for."""
        demanded = sum((y * row.rhs for row, y in self.rows if row.rhs > 0), Fraction(0))
        return demanded - sum((y * yuan for _, y, yuan in self.cells if y < 0), Fraction(0))

    @property
    def money(self) -> Fraction:
        """Yuan that rules leave: amounts of funds, above all."""
        return -sum((y * row.rhs for row, y in self.rows if row.rhs < 0), Fraction(0))

    @property
    def absorbed(self) -> Fraction:
        """Yuan that can be taken up besides, by what the cells hold."""
        return sum((y * yuan for _, y, yuan in self.cells if y > 0), Fraction(0))

    @property
    def short(self) -> Fraction:
        """Yuan by which it does not add up, > 0."""
        return self.asked - self.money - self.absorbed

    @property
    def forced(self) -> bool:
        """Whether it rests on money that commitments and demands force into cells."""
        return any(y < 0 for _, y, _ in self.cells)
