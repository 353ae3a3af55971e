"""From multipliers of the rows to prices of everything a block decides. Exact integers.

Lagrangian of the flat problem (solver/problem.py), u[r] >= 0 per row, u[r] <= price[r] where the row is soft:

    UB(u) = constant - sum u[r] rhs[r] + sum over blocks of max { worth + sum u[r] coef[r,.] - sum q[c] yuan[c] }
    q[c]  = min over arcs a into cell c of  arc_cost - sum u[r] coef[r,a]

Any such u gives a valid bound. Everything is counted in units of 2^shift: worths are rounded up and soft prices down,
so that the bound stays valid when a large county would overflow 64 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from liftplan.solver.problem import HARD, Bools, Csr, Ints, Problem


class Priced(NamedTuple):
    """What the oracle sees: gains are positive, costs are negative, all in units of 2^shift."""

    measure: Ints
    """(measures,) net gain of taking it, its yuan and rows priced."""
    project: Ints
    """(projects,) net gain of building it."""
    lift: Ints
    """(households,) gain of being lifted."""
    need: Ints
    """(households,) gain per need met when not lifted."""
    touch: Ints
    """(households,) gain (<= 0) if a measure or top-up reaches it."""
    topup: Ints
    """(households,) price of a yuan of top-up."""
    payable: Bools
    """(households,) a fund may pay its top-up."""
    minimum: Ints
    """(households,) HARD or the penalty per yuan short of the minimum."""
    maximum: Ints
    """(households,) HARD or the penalty per yuan over the maximum."""
    must: Bools
    """(measures,)"""
    may: Bools
    """(measures,)"""
    lift_low: Ints
    lift_high: Ints
    project_low: Ints
    project_high: Ints


@dataclass(frozen=True)
class Prices:
    """Multipliers in units of 2^shift per row unit, and what follows from them."""

    shift: int
    rows: Ints
    """(rows,) u >> shift."""
    cells: Ints
    """(cells,) price per yuan; a cell without arcs has none and must not be used."""
    fixed: int
    """constant - sum u rhs, in units of 2^shift, rounded up. Python integer of any size."""
    priced: Priced


def along(lists: Csr, values: Ints) -> Ints:
    """Per owner the sum of value * values[index], int64 (owners,)."""
    sums = np.zeros(lists.owners, dtype=np.int64)
    if len(lists.index):
        terms = lists.value * values[lists.index]
        full = np.flatnonzero(np.diff(lists.start))
        sums[full] = np.add.reduceat(terms, lists.start[full])
    return sums


def price(problem: Problem, multipliers: Ints, shift: int) -> Prices:
    """Price everything. `multipliers` (rows,) are >= 0, in units of 2^shift; soft rows are clipped to their price."""
    rows, flows = problem.rows, problem.flows
    soft = rows.price != HARD
    clipped = np.where(soft, np.minimum(multipliers, np.maximum(rows.price, 0) >> shift), multipliers)
    u = np.maximum(clipped, 0)
    arcs = np.full(len(flows.arc_cell), _floor(problem.arc_cost, shift), dtype=np.int64)
    np.subtract.at(arcs, rows.arcs.index, rows.arcs.value * u[rows.arcs.owner_of_entry()])
    cells = np.zeros(len(flows.cell_village), dtype=np.int64)
    full = np.flatnonzero(np.diff(flows.cell_arcs.start))
    if len(full):
        cells[full] = np.minimum.reduceat(arcs, flows.cell_arcs.start[full])
    households, measures, projects = problem.households, problem.measures, problem.projects
    topup = (
        np.where(households.topup_cell >= 0, cells[np.maximum(households.topup_cell, 0)], 0)
        if len(cells)
        else (np.zeros(len(households.block), dtype=np.int64))
    )
    priced = Priced(
        measure=_up(measures.worth, shift) + along(measures.rows, u) - along(measures.lines, cells),
        project=_up(projects.worth, shift) + along(projects.rows, u) - along(projects.lines, cells),
        lift=_up(households.worth, shift) + along(households.rows, u),
        need=_up(households.need_worth, shift),
        touch=_up(households.touch_worth, shift),
        topup=topup,
        payable=households.topup_cell >= 0,
        minimum=np.where(households.minimum_price == HARD, HARD, households.minimum_price >> shift),
        maximum=np.where(households.maximum_price == HARD, HARD, households.maximum_price >> shift),
        must=measures.low > 0,
        may=measures.high > 0,
        lift_low=households.lift_low,
        lift_high=households.lift_high,
        project_low=projects.low,
        project_high=projects.high,
    )
    fixed = -(-problem.constant >> shift) - sum(
        value * right for value, right in zip(u.tolist(), rows.rhs.tolist(), strict=True) if value
    )
    return Prices(shift, u, cells, fixed, priced)


def _up(values: Ints, shift: int) -> Ints:
    return -((-values) >> shift)


def _floor(value: int, shift: int) -> int:
    return value >> shift
