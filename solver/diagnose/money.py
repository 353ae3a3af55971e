"""The money alone: flows from funds into cells as a linear program, every cost line a capacity.

    f_a >= 0 per arc,   floor_c <= sum of f_a into c <= cap_c,   sum coef[r,a] f_a >= rhs_r per row kept.

Every plan is such a flow, so what no flow can do no plan can. A claim that there is none is multipliers y_r >= 0 of the
rows whose exact sum asks for more than all cells can carry; it is rebuilt in whole numbers before it is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from liftplan.solver.compile import Compiled
from liftplan.solver.diagnose.assistance import asked
from liftplan.solver.diagnose.capacities import capacities, floors
from liftplan.solver.diagnose.moneyproof import MoneyProof, MoneyRow
from liftplan.solver.diagnose.rules import Instance, Kept
from liftplan.solver.engines.highs import Lp, Matrix
from liftplan.solver.problem import Bools, Problem

UNIT = 10_000
"""Yuan per unit of flow in the linear program."""

DENOMINATORS = (1, 2, 10, 100, 10_000, 10**6, 10**9)
"""Largest denominators that multipliers are rounded to, one after the other, until the proof holds."""


NEAR = 1e-3
"""Yuan within which an exact bound is as near to the linear program's as can be."""

SLIGHT = 1e-12
"""Multipliers up to this count as 0."""

TIGHT = 0.02
"""Room of all rows at once, as a share of what they ask for or allow, above which no cell is in the way."""


FEW = 0.1
"""Share of all cells above which it says nothing that they help."""


