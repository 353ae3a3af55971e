"""One flat problem in, one checked choice with a proved bound out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from liftplan.models.problems import InternalError
from liftplan.solver.clock import Clock
from liftplan.solver.flat.best import Best
from liftplan.solver.flat.check import check_choice
from liftplan.solver.flat.dive import dive
from liftplan.solver.flat.look import Looker
from liftplan.solver.flat.narrow import Narrowed, narrowed
from liftplan.solver.flat.plans import WORK, Draws, Effort, by_cpsat, nearest
from liftplan.solver.flat.prices import NOTHING, Pricer, Prices
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.flat.relaxation import Relaxation
from liftplan.solver.flat.result import FlatProof, FlatResult
from liftplan.solver.flat.root import Root, root
from liftplan.solver.flat.tree import Node, Tree
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.progress import Cancel, Event, Listener
from liftplan.solver.settings import Settings

PENALTY = 10.0
"""What breaking a source's limit costs in the search, in the penalties that the root needed."""

FEWER = 0.7
"""Share of options that is left where a new tree pays."""

DIVES, DIVED = 5, 400
"""Ways down that are tried first, and among how many options."""

FIRST_TREE = 400_000
"""Nodes of the first turn of branch and bound, times options."""

GROWTH = 2
"""How much larger each turn is than the one before."""

PLANS_SHARE = 0.7
"""Share of the time after which no more integer programs look for plans."""


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
        self._prices: tuple[Prices, ...] = ()
        """What proves the bound of the root."""
        self._known: int | None = None
        """Bound of the root; NOTHING: there is no choice."""
        self._trees: list[Tree] = []
        self._stage, self._entered = "", 0.0
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
            self._known, self._prices = NOTHING, (found.refusal,)
            return self._result()
        self._prices = (found.prices,)
        self._known = problem.reachable(found.bound.total >> found.prices.shift)

        def left() -> Bools:
            """The options that better choices may take."""
            better = self._best.better
            if better is None:
                return allowed
            return allowed & (found.bound.total - found.bound.loss >= better << found.prices.shift)

        self._enter("plan")
        self._dive(nearest(problem, found.bound.loss, left(), DIVED), PENALTY * found.penalty)
        self._take_turns(found, left)
        return self._result()

    def _dive(self, left: Bools, penalty: float) -> None:
        """Ways down from the root."""
        small, looker = self._search(left, penalty)
        for number in range(DIVES):
            dive(small, looker, self._best, self._bound, self._settings.seed + number if number else None, self._enough)

    def _take_turns(self, found: Root, left: Callable[[], Bools]) -> None:
        """Branch and bound, and more and more integer programs that look for plans."""
        draws, turn, looking = Draws(self._problem, found.bound.loss, self._settings.seed), 1, True
        while not self._enough():
            if looking:
                self._enter("plan")
                looking = self._look_for_plans(draws, left, turn)
            if not self._enough():
                self._enter("branch")
                options = left()
                budget = turn * FIRST_TREE // (int(self._problem.several(options).sum()) + 1) if looking else None
                self._branch(options, PENALTY * found.penalty, budget)
            turn *= GROWTH

    def _look_for_plans(self, draws: Draws, left: Callable[[], Bools], programs: int) -> bool:
        """Integer programs over options that lose little. Whether to look again after some branch and bound."""
        problem, limit = self._problem, self._settings.time_limit
        effort = Effort(WORK, self._workers, self._settings.seed, self._seconds_for_plans)
        for _ in range(programs):
            draws.learn(self._best.choice)
            some = draws.next(left())
            if some is None:
                return False
            draws.learn(by_cpsat(problem, some, self._best, effort, self._clock.cancel))
            if self._enough() or (limit is not None and self._clock.seconds >= PLANS_SHARE * limit):
                return False
        if self._best.objective is None:
            longer = replace(effort, work=programs * WORK)
            by_cpsat(problem, left(), self._best, longer, self._clock.cancel, any_plan=True)
        return True

    @property
    def _workers(self) -> int:
        """Two workers find more than one, but not the same on every run."""
        repeats = self._settings.time_limit is None or self._settings.reproducible or self._settings.threads == 1
        return 1 if repeats else 2

    def _seconds_for_plans(self) -> float | None:
        limit = self._settings.time_limit
        return None if limit is None else self._clock.left(max(0.05, PLANS_SHARE * limit - self._clock.seconds))

    def _branch(self, left: Bools, penalty: float, nodes: int | None) -> None:
        """Branch and bound: on with the last tree, or with a new one if much less is left than that began with."""
        assert self._known is not None
        if not self._trees or left.sum() < FEWER * self._trees[-1].began_with:
            small, looker = self._search(left, penalty)
            self._trees.append(Tree(small, self._best, looker, self._known, int(left.sum())))
        tree = self._trees[-1]
        tree.run(self._enough, None if nodes is None else tree.nodes + nodes)

    def _search(self, left: Bools, penalty: float) -> tuple[Narrowed, Looker]:
        """What is needed to search among the options that are left."""
        small = narrowed(self._problem, left)
        relaxation = Relaxation(small.problem)
        relaxation.penalise(penalty)
        return small, Looker(small, self._best, relaxation, Pricer(small.problem))

    @property
    def _bound(self) -> int:
        """Proved so far for every choice; NOTHING: there is none. Only once the root is done with."""
        assert self._known is not None
        open_ones = min((tree.bound for tree in self._trees), default=self._known)
        return open_ones if self._best.objective is None else max(open_ones, self._best.objective)

    @property
    def _proof(self) -> FlatProof:
        tree = min(self._trees, key=lambda tree: tree.bound, default=None)
        if tree is None:
            return FlatProof(self._best.objective, Node(NOTHING, self._prices))
        root = tree.root
        return FlatProof(self._best.objective, replace(root, prices=(*self._prices, *root.prices)))

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
            self._stages[self._stage] = self._stages.get(self._stage, 0.0) + self._clock.seconds - self._entered

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
            sum(tree.nodes for tree in self._trees),
            self._proof,
            self._stages,
        )


def _named(problem: FlatProblem, flows: Ints) -> dict[tuple[str, str], int]:
    """(source, class) -> what it pays."""
    pairs = zip(problem.payers.owner_of_entry().tolist(), problem.payers.index.tolist(), flows.tolist(), strict=True)
    return {(problem.sources[source], problem.classes[name]): flow for name, source, flow in pairs if flow}
