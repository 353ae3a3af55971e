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

NODES = 500
"""Nodes of a program in floats where limits count work."""


def decide(
    problem: Problem,
    alternatives: Alternatives,
    *,
    least: float = -np.inf,
    floor: Floor | None = None,
    patience: float | None = None,
    work_limit: float | None,
    workers: int,
    **limits: Any,
) -> Chosen | None:
    """Choose: in floats where no plan is known or one near the best will do, and where whole numbers are too large.

    HiGHS is there in 0.4 of the time of CP-SAT then. In whole numbers where they are to be better than a plan, if
    little, or than nothing was found. The arguments are those of `choose_exactly`.
    """
    in_floats = partial(
        choose,
        problem,
        alternatives,
        floor=floor,
        least=least,
        patience=patience,
        node_limit=None if work_limit is None else NODES,
        **limits,
    )
    narrow = len(alternatives.group) <= MOST_EXACTLY
    early = floor is None and (patience == 0 or not np.isfinite(least))
    chosen = in_floats() if early or not narrow else None
    if chosen is not None or not narrow:
        return chosen
    in_whole_numbers = partial(
        choose_exactly, problem, alternatives, floor=floor, least=least, patience=patience, **limits
    )
    try:
        return in_whole_numbers(work_limit=work_limit, workers=workers)
    except OverflowError:
        return None if early else in_floats()
