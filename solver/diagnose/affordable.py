"""Whether the funds have money enough for decisions, before it is worked out who pays what.

Cells that the same funds may pay count as one, so this is a small program; rules about villages, purposes and shares
are not looked at. A no is a no, a yes says little.
"""

from __future__ import annotations

import numpy as np

from liftplan.solver.diagnose.matrix import Book
from liftplan.solver.diagnose.spare import UNIT, limit_rows
from liftplan.solver.engines.highs import Lp
from liftplan.solver.ledger.demand import cell_demand
from liftplan.solver.problem import Decisions, Problem

SURE = 1.0
"""Yuan that must be missing at least for a no."""


def affordable(problem: Problem, decisions: Decisions) -> bool:
    """False: funds that have a limit cannot pay for all of this together."""
    arcs, rows, funds = problem.flows, problem.rows, len(problem.names.funds)
    payers = np.zeros((len(arcs.cell_village), funds), dtype=np.bool_)
    payers[arcs.arc_cell, arcs.arc_fund] = True
    sets, number = np.unique(payers, axis=0, return_inverse=True)
    asked = np.bincount(number.ravel(), weights=cell_demand(problem, decisions), minlength=len(sets)) / UNIT
    limits = limit_rows(problem)
    limited = np.flatnonzero(limits >= 0)
    limited = limited[rows.price[limits[limited]] != 0]
    most = np.full(funds, np.inf)
    most[limited] = -rows.rhs[limits[limited]] / UNIT
    one, fund = np.nonzero(sets)
    book = Book()
    book.add(one, np.arange(len(one)), np.ones(len(one)))
    book.add(np.arange(len(sets)), len(one) + np.arange(len(sets)), np.ones(len(sets)))
    book.add(len(sets) + fund, np.arange(len(one)), np.ones(len(one)))
    lp = Lp(method="simplex", presolve=False)
    lp.add_cols(np.concatenate([np.zeros(len(one)), np.ones(len(sets))]), 0.0, np.inf)
    lower = np.concatenate([asked, np.full(funds, -np.inf)])
    lp.add_rows(lower, np.concatenate([asked, most]), book.finish(len(sets) + funds))
    result = lp.solve(5.0)
    return result.status != "optimal" or result.objective * UNIT <= SURE