class Money:
    """The linear program of one compiled county, kept alive; rules are switched on and off."""

    def __init__(self, compiled: Compiled) -> None:
        self.problem = compiled.problem
        self.cap, self.floor = capacities(self.problem), floors(self.problem)
        self.rows = tuple(_rows(self.problem))

    def refute(self, kept: Kept) -> MoneyProof | None:
        """A proof that no flow keeps these rules, or None: there may be one."""
        on = [number for number, row in enumerate(self.rows) if kept.issuperset(row.instances)]
        if not on:
            return None
        self._switch(on)
        result = self._lp.solve()
        if result.status != "optimal" or result.objective <= 0:
            return None
        duals = result.row_duals[: len(self.rows)]
        found = {number: max(0.0, float(duals[number])) / self.rows[number].scale for number in on}
        return self.proof({number: value for number, value in found.items() if value > SLIGHT})

    def proof(self, multipliers: Mapping[int, float]) -> MoneyProof | None:
        """Exact proof from multipliers of rows (row number -> yuan per row unit), or None if none holds."""
        largest = max((value * self.rows[number].scale for number, value in multipliers.items()), default=0.0)
        if largest <= 0:
            return None
        for denominator in DENOMINATORS:
            exact = {
                number: Fraction(value * self.rows[number].scale / largest).limit_denominator(denominator)
                / self.rows[number].scale
                for number, value in multipliers.items()
            }
            found = self.added({number: y for number, y in exact.items() if y > 0})
            if found.short > 0:
                return found
        return None

    def added(self, multipliers: Mapping[int, Fraction]) -> MoneyProof:
        """The rows added up with exact multipliers, whatever comes out."""
        flows = self.problem.flows
        common = lcm(*(y.denominator for y in multipliers.values()))
        whole = {number: int(y * common) for number, y in multipliers.items()}
        largest = sum(y * self.rows[number].scale for number, y in whole.items())
        gains = np.zeros(len(flows.arc_fund), dtype=np.int64 if largest < 2**62 else object)
        for number, y in whole.items():
            np.add.at(gains, self.rows[number].arcs, y * self.rows[number].coef.astype(gains.dtype))
        best = np.full(len(self.cap), -largest - 1, dtype=gains.dtype)
        np.maximum.at(best, flows.arc_cell, gains)  # a fund that pays there without counting gains 0
        best[best == -largest - 1] = 0
        yuan = np.where(best > 0, self.cap, self.floor)
        cells = [
            (cell, Fraction(int(best[cell]), common), int(yuan[cell]))
            for cell in np.flatnonzero((best != 0) & (yuan != 0)).tolist()
        ]
        rows = tuple((self.rows[number], y) for number, y in sorted(multipliers.items()) if y)
        named = self.problem.names.cells
        return MoneyProof(rows, tuple(cells), tuple(named[cell] for cell, _, _ in cells))

    def again(self, proof: MoneyProof) -> MoneyProof | None:
        """A proof of another problem of the county, added up in this one; None: here it does not hold."""
        number = {row.key: place for place, row in enumerate(self.rows)}
        if any(row.key not in number for row, _ in proof.rows):
            return None
        found = self.added({number[row.key]: y for row, y in proof.rows})
        return found if found.short > 0 else None

    def least_give(self, prices: Mapping[Instance, float], kept: Kept) -> tuple[dict[Instance, float], Fraction] | None:
        """Least priced yuan by which rules that may give are missed, and an exact lower bound of it.

        prices: price per yuan of those that may give; `kept`: rules that count at all. None: it cannot be had.
        """
        on = [
            number
            for number, row in enumerate(self.rows)
            if kept.issuperset(row.instances) and not (row.derived and prices.keys() & row.instances)
        ]
        costs = [self._cost(self.rows[number], prices) for number in on]
        self._switch(on, dict(zip(on, costs, strict=True)))
        result = self._lp.solve()
        if result.status != "optimal":
            return None
        first = len(self.problem.flows.arc_fund)
        given: dict[Instance, float] = {}
        for number, cost in zip(on, costs, strict=True):
            short = float(result.x[first + number]) * UNIT
            if np.isfinite(cost) and short > 1e-6:
                giver = min(self.rows[number].instances, key=lambda one: prices.get(one, np.inf))
                given[giver] = max(given.get(giver, 0.0), short)
        found = {number: float(result.row_duals[number]) for number in on}
        duals = {number: dual / self.rows[number].scale for number, dual in found.items() if dual > SLIGHT}
        return given, self._bound(duals, dict(zip(on, costs, strict=True)), result.objective)

    def most_room(self, kept: Kept, parts: Iterable[Instance]) -> Fraction | None:
        """Room that no flow can exceed in all these rows at once, the others kept; None: not proved.

        In row units; of R5 in yuan of a household.
        """
        wanted = set(parts)
        on = [number for number, row in enumerate(self.rows) if kept.issuperset(row.instances)]
        mine = [number for number in on if wanted.issuperset(self.rows[number].instances)]
        if not mine:
            return None
        self._switch(on, dict.fromkeys(on, np.inf))
        times = {number: max(1, self.rows[number].homes) for number in mine}
        taken = np.array([-times[number] / self.rows[number].scale for number in mine])
        self._lp.add_cols([-1.0], 0.0, np.inf, Matrix([0, len(mine)], mine, taken))
        result = self._lp.solve()
        self._lp.delete_cols([self._lp.columns - 1])
        if result.status != "optimal":
            return None
        duals = np.maximum(0.0, result.row_duals[: len(self.rows)])
        best: Fraction | None = None
        for denominator in DENOMINATORS:
            exact = {
                number: Fraction(float(duals[number])).limit_denominator(denominator) / self.rows[number].scale
                for number in on
                if duals[number] > SLIGHT
            }
            weight = sum((exact.get(number, Fraction(0)) * times[number] for number in mine), Fraction(0))
            if weight > 0:
                most = -self.added({number: y for number, y in exact.items() if y > 0}).short / weight
                best = most if best is None else min(best, most)
                if float(best) <= -result.objective * UNIT + NEAR:
                    break
        return best

    def choking(self, kept: Kept) -> Bools:
        """(cells,) those that can take up too little for the rules that are kept to have much room."""
        none = np.zeros(len(self.cap), dtype=np.bool_)
        on = [number for number, row in enumerate(self.rows) if kept.issuperset(row.instances) and row.rhs]
        if not on:
            return none
        self._switch(on, dict.fromkeys(on, np.inf))
        asked = np.array([abs(self.rows[number].rhs) / self.rows[number].scale / UNIT for number in on])
        self._lp.add_cols([-1.0], 0.0, 1.0, Matrix([0, len(on)], on, -asked))
        result = self._lp.solve()
        self._lp.delete_cols([self._lp.columns - 1])
        if result.status != "optimal" or -result.objective > TIGHT:
            return none
        gains = np.zeros(len(self.problem.flows.arc_fund))
        for number in on:
            row = self.rows[number]
            gains[row.arcs] += max(0.0, float(result.row_duals[number])) * row.coef / row.scale
        best = np.zeros(len(self.cap))
        np.maximum.at(best, self.problem.flows.arc_cell, gains)
        return best > 1e-9 * max(1.0, float(best.max(initial=0.0)))

    def helping(self, short: Iterable[Instance]) -> Bools:
        """(cells,) those whose money helps minimums that are missed, none where that is much of the county."""
        missed = set(short)
        cells = np.zeros(len(self.cap), dtype=np.bool_)
        for row in self.rows:
            if row.rhs > 0 and missed.intersection(row.instances):
                cells[self.problem.flows.arc_cell[row.arcs[row.coef > 0]]] = True
        return cells if cells.mean() <= FEW else np.zeros_like(cells)

    @staticmethod
    def _cost(row: MoneyRow, prices: Mapping[Instance, float]) -> float:
        """Price of missing a row by one, as it stands in the linear program."""
        price = min((prices.get(one, np.inf) for one in row.instances), default=np.inf)
        return price * row.scale * float(row.yuan)

    def _bound(self, duals: Mapping[int, float], costs: Mapping[int, float], value: float) -> Fraction:
        """Exact lower bound of what must be given, from multipliers clipped to the prices; value: the engine's."""
        best = Fraction(0)
        for denominator in DENOMINATORS:
            exact = {}
            for number, dual in duals.items():
                scale = self.rows[number].scale
                y = Fraction(dual * scale).limit_denominator(denominator)
                if np.isfinite(costs[number]):
                    y = min(y, Fraction(costs[number]).limit_denominator(10**9))
                if y > 0:
                    exact[number] = y / scale
            if exact:
                best = max(best, self.added(exact).short)
                if float(best) >= value * UNIT - NEAR:
                    break
        return best

    @cached_property
    def _lp(self) -> Lp:
        problem, rows = self.problem, self.rows
        arcs = len(problem.flows.arc_fund)
        lp = Lp(method="simplex", presolve=False)
        lp.add_cols(np.concatenate([np.zeros(arcs), np.ones(len(rows))]), 0.0, np.inf)
        index, value, start = [], [], [0]
        for number, row in enumerate(rows):
            index += [row.arcs, np.array([arcs + number])]
            value += [row.coef / row.scale, np.ones(1)]
            start.append(start[-1] + len(row.arcs) + 1)
        lower = np.array([row.rhs / row.scale / UNIT for row in rows])
        nothing = np.zeros(0)
        lp.add_rows(lower, np.inf, Matrix(start, np.concatenate([nothing, *index]), np.concatenate([nothing, *value])))
        into = problem.flows.cell_arcs
        lp.add_rows(self.floor / UNIT, self.cap / UNIT, Matrix(into.start, into.index, np.ones(len(into.index))))
        return lp

    def _switch(self, on: Iterable[int], costs: Mapping[int, float] | None = None) -> None:
        """Count only these rows; costs: of missing each by a yuan (infinite: it may not be missed)."""
        on = list(on)
        first, size = len(self.problem.flows.arc_fund), len(self.rows)
        lower = np.full(size, -np.inf)
        lower[on] = [self.rows[number].rhs / self.rows[number].scale / UNIT for number in on]
        self._lp.set_row_bounds(np.arange(size), lower, np.inf)
        price, most = np.ones(size), np.full(size, np.inf)
        if costs is not None:
            for number, cost in costs.items():
                price[number], most[number] = (cost, np.inf) if np.isfinite(cost) else (0.0, 0.0)
        self._lp.set_costs(first + np.arange(size), price)
        self._lp.set_col_bounds(first + np.arange(size), 0.0, most)


