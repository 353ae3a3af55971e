"""The choice problem by the engine that suits it."""

from __future__ import annotations

from typing import Any

import numpy as np

from liftplan.solver.problem import Problem
from liftplan.solver.rounding.choice import Alternatives, Chosen, choose
from liftplan.solver.rounding.exactly import choose_exactly

MOST_EXACTLY = 4_000
"""Alternatives up to which CP-SAT is much the quicker engine."""

NODES = 500
"""Nodes of a program in floats where limits count work."""


def decide(
    problem: Problem,
    alternatives: Alternatives,
    *,
    least: float = -np.inf,
    work_limit: float | None,
    workers: int,
    **limits: Any,
) -> Chosen | None:
    """Choose: in whole numbers while that is narrow; in floats where it is wide, or where whole ones are too large.

    The arguments are those of `choose_exactly`.
    """
    if len(alternatives.group) <= MOST_EXACTLY:
        try:
            return choose_exactly(problem, alternatives, least=least, work_limit=work_limit, workers=workers, **limits)
        except OverflowError:
            pass
    nodes = None if work_limit is None else NODES
    return choose(problem, alternatives, node_limit=nodes, threads=1, **limits)
