"""Which rows keep the money of fixed decisions from flowing."""

from __future__ import annotations

import numpy as np

from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.relaxation import relax
from liftplan.solver.ledger.task import broken_rows, flow_task, free_part
from liftplan.solver.problem import HARD, Bools, Decisions, Problem
from liftplan.solver.progress import Cancel

NEARLY = 0.25
"""Where rows are broken that no payers can help, such rows count too that are kept by less than this part of what they
ask: they are next."""

COUNTS = 1e-7
"""Part of the largest price from which a row's price counts."""


def clashing_rows(
    problem: Problem, decisions: Decisions, time_limit: float | None = None, cancel: Cancel | None = None
) -> Bools:
    """(rows,) hard rows that no flows of the decisions keep together, and some `NEARLY` broken; none where flows exist.

    Rows that no payers can help are told without others that clash, but with those nearly broken; otherwise the rows
    that clash as the engine sees it. All hard rows where the demand cannot be paid at all; none where the engine does
    not finish.
    """
    hard: Bools = problem.rows.price == HARD
    found = np.zeros(len(hard), dtype=np.bool_)
    try:
        task = flow_task(problem, decisions)
        free = free_part(task)
        if free is None:
            broken = broken_rows(task, NEARLY)
            return hard if broken is None else broken
        relaxed = relax(free, time_limit, cancel)
    except (LimitReached, OverflowError):
        return found
    if not relaxed.feasible:
        found[free.rows[relaxed.prices > COUNTS * relaxed.prices.max(initial=0.0)]] = True
    clashing: Bools = found & hard
    return clashing
