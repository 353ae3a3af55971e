"""Plans from prices: sets of projects that fit together, and packages of households that fit a set of projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.clock import Clock
from liftplan.solver.columns import Column, decisions_of
from liftplan.solver.dive import Landed
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Generated, add_columns, priced_at, units
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.master import Master, Mixture
from liftplan.solver.merging import Merging
from liftplan.solver.nodes import WHOLE
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Bools, Decisions, Problem, reachable
from liftplan.solver.rounding.packages import GOOD, NEAR, best_packages
from liftplan.solver.rounding.sets import choose_plans, choose_sets
from liftplan.solver.settings import Settings

ROUNDING = 1e-5
"""Persons by which an engine's value may miss a whole number."""

NEAR_SETS, MOST_PLANS = 60, 20_000
"""Sets a block at most; block plans of which one each is chosen at most."""

NEAR_SECONDS, PLAIN_SECONDS = 20.0, 8.0
"""Time for one integer program over sets: of mixtures at least, and of plain plans where there is a plan already."""

FIRST_SECONDS, LATER_SECONDS = 6.0, 3.0
"""Time for one integer program over packages: at least, where there is no plan yet; and at most, where there is."""

FIRST_SOON = 0.3
"""Seconds after which the packages of a first plan are good enough near their goal; those of a plan within the gap that
is asked for are at once."""

SURE = 0.7
"""Part of what such a plan may miss that it does miss at most: top-ups and penalties are not in its value."""

PATIENCE = 0.5
"""Part of the time spent so far that such a program may take in any case: large counties and busy machines need it."""

WORTH_LOOKING = 1e-3
"""Part of the root's value that a choice of projects may be short of it so that packages for a first plan are looked
for."""

MISSED = 1.0
"""Persons by which the packages of a plan may miss the best at most, where the gap asked for allows it."""

ROUND_WORK, SET_NODES = 5.0, 500
"""The same where limits count work: deterministic seconds over packages, nodes over sets."""


@dataclass(frozen=True)
class Pooling:
    """How packages are put together."""

    slack: float
    """Persons within which packages are tied."""
    most: int
    """Packages of a household."""
    margin: int
    """Whole units by which rows are tightened."""


POOLINGS = (Pooling(0.001, 2, 0), Pooling(0.02, 12, 2), Pooling(0.1, 12, 100))
"""What is tried until there is a plan."""


class Searching(Protocol):
    """What is used of a search."""

    problem: Problem
    oracle: Oracle
    master: Master
    merging: Merging
    settings: Settings
    clock: Clock
    best: Incumbent | None

    @property
    def bound(self) -> int | None:
        """No plan is worth more, units."""

    @property
    def step(self) -> int:
        """A better plan is better by at least this, units."""

    def propose(self, decisions: Decisions) -> bool:
        """Pay for decisions in whole yuan; whether the plan is the best."""

    def pay(self, decisions: Decisions) -> Incumbent | None:
        """A plan of decisions in whole yuan that is better than the best; None where that was not possible."""

    def offer(self, candidate: Incumbent | None) -> bool:
        """Keep a plan if it is the best."""


