"""Random draws over all households of a county."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from liftplan.scenarios.generator.columns import Bools, Ints
from liftplan.scenarios.generator.households import Households


class Drawer:
    """Random draws over all households of a county."""

    def __init__(self, rng: np.random.Generator, homes: Households) -> None:
        self.rng, self.count = rng, len(homes)

    def chance(self, probability: float | npt.NDArray[np.float64]) -> Bools:
        """(households,) true with a probability."""
        return self.rng.random(self.count) < probability

    def yuan(self, low: float, high: float, step: int = 100) -> Ints:
        """(households,) uniform yuan, rounded to `step`."""
        return np.round(self.rng.uniform(low, high, self.count) / step).astype(np.int64) * step
