"""Good choices from an integer program over the options that cost least at the root's prices."""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Floats, Matrix
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.flat.best import Best
from liftplan.solver.flat.narrow import Narrowed, narrowed
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.progress import Cancel


def look_for_plans(
    problem: FlatProblem,
    left: Bools,
    best: Best,
    bound: int,
    *,
    node_limit: int,
    seconds: float | None,
    seed: int,
    cancel: Cancel | None,
) -> None:
    """Offer the best choice from the options `left` ((options,), one or more in each group) that HiGHS finds."""
    small = narrowed(problem, left)
    model = _model(small.problem)
    start = None
    if best.choice is not None:
        start = _as_start(small, best.choice, small.problem.options + len(small.problem.payers.index))
    result = solve_mip(
        model,
        target=-float(bound),
        time_limit=seconds,
        node_limit=node_limit,
        seed=seed,
        start=start,
        cancel=cancel,
    )
    if result.x is not None:
        best.offer(small.choice(_taken(small.problem, result.x[: small.problem.options])))


def nearest(problem: FlatProblem, loss: Ints, left: Bools, most: int) -> Bools:
    """About `most` options of least loss, all the options without loss and one of each group among them."""
    start = problem.start[:-1]
    shown = np.where(left, loss, np.iinfo(np.int64).max)
    least = np.minimum.reduceat(shown, start)[problem.group]
    extra = np.where(left, loss - least, np.iinfo(np.int64).max)
    limit = np.partition(extra, min(len(extra) - 1, most))[min(len(extra) - 1, most)]
    return left & (extra <= limit) | left & (extra == 0)


def _model(problem: FlatProblem) -> MipModel:
    """One 0/1 column per option, one column of money per source and class it may pay, where there are several."""
    costs, payers = problem.costs, problem.payers
    arcs, options = len(payers.index), problem.options
    unit = float(costs.value.max(initial=1))
    classes, groups = len(problem.classes), problem.groups
    row = np.concatenate(
        [
            problem.group,
            groups + costs.index,
            groups + payers.owner_of_entry(),
            groups + classes + payers.index,
        ]
    )
    column = np.concatenate(
        [
            np.arange(options),
            costs.owner_of_entry(),
            options + np.arange(arcs),
            options + np.arange(arcs),
        ]
    )
    value = np.concatenate([np.ones(options), -costs.value / unit, np.ones(2 * arcs)])
    order = np.argsort(row, kind="stable")
    rows = groups + classes + len(problem.sources)
    start = np.searchsorted(row[order], np.arange(rows + 1))
    lower = np.concatenate([np.ones(groups), np.zeros(classes), problem.minimum / unit])
    upper = np.concatenate([np.ones(groups), np.zeros(classes), problem.amount / unit])
    return MipModel(
        np.concatenate([-problem.values.astype(np.float64), np.zeros(arcs)]),
        0.0,
        np.concatenate([np.ones(options), np.full(arcs, np.inf)]),
        np.arange(options + arcs) < options,
        lower,
        upper,
        Matrix(start, column[order], value[order]),
    )


def _as_start(small: Narrowed, choice: Ints, columns: int) -> Floats | None:
    """A choice of the whole problem as a solution of the model, flows left to the engine; None if it is not left."""
    if (small.decided[small.decided >= 0] != choice[small.decided >= 0]).any():
        return None
    values = np.full(columns, np.nan)
    values[: small.problem.options] = np.isin(small.option, choice) | (small.option < 0)
    return values if values[: small.problem.options].sum() == small.problem.groups else None


def _taken(problem: FlatProblem, x: Floats) -> Ints:
    """(groups,) the option of the largest value in each group."""
    start = problem.start[:-1]
    top = np.maximum.reduceat(x, start)[problem.group]
    return np.maximum.reduceat(np.where(x == top, np.arange(len(x)), -1), start)
