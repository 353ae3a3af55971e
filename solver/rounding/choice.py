"""The choice problem, a small mixed integer program: of each group take exactly one alternative, and let money flow.

Groups are blocks (alternatives: block plans) or households (alternatives: packages). What is already decided is an
offset of demand, rows and worth. Under a soft household minimum the top-up is continuous: `topup` yuan more in a cell,
at most the shortfall of the packages chosen there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.engines.highs import Floats, Lp, Matrix
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.master import MONEY, Scaling
from liftplan.solver.problem import HARD, Csr, Ints, Problem
from liftplan.solver.progress import Cancel

ARTIFICIAL = 200.0
"""Persons per 10,000 yuan (per unit, where a row counts no money) by which the relaxation misses a hard row. Choices
may miss none: HiGHS finds them in 0.4 of the time that it takes where they may."""

ROUNDING = 1e-6
"""Persons by which the engine's value of a choice may miss its own."""


@dataclass(frozen=True)
class Alternatives:
    """What may be chosen. Groups are numbered from 0; every group has at least one alternative."""

    group: Ints
    """(alternatives,) ascending."""
    worth: Ints
    """(alternatives,) units."""
    demand: Csr
    """alternative -> cells with yuan."""
    rows: Csr
    """alternative -> rows with coefficients."""
    short: Csr
    """alternative -> top-up cell with yuan that a soft minimum still lacks."""
    base_demand: Ints
    """(cells,) yuan already decided."""
    base_rows: Ints
    """(rows,) already decided."""
    base_short: Ints
    """(cells,) yuan that soft minimums lack in what is already decided."""
    short_price: int
    """Units per yuan of top-up that fills a soft minimum."""
    base_worth: int = 0
    """Units of what is already decided, projects and the problem's constant left out."""


@dataclass(frozen=True)
class Floor:
    """Another goal than worth, for choices that are worth at least `least`."""

    least: float
    """Persons, what is decided left out."""
    cost: Ints
    """(alternatives,) what is to be made small."""
    unit: int
    """How much of it counts as 1 where it is a float."""


@dataclass(frozen=True)
class Chosen:
    """A solution of the choice problem; floats are the engine's."""

    chosen: Ints
    """(groups,) alternative of each group."""
    topup: Floats
    """(cells,) yuan of soft top-up."""
    value: float
    """Persons, base worth left out; under a floor, minus the cost in its unit."""
    proved: bool
    """Whether nothing is better, but for what the engine was allowed to miss."""


@dataclass(frozen=True)
class _Layout:
    arcs: int
    rows: int
    cells: int
    alternatives: int

    @property
    def topup(self) -> int:
        return self.arcs + self.rows

    @property
    def first(self) -> int:
        return self.arcs + self.rows + self.cells


