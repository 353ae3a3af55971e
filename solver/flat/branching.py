"""Which option to branch on: the one that lowers the bounds of both sides most, as far as experience tells.

What branching on an option has brought before is its pseudo-cost (Benichou et al. 1971); as long as it was seen too
seldom, both sides are tried (Achterberg, Koch and Martin 2005).
"""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.flat.look import Looked, Looker
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools

NEAR = 1e-6
"""A fraction within this of 0 or 1 counts as whole."""

CANDIDATES = 8
"""Options looked at."""

TRUSTED = 4
"""Times that an option was branched on, each way, from which its pseudo-cost is believed."""

LEAST = 1e-6
"""Gain of a side that brings nothing, so that the other side still counts."""


class Branching:
    """Pseudo-costs of the options of one problem."""

    def __init__(self, problem: FlatProblem, looker: Looker) -> None:
        self._problem, self._looker = problem, looker
        self._gain = np.zeros((2, problem.options))
        self._seen = np.zeros((2, problem.options), dtype=np.int64)

    def choose(self, looked: Looked, floor: float) -> int:
        """The option to branch on. floor: all bounds below it are as good."""
        assert looked.point is not None
        x = looked.point.x
        open_ones = np.flatnonzero(np.minimum(x, 1.0 - x) > NEAR)
        if not len(open_ones):
            several = np.add.reduceat(looked.allowed, self._problem.start[:-1]) > 1
            return int(np.flatnonzero(looked.allowed & several[self._problem.group])[0])
        scores = np.multiply(*np.maximum(self._expected(x)[:, open_ones], LEAST))
        best, most = int(open_ones[0]), -1.0
        for option in open_ones[np.argsort(-scores, kind="stable")][:CANDIDATES].tolist():
            gains = self._gains(looked, option, x, floor)
            score = float(np.prod(np.maximum(gains, LEAST)))
            if score > most:
                best, most = option, score
        return best

    def _expected(self, x: Floats) -> Floats:
        """(2, options) gain of leaving out and of taking each option."""
        seen = np.maximum(self._seen, 1)
        mean = self._gain.sum(axis=1) / np.maximum(1, self._seen.sum(axis=1))
        rate = np.where(self._seen > 0, self._gain / seen, np.where(mean > 0, mean, 1.0)[:, None])
        return rate * np.stack([x, 1.0 - x])

    def _gains(self, looked: Looked, option: int, x: Floats, floor: float) -> Floats:
        if self._seen[:, option].min() >= TRUSTED:
            return self._expected(x)[:, option]
        sides = self.sides(looked.allowed, option)
        gains = np.zeros(2)
        for side, allowed in enumerate(sides):
            tried = self._looker.look(allowed, looked.bound, 1)
            gains[side] = max(0.0, looked.worth - max(tried.worth, floor))
            self.learn(option, side, float(x[option]), gains[side])
        return gains

    def learn(self, option: int, side: int, fraction: float, gain: float) -> None:
        """A side's bound was lower by `gain`; side: 0 left out, 1 taken."""
        self._gain[side, option] += gain / max(1e-3, 1.0 - fraction if side else fraction)
        self._seen[side, option] += 1

    def sides(self, allowed: Bools, option: int) -> tuple[Bools, Bools]:
        """Allowed options without this one, and with this one alone in its group."""
        without, taken = allowed.copy(), allowed & (self._problem.group != self._problem.group[option])
        without[option], taken[option] = False, True
        return without, taken
