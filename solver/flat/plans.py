"""Good choices from integer programs over the options that lose least at the root's prices.

CP-SAT is at its best with some dozens of undecided options, which it decides within about a second. Of the best plans
each differs from the clearest choice in a few groups only, and which ones is hardly told by what their options lose: so
many small programs are drawn, rather than one made larger and larger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from liftplan.solver.engines.cpsat import LARGEST, IntegerModel, solve_integer
from liftplan.solver.flat.best import Best
from liftplan.solver.flat.narrow import narrowed
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.progress import Cancel

FEWEST, MOST, WORK = 30, 60, 1.0
"""Undecided options of a program that is drawn, and deterministic seconds for it. Larger ones take much longer."""

WHOLE = 0.5
"""Share of the undecided options from which branch and bound does better alone."""

REMEMBERED = 5
"""Plans whose options are combined."""

BLUR = 0.5
"""Standard deviation of the logarithm of what draws multiply losses by."""


@dataclass(frozen=True)
class Effort:
    """How long one integer program may look."""

    work: float
    """Deterministic seconds."""
    workers: int
    seed: int
    left: Callable[[], float | None]
    """Seconds that are left for it; None: no limit."""


def nearest(
    problem: FlatProblem,
    loss: Ints,
    left: Bools,
    most: int,
    draw: np.random.Generator | None = None,
    first: Ints | None = None,
) -> Bools:
    """The best option of each group, and of the others that are left about `most` that lose least.

    loss: (options,) as `prices.Bound` has it, what an option loses against the best of its group. draw: blurs what is
    lost, so that each call gives others. first: options that count as losing nothing.
    """
    shown = np.where(left, loss, np.iinfo(np.int64).max)
    least = np.minimum.reduceat(shown, problem.start[:-1])
    extra = (shown - least[problem.group]).astype(np.float64)
    if draw is not None:
        extra *= draw.lognormal(0.0, BLUR, len(extra))
    if first is not None:
        extra[first] = 0.0
    extra[~left] = np.inf
    place = min(len(extra) - 1, problem.groups + most)
    near: Bools = left & (extra <= np.partition(extra, place)[place])
    return near


def by_cpsat(
    problem: FlatProblem, some: Bools, best: Best, effort: Effort, cancel: Cancel, *, any_plan: bool = False
) -> Ints | None:
    """Offer and return what CP-SAT finds among some options ((options,), at least one of each group).

    any_plan: the first plan will do, whatever it is worth.
    """
    small = narrowed(problem, some)
    model = _model(small.problem)
    if any_plan:
        model = replace(model, costs=np.zeros_like(model.costs))
    if model.largest() > LARGEST:
        return None
    result = solve_integer(
        model,
        time_limit=effort.left(),
        work_limit=effort.work,
        workers=effort.workers,
        seed=effort.seed,
        relax=True,
        cancel=cancel,
    )
    if result.x is None:
        return None
    choice = small.choice(np.flatnonzero(result.x[: small.problem.options]))
    best.offer(choice)
    return choice


class Draws:
    """Small programs, one after the other; every second one combines what the best few plans so far take."""

    def __init__(self, problem: FlatProblem, loss: Ints, seed: int) -> None:
        """loss: (options,) what an option loses at the root's prices."""
        self._problem, self._loss = problem, loss
        self._draw = np.random.default_rng(seed)
        self._drawn = 0
        self._good: list[Ints] = []
        """(groups,) options of the best few plans, best first."""

    def next(self, left: Bools) -> Bools | None:
        """(options,) of the next program, among those `left`; None: too little is undecided for one to pay."""
        most = min(MOST, int(WHOLE * self._problem.several(left).sum()))
        if most < FEWEST:
            return None
        self._drawn += 1
        size = int(self._draw.integers(FEWEST, most, endpoint=True))
        first = np.unique(self._good) if self._drawn % 2 == 0 and self._good else None
        return nearest(self._problem, self._loss, left, size, self._draw, first)

    def learn(self, choice: Ints | None) -> None:
        """A plan that was found."""
        if choice is None or any(np.array_equal(choice, known) for known in self._good):
            return
        values = self._problem.values
        self._good = sorted([*self._good, choice], key=lambda known: -int(values[known].sum()))[:REMEMBERED]


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
