"""The flows as an integer program, in windows around a first guess."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np

from liftplan.solver.engines.cpsat import LARGEST, IntegerModel, solve_integer
from liftplan.solver.ledger.task import Free
from liftplan.solver.problem import HARD, Bools, Ints
from liftplan.solver.progress import Cancel

_OPEN = 2**62


@dataclass(frozen=True)
class Limits:
    """How long one integer program may take: seconds, or deterministic work where runs must repeat."""

    seconds: float | None
    work: float | None
    seed: int = 0
    cancel: Cancel | None = None


@dataclass(frozen=True)
class Found:
    """flow: (free arcs,) or None. `final`: nothing better exists in the window (flow), or nothing at all (None)."""

    flow: Ints | None
    final: bool


def best_in_window(free: Free, guess: Ints, loose: Bools, width: int | None, limits: Limits) -> Found:
    """Least penalty over whole flows that differ from `guess` on loose arcs only, by at most `width` yuan each.

    guess: (free arcs,) sums into cells right; width None: no limit. Raises OverflowError if amounts exceed 64 bits.
    """
    model, moved = _model(free, guess, loose, width)
    exact = model.largest() <= LARGEST
    if not exact:
        model = _coarser(model)
    hint = np.concatenate([guess[moved], _hint_short(free, guess, model, len(moved))])
    result = solve_integer(
        model,
        time_limit=limits.seconds,
        work_limit=limits.work,
        seed=limits.seed,
        hint=np.clip(hint, model.lower, model.upper),
        cancel=limits.cancel,
    )
    if result.x is None:
        return Found(None, result.status == "infeasible")
    flow = guess.copy()
    flow[moved] = result.x[: len(moved)]
    return Found(flow, exact and result.status == "optimal")


def _model(free: Free, guess: Ints, loose: Bools, width: int | None) -> tuple[IntegerModel, Ints]:
    """Columns: loose arcs, then what each soft row is short; rows: cells with loose arcs, then all free rows."""
    moved = np.flatnonzero(loose)
    position = np.full(len(free.arcs), -1, dtype=np.int64)
    position[moved] = np.arange(len(moved))
    need = free.need[free.arc_cell[moved]]
    lower = np.zeros(len(moved), dtype=np.int64) if width is None else np.maximum(0, guess[moved] - width)
    upper = need if width is None else np.minimum(need, guess[moved] + width)

    cells, cell_row = np.unique(free.arc_cell[moved], return_inverse=True)
    still = np.where(loose, 0, guess)
    fixed = np.zeros(len(free.cells), dtype=np.int64)
    np.add.at(fixed, free.arc_cell, still)
    cell_sum = (free.need - fixed)[cells]

    inside = loose[free.entry_arc]
    given = np.zeros(len(free.rows), dtype=np.int64)
    np.add.at(given, free.entry_row, free.coef * still[free.entry_arc])
    rest = free.rest - given
    entry_row, entry_column, coef = free.entry_row[inside], position[free.entry_arc[inside]], free.coef[inside]
    least, most = np.zeros(len(free.rows), dtype=np.int64), np.zeros(len(free.rows), dtype=np.int64)
    np.add.at(least, entry_row, np.minimum(coef * lower[entry_column], coef * upper[entry_column]))
    np.add.at(most, entry_row, np.maximum(coef * lower[entry_column], coef * upper[entry_column]))
    soft = np.flatnonzero(free.price != HARD)

    start, index, value = _by_row(
        np.concatenate([cell_row, len(cells) + entry_row, len(cells) + soft]),
        np.concatenate([np.arange(len(moved)), entry_column, len(moved) + np.arange(len(soft))]),
        np.concatenate([np.ones(len(moved), dtype=np.int64), coef, np.ones(len(soft), dtype=np.int64)]),
        len(cells) + len(free.rows),
    )
    model = IntegerModel(
        np.concatenate([lower, np.maximum(0, rest - most)[soft]]),
        np.concatenate([upper, np.maximum(0, rest - least)[soft]]),
        np.concatenate([np.zeros(len(moved), dtype=np.int64), _reduced(free.price[soft])]),
        start,
        index,
        value,
        np.concatenate([cell_sum, rest]),
        np.concatenate([cell_sum, np.full(len(free.rows), _OPEN)]),
    )
    return model, moved


def _by_row(row: Ints, column: Ints, value: Ints, rows: int) -> tuple[Ints, Ints, Ints]:
    order = np.argsort(row, kind="stable")
    start = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=rows), out=start[1:])
    return start, column[order], value[order]


def _reduced(prices: Ints) -> Ints:
    """Prices divided by their greatest common divisor: the same order of solutions in smaller numbers."""
    common = gcd(*prices.tolist())
    return prices // max(1, common)


def _coarser(model: IntegerModel) -> IntegerModel:
    """The model with prices rounded so that its objective fits 64 bits; rows stay exact."""
    size = np.maximum(np.abs(model.lower), np.abs(model.upper)).astype(np.float64)
    total = float((model.costs * size).sum())
    if total <= LARGEST / 2:
        return model
    factor = LARGEST / 4 / total
    costs = np.where(model.costs > 0, np.maximum(1, np.floor(model.costs * factor)), 0).astype(np.int64)
    return IntegerModel(
        model.lower, model.upper, costs, model.start, model.index, model.value, model.row_lower, model.row_upper
    )


def _hint_short(free: Free, guess: Ints, model: IntegerModel, moved: int) -> Ints:
    """What soft rows are short at the guess."""
    total = np.zeros(len(free.rows), dtype=np.int64)
    np.add.at(total, free.entry_row, free.coef * guess[free.entry_arc])
    short: Ints = np.maximum(0, free.rest - total)[free.price != HARD]
    return np.clip(short, model.lower[moved:], model.upper[moved:])
