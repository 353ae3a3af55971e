"""What closing the gap over sets of projects asks of a search: prices and packages for choices of projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.benders import Held
from liftplan.solver.columns import Column
from liftplan.solver.dive import Landed, landed_at
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Generated, Limits, steer
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.master import Master
from liftplan.solver.merging import Merging
from liftplan.solver.nodes import deciding, restricted
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.packing import LATER_SECONDS, WORTH_LOOKING
from liftplan.solver.problem import Bools, Problem

MEETING = UNITS_PER_PERSON // 10**6
"""Bound and plan within a millionth of a person are equal."""

ATTEMPT, SHARP = Limits(0.01, rounds=32, shares=0), 1e-6
"""How exactly a choice of projects is looked at; persons where that is to the point."""

NEARLY = 3 * UNITS_PER_PERSON
"""Units below the bound to which a choice of projects must come before packages are looked for, where there is a plan
already; more than what sets are listed for at a time, so that each gets its turn before the bound falls below it."""

TIGHT = UNITS_PER_PERSON // 20
"""Units above a goal up to which a choice of projects counts as just worth it."""

TIGHT_SECONDS, INSISTING = 1.0, (3.0, 10.0, 30.0)
"""Seconds for packages of such a choice: while others may do, and where nothing else is in doubt."""

SQUEEZES = (0.0003, 0.001, 0.003, 0.01)
"""Shares of its money by which a choice of projects is squeezed until it is not enough."""


class Searching(Protocol):
    """What is used of a search."""

    problem: Problem
    oracle: Oracle
    master: Master
    merging: Merging
    best: Incumbent | None

    @property
    def bound(self) -> int | None:
        """No plan is worth more, units."""

    @property
    def goal(self) -> int:
        """What a better plan is worth at least, units; 0 before there is one."""

    def enough(self) -> bool:
        """Whether the gap asked for is reached, or the search has to end."""

    def lower(self, bound: int, asked: Sequence[Floats]) -> None:
        """Take note of a proved bound, units, and the multipliers (rows,) that show it together, the root's first."""

    def under(self, built: Bools, center: Floats, limits: Limits) -> Generated | None:
        """Prices and a mixture with projects (projects,) decided, from prices (rows,) near them."""

    def having(self, built: Bools) -> list[Column]:
        """The master's columns that build just these projects (projects,)."""

    def round(self, landed: Landed | None, duals: Floats | None = None, seconds: float = LATER_SECONDS) -> None:
        """Look for packages with projects that fit together; duals: not at their own prices."""


class Closing:
    """A search as `benders.close` sees it."""

    def __init__(self, search: Searching, center: Generated) -> None:
        """center: what column generation found at the root."""
        self._search, self._center = search, center
        self.problem: Problem = search.problem
        self.oracle: Oracle = search.oracle

    @property
    def goal(self) -> int:
        """What a better plan is worth at least, units; 0 before there is one."""
        return self._search.goal

    def enough(self) -> bool:
        """Whether the gap asked for is reached, or the search has to end."""
        return self._search.enough()

    def lower(self, bound: int, asked: Sequence[Floats]) -> None:
        """Take note of a proved bound, units, and the multipliers (rows,) that show it together, the root's first."""
        self._search.lower(bound, asked)

    def attempt(self, built: Bools, start: Floats) -> Floats | None:
        """Find out what a choice of projects (projects,) is worth, and offer its packages where that may be better.

        start: (rows,) multipliers near its own. Returns multipliers (rows,) that show what it is worth; None where no
        plan has it.
        """
        search, merging = self._search, self._search.merging
        first = self._center.value * (1 - WORTH_LOOKING) * UNITS_PER_PERSON
        enough = first if search.best is None else search.goal - MEETING
        limits = replace(ATTEMPT, goal=enough / UNITS_PER_PERSON)
        while True:
            below = search.under(built, start, limits)
            if below is not None and 0 <= below.value * UNITS_PER_PERSON - enough < TIGHT:
                below = search.under(built, below.center, replace(limits, tolerance=SHARP))
            if below is None:
                return None
            value, best, left_out = below.value * UNITS_PER_PERSON, search.best, merging.left_out.sum()
            if value < enough or (best is not None and search.bound is not None and value < search.bound - NEARLY):
                return below.center
            landed = landed_at(self.problem, search.master.columns, below)
            if value < enough + TIGHT:
                search.round(landed, self._squeezed(built, below, enough), TIGHT_SECONDS)
            else:
                search.round(landed)
            if search.best is not best or merging.left_out.sum() == left_out or search.enough():
                return below.center
            start = below.center  # rows came back: what it is worth may be less than that

    def insist(self, held: Sequence[Held]) -> None:
        """Take more time for the packages of choices of projects of which nothing but they is in doubt."""
        for seconds in INSISTING:
            for one in held:
                if self.enough():
                    return
                if one.bound >= self.goal:
                    self._insist(one, seconds)

    def _insist(self, held: Held, seconds: float) -> None:
        search = self._search
        below = search.under(held.built, held.duals, replace(ATTEMPT, tolerance=SHARP))
        if below is None:
            return
        landed = landed_at(self.problem, search.master.columns, below)
        for duals in (self._squeezed(held.built, below, self.goal - MEETING), self._center.center):
            if not self.enough() and held.bound >= self.goal:
                search.round(landed, duals, seconds)

    def _squeezed(self, built: Bools, below: Generated, enough: float) -> Floats | None:
        """Multipliers (rows,) at which money does not quite suffice for a choice of projects to be worth enough.

        Sets that leave money over have hardly any prices of their own, and those tell apart no packages. enough: units.
        None where money always suffices.
        """
        search, rows, start = self._search, self.problem.rows, below.center
        money, fixings, columns = np.diff(rows.arcs.start) > 0, deciding(built), search.having(built)
        limits = replace(ATTEMPT, goal=enough / UNITS_PER_PERSON)
        for share in SQUEEZES:
            rhs = np.where(money, rows.rhs + np.rint(share * np.abs(rows.rhs)).astype(np.int64), rows.rhs)
            problem = replace(self.problem, rows=replace(rows, rhs=rhs))
            master = Master(problem, search.merging.of(problem), penalty=search.master.penalty)
            master.add(columns)
            found = steer(restricted(problem, fixings), self.oracle, master, start, limits, self.enough)
            if found is None:
                return None
            if found.value * UNITS_PER_PERSON < enough:
                return found.center
            start = found.center
        return None
