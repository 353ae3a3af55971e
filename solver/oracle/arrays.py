"""Small loops within kernels: whatever numba takes for `target[:] = source` compiles for seconds."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import inner
from liftplan.solver.problem import Ints


@inner
def zero() -> int:
    """0 like any other number: a function that is called with the literal is compiled once more, for that alone."""
    return int(np.int64(0))


@inner
def ones(bits: int) -> int:
    """Number of bits set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@inner
def put(source: Ints, target: Ints) -> None:
    """Write an array into another of the same length."""
    for index in range(len(source)):
        target[index] = source[index]


@inner
def lengthened(array: Ints, filled: int, size: int) -> Ints:
    """(size,) an array of which only the first `filled` values count, with more room."""
    longer = np.empty(size, dtype=np.int64)
    for index in range(filled):
        longer[index] = array[index]
    return longer


@inner
def widened(table: Ints, filled: int, width: int) -> Ints:
    """(rows, width) a table of which only the first `filled` columns count, with more room."""
    wider = np.empty((len(table), width), dtype=np.int64)
    for row in range(len(table)):
        for column in range(filled):
            wider[row, column] = table[row, column]
    return wider
