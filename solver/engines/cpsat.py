"""CP-SAT: integer programs solved exactly in integers."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import Literal

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from liftplan.solver.progress import Cancel

Ints = npt.NDArray[np.int64]

IntegerStatus = Literal["optimal", "feasible", "infeasible", "unknown"]
"""optimal and infeasible are proved in exact integers."""

LARGEST = 2**61
"""No sum of coefficient times bound may exceed this in a row or in the objective."""

UNKNOWN = -(2**62)
"""In a hint: no value known."""

_STATUS: dict[cp_model.CpSolverStatus, IntegerStatus] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
    cp_model.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class IntegerModel:
    """minimise costs @ x, lower <= x <= upper, row_lower <= A x <= row_upper, x whole; A by rows, all int64.

    lower, upper, costs: (columns,); start (rows + 1,), index, value: A; row_lower, row_upper: (rows,).
    """

    lower: Ints
    upper: Ints
    costs: Ints
    start: Ints
    index: Ints
    value: Ints
    row_lower: Ints
    row_upper: Ints

    def largest_row(self) -> float:
        """Largest sum of |coefficient| times |bound| in a row."""
        terms = np.abs(self.value).astype(np.float64) * self._size[self.index]
        owner = np.repeat(np.arange(len(self.row_lower)), np.diff(self.start))
        return float(np.bincount(owner, weights=terms, minlength=len(self.row_lower)).max(initial=0.0))

    def largest_objective(self) -> float:
        """Sum of |cost| times |bound|."""
        return float((np.abs(self.costs).astype(np.float64) * self._size).sum())

    def largest(self) -> float:
        """The larger of the two."""
        return max(self.largest_row(), self.largest_objective())

    @property
    def _size(self) -> npt.NDArray[np.float64]:
        return np.maximum(np.abs(self.lower), np.abs(self.upper)).astype(np.float64)


@dataclass(frozen=True)
class IntegerResult:
    """Outcome: x int64 (columns,) unless none was found; objective of x; proved lower bound."""

    status: IntegerStatus
    x: Ints | None
    objective: int | None
    bound: float


def solve_integer(
    model: IntegerModel,
    *,
    time_limit: float | None = None,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    hint: Ints | None = None,
    relax: bool = False,
    quick: bool = False,
    gap: float = 0.0,
    enough: float = -np.inf,
    good: float = -np.inf,
    patience: float | None = None,
    cancel: Cancel | None = None,
) -> IntegerResult:
    """Minimise exactly. work_limit: deterministic seconds; with one worker and no time limit runs repeat exactly.

    relax: keep a linear relaxation of all rows, which proves more where whole numbers are as large as yuan. quick: look
    at the program only once before the search, where that takes longer than finding a solution. gap: by how much the
    best may be missed. enough: an objective that is good enough to stop; good: one that is after `patience`
    seconds, which may be none. hint: (columns,) a solution to begin with, `UNKNOWN` where it is not known.
    Raises OverflowError if a row or the objective is above LARGEST.
    """
    if model.largest() > LARGEST:
        raise OverflowError("amounts too large for exact 64-bit sums")
    built, variables = _build(model)
    if hint is not None:
        for place in np.flatnonzero(hint != UNKNOWN).tolist():
            built.add_hint(variables[place], int(hint[place]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False  # it would take away the Ctrl-C handler of whoever called
    if quick:
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.cp_model_probing_level = 0
    if relax:
        solver.parameters.linearization_level = 2
    if time_limit is not None:
        solver.parameters.max_time_in_seconds = max(0.0, time_limit)
    if work_limit is not None:
        solver.parameters.max_deterministic_time = work_limit
    if gap > 0:
        solver.parameters.absolute_gap_limit = gap
    best = _Best(good if patience == 0 else enough)
    status = _STATUS[_solve(solver, built, best, good, patience, cancel)]
    if status in ("infeasible", "unknown"):
        return IntegerResult(status, None, None, float("-inf"))
    x = np.array([solver.value(variable) for variable in variables], dtype=np.int64)
    return IntegerResult(status, x, int(model.costs @ x), float(solver.best_objective_bound))


def _build(model: IntegerModel) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    built = cp_model.CpModel()
    variables = [
        built.new_int_var(low, high, "") for low, high in zip(model.lower.tolist(), model.upper.tolist(), strict=True)
    ]
    start, index, value = model.start.tolist(), model.index.tolist(), model.value.tolist()
    for row, (low, high) in enumerate(zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)):
        span = slice(start[row], start[row + 1])
        terms = [variables[column] for column in index[span]]
        built.add_linear_constraint(cp_model.LinearExpr.weighted_sum(terms, value[span]), low, high)
    if np.any(model.costs):
        built.minimize(cp_model.LinearExpr.weighted_sum(variables, model.costs.tolist()))
    return built, variables


class _Best(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
    """The objective of the best solution so far; ends the run once it is good enough."""

    def __init__(self, enough: float) -> None:
        super().__init__()
        self._enough = enough
        self.objective = np.inf

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with every better solution."""
        self.objective = self.objective_value
        if self.objective <= self._enough:
            self.stop_search()


def _solve(
    solver: cp_model.CpSolver,
    built: cp_model.CpModel,
    best: _Best,
    good: float,
    patience: float | None,
    cancel: Cancel | None,
) -> cp_model.CpSolverStatus:
    if cancel is None and patience is None:
        return solver.solve(built, best)
    done, begun = Event(), monotonic()

    def watch() -> None:
        while not done.wait(0.1):
            if cancel or (patience is not None and best.objective <= good and monotonic() - begun > patience):
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(built, best)
    finally:
        done.set()
        watcher.join()
