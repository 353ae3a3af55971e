"""Getting a process of our own ready to solve, while whoever started it still prepares what it is to do."""

from __future__ import annotations

import gc

from liftplan.scenarios import counties
from liftplan.solver.exercise import exercise

YOUNG = 200_000
"""Objects made until those that nobody holds are looked for: a solve makes many, and few of them in circles."""


def get_ready() -> None:
    """Load the numerical kernels; from now on look less often for circles of objects, a tenth of the time of a solve.

    For processes that do nothing but solve: it holds for all of the process.
    """
    exercise(counties.load(counties.names()[0]))
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
