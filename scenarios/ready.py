"""Getting a process of our own ready to solve, while whoever started it still prepares what it is to do."""

from __future__ import annotations

from liftplan.models.collecting import keep_what_is_there
from liftplan.solver.exercise import exercise


def get_ready() -> None:
    """Load the numerical kernels; from now on look less often for circles of objects, a tenth of the time of a solve.

    For processes that do nothing but solve: it holds for all of the process.
    """
    exercise(alone=True)
    keep_what_is_there()
