"""Branch and price: the root, then the nodes of highest bound, until bound and plan meet or a limit is reached."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.clock import Clock
from liftplan.solver.columns import Column, columns_of, decisions_of, make_column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.exact import MOST, solve_whole
from liftplan.solver.generation import MISSING, Generated, Limits, columns_from, generate, priced_at
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.master import Master, Mixture
from liftplan.solver.nodes import Fixing, Node, allowed, branching, feasibility, fractions, restricted
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.problem import Decisions, Problem
from liftplan.solver.rounding.packages import best_packages
from liftplan.solver.rounding.plans import best_plans
from liftplan.solver.settings import Settings

WHOLE_AFTER = {1: 2.0, 20: 10.0, 200: 60.0}
"""After how many nodes a small problem goes to the integer solver, and for how many seconds."""

MEETING = UNITS_PER_PERSON // 10**6
"""Bound and plan within a millionth of a person are equal."""

Progress = Callable[[str, "Search"], None]
"""Called with the stage after every step."""


@dataclass
class Search:
    """State of one solve of one problem. `bound` is proved at any time; `best` is a plan in whole yuan."""

    problem: Problem
    oracle: Oracle
    settings: Settings
    clock: Clock
    progress: Progress
    master: Master = field(init=False)
    best: Incumbent | None = None
    nodes: int = 0
    infeasible: bool = False
    _closed: int | None = None
    _open: list[tuple[int, int, Node]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    _current: int | None = None
    _cap: int | None = None
    _value: float = 1.0
    duals: Floats = field(default_factory=lambda: np.zeros(0))
    """(rows,) multipliers of the root's bound, persons per row unit."""

    def __post_init__(self) -> None:
        self.master = Master(self.problem)

    @property
    def bound(self) -> int | None:
        """Proved upper bound over all plans, units; None: nothing proved yet."""
        bounds = [-negative for negative, _, _ in self._open[:1]]
        bounds += [bound for bound in (self._closed, self._current) if bound is not None]
        if self.best is not None:
            bounds.append(self.best.objective)
        proved = max(bounds) if bounds and (len(bounds) > 1 or self.best is None) else None
        if proved is None or self._cap is None:
            return self._cap if proved is None else proved
        return min(proved, self._cap)

    @property
    def step(self) -> int:
        """A better plan is better by at least this, units (as far as it matters)."""
        return max(self.problem.granularity, MEETING)

    def near_enough(self) -> bool:
        """Whether the gap asked for is reached."""
        if self.best is None or self.bound is None:
            return False
        width = self.bound - self.best.objective
        return width < self.step or width <= self.settings.gap * max(UNITS_PER_PERSON, self.best.objective)

    def offer(self, candidate: Incumbent | None) -> bool:
        """Keep a plan if it is the best."""
        if candidate is None or (self.best is not None and candidate.objective <= self.best.objective):
            return False
        self.best = candidate
        self.master.add(columns_of(self.problem, self.oracle.static.blocks, candidate.decisions))
        self.progress("plan", self)
        return True

    def run(self) -> None:
        """Search until the gap is reached, everything is closed, or the clock says stop."""
        start = self._first_prices()
        self._push(Node((), None, start))
        while self._open and not self.clock.over:
            _, _, node = heapq.heappop(self._open)
            if self._cut(node.bound):
                self._close(node.bound)
                continue
            self._current = node.bound
            self._visit(node)
            self._current = None
            self.progress("branch" if self.nodes > 1 else "prices", self)
            if self.nodes in WHOLE_AFTER and not self.near_enough():
                self._solve_whole(WHOLE_AFTER[self.nodes])
            if self.near_enough() or self.infeasible:
                return
        if not self._open and self.best is None and not self.clock.over:
            self.infeasible = True

    def _solve_whole(self, seconds: float) -> None:
        """Hand a small problem to the integer solver; its plan and its bound count like any other."""
        if len(self.problem.measures.household) > MOST or self.clock.over:
            return
        found = solve_whole(
            self.problem,
            time_limit=None if self.settings.reproducible else self.clock.left(seconds),
            work_limit=seconds if self.settings.reproducible else None,
            seed=self.settings.seed,
            cancel=self.clock.cancel,
        )
        if found.impossible:
            self.infeasible = True
            return
        if found.decisions is not None:
            self._offer(found.decisions)
        if found.bound is not None:
            self._cap = found.bound if self._cap is None else min(self._cap, found.bound)

    def _push(self, node: Node) -> None:
        key = node.bound if node.bound is not None else 1 << 100
        heapq.heappush(self._open, (-key, -next(self._numbers), node))

    def _cut(self, bound: int | None) -> bool:
        """Whether a node with this bound cannot hold a better plan."""
        return self.best is not None and bound is not None and bound < self.best.objective + self.step

    def _close(self, bound: int | None) -> None:
        if bound is not None:
            self._closed = bound if self._closed is None else max(self._closed, bound)

    def _first_prices(self) -> Floats:
        """Columns at a few plain prices of money, and the master's multipliers after them."""
        rows = self.problem.rows
        worth = float(self.problem.households.worth.sum()) / UNITS_PER_PERSON
        money, unit = 0.0, np.zeros(len(rows.rhs))
        for row in np.flatnonzero(rows.rhs < 0):
            coefficients = rows.arcs.of(int(row))[1]
            if len(coefficients) and (coefficients < 0).all():
                unit[row] = 1.0 / float(np.abs(coefficients).max())
                money += float(-rows.rhs[row]) * unit[row]
        for factor in (0.25, 0.5, 1.0, 2.0):
            duals = unit * (factor * worth / max(1.0, money))
            prices = priced_at(self.problem, duals)
            effort = Effort(UNITS_PER_PERSON >> prices.shift, nodes=1)
            answers = self.oracle.ask(prices, effort, range(self.problem.blocks))
            self.master.add(columns_from(self.problem, self.oracle, answers))
            if self.clock.over:
                break
        return self.master.solve().duals

    def _visit(self, node: Node) -> None:
        """Bound a node, look for plans in it, and split it."""
        self.nodes += 1
        problem = restricted(self.problem, node.fixings)
        blocks = self.oracle.static.blocks
        self.master.allow(allowed(self.problem, blocks, self.master.columns, node.fixings))
        found = self._bound(problem, node)
        if found is None:
            return
        if not node.fixings:
            self.duals = found.duals
        if self._cut(found.bound):
            self._close(found.bound)
            return
        self._current = found.bound
        split = fractions(self.problem, blocks, self.master.columns, found.mixture)
        if split.whole and found.mixture.missing < MISSING:
            self._offer(self._decisions(found.mixture))
        if self.nodes == 1 or self.nodes % 10 == 0 or self.nodes & (self.nodes - 1) == 0:
            self._round(found)
        if self.near_enough() or self.clock.over:
            self._reopen(node, found)
            return
        if self._cut(found.bound):
            self._close(found.bound)
            return
        choice = branching(self.problem, problem, split)
        if choice is None:
            self._settle(found)
            return
        kind, index = choice
        for value in (0, 1):
            self._push(Node((*node.fixings, Fixing(kind, index, value)), found.bound, found.duals))

    def _settle(self, found: Generated) -> None:
        """Close a node in which everything is decided: its plan, once proved best for its decisions, is its bound."""
        plan = self._realise(self._decisions(found.mixture), None)
        self.offer(plan)
        if plan is not None and plan.final and found.bound is not None:
            soft = bool((self.problem.households.minimum_price > 0).any())
            self._close(found.bound if soft else min(found.bound, plan.objective))
        else:
            self._close(found.bound)

    def _reopen(self, node: Node, found: Generated) -> None:
        """Put a node back whose children were not made."""
        self._push(Node(node.fixings, found.bound, found.duals))

    def _bound(self, problem: Problem, node: Node) -> Generated | None:
        """Column generation at a node; None: proved to hold no plan."""
        start = node.duals
        while True:
            found = generate(
                problem, self.oracle, self.master, start, self._limits(), self._report, inherited=node.bound
            )
            if found.bound is None:
                return None
            if found.mixture.missing < MISSING or self._cut(found.bound) or self.clock.over:
                return found
            if self._impossible(problem, node):
                return None
            if self.clock.over:
                return found
            if self.master.penalty > 1e9:
                raise InternalError("the master keeps artificial shortfall at any price")
            self.master.raise_penalty(10.0)
            start = self.master.solve().duals

    def _limits(self) -> Limits:
        """How far a node is taken: as far as its bound can still decide something."""
        value = max(1.0, self._value if self.best is None else self.best.objective / UNITS_PER_PERSON)
        aim = 0.2 * self.settings.gap * value
        least = 0.05 * min(1.0, self.step / UNITS_PER_PERSON)
        cutoff = None if self.best is None else self.best.objective + self.step
        return Limits(max(aim, least) if self.nodes == 1 else least, cutoff=cutoff)

    def _report(self, bound: int | None, mixture: Mixture) -> bool:
        self._value = mixture.value
        self._current = bound if self.nodes == 1 or self._current is None else min(bound or 0, self._current)
        self.progress("prices", self)
        return self.clock.over is not None

    def _impossible(self, problem: Problem, node: Node) -> bool:
        """Phase one: whether prices prove that no plan of a node keeps the hard rows. Its columns go to the master."""
        plain, blocks = feasibility(problem), self.oracle.static.blocks
        first = Master(plain, phase_one=True)
        kept = allowed(self.problem, blocks, self.master.columns, node.fixings)
        first.add([self.master.columns[index] for index in np.flatnonzero(kept)])
        old = len(first.columns)
        found = generate(
            plain,
            self.oracle,
            first,
            first.solve().duals,
            Limits(1e-7, cutoff=0),
            lambda *_: self.clock.over is not None,
        )
        if found.bound is None or found.bound < 0:
            return True
        self.master.add([self._worthy(column) for column in first.columns[old:]])
        return False

    def _worthy(self, column: Column) -> Column:
        """A column of phase one with what it is really worth."""
        built = column.built.astype(np.int64)
        return make_column(self.problem, self.oracle.static.blocks, column.block, built, column.take, column.topup)

    def _decisions(self, mixture: Mixture) -> Decisions:
        """Each block's column of most weight."""
        chosen: dict[int, Column] = {}
        for index in np.argsort(-mixture.weights, kind="stable"):
            column = self.master.columns[index]
            chosen.setdefault(column.block, column)
            if len(chosen) == self.problem.blocks:
                break
        return decisions_of(self.problem, self.oracle.static.blocks, [chosen[block] for block in sorted(chosen)])

    def _realise(self, decisions: Decisions, better_than: int | None) -> Incumbent | None:
        return realise(
            self.problem,
            decisions,
            better_than=better_than,
            time_limit=self.clock.left(10.0),
            repeatable=self.settings.reproducible,
            cancel=self.clock.cancel,
        )

    def _offer(self, decisions: Decisions) -> bool:
        return self.offer(self._realise(decisions, None if self.best is None else self.best.objective))

    def _round(self, found: Generated) -> None:
        """Plans near a mixture: choose block plans, then packages with these projects."""
        columns = self.master.columns
        seconds = self.clock.left(20.0)
        picked = best_plans(
            self.problem,
            columns,
            found.mixture.duals,
            time_limit=self.clock.left(5.0),
            seed=self.settings.seed,
            cancel=self.clock.cancel,
        )
        if picked is None:
            return
        decisions = decisions_of(self.problem, self.oracle.static.blocks, picked)
        self._offer(decisions)
        slack = max(0.3, 0.02 * self._value / max(1, len(self.problem.households.block)))
        for margin in (0, 2, 100):
            refined = best_packages(
                self.problem,
                self.oracle,
                decisions.built,
                found.mixture.duals,
                slack=slack,
                margin=margin,
                time_limit=seconds,
                seed=self.settings.seed,
                cancel=self.clock.cancel,
            )
            if refined is None or self.clock.over:
                return
            plan, _ = refined
            if self._offer(plan) or self.best is not None:
                return
