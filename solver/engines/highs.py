"""HiGHS: linear programs that stay alive and change in place. All problems minimise.

One HiGHS object belongs to one thread at a time; several threads may each have their own. Results of simplex runs
repeat from run to run; runs cut off by a time limit do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import numpy.typing as npt

from liftplan.models.problems import InternalError
from liftplan.solver.progress import Cancel

Floats = npt.NDArray[np.float64]

EngineStatus = Literal["optimal", "infeasible", "unbounded", "target", "time", "cancelled", "iterations", "unknown"]
"""infeasible and unbounded are the engine's claims in floating point, not proofs."""

Method = Literal["choose", "simplex", "ipm"]

_STATUS: dict[Any, EngineStatus] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kObjectiveTarget: "target",
    highspy.HighsModelStatus.kTimeLimit: "time",
    highspy.HighsModelStatus.kInterrupt: "cancelled",
    highspy.HighsModelStatus.kIterationLimit: "iterations",
    highspy.HighsModelStatus.kSolutionLimit: "iterations",
}


@dataclass(frozen=True)
class Matrix:
    """Sparse vectors one after another: vector i is `index[start[i]:start[i+1]]` with `value` beside it.

    start: (vectors + 1,); index: column numbers of added rows, or row numbers of added columns; value: coefficients.
    """

    start: npt.ArrayLike
    index: npt.ArrayLike
    value: npt.ArrayLike

    @classmethod
    def empty(cls, vectors: int) -> Matrix:
        """Vectors without entries."""
        return cls(np.zeros(vectors + 1, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0))


@dataclass(frozen=True)
class LpResult:
    """Outcome of one LP. Arrays are what the engine holds last; they solve the LP only if `status` is optimal.

    Row duals: change of the minimum per unit of the row's active bound (>= 0 for a binding "at least" row).
    """

    status: EngineStatus
    objective: float
    x: Floats
    row_duals: Floats
    reduced_costs: Floats
    iterations: int


