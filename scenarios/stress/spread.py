"""How far costs, incomes and arrivals may be from what the county says: assumptions, and draws of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Standard deviations, as shares. They are assumptions of whoever asks, not figures of the county.

    z are independent standard normal draws; r is the share of the variance that is common.
    """

    costs: float = 0.1
    """Cost factor of a project or measure: exp(s z - s^2 / 2), mean 1, z common to all items by a quarter."""
    incomes: float = 0.05
    """Income factor of a household, gains included: max(0, 1 + s z), z common to its village by a quarter."""
    arrivals: float = 0.1
    """Share of a fund that arrives: 1 - s max(0, z), at least 0, z common to its department by half."""

    def cost_factors(self, rng: np.random.Generator, draws: int, items: int) -> Floats:
        """(draws, items)."""
        z = _mixed(rng, draws, np.zeros(items, dtype=np.int64), COMMON)
        return np.exp(self.costs * z - self.costs**2 / 2)

    def income_factors(self, rng: np.random.Generator, draws: int, villages: npt.NDArray[np.int64]) -> Floats:
        """(draws, households); villages: of each household."""
        return np.maximum(0.0, 1 + self.incomes * _mixed(rng, draws, villages, COMMON))

    def arrived(self, rng: np.random.Generator, draws: int, departments: npt.NDArray[np.int64]) -> Floats:
        """(draws, funds); departments: of each fund."""
        return np.maximum(0.0, 1 - self.arrivals * np.maximum(0.0, _mixed(rng, draws, departments, TOGETHER)))


COMMON, TOGETHER = 0.25, 0.5
"""Common share of the variance: of costs and of incomes; of the funds of a department."""


def _mixed(rng: np.random.Generator, draws: int, groups: npt.NDArray[np.int64], common: float) -> Floats:
    """(draws, members) standard normal, correlated by `common` within groups."""
    count = int(groups.max(initial=-1)) + 1
    shared = rng.standard_normal((draws, count))
    own = rng.standard_normal((draws, len(groups)))
    mixed: Floats = np.sqrt(common) * shared[:, groups] + np.sqrt(1 - common) * own
    return mixed
