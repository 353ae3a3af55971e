"""The choice problem by the engine that suits it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from liftplan.solver.problem import Problem
from liftplan.solver.rounding.choice import Alternatives, Chosen, Floor, choose
from liftplan.solver.rounding.exactly import choose_exactly

MOST_EXACTLY = 4_000
"""Alternatives up to which CP-SAT is the quicker engine where ties decide."""

EARLY, EARLY_NODES = 0.6, 10
"""Seconds, or nodes where limits count work, that HiGHS has where CP-SAT may take over: mostly it takes 0.1 to 0.2."""

NODES = 500
"""Nodes of a program in floats that is left to HiGHS, where limits count work."""


def decide(
    problem: Problem,
    alternatives: Alternatives,
    *,
    least: float = -np.inf,
    floor: Floor | None = None,
    good: float = np.inf,
    patience: float | None = None,
    time_limit: float | None = None,
    work_limit: float | None,
    workers: int,
    **limits: Any,
) -> Chosen | None:
    """Choose: in floats where no plan is known or one near the best will do, and where whole numbers are too large.

    HiGHS is there in 0.4 of the time of CP-SAT then, nearly always. In whole numbers where what is looked for is little
    better than a plan, or HiGHS found nothing as good as `good` in its share of the time. The arguments are those of
    `choose_exactly`.
    """
    in_floats = partial(choose, problem, alternatives, floor=floor, good=good, patience=patience, **limits)
    nodes = None if work_limit is None else NODES
    if len(alternatives.group) > MOST_EXACTLY:
        return in_floats(least=least, time_limit=time_limit, node_limit=nodes)
    first = None
    if floor is None and (patience == 0 or not np.isfinite(least)):
        if work_limit is None:
            first = in_floats(least=least, time_limit=EARLY if time_limit is None else min(EARLY, time_limit))
        else:
            first = in_floats(least=least, time_limit=time_limit, node_limit=EARLY_NODES)
        if first is not None:
            if first.proved or first.value >= good:
                return first
            least = max(least, first.value)
    try:
        better = choose_exactly(
            problem,
            alternatives,
            least=least,
            floor=floor,
            good=good,
            patience=patience,
            time_limit=time_limit,
            work_limit=work_limit,
            workers=workers,
            **limits,
        )
    except OverflowError:
        better = in_floats(least=least, time_limit=time_limit, node_limit=nodes)
    return first if better is None else better