class Lp:
    """A linear program, minimised, that stays alive: later solves start from the last basis."""

    def __init__(self, *, method: Method = "choose", presolve: bool = True, seed: int = 0) -> None:
        self._highs = silent_highs()
        set_option(self._highs, "solver", method)
        set_option(self._highs, "presolve", "choose" if presolve else "off")
        set_option(self._highs, "random_seed", seed)
        self._asked: list[Cancel | None] = [None]
        self._listening = False
        self._begun = False

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self._highs.getNumCol())

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self._highs.getNumRow())

    def add_cols(
        self, costs: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, matrix: Matrix | None = None
    ) -> None:
        """Append columns (costs, lower, upper: (columns,)) with their entries in the rows that exist."""
        costs = floats(costs)
        start, index, value = entries(matrix or Matrix.empty(len(costs)))
        bounds = floats(lower, len(costs)), floats(upper, len(costs))
        require(self._highs.addCols(len(costs), costs, *bounds, len(index), start, index, value), "addCols")

    def add_rows(self, lower: npt.ArrayLike, upper: npt.ArrayLike, matrix: Matrix | None = None) -> None:
        """Append rows lower <= row <= upper ((rows,), infinite where open) with their entries in existing columns."""
        lower = floats(lower)
        start, index, value = entries(matrix or Matrix.empty(len(lower)))
        upper = floats(upper, len(lower))
        require(self._highs.addRows(len(lower), lower, upper, len(index), start, index, value), "addRows")

    def set_col_bounds(self, columns: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> None:
        """Change bounds of the given columns."""
        columns = _indices(columns)
        bounds = floats(lower, len(columns)), floats(upper, len(columns))
        require(self._highs.changeColsBounds(len(columns), columns, *bounds), "changeColsBounds")

    def set_row_bounds(self, rows: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> None:
        """Change bounds of the given rows."""
        rows = _indices(rows)
        bounds = floats(lower, len(rows)), floats(upper, len(rows))
        require(self._highs.changeRowsBounds(len(rows), rows, *bounds), "changeRowsBounds")

    def set_costs(self, columns: npt.ArrayLike, costs: npt.ArrayLike) -> None:
        """Change costs of the given columns."""
        columns = _indices(columns)
        require(self._highs.changeColsCost(len(columns), columns, floats(costs, len(columns))), "changeColsCost")

    def delete_cols(self, columns: npt.ArrayLike) -> None:
        """Remove columns (ascending); the ones behind them move up."""
        columns = _indices(columns)
        require(self._highs.deleteCols(len(columns), columns), "deleteCols")

    def delete_rows(self, rows: npt.ArrayLike) -> None:
        """Remove rows (ascending); the ones behind them move up."""
        rows = _indices(rows)
        require(self._highs.deleteRows(len(rows), rows), "deleteRows")

    def strategy(self, simplex: Literal["choose", "dual", "primal"]) -> None:
        """Simplex variant of the next solves: primal after new columns, dual after new rows or bounds."""
        set_option(self._highs, "simplex_strategy", {"choose": 0, "dual": 1, "primal": 4}[simplex])

    def basis(self) -> Any:
        """The last basis, for `set_basis` on this problem or an equal one."""
        return self._highs.getBasis()

    def set_basis(self, basis: Any) -> None:
        """Start the next solve from `basis`."""
        require(self._highs.setBasis(basis), "setBasis")

    def begin_with(self, columns: npt.ArrayLike, rows: npt.ArrayLike) -> None:
        """Start the next solve from these basic columns and rows, flags of all; the others are at their lower bounds.

        With primal steps: dual ones take half as long again from what only nearly keeps the rows. Where the engine does
        not get on from there, it starts from nothing.
        """
        status = highspy.HighsBasisStatus
        basis = highspy.HighsBasis()
        basis.col_status = [status.kBasic if basic else status.kLower for basic in np.asarray(columns).tolist()]
        basis.row_status = [status.kBasic if basic else status.kLower for basic in np.asarray(rows).tolist()]
        basis.valid = True
        self.set_basis(basis)
        self.strategy("primal")
        self._begun = True

    def solve(
        self, time_limit: float | None = None, *, cancel: Cancel | None = None, iterations: int | None = None
    ) -> LpResult:
        """Minimise, from the last basis. time_limit: seconds of this call; iterations: limit of simplex steps."""
        highs = self._highs
        set_option(highs, "simplex_iteration_limit", 2**31 - 1 if iterations is None else iterations)
        self._asked[0] = cancel
        if cancel is not None and not self._listening:
            _listen_alone(highs, self._asked)
            self._listening = True
        status = run(highs, time_limit)
        if status == "unknown" and self._begun:  # from nothing it may get there
            require(highs.clearSolver(), "clearSolver")
            self.strategy("choose")
            status = run(highs, time_limit)
        self._begun = False
        solution = highs.getSolution()
        info = highs.getInfo()
        return LpResult(
            status,
            float(info.objective_function_value),
            np.array(solution.col_value, dtype=np.float64),
            np.array(solution.row_dual, dtype=np.float64),
            np.array(solution.col_dual, dtype=np.float64),
            int(info.simplex_iteration_count),
        )


def silent_highs() -> highspy.Highs:
    """A new HiGHS object that prints nothing."""
    highs = highspy.Highs()
    highs.silent()
    return highs


def set_option(highs: highspy.Highs, name: str, value: bool | float | str) -> None:
    """Set a HiGHS option; an unknown name or value is an InternalError."""
    require(highs.setOptionValue(name, value), name)


def listen(highs: highspy.Highs, stop: Any) -> None:
    """Let runs of `highs` end soon after `stop()` turns true."""

    def interrupt(event: Any) -> None:
        if stop():
            event.interrupt()

    for callback in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt, highs.cbMipInterrupt):
        callback.subscribe(interrupt)


def _listen_alone(highs: highspy.Highs, asked: list[Cancel | None]) -> None:
    """The same for linear programs, where nobody else listens: at every step, for which highspy's events are dear.

    asked: whose first entry ends runs; nothing that holds `highs` itself, which would never be let go.
    """

    def look(_: Any, __: str, ___: Any, answer: Any, ____: Any) -> None:
        answer.user_interrupt = bool(asked[0])

    require(highspy._core._Highs.setCallback(highs, look, None), "setCallback")
    kinds = highspy.cb.HighsCallbackType
    for kind in (kinds.kCallbackSimplexInterrupt, kinds.kCallbackIpmInterrupt):
        require(highs.startCallback(kind), "startCallback")


def run(highs: highspy.Highs, time_limit: float | None) -> EngineStatus:
    """Run for at most time_limit seconds. HiGHS counts its limit over all runs of one object."""
    limit = float("inf") if time_limit is None else highs.getRunTime() + max(0.0, time_limit)
    set_option(highs, "time_limit", limit)
    require(highs.run(), "run")
    model_status = highs.getModelStatus()
    if model_status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        # presolve stops before telling the two apart
        presolve = highs.getOptionValue("presolve")[1]
        set_option(highs, "presolve", "off")
        require(highs.run(), "run")
        set_option(highs, "presolve", presolve)
        model_status = highs.getModelStatus()
    return _STATUS.get(model_status, "unknown")


def require(status: highspy.HighsStatus, call: str) -> None:
    """Raise InternalError if HiGHS refused a call (arrays of wrong length, indices out of range)."""
    if status == highspy.HighsStatus.kError:
        raise InternalError(f"HiGHS refused {call}")


def floats(values: npt.ArrayLike, size: int | None = None) -> Floats:
    """A contiguous float64 array; one number is repeated `size` times."""
    array = np.asarray(values, dtype=np.float64)
    if size is not None and array.shape != (size,):
        array = np.broadcast_to(array, (size,))
    return np.ascontiguousarray(array)


def _indices(values: npt.ArrayLike) -> npt.NDArray[np.int32]:
    return np.ascontiguousarray(values, dtype=np.int32)


def entries(matrix: Matrix) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]:
    """Start (HiGHS takes them without the last), indices and values."""
    return _indices(np.asarray(matrix.start)[:-1]), _indices(matrix.index), floats(matrix.value)
