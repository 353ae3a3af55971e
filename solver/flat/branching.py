"""Which option to branch on: the one that lowers the bounds of both sides most, as far as experience tells.

What branching on an option has brought before is its pseudo-cost (Benichou et al. 1971); as long as it was seen too
seldom, both sides are tried (Achterberg, Koch and Martin 2005).
"""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.flat.look import Looked, Looker
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Ints

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
        x, several = looked.point.x, self._problem.several(looked.allowed)
        open_ones = np.flatnonzero((np.minimum(x, 1.0 - x) > NEAR) & several)
        if not len(open_ones):
            return int(np.argmax(several))
        expected = self._expected(x, open_ones)
        order = np.argsort(-np.prod(np.maximum(expected, LEAST), axis=0), kind="stable")[:CANDIDATES]
        best, most = -1, -1.0
        for option, gains in zip(open_ones[order].tolist(), expected[:, order].T, strict=True):
            if self._seen[:, option].min() < TRUSTED:
                gains = self._tried(looked, option, float(x[option]), floor)
            score = float(np.prod(np.maximum(gains, LEAST)))
            if score > most:
                best, most = option, score
        return best

    def _expected(self, x: Floats, options: Ints) -> Floats:
        """(2, some options) gain of leaving out and of taking each."""
        gain, seen = self._gain[:, options], self._seen[:, options]
        mean = self._gain.sum(axis=1) / np.maximum(1, self._seen.sum(axis=1))
        rate = np.where(seen > 0, gain / np.maximum(seen, 1), np.where(mean > 0, mean, 1.0)[:, None])
        rates: Floats = rate * np.stack([x[options], 1.0 - x[options]])
        return rates

    def _tried(self, looked: Looked, option: int, fraction: float, floor: float) -> Floats:
        """(2,) gain of both sides, by looking at them."""
        gains = np.zeros(2)
        for side, allowed in enumerate(self.sides(looked.allowed, option)):
            tried = self._looker.look(allowed, looked.bound, 1)
            gains[side] = max(0.0, looked.worth - max(tried.worth, floor))
            self.learn(option, side, fraction, gains[side])
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
