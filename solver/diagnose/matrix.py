"""A sparse matrix from entries in any order."""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Matrix
from liftplan.solver.problem import Ints


class Book:
    """Entries of a matrix, collected in any order."""

    def __init__(self) -> None:
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[object] = []

    def add(self, row: Ints, column: Ints, value: object) -> None:
        """Some entries; value: floats of the same shape."""
        self._row.append(row)
        self._column.append(column)
        self._value.append(value)

    def finish(self, rows: int) -> Matrix:
        """By rows; entries of one place are added up."""
        row, column = np.concatenate(self._row), np.concatenate(self._column)
        value = np.concatenate([np.asarray(part, dtype=np.float64) for part in self._value])
        width = int(column.max(initial=0)) + 1
        keys, number = np.unique(row * width + column, return_inverse=True)
        summed = np.bincount(number, weights=value, minlength=len(keys))
        row, column = np.divmod(keys, width)
        start = np.zeros(rows + 1, dtype=np.int64)
        np.cumsum(np.bincount(row, minlength=rows), out=start[1:])
        return Matrix(start, column, summed)
