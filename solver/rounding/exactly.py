"""The choice problem in exact whole numbers, by CP-SAT: much quicker than a mixed integer program among near ties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.engines.cpsat import LARGEST, UNKNOWN, IntegerModel, solve_integer
from liftplan.solver.problem import HARD, Ints, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.rounding.choice import Alternatives, Chosen, Floor

ROUNDING = 1e-6
"""Part of a unit by which persons in floats may miss a whole number of them."""


def choose_exactly(
    problem: Problem,
    alternatives: Alternatives,
    *,
    margin: int = 0,
    floor: Floor | None = None,
    within: float = 0.0,
    least: float = -np.inf,
    target: float = np.inf,
    good: float = np.inf,
    start: Ints | None = None,
    patience: float | None = None,
    time_limit: float | None = None,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> Chosen | None:
    """Choose, as `choice.choose`; every hard row is kept. least: persons below which choices are of no interest.

    Under a floor, `within`, `target`, `good` and the value count its cost in its unit, not persons.
    work_limit: deterministic seconds, which repeat exactly with one worker. Raises OverflowError where amounts are too
    large for exact sums.
    """
    if not len(alternatives.group):
        return None
    unit = _unit(problem, alternatives)
    persons = UNITS_PER_PERSON / unit
    model = _model(problem, alternatives, margin, unit)
    if floor is not None:
        least = max(least, floor.least)
    if np.isfinite(least):
        model = _below(model, int(np.floor(-least * persons + ROUNDING)))
    if floor is not None:
        costs = np.zeros_like(model.costs)
        costs[-len(floor.cost) :] = floor.cost
        model, persons = replace(model, costs=costs), float(floor.unit)
    first = len(model.costs) - len(alternatives.group)
    hint = None
    if start is not None:
        hint = np.full(len(model.costs), UNKNOWN)
        hint[first:] = 0
        hint[first + start] = 1
    result = solve_integer(
        model,
        time_limit=time_limit,
        work_limit=work_limit,
        workers=workers,
        seed=seed,
        hint=hint,
        quick=True,
        gap=within * persons,
        enough=-target * persons,
        good=-good * persons,
        patience=patience,
        cancel=cancel,
    )
    if result.x is None or result.objective is None:
        return None
    cells = len(problem.flows.cell_village)
    picked = np.flatnonzero(result.x[first:])
    topup = result.x[first - cells : first].astype(np.float64)
    return Chosen(picked, topup, -result.objective / persons, result.status == "optimal")


def _below(model: IntegerModel, most: int) -> IntegerModel:
    """The same with a row more: costs of at most so much."""
    counted = np.flatnonzero(model.costs)
    return replace(
        model,
        start=np.append(model.start, model.start[-1] + len(counted)),
        index=np.concatenate([model.index, counted]),
        value=np.concatenate([model.value, model.costs[counted]]),
        row_lower=np.append(model.row_lower, -LARGEST),
        row_upper=np.append(model.row_upper, most),
    )


def _unit(problem: Problem, alternatives: Alternatives) -> int:
    """The largest unit in which all worths and prices are whole."""
    prices = problem.rows.price[problem.rows.price > 0]
    return max(
        1,
        int(np.gcd.reduce(np.concatenate([alternatives.worth, prices, [alternatives.short_price, problem.arc_cost]]))),
    )


def _model(problem: Problem, alternatives: Alternatives, margin: int, unit: int) -> IntegerModel:
    """Columns: arcs (yuan), shortfall of each row, soft top-up of each cell (yuan), alternatives."""
    rows, flows, short = problem.rows, problem.flows, alternatives.short
    arcs, row_count, cells = len(flows.arc_cell), len(rows.rhs), len(flows.cell_village)
    groups, size = int(alternatives.group[-1]) + 1, len(alternatives.group)
    first = arcs + row_count + cells
    most, possible = alternatives.base_demand.copy(), alternatives.base_short.copy()
    np.add.at(most, alternatives.demand.index, alternatives.demand.value)
    np.add.at(possible, short.index, short.value)
    hard = rows.price == HARD
    upper = np.concatenate(
        [(most + possible)[flows.arc_cell], np.where(hard, 0, rows.upper), possible, np.ones(size, dtype=np.int64)]
    )
    costs = np.concatenate(
        [
            np.full(arcs, problem.arc_cost // unit, dtype=np.int64),
            np.maximum(rows.price, 0) // unit,
            np.full(cells, -alternatives.short_price // unit, dtype=np.int64),
            -alternatives.worth // unit,
        ]
    )
    cell, last = np.arange(cells), row_count + 2 * cells
    parts = [
        (rows.arcs.owner_of_entry(), rows.arcs.index, rows.arcs.value),
        (np.arange(row_count), arcs + np.arange(row_count), np.ones(row_count, dtype=np.int64)),
        (alternatives.rows.index, first + alternatives.rows.owner_of_entry(), alternatives.rows.value),
        (row_count + flows.arc_cell, np.arange(arcs), np.ones(arcs, dtype=np.int64)),
        (
            row_count + alternatives.demand.index,
            first + alternatives.demand.owner_of_entry(),
            -alternatives.demand.value,
        ),
        (row_count + cell, arcs + row_count + cell, -np.ones(cells, dtype=np.int64)),
        (row_count + cells + cell, arcs + row_count + cell, -np.ones(cells, dtype=np.int64)),
        (row_count + cells + short.index, first + short.owner_of_entry(), short.value),
        (last + alternatives.group, first + np.arange(size), np.ones(size, dtype=np.int64)),
    ]
    row, column, value = (np.concatenate([part[place] for part in parts]) for place in range(3))
    start, index, sums = _by_rows(row, column, value, last + groups, len(costs))
    money = np.diff(rows.arcs.start) > 0
    right = rows.rhs - alternatives.base_rows + np.where(hard & money, margin, 0)
    lower = np.concatenate([right, alternatives.base_demand, -alternatives.base_short, np.ones(groups, dtype=np.int64)])
    ceiling = lower.copy()
    ceiling[:row_count] = ceiling[row_count + cells : last] = LARGEST
    return IntegerModel(np.zeros(len(costs), dtype=np.int64), upper, costs, start, index, sums, lower, ceiling)


def _by_rows(row: Ints, column: Ints, value: Ints, rows: int, columns: int) -> tuple[Ints, Ints, Ints]:
    """Start, column and value of each row's entries; entries of the same place are added up."""
    places, inverse = np.unique(row * columns + column, return_inverse=True)
    sums = np.zeros(len(places), dtype=np.int64)
    np.add.at(sums, inverse, value)
    start = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(places // columns, minlength=rows), out=start[1:])
    return start, places % columns, sums
