"""A plan soon: a small integer program over projects and a few packages a household, where any plan will do.

Where nothing may be short, the linear relaxation that spends least comes first: its vertices split a few dozen items,
which are all taken, and mostly the money lasts. Later questions start from its last basis. Rows that may be short at a
price are short by as little as it costs least. What it finds is a plan like any other; that it finds none says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from liftplan.solver.columns import gather, weigh
from liftplan.solver.diagnose.bundles import Packages
from liftplan.solver.diagnose.descent import SLIGHT as SLIGHT_LOSS
from liftplan.solver.diagnose.descent import sites_of
from liftplan.solver.diagnose.drafts import GAP, SENSES, Drafts
from liftplan.solver.diagnose.growth import MONEY, Layout
from liftplan.solver.diagnose.matrix import Book
from liftplan.solver.engines.highs import Floats
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.problem import Bools, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel


class Try(NamedTuple):
    """How a quick plan is looked for."""

    homes: int
    """Households a village that may be helped, those first that can take up most money of some kind."""
    margin: int
    """Yuan by which rows of money are tightened: whole yuan may need a little room."""
    grown: bool
    """Whether households may get, besides all that goes together, whatever prices ask for."""


TRIES = (Try(70, 0, False), Try(70, 0, True), Try(70, 3, True))
"""One after the other. Whole items may just reach a minimum, so rows are not tightened first."""

EASY = Try(40, 0, False)
"""Before these, where nothing is known of the county yet: mostly rules leave room enough."""

SECONDS = 4.0
"""For the integer program over all packages, where nothing near the relaxation did."""

SOON = 1
"""Tries where an answer is wanted soon."""

SLIGHT = 1e-7
"""Cost of a unit of flow beside what rows are short by."""


def quick_plans(
    problem: Problem,
    drafts: Drafts,
    how: Try,
    choking: Bools,
    *,
    time_limit: float,
    seed: int = 0,
    slight: int = SLIGHT_LOSS,
    cancel: Cancel | None = None,
    ready: Callable[[], None] = lambda: None,
    lean: bool = False,
) -> Iterator[Decisions]:
    """Decisions that may keep the hard rows, the cheapest to find first; whole yuan have to be tried.

    choking: (cells,) those that can take up too little, so that whoever helps there may get something. slight: yuan
    that rows that may be short may lose to whole projects before others are tried. ready: called once packages have
    come in as prices ask for them. lean: as for `program`. Raises Impossible where not even a relaxation has a point:
    only more households can help.
    """
    packages = drafts.packages(problem, how.homes, choking)
    if packages is None:
        return
    layout = program(problem, packages, how.margin, lean)
    if how.grown:
        more = drafts.grown(
            problem, packages, lambda some: program(problem, some, how.margin, lean), time_limit, cancel
        )
        if more is None:
            return
        packages, layout = more.packages, more.layout
        ready()
    model, first, last = layout.model, layout.projects, layout.packages
    chosen = slice(first, last + len(packages.home))

    def decided(point: Floats) -> Decisions:
        return decisions_of(problem, packages, point[first:last] > 0.5, point[last : chosen.stop] > 0.5)

    costs = np.asarray(model.costs)
    soft = bool((problem.rows.price > 0).any())
    if soft and how.grown:
        for whole in drafts.descended(layout, packages, sites_of(problem), slight, time_limit, cancel):
            yield decided(whole)
    for sense in SENSES[soft:]:
        spending = np.where(np.arange(len(costs)) < first, (SLIGHT if soft else 1e-2) * sense, costs)
        point = drafts.dived(model, spending, last, (how.homes + how.grown, sense), time_limit, cancel)
        if point is not None:
            yield decided(point)
    if not how.grown:
        return  # too little to choose from
    limit = min(time_limit, SECONDS)
    result = solve_mip(model, mip_rel_gap=GAP, time_limit=limit, seed=seed, threads=1, cancel=cancel)
    if result.x is not None:
        yield decided(result.x)


def decisions_of(problem: Problem, packages: Packages, built: Bools, chosen: Bools) -> Decisions:
    """What projects and packages amount to."""
    taken = np.zeros(len(problem.measures.household), dtype=np.bool_)
    taken[packages.measures[chosen[packages.owner]]] = True
    topup = np.zeros(len(problem.households.block), dtype=np.int64)
    topup[packages.home[chosen]] = packages.topup[chosen]
    return Decisions(built, taken, topup)


def program(problem: Problem, packages: Packages, room: int, lean: bool = False) -> Layout:
    """The program: flows, projects, packages, and what rows are short by.

    lean: without rows of households whose only package says as much by its bounds. It is solved sooner, from vertices
    that are no better and no worse; what others find stays as it is without.
    """
    rows, flows, projects, homes = problem.rows, problem.flows, problem.projects, problem.households
    arcs, cells, count, size = (
        len(flows.arc_fund),
        len(flows.cell_village),
        len(projects.block),
        len(packages.home),
    )
    first = arcs + count
    counted = len(rows.rhs)
    book = Book()
    scale = np.ones(len(rows.rhs))
    np.maximum.at(scale, rows.arcs.owner_of_entry(), np.abs(rows.arcs.value).astype(np.float64))
    money = np.diff(rows.arcs.start) > 0

    def entries(row: Ints, column: Ints, value: Ints) -> None:
        book.add(row, column, value / np.where(money, scale * MONEY, 1.0)[row])

    owner = rows.arcs.owner_of_entry()
    book.add(owner, rows.arcs.index, rows.arcs.value / scale[owner])
    entries(projects.rows.index, arcs + projects.rows.owner_of_entry(), projects.rows.value)
    position, row, value = gather(problem.measures.rows, packages.measures)
    entries(row, first + packages.owner[position], value)
    lifted = weigh(problem, packages.home, packages.measures, packages.owner, packages.topup).lifted
    position, row, value = gather(homes.rows, packages.home)
    here = lifted[position]
    entries(row[here], first + position[here], value[here])
    margin = np.where(money, room, 0)
    asked = np.where(money, (rows.rhs + margin * scale) / scale / MONEY, rows.rhs)
    lower = [asked]  # rows that do not count stay, short at no cost: the basis of a program in which they do fits
    upper = [np.full(counted, np.inf)]
    base = counted
    book.add(base + flows.arc_cell, np.arange(arcs), np.ones(arcs))
    book.add(base + projects.lines.index, arcs + projects.lines.owner_of_entry(), -projects.lines.value / MONEY)
    position, cell, value = gather(problem.measures.lines, packages.measures)
    book.add(base + cell, first + packages.owner[position], -value / MONEY)
    paid = np.flatnonzero(packages.topup > 0)
    book.add(base + homes.topup_cell[packages.home[paid]], first + paid, -packages.topup[paid] / MONEY)
    lower.append(np.zeros(cells))
    upper.append(np.zeros(cells))
    base += cells
    one, number, count_of = np.unique(packages.home, return_inverse=True, return_counts=True)
    home_row = base
    must = homes.always_assisted[one] & (homes.minimum[one] > 0)
    forced = np.zeros(len(homes.block), dtype=np.bool_)
    forced[problem.measures.household[problem.measures.low > 0]] = True
    must |= forced[one] | (homes.lift_low[one] > 0)
    told = must | (count_of > 1) if lean else np.ones(len(one), dtype=np.bool_)
    row_of, here = np.cumsum(told) - 1, told[number]
    book.add(base + row_of[number[here]], first + np.flatnonzero(here), np.ones(int(here.sum())))
    one = one[told]
    lower.append(must[told].astype(np.float64))
    upper.append(np.ones(len(one)))
    base += len(one)
    for left, right in _requirements(problem, packages, arcs, first):
        book.add(base + np.arange(len(left)), left, np.ones(len(left)))
        book.add(base + np.arange(len(left)), right, -np.ones(len(left)))
        lower.append(np.full(len(left), -np.inf))
        upper.append(np.zeros(len(left)))
        base += len(left)
    named = np.flatnonzero(projects.group >= 0)
    groups, number = np.unique(projects.group[named], return_inverse=True)
    book.add(base + number, arcs + named, np.ones(len(named)))
    lower.append(np.zeros(len(groups)))
    upper.append(np.ones(len(groups)))
    soft = rows.price > 0  # every row has a column for what is short, so that bases fit
    columns = first + size + counted
    book.add(np.arange(counted), first + size + np.arange(counted), np.ones(counted))
    costs = np.zeros(columns)
    dearest = max(1.0, float((rows.price[soft] * scale[soft]).max(initial=1.0)))
    costs[first + size :] = np.where(soft, rows.price * np.where(money, scale, 1.0) / dearest, 0.0)
    low, high = np.zeros(columns), np.ones(columns)
    high[:arcs] = np.inf
    high[first + size :] = np.where(rows.price >= 0, np.inf, 0.0)
    low[arcs:first], high[arcs:first] = projects.low, projects.high
    unlifted = (homes.lift_low[packages.home] > 0) & ~lifted
    high[first : first + size][unlifted] = 0.0
    integer = (np.arange(columns) >= arcs) & (np.arange(columns) < first + size)
    matrix = book.finish(base + len(groups))
    model = MipModel(costs, low, high, integer, np.concatenate(lower), np.concatenate(upper), matrix)
    divisor = np.where(money, scale * MONEY, 1.0)
    return Layout(model, arcs, first, one, home_row, len(groups), divisor)


def _requirements(problem: Problem, packages: Packages, arcs: int, first: int) -> list[tuple[Ints, Ints]]:
    """Columns with the columns that they need."""
    requires = problem.projects.requires
    position, project, _ = gather(problem.measures.requires, packages.measures)
    pairs = np.unique(packages.owner[position] * (arcs + first) + project)
    owner, project = np.divmod(pairs, arcs + first)
    return [(arcs + requires.owner_of_entry(), arcs + requires.index), (first + owner, arcs + project)]
