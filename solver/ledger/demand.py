"""What fixed decisions ask of the flows: yuan per cell, and what is left of each row for the flows to provide."""

from __future__ import annotations

import numpy as np

from liftplan.solver.problem import Bools, Csr, Decisions, Ints, Problem


def lifted(problem: Problem, decisions: Decisions) -> Bools:
    """Households whose taken measures reach the income gap and meet every need, bool (households,)."""
    households, measures = problem.households, problem.measures
    owner = measures.household[decisions.taken]
    gain = np.zeros(len(households.persons), dtype=np.int64)
    np.add.at(gain, owner, measures.gain[decisions.taken])
    met = np.zeros(len(households.persons), dtype=np.int64)
    np.bitwise_or.at(met, owner, measures.meets[decisions.taken])
    result: Bools = (gain >= households.income_gap) & ((households.needs & ~met) == 0)
    return result


def cell_demand(problem: Problem, decisions: Decisions) -> Ints:
    """Yuan that the decisions cost in each cell, int64 (cells,)."""
    demand = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    _add(demand, problem.projects.lines, decisions.built)
    _add(demand, problem.measures.lines, decisions.taken)
    paid = np.flatnonzero(decisions.topup)
    cells = problem.households.topup_cell[paid]
    if np.any(cells < 0):
        raise ValueError("a top-up is paid where no fund may pay it")
    np.add.at(demand, cells, decisions.topup[paid])
    return demand


def row_rest(problem: Problem, decisions: Decisions) -> Ints:
    """What the flows must still provide in each row, int64 (rows,): rhs less lifted, built and taken. May be < 0."""
    rest = -problem.rows.rhs
    _add(rest, problem.projects.rows, decisions.built)
    _add(rest, problem.measures.rows, decisions.taken)
    _add(rest, problem.households.rows, lifted(problem, decisions))
    return -rest


def _add(totals: Ints, entries: Csr, chosen: Bools) -> None:
    """Add the entries of the chosen owners to `totals` in place."""
    keep = chosen[entries.owner_of_entry()]
    np.add.at(totals, entries.index[keep], entries.value[keep])