def _rows(problem: Problem) -> Iterable[MoneyRow]:
    """Rows over money alone, and what households must get at least."""
    rows = problem.rows
    items = np.zeros(len(rows.rhs), dtype=np.bool_)
    for lists in (problem.projects.rows, problem.measures.rows, problem.households.rows):
        items[lists.index] = True
    for number, (rule, subject) in enumerate(problem.names.rows):
        if items[number] or rule in {"R8", "R12"}:
            continue
        arcs, coef = rows.arcs.of(number)
        named = subject.split(" + ") if rule == "R11" else [subject]
        unit = Fraction(int(rows.short_scale[number]), 10_000) if rule == "R7" else Fraction(1)
        yield MoneyRow(tuple(Instance(rule, one) for one in named), int(rows.rhs[number]), arcs, coef, unit)
    yield from _minimums(problem)


def _minimums(problem: Problem) -> Iterable[MoneyRow]:
    """R5 for households that are helped in any case, or because another rule needs some of them to be."""
    for one in asked(problem):
        arcs = np.flatnonzero(one.cells[problem.flows.arc_cell])
        ones = np.ones(len(arcs), dtype=np.int64)
        derived = one.where != "all" or bool(one.helped.forcing)
        yield MoneyRow(
            one.instances, one.yuan, arcs, ones, block=one.helped.block, where=one.where, homes=one.homes,
            derived=derived,
        )  # fmt: skip
