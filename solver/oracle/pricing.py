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

from liftplan.solver.engines.highs import Floats
from liftplan.solver.problem import HARD, Bools, Csr, Ints, Problem

ROOM = 2.0**61
"""Sums inside one block stay below this."""


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


def needed_shift(problem: Problem, u: Floats) -> int:
    """Smallest shift under which no sum inside a block overflows. u: (rows,) multipliers >= 0, units per row unit."""
    shift = 0
    rows, flows = problem.rows, problem.flows
    arcs = np.full(len(flows.arc_cell), float(problem.arc_cost))
    np.add.at(arcs, rows.arcs.index, np.abs(rows.arcs.value) * u[rows.arcs.owner_of_entry()])
    cells = np.zeros(len(flows.cell_village))
    np.maximum.at(cells, flows.arc_cell, arcs)
    households, measures, projects = problem.households, problem.measures, problem.projects
    topup = np.zeros(len(households.block))
    if len(cells):
        topup = np.where(households.topup_cell >= 0, cells[np.maximum(households.topup_cell, 0)], 0.0)
    most = np.maximum(households.minimum, np.maximum(households.maximum, 0)).astype(np.float64)
    home = (
        households.worth
        + _float(households.rows, u)
        + 64.0 * households.need_worth
        - households.touch_worth
        + most * (topup + np.maximum(households.minimum_price, 0))
    )
    # a yuan of a measure also counts against the maximum, and as a yuan of top-up
    extra = (np.maximum(households.maximum_price, 0) + topup)[measures.household]
    measure = np.abs(measures.worth) + _float(measures.rows, u) + _float(measures.lines, cells)
    measure += _float(measures.lines, np.ones(len(cells))) * extra
    project = np.abs(projects.worth) + _float(projects.rows, u) + _float(projects.lines, cells)
    total = np.zeros(problem.blocks)
    total += np.bincount(households.block, home, problem.blocks)
    total += np.bincount(households.block[measures.household], measure, problem.blocks)
    total += np.bincount(projects.block, project, problem.blocks)
    largest = max(float(total.max(initial=0.0)), float(u.max(initial=0.0)), 1.0)
    while largest > ROOM * 2.0**shift:
        shift += 1
    return shift


def _float(lists: Csr, values: Floats) -> Floats:
    """Sums of |value| * values[index]."""
    sums = np.zeros(lists.owners)
    if len(lists.index):
        full = np.flatnonzero(np.diff(lists.start))
        sums[full] = np.add.reduceat(np.abs(lists.value) * values[lists.index], lists.start[full])
    return sums


def _up(values: Ints, shift: int) -> Ints:
    return -((-values) >> shift)


def _floor(value: int, shift: int) -> int:
    return value >> shift
