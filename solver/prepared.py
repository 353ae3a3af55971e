"""What one solve leaves to the next in the same process, where counties differ in amounts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Problem

MOST_COLUMNS = 4_000
"""Block plans that are kept: the newest."""


class Prepared:
    """An oracle with its lists of packages, and the block plans that were found.

    They hold for problems that are the same but for the right sides of their rows: more or less money in funds, other
    minimums. Anything else begins anew. For one solve at a time. What is kept saves time; bounds and plans are proved
    and checked as without it.
    """

    def __init__(self) -> None:
        self._problem: Problem | None = None
        self._oracle: Oracle | None = None
        self._columns: Sequence[Column] = ()
        self._duals: Floats = np.zeros(0)

    def oracle(self, problem: Problem, threads: int) -> Oracle:
        """The oracle of a problem, kept or new."""
        if self._problem is None or self._oracle is None or not alike(self._problem, problem):
            self.close()
            self._oracle = Oracle(problem, threads)
        self._problem = problem
        return self._oracle

    @property
    def columns(self) -> Sequence[Column]:
        """Block plans found for the problem that the oracle was asked for last."""
        return self._columns

    @property
    def duals(self) -> Floats | None:
        """(rows,) multipliers of the last bound, persons per row unit; None: there is none yet."""
        return self._duals if self._duals.any() else None

    def keep(self, columns: Sequence[Column], duals: Floats) -> None:
        """Keep what the search of the last problem has found."""
        self._columns, self._duals = tuple(columns[-MOST_COLUMNS:]), duals

    def close(self) -> None:
        """Forget everything."""
        if self._oracle is not None:
            self._oracle.close()
        self._problem, self._oracle, self._columns, self._duals = None, None, (), np.zeros(0)


def alike(one: Problem, other: Problem) -> bool:
    """Whether two problems are the same but for the right sides of their rows: they have the same block plans then."""
    return all(
        _same(getattr(one, field.name), getattr(other, field.name), but=("rhs",) if field.name == "rows" else ())
        for field in fields(one)
    )


def _same(one: Any, other: Any, but: Sequence[str] = ()) -> bool:
    if is_dataclass(one):
        return type(one) is type(other) and all(
            _same(getattr(one, field.name), getattr(other, field.name))
            for field in fields(one)
            if field.name not in but
        )
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and np.array_equal(one, other)
    return bool(one == other)
