"""Whole-yuan flows of fixed decisions, with the least penalty: relaxation, rounding, exact programs in windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd
from time import monotonic

import numpy as np

from liftplan.models.messages import m
from liftplan.solver.engines.highs import Floats
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.exact import Limits, best_in_window
from liftplan.solver.ledger.relaxation import caps, penalty_bound, proves_conflict, relax
from liftplan.solver.ledger.rounding import nearest_whole
from liftplan.solver.ledger.task import FlowTask, Free, flow_task, free_part
from liftplan.solver.problem import HARD, Bools, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel

WINDOW = 64
"""Yuan by which the second integer program may leave the rounded relaxation."""

SMALL = 400
"""Up to this many open arcs the penalty is minimised exactly over all flows."""


@dataclass(frozen=True)
class WholeFlows:
    """Whole-yuan flows that keep every hard row; penalties in units, of all rows."""

    flow: Ints
    """(arcs,) yuan."""
    penalty: int
    """Exact penalty of `flow`."""
    bound: int
    """Proved lower bound of the penalty of any flows of these decisions."""

    @property
    def optimal(self) -> bool:
        """Whether no flows have a smaller penalty (proved)."""
        return self.penalty <= self.bound


def whole_yuan_flows(
    problem: Problem,
    decisions: Decisions,
    *,
    floor: Ints | None = None,
    time_limit: float = 30.0,
    repeatable: bool = False,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> WholeFlows | None:
    """Whole-yuan flows of the decisions with the least penalty, or None if proved that there are none.

    floor: (arcs,) yuan that an arc carries at least (sums of hard commitments). repeatable: limits count work instead
    of seconds. Raises LimitReached if neither flows nor a proof were found in time, or if amounts exceed 64 bits.
    """
    try:
        task = flow_task(problem, decisions, floor)
        return solve_task(task, time_limit=time_limit, repeatable=repeatable, seed=seed, cancel=cancel)
    except OverflowError:
        raise LimitReached(m("the amounts of money are too large to be added up exactly")) from None


def solve_task(
    task: FlowTask,
    *,
    time_limit: float = 30.0,
    repeatable: bool = False,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> WholeFlows | None:
    """As `whole_yuan_flows`, for a task. Raises OverflowError if amounts exceed 64 bits."""
    free = free_part(task)
    if free is None:
        return None
    if not len(free.arcs):
        penalty = task.penalty(free.base)
        return WholeFlows(free.base, penalty, penalty)
    if proves_conflict(free, caps(free)):
        return None
    clock = _Clock(monotonic() + time_limit, time_limit, repeatable, seed, cancel)
    relaxed = relax(free, clock.seconds(), cancel)
    if not relaxed.feasible and proves_conflict(free, relaxed.prices):
        return None
    guess = nearest_whole(free, relaxed.flow)
    search = _Search(task, free, guess, penalty_bound(free, relaxed.prices) if relaxed.feasible else 0)
    search.look_at(guess)
    for loose, width, share in _windows(free, relaxed.flow):
        if search.done or (search.best is not None and width is None and len(free.arcs) > SMALL):
            break
        found = best_in_window(free, guess, loose, width, clock.limits(share))
        if found.flow is not None:
            search.look_at(found.flow)
        if found.final and width is None:
            search.close(found.flow)
            break
    if search.impossible:
        return None
    if search.best is None:
        raise LimitReached(m("no whole-yuan ledger was found within the limit, and none was proved impossible"))
    return WholeFlows(search.best, search.penalty, search.bound)


def _windows(free: Free, flow: Floats) -> Iterator[tuple[Bools, int | None, float]]:
    """Ever wider programs: loose arcs, width in yuan (None: all flows), share of the time that is left."""
    broken = np.abs(flow - np.rint(flow)) > 1e-3
    cells = np.zeros(len(free.cells), dtype=np.bool_)
    cells[free.arc_cell[broken]] = True
    if broken.any():
        yield cells[free.arc_cell], 1, 0.2
    everywhere = np.ones(len(free.arcs), dtype=np.bool_)
    yield everywhere, WINDOW, 0.3
    yield everywhere, None, 1.0


class _Search:
    """The best flows so far and what is proved about better ones."""

    def __init__(self, task: FlowTask, free: Free, guess: Ints, free_bound: int) -> None:
        self._task, self._free = task, free
        soft = free.price != HARD
        shortest = gcd(*free.price[soft].tolist())
        # penalties of the open rows are multiples of this: the bound may be raised to the next one
        step = max(1, shortest)
        self._settled = task.penalty(free.whole(guess)) - _open_penalty(free, guess)
        self.bound = self._settled + -(-max(0, free_bound) // step) * step
        self.best: Ints | None = None
        self.penalty = 0
        self.impossible = False

    @property
    def done(self) -> bool:
        """Whether the best flows are proved to be best."""
        return self.best is not None and self.penalty <= self.bound

    def look_at(self, above: Ints) -> None:
        """Keep free flows if they are a solution and better than the best."""
        flow = self._free.whole(above)
        if not self._task.keeps(flow):
            return
        penalty = self._task.penalty(flow)
        if self.best is None or penalty < self.penalty:
            self.best, self.penalty = flow, penalty

    def close(self, best: Ints | None) -> None:
        """All flows were searched: `best` is the best of them, or there are none."""
        self.impossible = best is None
        self.bound = max(self.bound, self.penalty)


def _open_penalty(free: Free, above: Ints) -> int:
    """Penalty of the open soft rows."""
    short = free.rest.copy()
    np.subtract.at(short, free.entry_row, free.coef * above[free.entry_arc])
    rows = np.flatnonzero((free.price > 0) & (short > 0))
    return sum(int(free.price[row]) * int(short[row]) for row in rows)


@dataclass(frozen=True)
class _Clock:
    """Hands out the time that is left, in seconds or in deterministic work."""

    deadline: float
    total: float
    repeatable: bool
    seed: int
    cancel: Cancel | None

    def seconds(self) -> float | None:
        """Seconds left; None where runs must repeat."""
        return None if self.repeatable else max(0.1, self.deadline - monotonic())

    def limits(self, share: float) -> Limits:
        """Limits of one program that may take `share` of what is left."""
        seconds = self.seconds()
        work = share * self.total if seconds is None else None
        return Limits(None if seconds is None else share * seconds, work, self.seed, self.cancel)
