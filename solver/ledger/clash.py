"""Which rows keep the money of fixed decisions from flowing."""

from __future__ import annotations

import numpy as np

from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.relaxation import relax
from liftplan.solver.ledger.task import flow_task, free_part
from liftplan.solver.problem import HARD, Bools, Decisions, Problem
from liftplan.solver.progress import Cancel

COUNTS = 1e-7
"""Part of the largest price from which a row's price counts."""


def clashing_rows(
    problem: Problem, decisions: Decisions, time_limit: float | None = None, cancel: Cancel | None = None
) -> Bools:
    """(rows,) hard rows that no flows of the decisions keep together, as the engine sees it; none where flows exist.

    All hard rows where they clash whatever flows; none where the engine does not finish.
    """
    hard: Bools = problem.rows.price == HARD
    found = np.zeros(len(hard), dtype=np.bool_)
    try:
        free = free_part(flow_task(problem, decisions))
        if free is None:
            return hard
        relaxed = relax(free, time_limit, cancel)
    except (LimitReached, OverflowError):
        return found
    if not relaxed.feasible:
        found[free.rows[relaxed.prices > COUNTS * relaxed.prices.max(initial=0.0)]] = True
    clashing: Bools = found & hard
    return clashing
