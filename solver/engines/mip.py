"""HiGHS: mixed integer programs, minimised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from liftplan.solver.engines.aside import run_aside
from liftplan.solver.engines.highs import (
    EngineStatus,
    Floats,
    Matrix,
    entries,
    floats,
    require,
    run,
    set_option,
    silent_highs,
)
from liftplan.solver.progress import Cancel


@dataclass(frozen=True)
class MipModel:
    """minimise costs @ x, lower <= x <= upper, row_lower <= A x <= row_upper, x integer where `integer`.

    costs, lower, upper: (columns,); integer: bool (columns,); matrix: A by rows, or by columns; bounds infinite where
    open.
    """

    costs: npt.ArrayLike
    lower: npt.ArrayLike
    upper: npt.ArrayLike
    integer: npt.ArrayLike
    row_lower: npt.ArrayLike
    row_upper: npt.ArrayLike
    matrix: Matrix
    columnwise: bool = False


@dataclass(frozen=True)
class MipResult:
    """Outcome. `x`: the best solution found, within the engine's tolerances, or None. `bound`: the engine's claim."""

    status: EngineStatus
    x: Floats | None
    objective: float | None
    bound: float
    nodes: int


def solve_mip(
    model: MipModel,
    *,
    mip_rel_gap: float = 0.0,
    mip_abs_gap: float = 0.0,
    target: float = -np.inf,
    cutoff: float = np.inf,
    good: float = -np.inf,
    patience: float | None = None,
    time_limit: float | None = None,
    node_limit: int | None = None,
    threads: int = 0,
    seed: int = 0,
    start: npt.ArrayLike | None = None,
    neighbourhoods: bool = True,
    cancel: Cancel | None = None,
) -> MipResult:
    """Minimise a mixed integer program.

    mip_rel_gap, mip_abs_gap: how much better than the solution the bound may be in the end; either is enough.
    target: an objective that is good enough to stop (status "target"). cutoff: solutions that are not below it are of
    no interest, and need not be found. good, patience: an objective that is good enough to stop once the run has taken
    this many seconds. start: (columns,) a solution to begin with (nan where unknown: HiGHS completes
    it). neighbourhoods: whether it may look for plans by smaller programs (RENS, RINS). threads: 0 leaves it to HiGHS;
    the result does not depend on it. Runs repeat exactly unless a time limit or `cancel` ends them; `node_limit`
    (status "iterations") is the repeatable limit. HiGHS does not hear `cancel` everywhere: where it does not, the call
    returns without a solution all the same, and HiGHS ends in a thread of its own, at `time_limit` if not before.
    """
    highs = silent_highs()
    costs = floats(model.costs)
    columns = len(costs)
    bounds = floats(model.lower, columns), floats(model.upper, columns)
    row_lower = floats(model.row_lower)
    rows = len(row_lower)
    sides = row_lower, floats(model.row_upper, rows)
    begin, index, value = entries(model.matrix)
    if model.columnwise:
        require(highs.addRows(rows, *sides, 0, *_nothing(rows)), "addRows")
        require(highs.addCols(columns, costs, *bounds, len(index), begin, index, value), "addCols")
    else:
        require(highs.addCols(columns, costs, *bounds, 0, *_nothing(columns)), "addCols")
        require(highs.addRows(rows, *sides, len(index), begin, index, value), "addRows")
    kinds = np.broadcast_to(np.asarray(model.integer, dtype=np.uint8), (columns,)).copy()
    require(highs.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds), "changeColsIntegrality")
    set_option(highs, "mip_rel_gap", mip_rel_gap)
    set_option(highs, "mip_abs_gap", max(mip_abs_gap, 0.0 if mip_rel_gap == 0 else 1e-6))
    set_option(highs, "random_seed", seed)
    if np.isfinite(target):
        set_option(highs, "objective_target", target)
    if np.isfinite(cutoff):
        set_option(highs, "objective_bound", cutoff)
    if not neighbourhoods:
        set_option(highs, "mip_heuristic_run_rens", False)
        set_option(highs, "mip_heuristic_run_rins", False)
    if node_limit is not None:
        set_option(highs, "mip_max_nodes", node_limit)
    if threads:
        set_option(highs, "threads", threads)
        # the pool of threads is fixed at the first run in this Python thread; another number is an error
        highspy.Highs.resetGlobalScheduler(True)
    if start is not None:
        _start(highs, floats(start, columns))
    if patience is not None and np.isfinite(good):
        _settle_for(highs, good, patience)
    status = run(highs, time_limit) if cancel is None else run_aside(highs, time_limit, cancel)
    if status is None:
        return MipResult("cancelled", None, None, -np.inf, 0)
    info = highs.getInfo()
    found = info.primal_solution_status == 2
    return MipResult(
        status,
        np.array(highs.getSolution().col_value, dtype=np.float64) if found else None,
        float(info.objective_function_value) if found else None,
        float(info.mip_dual_bound),
        int(info.mip_node_count),
    )


def _nothing(vectors: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]:
    """Start, index and value of vectors without entries."""
    return np.zeros(vectors, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0)


def _settle_for(highs: highspy.Highs, good: float, patience: float) -> None:
    """End a run that has taken `patience` seconds as soon as it has a solution as good as `good`."""

    def look(event: Any) -> None:
        seen = event.data_out
        if seen.running_time > patience and seen.mip_primal_bound <= good:
            event.interrupt()

    highs.cbMipInterrupt.subscribe(look)


def _start(highs: highspy.Highs, values: Floats) -> None:
    known = np.flatnonzero(~np.isnan(values)).astype(np.int32)
    require(highs.setSolution(len(known), known, values[known]), "setSolution")
