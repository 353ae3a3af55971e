"""From a vertex of a relaxation to whole items that cost hardly more: projects first, then packages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftplan.solver.engines.highs import Floats, Lp, LpResult
from liftplan.solver.problem import Ints, Problem

WHOLE = 1e-6
"""Fractions nearer than this to 0 or 1 count as whole."""

ROUNDS = (40, 6)
"""Linear programs over projects, and then over packages, at most."""

PULLS = (1e-3, 1e-4)
"""What it costs beside prices of up to 1 per unit that a project, or a package, leaves the side it is nearer to."""

STEPS = 4000
"""Steps of the simplex method for one decision, at most."""

EXCHANGES = 4
"""Ways to decide a split project that are looked at."""

SLIGHT = 2_000
"""Yuan of split projects that may be lost, where nothing else is said."""

WORSE = 1e-4
"""By this share of the cost (or so much of a unit) a program may get dearer before another way is tried."""


@dataclass(frozen=True)
class Sites:
    """What tells which projects can stand in for one another."""

    yuan: Ints
    """(projects,) of the largest cost line."""
    payers: Ints
    """(projects,) number of the set of funds that may pay that line; -1: there is none."""
    group: Ints
    """(projects,) alternatives, or -1."""


def sites_of(problem: Problem) -> Sites:
    """The projects of a problem."""
    lines, flows = problem.projects.lines, problem.flows
    count = len(problem.projects.block)
    yuan, payers = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    known: dict[frozenset[int], int] = {}
    for one in range(count):
        cells, value = lines.of(one)
        if len(cells):
            largest = int(np.argmax(value))
            funds = flows.arc_fund[flows.cell_arcs.of(int(cells[largest]))[0]]
            yuan[one], payers[one] = value[largest], known.setdefault(frozenset(funds.tolist()), len(known))
    return Sites(yuan, payers, problem.projects.group)


class Descent:
    """Decides split items of a linear program that stays alive, looking at what each decision costs.

    Many optimal points differ in which projects are split, so all projects are first drawn to the side that they are
    nearer to. One that is split even so is built, or left out, in exchange for another whose cost line is about what
    it lacks, or has: what is split gets smaller.
    """

    def __init__(
        self, lp: Lp, costs: Floats, lower: Floats, upper: Floats, columns: tuple[int, int, int], sites: Sites
    ) -> None:
        """costs, lower, upper: of all columns; columns: first project, first package, end of packages."""
        self._lp, self._costs, self._sites = lp, costs, sites
        self._lower, self._upper = lower.copy(), upper.copy()
        self._projects = np.arange(columns[0], columns[1])
        self._packages = np.arange(columns[1], columns[2])
        self._whole = np.arange(columns[0], columns[2])

    def point(self, begin: LpResult, left: Callable[[], float], slight: int = SLIGHT) -> Floats | None:
        """(columns,) a point at which projects are whole, and most packages. None: it led nowhere.

        begin: the relaxation's outcome; left: seconds that are left; slight: yuan of split projects that may be lost.
        """
        self._left = left
        last = self._decided(begin, slight)
        if last is None:
            return None
        return self._drawn(last).x

    def _decided(self, last: LpResult, slight: int) -> LpResult | None:
        """A point at which all projects are whole, and stay so."""
        before = len(self._projects) + 1
        for _ in range(ROUNDS[0]):
            value = last.x[self._projects]
            split = np.flatnonzero(_split(value))
            lost = (np.minimum(value, 1.0 - value) * self._sites.yuan)[split]
            if not len(split) or lost.sum() <= slight:
                break
            if len(split) < before:
                before = len(split)
                self._draw(self._projects, value, PULLS[0])
                found = self._solved("primal")
            else:
                found = self._exchanged(int(split[np.argmax(lost)]), last)
            if found is None:
                return None
            last = found
        self._fix(self._projects, np.round(last.x[self._projects]))
        return self._solved("dual")

    def _exchanged(self, one: int, last: LpResult) -> LpResult | None:
        """One project decided, alone or together with another one."""
        most, best = self._most(last), None
        for side, other in self._ways(one, last.x[self._projects]):
            before = self._lower.copy(), self._upper.copy()
            self._fix(self._projects[[one]], np.array([float(side)]))
            if other >= 0:
                self._fix(self._projects[[other]], np.array([1.0 - side]))
            found = self._solved("dual", STEPS)
            if found is not None and (best is None or self._cost(found) < self._cost(best[0])):
                best = found, self._lower, self._upper
            self._lower, self._upper = before
            if best is not None and self._cost(best[0]) <= most:
                break
        if best is None:
            return None
        self._lower, self._upper = best[1], best[2]
        return best[0]

    def _ways(self, one: int, value: Floats) -> list[tuple[int, int]]:
        """Sides of a project, each with another project that changes its own side (-1: none), the nearest first."""
        sites, part = self._sites, float(value[one])
        free = (self._upper > self._lower)[self._projects] & (sites.payers == sites.payers[one])
        free[one] = False
        busy = np.isin(
            sites.group, sites.group[(value > WHOLE) & (sites.group >= 0) & (sites.group != sites.group[one])]
        )
        has, lacks = part * sites.yuan[one], (1.0 - part) * sites.yuan[one]
        ways = [(lacks, 1, -1), (has, 0, -1)]
        ways += [
            (abs(lacks - sites.yuan[other]), 1, other) for other in np.flatnonzero(free & (value > 1 - WHOLE)).tolist()
        ]
        ways += [
            (abs(has - sites.yuan[other]), 0, other)
            for other in np.flatnonzero(free & (value < WHOLE) & ~busy).tolist()
        ]
        return [(side, other) for _, side, other in sorted(ways)[:EXCHANGES]]

    def _drawn(self, last: LpResult) -> LpResult:
        """Packages drawn to the side that they are nearer to, as long as that leaves fewer split and costs nothing."""
        most = self._most(last)
        for _ in range(ROUNDS[1]):
            split = _split(last.x[self._packages]).sum()
            if not split:
                break
            self._draw(self._packages, last.x[self._packages], PULLS[1])
            found = self._solved("primal")
            if found is None or self._cost(found) > most:
                break
            last = found
            if _split(found.x[self._packages]).sum() >= split:
                break
        return last

    def _draw(self, columns: Ints, value: Floats, pull: float) -> None:
        self._lp.set_costs(columns, self._costs[columns] + np.where(value > 0.5, -pull, pull))

    def _cost(self, result: LpResult) -> float:
        """What a point costs, nobody being drawn anywhere."""
        return float((self._costs * result.x).sum())

    def _most(self, result: LpResult) -> float:
        """What the next point may cost."""
        cost = self._cost(result)
        return cost + WORSE * max(1.0, abs(cost))

    def _fix(self, columns: Ints, values: Floats) -> None:
        self._lower[columns] = self._upper[columns] = values

    def _solved(self, simplex: str, steps: int | None = None) -> LpResult | None:
        self._lp.strategy("primal" if simplex == "primal" else "dual")
        self._lp.set_col_bounds(self._whole, self._lower[self._whole], self._upper[self._whole])
        result = self._lp.solve(self._left(), iterations=steps)
        return result if result.status == "optimal" else None


def _split(values: Floats) -> np.ndarray:
    split: np.ndarray = np.abs(values - np.round(values)) > WHOLE
    return split
