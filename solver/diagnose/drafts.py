"""Whole points near vertices of a linear relaxation, each question starting where the last one ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import numpy as np

from liftplan.solver.diagnose.bundles import Packages, packages_of
from liftplan.solver.diagnose.descent import Descent, Sites
from liftplan.solver.diagnose.growth import Grown, Layout, grown
from liftplan.solver.engines.highs import Floats, Lp
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.problem import Bools, Ints, Problem
from liftplan.solver.progress import Cancel

WHOLE = 1e-6
"""Fractions nearer than this to 0 or 1 count as whole."""

SENSES = (-1, 1)
"""Spend most, and leave out what is split; spend least, and take it."""

ROUNDS = 12
"""Linear programs in which split projects are decided; those that are split still are left out."""

GAP = 1e-4
"""Where rows may be short: how near to the least that is enough."""

TOGETHER = 71
"""Kind of programs over packages that prices asked for."""

LAST_SECONDS = 3.0
"""For the integer program over packages once projects are decided."""


class Impossible(Exception):
    """Not even the linear relaxation has a point."""


@dataclass
class Drafts:
    """What is known from one question about a county to the next: packages, and where its linear program ended."""

    _packages: dict[tuple[int, bool, bool, int, bytes], tuple[Ints, Packages | None]] = field(default_factory=dict)
    """By the array of measures' households, which all problems of one county share."""
    _grown: dict[tuple[int, bool, bool], tuple[Ints, Packages]] = field(default_factory=dict)
    _bases: dict[tuple[int, int, int, int], Any] = field(default_factory=dict)
    """Where relaxations ended, by households, sense, columns and rows."""
    _last: dict[tuple[int, int, int], Any] = field(default_factory=dict)
    """The same whatever the sense."""

    def elsewhere(self) -> Drafts:
        """For a county that differs in a few figures: its relaxations start where those of this one ended."""
        return Drafts(_bases=dict(self._bases), _last=dict(self._last))

    def copied(self) -> Drafts:
        """For a question asked beside others, which it does not change."""
        return Drafts(dict(self._packages), dict(self._grown), dict(self._bases), dict(self._last))

    def packages(self, problem: Problem, most_homes: int, choking: Bools) -> Packages | None:
        """What each household may get; None: one of them must get what does not go together."""
        homes = problem.households
        least, most = bool((homes.minimum_price != 0).any()), bool((homes.maximum >= 0).any())
        key = (id(problem.measures.household), least, most, most_homes, choking.tobytes())
        if key not in self._packages:
            self._packages[key] = problem.measures.household, packages_of(problem, most_homes, choking)
        return self._packages[key][1]

    def grown(
        self,
        problem: Problem,
        packages: Packages,
        program: Callable[[Packages], Layout],
        time_limit: float,
        cancel: Cancel | None,
        *,
        near: bool = False,
    ) -> Grown | None:
        """More packages, as prices ask for them. Raises Impossible where the relaxation has no point all the same."""
        homes = problem.households
        least, most = bool((homes.minimum_price != 0).any()), bool((homes.maximum >= 0).any())
        key = (id(problem.measures.household), least, most)
        known = self._grown.get(key)
        begin = packages if known is None else known[1]
        layout = program(begin)
        more = grown(
            problem,
            begin,
            layout,
            program,
            self._last.get(_size(layout)),
            near=near,
            time_limit=time_limit,
            cancel=cancel,
        )
        if more is None:
            return None
        self._grown[key] = problem.measures.household, more.packages
        self._last[_size(more.layout)] = more.basis
        if more.missed:
            raise Impossible
        return more

    def descended(
        self,
        layout: Layout,
        packages: Packages,
        sites: Sites,
        slight: int,
        time_limit: float,
        cancel: Cancel | None,
    ) -> Iterator[Floats]:
        """Whole points that cost hardly more than the relaxation: split packages left out, then as is best for them.

        layout: of a program whose rows may be short at a price; slight: as for `Descent.point`. Raises Impossible where
        the relaxation has no point.
        """
        model, begun = layout.model, monotonic()
        first, last, end = layout.projects, layout.packages, layout.packages + len(packages.home)

        def left() -> float:
            return max(0.1, time_limit - (monotonic() - begun))

        lp = Lp(method="simplex")
        lp.add_cols(model.costs, model.lower, model.upper)
        lp.add_rows(model.row_lower, model.row_upper, model.matrix)
        basis = self._last.get(_size(layout))
        if basis is not None:
            lp.set_basis(basis)
        result = lp.solve(left(), cancel=cancel)
        if result.status == "infeasible":
            raise Impossible
        if result.status != "optimal":
            return
        self._last[_size(layout)] = lp.basis()
        lower, upper = (np.array(bounds, dtype=np.float64) for bounds in (model.lower, model.upper))
        descent = Descent(lp, np.asarray(model.costs, dtype=np.float64), lower, upper, (first, last, end), sites)
        point = descent.point(result, left, slight)
        if point is None:
            return
        whole = np.arange(first, end)
        near = np.floor(point[whole] + WHOLE)
        split = np.flatnonzero(np.abs(point[whole] - near) > WHOLE)
        tried = point.copy()
        tried[whole] = near
        yield tried
        if not len(split):
            return
        free = np.isin(packages.home, packages.home[split - (last - first)])
        lower[whole] = upper[whole] = near
        columns = last + np.flatnonzero(free)
        lower[columns], upper[columns] = 0.0, np.asarray(model.upper)[columns]
        decided, limit = replace(model, lower=lower, upper=upper), min(left(), LAST_SECONDS)
        best = solve_mip(decided, mip_rel_gap=GAP, time_limit=limit, threads=1, cancel=cancel).x
        if best is not None:
            yield best

    def dived(
        self,
        model: MipModel,
        costs: Floats,
        projects: int,
        kind: tuple[int, int],
        time_limit: float,
        cancel: Cancel | None,
    ) -> Floats | None:
        """(columns,) a whole point, or None. Raises Impossible where there is none.

        costs: of the relaxation. projects: where their columns end. kind: households a village, and whether items help
        (1) or cost (-1). Split projects go to the nearer side, many at a time; then of split packages all are taken, or
        left out and everything else stays as it is; where that does not do, an integer program decides the packages
        that were split or left out.
        """
        rows, sense = len(np.asarray(model.row_lower)), kind[1]
        lp = Lp(method="simplex")
        lp.add_cols(costs, model.lower, model.upper)
        lp.add_rows(model.row_lower, model.row_upper, model.matrix)
        key = (*kind, len(costs), rows)
        last = (kind[0], len(costs), rows)
        basis = self._last.get(last) if kind[0] == TOGETHER else self._bases.get(key, self._last.get(last))
        if basis is not None:
            lp.set_basis(basis)
        whole = np.flatnonzero(np.asarray(model.integer))
        lower, upper = (np.array(bounds, dtype=np.float64) for bounds in (model.lower, model.upper))
        begun = monotonic()

        def left() -> float:
            return max(0.1, time_limit - (monotonic() - begun))

        result = lp.solve(left(), cancel=cancel)
        self._bases[key] = self._last[last] = lp.basis()
        if result.status == "infeasible":
            raise Impossible
        for number in range(ROUNDS):
            if number:
                result = lp.solve(left(), cancel=cancel)
            if result.status != "optimal":
                return None
            split = whole[_split(result.x[whole])]
            if not len(split):
                return result.x
            sites = split[split < projects]
            if not len(sites):
                break
            lower[sites] = upper[sites] = result.x[sites] > 0.5
            lp.set_col_bounds(whole, lower[whole], upper[whole])
        packages = whole[whole >= projects]
        value = result.x[packages]
        if sense > 0:
            lower[packages] = np.where(value > WHOLE, upper[packages], lower[packages])
        else:
            lower[whole] = upper[whole] = np.maximum(lower[whole], np.floor(result.x[whole] + WHOLE))
        lp.set_col_bounds(whole, lower[whole], upper[whole])
        full = lp.solve(left(), cancel=cancel)
        near = full.objective <= result.objective + GAP * max(1.0, abs(result.objective)) or not np.any(model.costs)
        if full.status == "optimal" and near and not _split(full.x[whole]).any():
            return full.x
        sites = whole[whole < projects]
        lower[sites] = upper[sites] = np.floor(result.x[sites] + WHOLE)
        lower[packages], upper[packages] = value > 1 - WHOLE, np.asarray(model.upper)[packages]
        decided = replace(model, lower=lower, upper=upper)
        limit = min(left(), LAST_SECONDS)
        return solve_mip(decided, mip_rel_gap=GAP, time_limit=limit, threads=1, cancel=cancel).x


def _size(layout: Layout) -> tuple[int, int, int]:
    """Key of the last basis of a program over packages that prices asked for."""
    return TOGETHER, len(np.asarray(layout.model.costs)), len(np.asarray(layout.model.row_lower))


def _split(values: Floats) -> Bools:
    split: Bools = np.abs(values - np.round(values)) > WHOLE
    return split
