"""A plan soon: a small integer program over projects and a few packages a household, where any plan will do.

Rows that may be short at a price are short by as little as it costs least. What it finds is a plan like any other; that
it finds none says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.columns import gather, weigh
from liftplan.solver.diagnose.matrix import Book
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.problem import HARD, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel

MONEY = 10_000
"""Yuan per unit of flow."""

TRIES = ((12, 0), (40, 0), (40, 3))
"""Households a village that may be helped, and yuan by which rows of money are tightened: one try after the other.

Whole items may just reach a minimum, so none first; where whole yuan need a little room, some."""


GAP = 1e-4
"""Where rows may be short: how near to the least that is enough."""


@dataclass(frozen=True)
class Packages:
    """Packages of households, those in which nothing is taken left out."""

    home: Ints
    """(packages,)"""
    owner: Ints
    """(measures taken,) package."""
    measures: Ints
    """(measures taken,) measure."""
    topup: Ints
    """(packages,) yuan."""


def quick_plan(
    problem: Problem, most_homes: int, margin: int, *, time_limit: float, seed: int = 0, cancel: Cancel | None = None
) -> Decisions | None:
    """Decisions that keep the hard rows as far as floats can tell, or None if none were found.

    most_homes: households a village that may get something, those that can take up most money first; all others get
    what they must. margin: yuan by which rows of money are tightened.
    """
    packages = _packages(problem, most_homes)
    if packages is None:
        return None
    model, projects, first = _program(problem, packages, margin)
    result = solve_mip(model, mip_rel_gap=GAP, time_limit=time_limit, seed=seed, threads=1, cancel=cancel)
    if result.x is None:
        return None
    built = result.x[projects : projects + len(problem.projects.block)] > 0.5
    chosen = result.x[first : first + len(packages.home)] > 0.5
    taken = np.zeros(len(problem.measures.household), dtype=np.bool_)
    taken[packages.measures[chosen[packages.owner]]] = True
    topup = np.zeros(len(problem.households.block), dtype=np.int64)
    topup[packages.home[chosen]] = packages.topup[chosen]
    return Decisions(built, taken, topup)


def _packages(problem: Problem, most_homes: int) -> Packages | None:
    """What each household may get: all that goes together, and its dearest measure alone."""
    homes, measures = problem.households, problem.measures
    cost = np.zeros(len(measures.household), dtype=np.int64)
    np.add.at(cost, measures.lines.owner_of_entry(), measures.lines.value)
    usable = (measures.high > 0) & ~measures.automatic & ((cost > 0) | (measures.low > 0))
    bundles: list[tuple[int, list[int]]] = []
    worth: list[int] = []
    for one in range(len(homes.block)):
        own = homes.measures.of(one)[0]
        own = own[usable[own]]
        forced = own[measures.low[own] > 0].tolist()
        ranked = sorted(own.tolist(), key=lambda m: (-int(measures.low[m]), -int(cost[m]), m))
        together = _fitting(problem, one, ranked, len(forced))
        if together is None:
            return None
        needed = bool(forced) or bool(homes.always_assisted[one]) or bool(homes.lift_low[one])
        if together or needed:
            bundles.append((one, together))
            worth.append(1 << 40 if needed else int(cost[together].sum()))
    kept = _largest(homes.block, bundles, worth, most_homes)
    listed = [(one, some) for one, together in kept for some in _variants(problem, one, together)]
    home = np.array([one for one, _ in listed], dtype=np.int64)
    owner = np.repeat(np.arange(len(listed)), [len(some) for _, some in listed]).astype(np.int64)
    taken = np.array([measure for _, some in listed for measure in some], dtype=np.int64)
    direct = np.zeros(len(listed), dtype=np.int64)
    np.add.at(direct, owner, cost[taken])
    assisted = (direct > 0) | homes.always_assisted[home]
    topup = np.where(assisted, np.maximum(0, homes.minimum[home] - direct), 0)
    fine = (topup == 0) | (homes.topup_cell[home] >= 0) | (homes.minimum_price[home] != HARD)
    topup = np.where(homes.topup_cell[home] >= 0, topup, 0)
    most = homes.maximum[home]
    fine &= (most < 0) | (direct + topup <= most)
    place = np.cumsum(fine) - 1
    stay = fine[owner]
    return Packages(home[fine], place[owner[stay]], taken[stay], topup[fine])


def _fitting(problem: Problem, home: int, ranked: list[int], forced: int) -> list[int] | None:
    """Measures that go together, taken in order; None if those that must be taken do not."""
    measures, left = problem.measures, int(problem.households.labour[home])
    chosen: list[int] = []
    groups: set[int] = set()
    house = False
    for number, measure in enumerate(ranked):
        group, main = int(measures.group[measure]), bool(measures.house[measure])
        clash = (group >= 0 and group in groups) or (main and house) or int(measures.labour[measure]) > left
        if clash:
            if number < forced:
                return None
            continue
        chosen.append(measure)
        left -= int(measures.labour[measure])
        house = house or main
        groups |= {group} if group >= 0 else set()
    return chosen


def _variants(problem: Problem, home: int, together: list[int]) -> list[list[int]]:
    """All that goes together, each measure alone of what may be left out, and only what must be."""
    measures, homes = problem.measures, problem.households
    forced = [measure for measure in together if measures.low[measure] > 0]
    found = [together]
    found += [[*forced, measure] for measure in together[:2] if measure not in forced]
    if forced or homes.always_assisted[home]:
        found.append(forced)
    return [list(some) for some in dict.fromkeys(tuple(sorted(some)) for some in found)]


def _largest(
    block: Ints, bundles: list[tuple[int, list[int]]], worth: list[int], most: int
) -> list[tuple[int, list[int]]]:
    """The households of each block that can take up most."""
    count: dict[int, int] = {}
    kept = []
    for index in sorted(range(len(bundles)), key=lambda index: (-worth[index], index)):
        own = int(block[bundles[index][0]])
        if count.get(own, 0) < most or worth[index] >= 1 << 40:
            count[own] = count.get(own, 0) + 1
            kept.append(bundles[index])
    return kept


def _program(problem: Problem, packages: Packages, room: int) -> tuple[MipModel, int, int]:
    """The program: flows, projects, packages; the columns at which projects and packages begin."""
    rows, flows, projects, homes = problem.rows, problem.flows, problem.projects, problem.households
    arcs, cells, count, size = (
        len(flows.arc_fund),
        len(flows.cell_village),
        len(projects.block),
        len(packages.home),
    )
    first = arcs + count
    counted = np.flatnonzero(rows.price != 0)
    at = np.full(len(rows.rhs), -1, dtype=np.int64)
    at[counted] = np.arange(len(counted))
    book = Book()
    scale = np.ones(len(rows.rhs))
    np.maximum.at(scale, rows.arcs.owner_of_entry(), np.abs(rows.arcs.value).astype(np.float64))
    money = np.diff(rows.arcs.start) > 0

    def entries(row: Ints, column: Ints, value: Ints) -> None:
        keep = at[row] >= 0
        book.add(at[row[keep]], column[keep], value[keep] / np.where(money, scale * MONEY, 1.0)[row[keep]])

    owner = rows.arcs.owner_of_entry()
    keep = at[owner] >= 0
    book.add(at[owner[keep]], rows.arcs.index[keep], rows.arcs.value[keep] / scale[owner[keep]])
    entries(projects.rows.index, arcs + projects.rows.owner_of_entry(), projects.rows.value)
    position, row, value = gather(problem.measures.rows, packages.measures)
    entries(row, first + packages.owner[position], value)
    lifted = weigh(problem, packages.home, packages.measures, packages.owner, packages.topup).lifted
    position, row, value = gather(homes.rows, packages.home)
    here = lifted[position]
    entries(row[here], first + position[here], value[here])
    margin = np.where(money, room, 0)
    lower = [np.where(money, (rows.rhs + margin * scale) / scale / MONEY, rows.rhs)[counted]]
    upper = [np.full(len(counted), np.inf)]
    base = len(counted)
    book.add(base + flows.arc_cell, np.arange(arcs), np.ones(arcs))
    book.add(base + projects.lines.index, arcs + projects.lines.owner_of_entry(), -projects.lines.value / MONEY)
    position, cell, value = gather(problem.measures.lines, packages.measures)
    book.add(base + cell, first + packages.owner[position], -value / MONEY)
    paid = np.flatnonzero(packages.topup > 0)
    book.add(base + homes.topup_cell[packages.home[paid]], first + paid, -packages.topup[paid] / MONEY)
    lower.append(np.zeros(cells))
    upper.append(np.zeros(cells))
    base += cells
    one, number = np.unique(packages.home, return_inverse=True)
    book.add(base + number, first + np.arange(size), np.ones(size))
    must = homes.always_assisted[one] & (homes.minimum[one] > 0)
    forced = np.zeros(len(homes.block), dtype=np.bool_)
    forced[problem.measures.household[problem.measures.low > 0]] = True
    lower.append((must | forced[one] | (homes.lift_low[one] > 0)).astype(np.float64))
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
    soft = np.flatnonzero(rows.price > 0)
    columns = first + size + len(soft)
    book.add(at[soft], first + size + np.arange(len(soft)), np.ones(len(soft)))
    costs = np.zeros(columns)
    dearest = max(1.0, float((rows.price[soft] * scale[soft]).max(initial=1.0)))
    costs[first + size :] = rows.price[soft] * np.where(money, scale, 1.0)[soft] / dearest
    low, high = np.zeros(columns), np.ones(columns)
    high[:arcs] = high[first + size :] = np.inf
    low[arcs:first], high[arcs:first] = projects.low, projects.high
    unlifted = (homes.lift_low[packages.home] > 0) & ~lifted
    high[first : first + size][unlifted] = 0.0
    integer = (np.arange(columns) >= arcs) & (np.arange(columns) < first + size)
    matrix = book.finish(base + len(groups))
    model = MipModel(costs, low, high, integer, np.concatenate(lower), np.concatenate(upper), matrix)
    return model, arcs, first


def _requirements(problem: Problem, packages: Packages, arcs: int, first: int) -> list[tuple[Ints, Ints]]:
    """Columns with the columns that they need."""
    requires = problem.projects.requires
    position, project, _ = gather(problem.measures.requires, packages.measures)
    pairs = np.unique(packages.owner[position] * (arcs + first) + project)
    owner, project = np.divmod(pairs, arcs + first)
    return [(arcs + requires.owner_of_entry(), arcs + requires.index), (first + owner, arcs + project)]
