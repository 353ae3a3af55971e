"""One flat problem in, one checked choice with a proved bound out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from liftplan.models.problems import InternalError
from liftplan.solver.clock import Clock
from liftplan.solver.flat.best import Best
from liftplan.solver.flat.check import check_choice
from liftplan.solver.flat.look import Looker
from liftplan.solver.flat.narrow import narrowed
from liftplan.solver.flat.plans import look_for_plans, nearest
from liftplan.solver.flat.prices import NOTHING, Pricer
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.flat.relaxation import Relaxation
from liftplan.solver.flat.result import FlatProof, FlatResult
from liftplan.solver.flat.root import root
from liftplan.solver.flat.tree import Node, Tree
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.progress import Cancel, Event, Listener
from liftplan.solver.settings import Settings

FIRST_OPTIONS, FIRST_NODES = 150, 300
"""Size of the first integer program that looks for plans, and its limit of nodes."""

GROWTH = 3
"""How much the next ones are larger."""

PLANS_SHARE = 0.5
"""Share of the time for them."""


def solve_flat(
    problem: FlatProblem,
    settings: Settings | None = None,
    *,
    listener: Listener | None = None,
    cancel: Cancel | None = None,
) -> FlatResult:
    """Solve a flat problem.

    settings: `gap`, `time_limit` and `seed` count; without a time limit the same problem gives the same result. Raises
    InternalError if the checker rejects the choice.
    """
    return _Solve(problem, settings or Settings(), listener, cancel).run()


class _Solve:
    """One solve under way."""

    def __init__(
        self, problem: FlatProblem, settings: Settings, listener: Listener | None, cancel: Cancel | None
    ) -> None:
        self._problem, self._settings, self._listener = problem, settings, listener
        self._clock = Clock(settings.time_limit, cancel)
        self._best = Best(problem, self._tell)
        self._root = Node(NOTHING)
        self._tree: Tree | None = None
        self._known: int | None = None
        """Bound of the root; NOTHING: there is no choice."""
        self._stage = ""
        self._stages: dict[str, float] = {}

    def run(self) -> FlatResult:
        """Prices, plans, branch and bound, check."""
        problem = self._problem
        allowed = np.ones(problem.options, dtype=np.bool_)
        allowed[problem.barred] = False
        if not np.logical_or.reduceat(allowed, problem.start[:-1]).all():
            self._known = NOTHING
            return self._result()
        self._enter("prices")
        found = root(problem, Pricer(problem), allowed, self._over)
        if found.refusal is not None:
            self._known, self._root.prices = NOTHING, (found.refusal,)
            return self._result()
        self._root.prices = (found.prices,)
        self._known = problem.reachable(found.bound.total >> found.prices.shift)

        def left() -> Bools:
            """The options that better choices may take."""
            better = self._best.better
            if better is None:
                return allowed
            return allowed & (found.bound.total - found.bound.loss >= better << found.prices.shift)

        self._enter("plan")
        self._look_for_plans(found.bound.loss, left)
        if not self._enough():
            self._enter("branch")
            self._branch(left(), 10.0 * found.penalty)
        return self._result()

    def _look_for_plans(self, loss: Ints, left: Callable[[], Bools]) -> None:
        """Integer programs over more and more options."""
        size, nodes = FIRST_OPTIONS, FIRST_NODES
        limit = self._settings.time_limit
        while not self._enough():
            options = left()
            some = nearest(self._problem, loss, options, size)
            seconds = None if limit is None else self._clock.left(PLANS_SHARE * limit - self._clock.seconds)
            look_for_plans(
                self._problem,
                some,
                self._best,
                self._bound,
                node_limit=nodes,
                seconds=seconds,
                seed=self._settings.seed,
                cancel=self._clock.cancel,
            )
            if some.sum() == options.sum() or (limit is not None and self._clock.seconds > PLANS_SHARE * limit):
                return
            size, nodes = GROWTH * size, GROWTH * nodes

    def _branch(self, left: Bools, penalty: float) -> None:
        small = narrowed(self._problem, left)
        relaxation = Relaxation(small.problem)
        relaxation.penalise(penalty)
        looker = Looker(small, self._best, relaxation, Pricer(small.problem))
        self._tree = Tree(small, self._best, looker, self._bound)
        self._tree.run(self._enough)
        self._tree.root.prices = (*self._root.prices, *self._tree.root.prices)
        self._root = self._tree.root

    @property
    def _bound(self) -> int:
        """Proved so far for every choice; NOTHING: there is none. Only once the root is done with."""
        assert self._known is not None
        if self._tree is None:
            return self._known
        open_ones = self._tree.bound
        return open_ones if self._best.objective is None else max(open_ones, self._best.objective)

    def _enough(self) -> bool:
        """Whether the gap is small enough, or time is up."""
        if self._over():
            return True
        objective = self._best.objective
        return objective is not None and self._bound - objective <= self._settings.gap * max(1, abs(objective))

    def _over(self) -> bool:
        return self._clock.over is not None

    def _enter(self, stage: str) -> None:
        self._leave()
        self._stage, self._entered = stage, self._clock.seconds
        self._tell()

    def _leave(self) -> None:
        if self._stage:
            self._stages[self._stage] = self._clock.seconds - self._entered

    def _tell(self) -> None:
        if self._listener is not None:
            objective = self._best.objective
            known = None if self._known in {None, NOTHING} else float(self._bound)
            self._listener(
                Event(self._clock.seconds, self._stage, None if objective is None else float(objective), known)
            )

    def _result(self) -> FlatResult:
        self._leave()
        best, bound = self._best, self._known if self._known is None else self._bound
        flows: dict[tuple[str, str], int] = {}
        choice: tuple[int, ...] = ()
        status: Literal["optimal", "feasible", "infeasible", "unknown"] = "unknown"
        if best.choice is not None and best.flows is not None and best.objective is not None:
            choice = tuple((best.choice - self._problem.start[:-1]).tolist())
            flows = _named(self._problem, best.flows)
            wrong = check_choice(self._problem, choice, flows, best.objective)
            if wrong or bound is None or bound < best.objective:
                raise InternalError("; ".join(map(str, wrong)) or f"bound {bound} below a choice of {best.objective}")
            status = "optimal" if bound == best.objective else "feasible"
        elif bound == NOTHING:
            status = "infeasible"
        return FlatResult(
            status,
            "proof" if status in {"optimal", "infeasible"} else self._clock.over or "gap",
            best.objective,
            None if bound == NOTHING else bound,
            choice,
            flows,
            self._clock.seconds,
            0 if self._tree is None else self._tree.nodes,
            FlatProof(best.objective, self._root),
            self._stages,
        )


def _named(problem: FlatProblem, flows: Ints) -> dict[tuple[str, str], int]:
    """(source, class) -> what it pays."""
    pairs = zip(problem.payers.owner_of_entry().tolist(), problem.payers.index.tolist(), flows.tolist(), strict=True)
    return {(problem.sources[source], problem.classes[name]): flow for name, source, flow in pairs if flow}
