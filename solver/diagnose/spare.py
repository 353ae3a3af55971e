"""Money that funds need not spend on what is done already: who could pay for more."""

from __future__ import annotations

import numpy as np

from liftplan.solver.diagnose.matrix import Book
from liftplan.solver.engines.highs import Floats, Lp
from liftplan.solver.problem import Decisions, Ints, Problem
from liftplan.solver.value import cell_demand, shortfalls

UNIT = 10_000
"""Yuan per unit of flow in the linear program."""

SURE = 1e-3
"""Yuan by which a figure of the linear program may be above a whole number and count as it."""


def limit_rows(problem: Problem) -> Ints:
    """(funds,) the row that limits what each may pay (R1); -1: there is none."""
    number = {name: row for row, name in enumerate(problem.names.rows)}
    return np.array([number.get(("R1", fund), -1) for fund in problem.names.funds], dtype=np.int64)


def spare(
    problem: Problem, decisions: Decisions, flows: Ints, wanted: Floats, *, most: int, unlimited: int = -1
) -> Ints:
    """(funds,) yuan that funds can leave over all at once, up to `most` each, no row being shorter than it is.

    wanted: (funds,) how much rather a fund should have something left; unlimited: a fund that may pay anything, which
    has nothing to tell.
    """
    rows, arcs = problem.rows, problem.flows
    size, count = len(arcs.arc_fund), len(problem.names.funds)
    amounts = limit_rows(problem)
    counts = rows.price != 0
    for lists in (problem.projects.rows, problem.measures.rows, problem.households.rows):
        counts[lists.index] = False
    if unlimited >= 0 and amounts[unlimited] >= 0:
        counts[amounts[unlimited]] = False
    kept = np.flatnonzero(counts)
    place = np.full(len(rows.rhs), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    book = Book()
    owner = place[rows.arcs.owner_of_entry()]
    here = owner >= 0
    book.add(owner[here], rows.arcs.index[here], rows.arcs.value[here])
    limited = np.flatnonzero((amounts >= 0) & (place[amounts] >= 0))
    book.add(place[amounts[limited]], size + limited, -np.ones(len(limited)))
    book.add(len(kept) + arcs.arc_cell, np.arange(size), np.ones(size))
    demand = cell_demand(problem, decisions)
    short = shortfalls(problem, decisions, flows)
    high = np.zeros(count)
    high[limited] = most / UNIT
    lp = Lp(method="simplex")
    costs = np.concatenate([np.zeros(size), -wanted])
    lp.add_cols(costs, 0.0, np.concatenate([np.full(size, np.inf), high]))
    lower = np.concatenate([rows.rhs[kept] - short[kept], demand]) / UNIT
    upper = np.concatenate([np.full(len(kept), np.inf), demand / UNIT])
    lp.add_rows(lower, upper, book.finish(len(kept) + len(demand)))
    result = lp.solve(5.0)
    if result.status != "optimal":
        return np.zeros(count, dtype=np.int64)
    left: Ints = np.floor(result.x[size:] * UNIT + SURE).astype(np.int64)
    return np.maximum(left, 0)


def left_over(problem: Problem, flows: Ints) -> dict[str, int | None]:
    """Fund -> yuan that it does not spend."""
    rows, found = problem.rows, dict[str, int | None]()
    for row, (rule, fund) in enumerate(problem.names.rows):
        if rule == "R1":
            left = -int(rows.rhs[row]) - int(flows[rows.arcs.of(row)[0]].sum())
            if left > 0:
                found[fund] = left
    return found
