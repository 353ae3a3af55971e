"""What decisions with whole-yuan flows are worth, exactly, and which rows they break."""

from __future__ import annotations

import numpy as np

from liftplan.solver.columns import objective_of
from liftplan.solver.ledger.demand import cell_demand, lifted
from liftplan.solver.ledger.task import flow_task
from liftplan.solver.problem import HARD, Bools, Decisions, Ints, Problem

__all__ = ["cell_demand", "lifted", "objective_units", "shortfalls", "unpaid_cells", "violated_rows"]


def objective_units(problem: Problem, decisions: Decisions, flows: Ints) -> int:
    """Objective of a plan in units of 10^-14 persons: worths minus penalties of households and rows, minus arc costs.

    Hard rules that the plan breaks are not counted. flows: (arcs,) whole yuan. Raises OverflowError if sums of money
    leave 64 bits.
    """
    worth, _ = objective_of(problem, decisions)
    spent: int = sum(flows.tolist())
    return worth - flow_task(problem, decisions).penalty(flows) - problem.arc_cost * spent


def shortfalls(problem: Problem, decisions: Decisions, flows: Ints) -> Ints:
    """(rows,) how much each row is short, row units, >= 0."""
    return flow_task(problem, decisions).short(flows)


def violated_rows(problem: Problem, decisions: Decisions, flows: Ints) -> Ints:
    """Hard rows that are short, ascending."""
    broken: Bools = (shortfalls(problem, decisions, flows) > 0) & (problem.rows.price == HARD)
    return np.flatnonzero(broken)


def unpaid_cells(problem: Problem, decisions: Decisions, flows: Ints) -> Ints:
    """Cells into which not exactly the yuan flow that the decisions cost there, ascending."""
    task = flow_task(problem, decisions)
    return np.flatnonzero(task.into_cells(flows) != task.demand)
