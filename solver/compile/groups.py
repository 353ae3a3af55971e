"""Things that are joined pair by pair, and the groups that come of it."""

from __future__ import annotations

import numpy as np

from liftplan.solver.problem import Ints


class Groups:
    """Numbers from 0, each alone at first."""

    def __init__(self, size: int) -> None:
        self._root = list(range(size))

    def _find(self, one: int) -> int:
        root = self._root
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    def join(self, one: Ints, other: Ints) -> None:
        """Join pairs."""
        apart = one != other
        for pair in np.unique(one[apart] * len(self._root) + other[apart]).tolist():
            first, second = sorted(self._find(member) for member in divmod(pair, len(self._root)))
            self._root[second] = first

    def leaders(self) -> Ints:
        """(size,) the least number of each one's group."""
        return np.array([self._find(one) for one in range(len(self._root))], dtype=np.int64)
