"""What deciding a project has cost so far: which one to decide next (Achterberg, Koch and Martin 2005)."""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.problem import Ints

RELIABLE = 2
"""Observations of both values after which a project is not tried any more."""

LEAST = 1e-3
"""Persons that a value counts as costing at least, so that the other value still tells projects apart."""


class Pseudocosts:
    """Persons lost per unit by which a project's share moved to 0 or 1."""

    def __init__(self, projects: int) -> None:
        self._sum = np.zeros((2, projects))
        self._count = np.zeros((2, projects), dtype=np.int64)

    def saw(self, project: int, value: int, share: float, loss: float) -> None:
        """Deciding `value` where the project was built to `share` cost `loss` persons."""
        self._sum[value, project] += loss / max(abs(value - share), 1e-6)
        self._count[value, project] += 1

    def reliable(self, project: int) -> bool:
        """Whether enough has been seen of both values."""
        return bool((self._count[:, project] >= RELIABLE).all())

    def scores(self, projects: Ints, shares: Floats) -> Floats:
        """(projects,) product of what the two values seem to cost; unknown costs are those of an average project."""
        costs = []
        for value in (0, 1):
            known = self._count[value] > 0
            average = self._sum[value].sum() / self._count[value].sum() if known.any() else 1.0
            own = np.where(known, self._sum[value] / np.maximum(self._count[value], 1), average)
            costs.append(np.maximum(own[projects] * np.abs(value - shares), LEAST))
        return np.asarray(costs[0] * costs[1])
