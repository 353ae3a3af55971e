"""The choice problem by the engine that suits it."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

import numpy as np

from liftplan.solver.problem import Problem
from liftplan.solver.rounding.choice import Alternatives, Chosen, Floor, choose
from liftplan.solver.rounding.exactly import choose_exactly

MOST_EXACTLY = 4_000
"""Alternatives up to which CP-SAT is the quicker engine where ties decide."""

EARLY, EARLY_NODES = 0.6, 10
"""Seconds, or nodes where limits count work, that HiGHS has where CP-SAT may take over: mostly it takes 0.1 to 0.2."""

LEAST_SECONDS = 0.1
"""That an engine has in any case where another had its turn before."""

NODES = 500
"""Nodes of a program in floats that is left to HiGHS, where limits count work."""


def decide(
    problem: Problem,
    alternatives: Alternatives,
    *,
    least: float = -np.inf,
    floor: Floor | None = None,
    target: float = np.inf,
    good: float = np.inf,
    patience: float | None = None,
    floats: bool = True,
    time_limit: float | None = None,
    work_limit: float | None,
    workers: int,
    **limits: Any,
) -> Chosen | None:
    """Choose: in floats where no plan is known or one near the best will do, and where whole numbers are too large.

    HiGHS is there in 0.4 of the time of CP-SAT then, nearly always. In whole numbers where what is looked for is little
    better than a plan, or HiGHS found nothing good enough in its share of the time. floats: whether they will do at all
    where whole numbers would. The other arguments are those of `choose_exactly`.
    """
    limits |= {"floor": floor, "target": target, "good": good, "patience": patience}
    nodes, begun = None if work_limit is None else NODES, monotonic()

    def left() -> float | None:
        return None if time_limit is None else max(LEAST_SECONDS, time_limit - (monotonic() - begun))

    in_floats = partial(choose, problem, alternatives, **limits)
    if len(alternatives.group) > MOST_EXACTLY:
        return in_floats(least=least, time_limit=left(), node_limit=nodes)
    first = None
    if floats and floor is None and (patience == 0 or not np.isfinite(least)):
        if work_limit is None:
            first = in_floats(least=least, time_limit=EARLY if time_limit is None else min(EARLY, time_limit))
        else:
            first = in_floats(least=least, time_limit=time_limit, node_limit=EARLY_NODES)
        if first is not None:
            if first.proved or first.value >= (target if patience is None else good):
                return first
            least = max(least, first.value)
    in_whole_numbers = partial(choose_exactly, problem, alternatives, least=least, **limits)
    try:
        better = in_whole_numbers(time_limit=left(), work_limit=work_limit, workers=workers)
    except OverflowError:
        better = in_floats(least=least, time_limit=left(), node_limit=nodes)
    return first if better is None else better