def choose(
    problem: Problem,
    alternatives: Alternatives,
    *,
    margin: int = 0,
    floor: Floor | None = None,
    gap: float = 1e-6,
    within: float = 0.0,
    least: float = -np.inf,
    target: float = np.inf,
    good: float = np.inf,
    patience: float | None = None,
    time_limit: float | None = None,
    node_limit: int | None = None,
    seed: int = 0,
    start: Ints | None = None,
    cancel: Cancel | None = None,
) -> Chosen | None:
    """Choose; every hard row is kept.

    least: persons below which choices are of no interest. target: a value (persons) that is good enough. good,
    patience: a value that is after so many seconds, which may be none. gap, within: relative and in persons, by which
    the best may be missed; either is enough. Under a floor, `within`, target and good count its cost in its unit, and
    least has no meaning. margin: whole units by which hard rows are tightened (whole yuan need a little room). start:
    (groups,) a choice to begin with. None if the engine found nothing within its limits.
    """
    model, layout = _model(problem, alternatives, margin, floor, integer=True)
    at_once = patience == 0
    begin = None
    if start is not None:
        begin = np.full(layout.first + layout.alternatives, np.nan)
        begin[layout.first :] = 0.0
        begin[layout.first + start] = 1.0
    result = solve_mip(
        model,
        mip_rel_gap=gap,
        mip_abs_gap=within,
        target=-(good if at_once else target),
        cutoff=np.inf if floor is not None else -least + ROUNDING,
        good=-good,
        patience=None if at_once else patience,
        time_limit=time_limit,
        node_limit=node_limit,
        threads=1,
        seed=seed,
        start=begin,
        cancel=cancel,
    )
    if result.x is None:
        return None
    x = result.x[layout.first :]
    groups = int(alternatives.group[-1]) + 1 if len(alternatives.group) else 0
    chosen = np.full(groups, -1, dtype=np.int64)
    picked = np.flatnonzero(x > 0.5)
    chosen[alternatives.group[picked]] = picked
    if (chosen < 0).any():
        return None
    topup = result.x[layout.topup : layout.first] * MONEY
    return Chosen(chosen, topup, -(result.objective or 0.0), result.status == "optimal")


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation of the choice problem."""

    value: float
    """Persons, base worth left out; under a floor, minus the cost in its unit."""
    weights: Floats
    """(alternatives,)"""
    missing: float
    """Scaled shortfall of hard rows: above 0 these alternatives alone cannot keep them."""


def relax(
    problem: Problem,
    alternatives: Alternatives,
    floor: Floor | None = None,
    time_limit: float | None = None,
    cancel: Cancel | None = None,
) -> Relaxed | None:
    """Solve the relaxation; None where the engine does not."""
    model, layout = _model(problem, alternatives, 0, floor, integer=False)
    lp = Lp(method="simplex", presolve=True)
    lp.add_cols(model.costs, model.lower, model.upper)
    lp.add_rows(model.row_lower, model.row_upper, model.matrix)
    result = lp.solve(time_limit, cancel=cancel)
    if result.status != "optimal":
        return None
    missing = float(result.x[layout.arcs : layout.topup][problem.rows.price == HARD].sum())
    return Relaxed(-result.objective, result.x[layout.first :], missing)


def _model(
    problem: Problem, alternatives: Alternatives, margin: int, floor: Floor | None, *, integer: bool
) -> tuple[MipModel, _Layout]:
    rows, flows = problem.rows, problem.flows
    scale = Scaling.of(problem).row
    layout = _Layout(len(flows.arc_cell), len(rows.rhs), len(flows.cell_village), len(alternatives.group))
    groups = int(alternatives.group[-1]) + 1 if layout.alternatives else 0
    hard = rows.price == HARD
    columns = layout.first + layout.alternatives
    costs, upper = np.zeros(columns), np.full(columns, np.inf)
    costs[: layout.arcs] = problem.arc_cost * MONEY / UNITS_PER_PERSON
    artificial = np.where(np.diff(rows.arcs.start) > 0, ARTIFICIAL, ARTIFICIAL / scale)
    soft = np.maximum(rows.price, 0) / UNITS_PER_PERSON / scale
    costs[layout.arcs : layout.topup] = np.where(hard, artificial, soft)
    if floor is not None or integer:
        upper[layout.arcs : layout.topup] = np.where(hard, 0.0, np.inf)
    costs[layout.topup : layout.first] = -alternatives.short_price * MONEY / UNITS_PER_PERSON
    costs[layout.first :] = -alternatives.worth / UNITS_PER_PERSON
    upper[layout.first :] = 1.0
    short = alternatives.short
    possible = alternatives.base_short.copy()
    np.add.at(possible, short.index, short.value)
    upper[layout.topup : layout.first] = possible / MONEY
    kinds = np.zeros(columns, dtype=np.bool_)
    kinds[layout.first :] = integer
    base, last = layout.rows, layout.rows + 2 * layout.cells
    alternative = np.arange(layout.alternatives)
    cell = np.arange(layout.cells)
    parts = [
        (rows.arcs.owner_of_entry(), rows.arcs.index, rows.arcs.value * scale[rows.arcs.owner_of_entry()] * MONEY),
        (np.arange(layout.rows), layout.arcs + np.arange(layout.rows), np.ones(layout.rows)),
        (
            alternatives.rows.index,
            layout.first + alternatives.rows.owner_of_entry(),
            alternatives.rows.value * scale[alternatives.rows.index],
        ),
        (base + flows.arc_cell, np.arange(layout.arcs), np.ones(layout.arcs)),
        (
            base + alternatives.demand.index,
            layout.first + alternatives.demand.owner_of_entry(),
            -alternatives.demand.value / MONEY,
        ),
        (base + cell, layout.topup + cell, -np.ones(layout.cells)),
        (base + layout.cells + cell, layout.topup + cell, -np.ones(layout.cells)),
        (base + layout.cells + short.index, layout.first + short.owner_of_entry(), short.value / MONEY),
        (last + alternatives.group, layout.first + alternative, np.ones(layout.alternatives)),
    ]
    row = np.concatenate([part[0] for part in parts]).astype(np.int64)
    column = np.concatenate([part[1] for part in parts]).astype(np.int64)
    value = np.concatenate([part[2] for part in parts]).astype(np.float64)
    # several measures of a package may cost in one cell: the engine wants one entry
    places, inverse = np.unique(row * columns + column, return_inverse=True)
    value = np.bincount(inverse, weights=value).astype(np.float64)
    total = last + groups
    start = np.zeros(total + 1, dtype=np.int64)
    np.cumsum(np.bincount(places // columns, minlength=total), out=start[1:])
    right = (rows.rhs - alternatives.base_rows + np.where(hard & (np.diff(rows.arcs.start) > 0), margin, 0)) * scale
    demand = alternatives.base_demand / MONEY
    lower = np.concatenate([right, demand, -alternatives.base_short / MONEY, np.ones(groups)])
    ceiling = np.concatenate([np.full(layout.rows, np.inf), demand, np.full(layout.cells, np.inf), np.ones(groups)])
    index = places % columns
    if floor is not None:
        counted = np.flatnonzero(costs)
        start = np.append(start, start[-1] + len(counted))
        index, value = np.concatenate([index, counted]), np.concatenate([value, -costs[counted]])
        lower, ceiling = np.append(lower, floor.least), np.append(ceiling, np.inf)
        costs = np.zeros(columns)
        costs[layout.first :] = floor.cost / floor.unit
    model = MipModel(costs, np.zeros(columns), upper, kinds, lower, ceiling, Matrix(start, index, value))
    return model, layout
