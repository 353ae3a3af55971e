"""Good choices from integer programs over the options that lose least at the root's prices.

Two engines take turns: CP-SAT finds good plans in small neighbourhoods within a second, HiGHS in larger ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from liftplan.solver.engines.cpsat import LARGEST, IntegerModel, solve_integer
from liftplan.solver.engines.highs import Matrix
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.flat.best import Best
from liftplan.solver.flat.dive import rounded
from liftplan.solver.flat.narrow import narrowed
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.progress import Cancel


@dataclass(frozen=True)
class Effort:
    """How long one integer program may look."""

    nodes: int
    """Of HiGHS."""
    work: float
    """Deterministic seconds of CP-SAT."""
    workers: int
    """Of CP-SAT."""
    seed: int
    left: Callable[[], float | None]
    """Seconds that are left for it; None: no limit."""


def nearest(problem: FlatProblem, loss: Ints, left: Bools, most: int) -> Bools:
    """The best option of each group, and of the others that are left about `most` that lose least.

    loss: (options,) as `prices.Bound` has it, what an option loses against the best of its group.
    """
    start = problem.start[:-1]
    shown = np.where(left, loss, np.iinfo(np.int64).max)
    extra = shown - np.minimum.reduceat(shown, start)[problem.group]
    place = min(len(extra) - 1, problem.groups + most)
    near: Bools = left & (extra <= np.partition(extra, place)[place])
    return near


def by_cpsat(
    problem: FlatProblem, some: Bools, best: Best, effort: Effort, cancel: Cancel, *, any_plan: bool = False
) -> None:
    """Offer what CP-SAT finds among some options ((options,), at least one of each group).

    any_plan: the first plan will do, whatever it is worth.
    """
    small = narrowed(problem, some)
    model = _model(small.problem)
    if any_plan:
        model = replace(model, costs=np.zeros_like(model.costs))
    if model.largest() > LARGEST:
        return
    result = solve_integer(
        model,
        time_limit=effort.left(),
        work_limit=effort.work,
        workers=effort.workers,
        seed=effort.seed,
        relax=True,
        cancel=cancel,
    )
    if result.x is not None:
        best.offer(small.choice(np.flatnonzero(result.x[: small.problem.options])))


def by_highs(problem: FlatProblem, some: Bools, best: Best, bound: int, effort: Effort, cancel: Cancel) -> None:
    """Offer what HiGHS finds among some options ((options,), at least one of each group)."""
    small = narrowed(problem, some)
    model, options = _model(small.problem), small.problem.options
    unit = float(small.problem.costs.value.max(initial=1))
    money = np.arange(len(model.costs)) >= options
    entry_rows = np.repeat(np.arange(len(model.row_lower)), np.diff(model.start))
    # columns and rows of money count in the largest cost: a unit of cost would drown in tolerances
    scale = np.where(money[model.index] | (entry_rows < small.problem.groups), 1.0, unit)
    row_scale = np.where(np.arange(len(model.row_lower)) < small.problem.groups, 1.0, unit)
    result = solve_mip(
        MipModel(
            model.costs,
            0.0,
            np.where(money, np.inf, 1.0),
            ~money,
            model.row_lower / row_scale,
            model.row_upper / row_scale,
            Matrix(model.start, model.index, model.value / scale),
        ),
        target=-float(bound),
        time_limit=effort.left(),
        node_limit=effort.nodes,
        seed=effort.seed,
        cancel=cancel,
    )
    if result.x is not None:
        best.offer(small.choice(rounded(small.problem.start, result.x[:options])))


def _model(problem: FlatProblem) -> IntegerModel:
    """Columns: 0/1 per option, then the flow of each source into each class that it may pay."""
    costs, payers = problem.costs, problem.payers
    arcs, options, groups, classes = len(payers.index), problem.options, problem.groups, len(problem.classes)
    flows, into = options + np.arange(arcs), payers.owner_of_entry()
    row = np.concatenate([problem.group, groups + costs.index, groups + into, groups + classes + payers.index])
    column = np.concatenate([np.arange(options), costs.owner_of_entry(), flows, flows])
    value = np.concatenate([np.ones(options, dtype=np.int64), -costs.value, np.ones(2 * arcs, dtype=np.int64)])
    order = np.argsort(row, kind="stable")
    ones, zeros = np.ones(groups, dtype=np.int64), np.zeros(classes, dtype=np.int64)
    return IntegerModel(
        np.zeros(options + arcs, dtype=np.int64),
        np.concatenate([np.ones(options, dtype=np.int64), problem.amount[payers.index]]),
        np.concatenate([-problem.values, np.zeros(arcs, dtype=np.int64)]),
        np.searchsorted(row[order], np.arange(groups + classes + len(problem.sources) + 1)),
        column[order],
        value[order],
        np.concatenate([ones, zeros, problem.minimum]),
        np.concatenate([ones, zeros, problem.amount]),
    )