class Packing:
    """Puts plans of a search together, as far as its clock lets."""

    def __init__(self, search: Searching) -> None:
        self._search = search
        self._tried: set[tuple[bytes, bytes, float, int]] = set()

    def sets(self, problem: Problem, found: Generated, slack: float, plain: bool) -> Bools | None:
        """(projects,) sets of projects that fit together, within `slack` persons of each block's best at root prices.

        problem: as the master is restricted. found: at the root. plain: one plan of each block, instead of a mixture of
        plans with the same projects. None: none was found that may be better than the best plan.
        """
        search, settings = self._search, self._search.settings
        prices = priced_at(problem, found.center, search.oracle.room(problem))
        near = search.oracle.near(prices, units(slack, prices), NEAR_SETS)
        add_columns(problem, search.oracle, search.master, near)
        losses = search.master.solve().losses
        ceiling = found.bound if search.bound is None else search.bound
        columns = [search.master.columns[index] for index in np.flatnonzero(losses <= slack)]
        target = np.inf if ceiling is None else ceiling / UNITS_PER_PERSON
        if plain and len(columns) > MOST_PLANS:
            return None
        if plain:
            chosen = choose_plans(
                search.master,
                columns,
                least=self._least,
                target=target,
                time_limit=self._patience(NEAR_SECONDS) if search.best is None else self._left(PLAIN_SECONDS),
                work_limit=ROUND_WORK if settings.reproducible else None,
                workers=1 if settings.reproducible else search.oracle.threads,
                seed=settings.seed,
                cancel=search.clock.cancel,
            )
        else:
            chosen = choose_sets(
                search.master,
                columns,
                above=self._least,
                target=target,
                gap=0.2 * settings.gap,
                time_limit=self._patience(NEAR_SECONDS),
                node_limit=SET_NODES if settings.reproducible else None,
                seed=settings.seed,
                cancel=search.clock.cancel,
            )
        return None if chosen is None else chosen.built

    def round(self, landed: Landed | None, duals: Floats | None, seconds: float) -> None:
        """Packages with projects that fit together, once for each set of projects and way to merge money.

        duals: not at their own prices. seconds: at most, where there is a plan already.
        """
        search = self._search
        if landed is None or search.clock.over:
            return
        left_out = int(search.merging.left_out.sum())
        tried = landed.built.tobytes(), b"" if duals is None else duals.tobytes(), seconds, left_out
        if tried in self._tried:
            return
        self._tried.add(tried)
        mixture, columns = landed.found.mixture, search.master.columns
        support = [columns[index] for index in np.flatnonzero(mixture.weights > WHOLE)]
        if len(support) == search.problem.blocks and search.propose(self.whole(mixture)):
            return
        for pooling in POOLINGS if search.best is None else POOLINGS[:1]:
            plan = self._packages(landed, duals, support, pooling, seconds)
            if search.offer(plan) or search.clock.over:
                return
            if int(search.merging.left_out.sum()) != left_out:
                return  # rows came back: other projects suit them

    def whole(self, mixture: Mixture) -> Decisions:
        """Each block's column of most weight."""
        search = self._search
        chosen: dict[int, Column] = {}
        for index in np.argsort(-mixture.weights, kind="stable"):
            column = search.master.columns[index]
            chosen.setdefault(column.block, column)
            if len(chosen) == search.problem.blocks:
                break
        blocks = search.oracle.static.blocks
        return decisions_of(search.problem, blocks, [chosen[block] for block in sorted(chosen)])

    def _packages(
        self, landed: Landed, duals: Floats | None, support: list[Column], pooling: Pooling, seconds: float
    ) -> Incumbent | None:
        search, settings = self._search, self._search.settings
        first, value = search.best is None, landed.found.value
        goal = reachable(search.problem, int(value * UNITS_PER_PERSON)) / UNITS_PER_PERSON
        spare = self._spare(goal)
        return best_packages(
            search.problem,
            search.oracle,
            landed.built,
            landed.found.center if duals is None else duals,
            search.merging,
            search.pay,
            support=support,
            slack=pooling.slack,
            most=pooling.most,
            goal=goal,
            least=self._least,
            near=1.0 if first else max(NEAR, spare / max(1.0, goal)),
            margin=pooling.margin,
            within=min(MISSED, 0.4 * settings.gap * max(1.0, value) if first else spare),
            time_limit=self._patience(FIRST_SECONDS) if first else self._left(seconds),
            good=self._good(first, value, spare),
            patience=self._soon(first, spare),
            work_limit=ROUND_WORK if settings.reproducible else None,
            workers=1 if first or settings.reproducible else search.oracle.threads,  # one is there sooner
            seed=settings.seed,
            cancel=search.clock.cancel,
        )

    @property
    def _least(self) -> float:
        """Persons that a plan must reach to be better than the best."""
        search = self._search
        return -np.inf if search.best is None else (search.best.objective + search.step) / UNITS_PER_PERSON - ROUNDING

    def _soon(self, first: bool, spare: float) -> float | None:
        """Seconds after which a plan near its goal will do: the first, or one that may miss `spare` persons."""
        if self._search.settings.reproducible or not (first or spare >= GOOD):
            return None
        return 0.0 if spare >= GOOD else FIRST_SOON

    def _good(self, first: bool, value: float, spare: float) -> float:
        """Persons by which a plan may miss its goal then: no more than leaves it within the gap asked for."""
        if spare >= GOOD:
            return SURE * spare
        return WORTH_LOOKING * value / 2 if first else GOOD

    def _spare(self, goal: float) -> float:
        """Persons by which a plan may miss a goal and still be within the gap asked for."""
        bound = self._search.bound
        if bound is None:
            return 0.0
        return max(0.0, self._search.settings.gap * max(1.0, goal) - (bound / UNITS_PER_PERSON - goal))

    def _left(self, seconds: float) -> float | None:
        """Time for an integer program where there is a plan already; none where work is counted."""
        return None if self._search.settings.reproducible else self._search.clock.left(seconds)

    def _patience(self, seconds: float) -> float | None:
        """Time for an integer program; none where work is counted."""
        clock = self._search.clock
        return self._left(max(seconds, PATIENCE * clock.seconds))
