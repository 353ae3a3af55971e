"""More packages for a quick plan: those that the prices of its linear relaxation ask for, a few rounds of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from liftplan.solver.diagnose.bundles import Fitting, Packages, allowed, ranked
from liftplan.solver.engines.highs import Floats, Lp, LpResult
from liftplan.solver.engines.mip import MipModel
from liftplan.solver.problem import Ints, Problem
from liftplan.solver.progress import Cancel

MONEY = 10_000
"""Yuan per unit of flow."""

ROUNDS = 8
"""Linear programs until that many packages must do."""

MOST = 1500
"""Packages that come in at once, the most wanted."""

HEAVY = 10.0
"""Cost of 10,000 yuan by which a hard row is missed meanwhile, the dearest soft one costing 1."""

NEAR = 1e-7
"""What counts as nothing."""

ALMOST = 1e-3
"""Rounds end when what is missed falls by less than this share of it."""


@dataclass(frozen=True)
class Layout:
    """Where things stand in the program over some packages."""

    model: MipModel
    projects: int
    """First column of projects; arcs come before."""
    packages: int
    """First column of packages; what rows are short by comes after them."""
    homes: Ints
    """(households with packages that have a row,) these begin at `home_row`."""
    home_row: int
    groups: int
    """Last rows: of alternatives."""
    divisor: Floats
    """(rows,) what the entries of items in a row of the problem are divided by."""


@dataclass(frozen=True)
class Grown:
    """Packages that the relaxation has no better ones for, as far as was looked."""

    packages: Packages
    layout: Layout
    basis: Any
    """Where the relaxation ended."""
    missed: float
    """How much of the hard rows it must miss; 0: it has a point."""
    cost: float
    """Of all that rows are short by there."""
    duals: Floats
    """(rows,) prices there, per unit of a row of the problem, those that count only."""


def grown(
    problem: Problem,
    packages: Packages,
    layout: Layout,
    program: Callable[[Packages], Layout],
    basis: Any,
    *,
    near: bool = False,
    time_limit: float,
    cancel: Cancel | None,
) -> Grown | None:
    """Let packages come in as prices ask for them. None: the engine gave up.

    layout: of the program over `packages`; basis: where an equal program ended, or None; near: whether that point is
    one of this program, or nearly.
    """
    before, number = np.inf, 0
    while True:
        lp, costs = _relaxed(problem, layout)
        if basis is not None:
            lp.set_basis(basis)
            lp.strategy("primal" if number or near else "choose")
        result = lp.solve(time_limit, cancel=cancel)
        if result.status != "optimal":
            return None
        basis = lp.basis()
        size = len(packages.home)
        short = result.x[layout.packages + size :] * (costs[layout.packages + size :] >= HEAVY)
        missed = float(short.sum())
        done = result.objective <= NEAR or (missed <= NEAR and before - result.objective < ALMOST * result.objective)
        if done or number == ROUNDS:
            break
        before, number = result.objective, number + 1
        more = _wanted(problem, packages, layout, result)
        if not len(more.home):
            break
        packages = packages.and_more(more)
        wider = program(packages)
        basis, layout = _carried(basis, layout, wider, size), wider
    duals = np.maximum(0.0, result.row_duals[: len(problem.rows.rhs)] / layout.divisor)
    duals[problem.rows.price == 0] = 0.0
    return Grown(packages, layout, basis, missed if missed > NEAR else 0.0, result.objective, duals)


def _relaxed(problem: Problem, layout: Layout) -> tuple[Lp, Floats]:
    """The linear relaxation in which every row may be missed."""
    model = layout.model
    costs, high = np.array(model.costs, dtype=np.float64), np.array(model.upper, dtype=np.float64)
    first = len(costs) - len(problem.rows.rhs)
    hard = first + np.flatnonzero(problem.rows.price < 0)
    costs[hard], high[hard] = HEAVY, np.inf
    lp = Lp(method="simplex")
    lp.add_cols(costs, model.lower, high)
    lp.add_rows(model.row_lower, model.row_upper, model.matrix)
    return lp, costs


def _wanted(problem: Problem, packages: Packages, layout: Layout, result: LpResult) -> Packages:
    """Of each household the package worth most at the prices, if it is worth more than what it has."""
    rows, measures, homes = problem.rows, problem.measures, problem.households
    counted, cells = len(rows.rhs), len(problem.flows.cell_village)
    row = result.row_duals[:counted] / layout.divisor
    cell = result.row_duals[counted : counted + cells] / MONEY
    size = len(measures.household)
    gain = np.zeros(size)
    np.add.at(gain, measures.lines.owner_of_entry(), -cell[measures.lines.index] * measures.lines.value)
    np.add.at(gain, measures.rows.owner_of_entry(), row[measures.rows.index] * measures.rows.value)
    lines = problem.projects.lines
    dear = np.zeros(len(problem.projects.block))
    np.add.at(dear, lines.owner_of_entry(), np.maximum(0.0, cell[lines.index]) * lines.value)
    missing = 1.0 - result.x[layout.projects : layout.packages]
    closed = (problem.projects.high == 0) * 1e6
    np.add.at(gain, measures.requires.owner_of_entry(), -(dear * missing + closed)[measures.requires.index])
    usable = (measures.high > 0) & ~measures.automatic & ((gain > NEAR) | (measures.low > 0))
    order, together_of = ranked(problem, usable, gain), Fitting(problem)
    now = np.zeros(len(homes.block))
    now[layout.homes] = result.row_duals[layout.home_row : layout.home_row + len(layout.homes)]
    if len(layout.homes) < len(np.unique(packages.home)):  # bounds of columns tell what rows that are left out would
        columns = slice(layout.packages, layout.packages + len(packages.home))
        chosen = np.flatnonzero(result.x[columns] > 1.0 - NEAR)
        np.add.at(now, packages.home[chosen], np.minimum(0.0, result.reduced_costs[columns][chosen]))
    listed = [(one, some) for one in range(len(homes.block)) if (some := together_of(one, order.of(one)[0].tolist()))]
    found = allowed(problem, [(one, sorted(some)) for one, some in listed])
    worth = now[found.home]
    np.add.at(worth, found.owner, gain[found.measures])
    paid = homes.topup_cell[found.home]
    worth -= np.where(paid >= 0, cell[np.maximum(paid, 0)], 0.0) * found.topup
    better = np.flatnonzero(worth > 1e-5)
    better = np.sort(better[np.argsort(-worth[better], kind="stable")[:MOST]])
    return found.only(better)


def _carried(basis: Any, old: Layout, new: Layout, size: int) -> Any:
    """The basis of a program, for the same with more packages (size: how many there were)."""
    status = type(basis.col_status[0])
    columns, lines = list(basis.col_status), list(basis.row_status)
    added = len(np.asarray(new.model.costs)) - len(columns)
    place = old.packages + size
    basis.col_status = columns[:place] + [status.kLower] * added + columns[place:]
    homes = lines[old.home_row : old.home_row + len(old.homes)]
    known = dict(zip(old.homes.tolist(), homes, strict=True))
    after = lines[old.home_row + len(old.homes) :]
    pairs = len(np.asarray(new.model.row_lower)) - old.home_row - len(new.homes) - len(after)
    groups = len(after) - new.groups
    basis.row_status = [
        *lines[: old.home_row],
        *(known.get(home, status.kBasic) for home in new.homes.tolist()),
        *after[:groups],
        *([status.kBasic] * pairs),
        *after[groups:],
    ]
    return basis
