"""The continuous relaxation of the flows, solved in floats, and what its prices prove in exact integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.messages import m
from liftplan.solver.engines.highs import Floats, Lp, LpResult, Matrix
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.payers import likely_payers
from liftplan.solver.ledger.task import Free
from liftplan.solver.problem import HARD
from liftplan.solver.progress import Cancel

GRID = 1 << 16
"""Prices of the exact bound are multiples of 1/GRID unit."""


@dataclass(frozen=True)
class Relaxed:
    """A continuous optimum. `feasible` is the engine's claim."""

    feasible: bool
    flow: Floats
    """(free arcs,) yuan; meaningless if not feasible."""
    prices: Floats
    """(free rows,) >= 0, units per row unit: of the penalty if feasible, else of the shortage (a proof of conflict)."""


def relax(free: Free, time_limit: float | None = None, cancel: Cancel | None = None) -> Relaxed:
    """Solve the relaxation: first for the least penalty, then, if that fails, for the least shortage of hard rows.

    Raises LimitReached if the engine does not finish.
    """
    scaled = _Scaled(free)
    result = scaled.solve(scaled.penalties(), time_limit, cancel)
    if result.status == "optimal":
        return Relaxed(True, scaled.flow(result), scaled.prices(result, scaled.cost_unit))
    result = scaled.solve(np.where(free.price == HARD, 1.0, 0.0), time_limit, cancel)
    if result.status != "optimal":
        raise LimitReached(m("the money flows could not be computed within the limit"))
    return Relaxed(False, scaled.flow(result), scaled.prices(result, 1.0))


def penalty_bound(free: Free, prices: Floats) -> int:
    """Exact lower bound of the free rows' penalty: Lagrangian of the rows at `prices`, clipped to what is valid.

    min over flows >= sum_r y_r rest_r - sum_cells need_c * max over arcs a into c of sum_r y_r coef[r,a],
    for 0 <= y_r, and y_r <= price_r where the row is soft. In integers on a grid, so valid whatever the prices are.
    """
    limit = [None if price == HARD else int(price) * GRID for price in free.price.tolist()]
    grid = [_on_grid(price, top) for price, top in zip(prices.tolist(), limit, strict=True)]
    bound = _lagrangian(free, grid)
    return -(-bound // GRID)


def caps(free: Free) -> Floats:
    """(free rows,) 1 for hard rows that bound money yuan for yuan, else 0: weights for `proves_conflict`.

    They show at once that more is asked for than all funds have, which is what most plans that cannot be paid fail at.
    """
    others = np.zeros(len(free.rows), dtype=np.bool_)
    others[free.entry_row[free.coef != -1]] = True
    return np.where((free.price == HARD) & ~others, 1.0, 0.0)


def proves_conflict(free: Free, prices: Floats) -> bool:
    """Whether weights on the hard rows alone show exactly that no flow keeps them all (Farkas)."""
    hard = np.where(free.price == HARD, np.maximum(0.0, prices), 0.0)
    # only the direction counts: make the integers large enough that rounding does not turn it
    largest = float(hard.max(initial=0.0)) or 1.0
    weights = [round(price) for price in (hard * (2.0**40 / largest)).tolist()]
    return _lagrangian(free, weights) > 0


def _on_grid(price: float, top: int | None) -> int:
    value = max(0, round(price * GRID))
    return value if top is None else min(value, top)


def _lagrangian(free: Free, weights: list[int]) -> int:
    """The bound of `penalty_bound` for integer weights; Python integers, which cannot overflow."""
    worth = [0] * len(free.arcs)
    for row, arc, coef in zip(free.entry_row.tolist(), free.entry_arc.tolist(), free.coef.tolist(), strict=True):
        if weights[row]:
            worth[arc] += weights[row] * coef
    best: list[int | None] = [None] * len(free.cells)
    for cell, value in zip(free.arc_cell.tolist(), worth, strict=True):
        current = best[cell]
        if current is None or value > current:
            best[cell] = value
    bound: int = sum(weight * rest for weight, rest in zip(weights, free.rest.tolist(), strict=True))
    most: int = sum(need * (value or 0) for need, value in zip(free.need.tolist(), best, strict=True))
    return bound - most


class _Scaled:
    """The relaxation in powers of two of yuan, row units and penalty units: scaling that rounds nothing."""

    def __init__(self, free: Free) -> None:
        self._free = free
        self._yuan = _power(float(free.need.max(initial=1)) / 2**12)
        top = np.ones(len(free.rows), dtype=np.int64)
        np.maximum.at(top, free.entry_row, np.abs(free.coef))
        self._row = np.array([_power(float(value)) for value in top])
        self._payers = likely_payers(free.arc_cell, free.need, free.rest, free.entry_row, free.entry_arc, free.coef)
        soft = free.price != HARD
        prices = free.price[soft].astype(np.float64) * self._row[soft]
        self.cost_unit = _power(float(np.sqrt(prices.min() * prices.max()))) if len(prices) else 1.0
        """Penalty units per unit of the LP's costs."""

    def penalties(self) -> Floats:
        """Cost of a scaled unit short per row; infinite where the row is hard."""
        costs: Floats = self._free.price * self._row / self.cost_unit
        costs[self._free.price == HARD] = np.inf
        return costs

    def solve(self, short_costs: Floats, time_limit: float | None, cancel: Cancel | None) -> LpResult:
        """Least cost of what rows are short; rows with infinite cost are kept."""
        free = self._free
        lp = Lp(method="simplex")
        arcs, cells, rows = len(free.arcs), len(free.cells), len(free.rows)
        lp.add_cols(np.zeros(arcs), 0.0, np.inf)
        need = free.need / self._yuan
        start = np.searchsorted(free.arc_cell, np.arange(cells + 1))
        lp.add_rows(need, need, Matrix(start, np.arange(arcs), np.ones(arcs)))
        start = np.searchsorted(free.entry_row, np.arange(rows + 1))
        value = free.coef / self._row[free.entry_row]
        lp.add_rows(free.rest / self._row / self._yuan, np.inf, Matrix(start, free.entry_arc, value))
        short = np.flatnonzero(np.isfinite(short_costs))
        entries = Matrix(np.arange(len(short) + 1), cells + short, np.ones(len(short)))
        lp.add_cols(short_costs[short], 0.0, np.inf, entries)
        basic = np.zeros(arcs + len(short), dtype=np.bool_)
        basic[self._payers] = True
        lp.begin_with(basic, np.arange(cells + rows) >= cells)
        result = lp.solve(time_limit, cancel=cancel)
        if result.status in ("time", "cancelled"):
            raise LimitReached(m("the money flows could not be computed within the limit"))
        return result

    def flow(self, result: LpResult) -> Floats:
        """Arc flows in yuan."""
        return result.x[: len(self._free.arcs)] * self._yuan

    def prices(self, result: LpResult, cost_unit: float) -> Floats:
        """Row prices in units per row unit."""
        prices: Floats = result.row_duals[len(self._free.cells) :] * cost_unit / self._row
        return prices


def _power(value: float) -> float:
    """The power of two next to `value`, at least 1."""
    return float(2.0 ** max(0, round(np.log2(max(1.0, value)))))
