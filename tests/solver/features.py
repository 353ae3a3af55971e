"""What a drawn block and the prices asked of it contain, so that a test can count that everything occurs."""

from __future__ import annotations

import numpy as np

from liftplan.solver.problem import HARD, Ints, Problem

from .brute import Block, Worth

FEATURES = frozenset(
    {
        "several villages",
        "project requires a project of another village",
        "measure requires a project of another village",
        "slot in another village",
        "more users than slots",
        "several rows of slots",
        "slots at a price",
        "chain of requirements",
        "alternative projects",
        "alternative measures",
        "two main houses",
        "too little labour",
        "direct effect of one project",
        "direct effect of several projects",
        "direct effect of nothing",
        "must",
        "never",
        "must be lifted",
        "must not be lifted",
        "negative price",
        "price of money",
        "top-up",
        "top-up that nobody may pay",
        "assisted in any case",
        "soft minimum",
        "hard maximum",
        "soft maximum",
        "maximum below the minimum",
        "untouched at a price",
        "needs met count",
        "worth of an item",
        "hard share rule",
        "soft share rule",
        "soft amount",
        "soft minimum of a village",
        "soft fairness",
        "soft commitment",
        "soft demand on two projects",
        "no plan",
    }
)


def features(problem: Problem, block: Block, worth: Worth) -> set[str]:
    """Which of FEATURES one block has at one price of the rows."""
    found = _projects(problem, block) | _rows(problem, block, worth)
    for home in block.homes:
        found |= _household(problem, home.home) | _measures(problem, home.own)
    return found | ({"no plan"} if block.best(worth) is None else set())


def _projects(problem: Problem, block: Block) -> set[str]:
    projects, villages = problem.projects, site_villages(problem)
    sites = np.flatnonzero(projects.block == block.number)
    groups = projects.group[sites]
    requires = {site: projects.requires.of(site)[0].tolist() for site in sites.tolist()}
    pairs = [(site, other) for site, others in requires.items() for other in others]
    return {
        name
        for name, there in {
            "several villages": (problem.flows.cell_block == block.number).sum() > 3,
            "project requires a project of another village": any(villages[a] != villages[b] for a, b in pairs),
            "chain of requirements": any(requires[other] for _, other in pairs),
            "alternative projects": len(np.unique(groups[groups >= 0])) < (groups >= 0).sum(),
            "must": projects.low[sites].any(),
            "never": (projects.high[sites] == 0).any(),
            "worth of an item": projects.worth[sites].any(),
        }.items()
        if there
    }


def _household(problem: Problem, home: int) -> set[str]:
    households = problem.households
    most = households.maximum[home] >= 0
    return {
        name
        for name, there in {
            "must be lifted": households.lift_low[home],
            "must not be lifted": not households.lift_high[home],
            "top-up": households.minimum[home] and households.topup_cell[home] >= 0,
            "top-up that nobody may pay": households.minimum[home] and households.topup_cell[home] < 0,
            "assisted in any case": households.always_assisted[home],
            "soft minimum": households.minimum[home] and households.minimum_price[home] != HARD,
            "hard maximum": most and households.maximum_price[home] == HARD,
            "soft maximum": most and households.maximum_price[home] != HARD,
            "maximum below the minimum": most and households.maximum[home] < households.minimum[home],
            "untouched at a price": households.touch_worth[home],
            "needs met count": households.need_worth[home] and households.needs[home],
        }.items()
        if there
    }


def _measures(problem: Problem, own: Ints) -> set[str]:
    measures = problem.measures
    if not len(own):
        return set()
    home = int(measures.household[own[0]])
    sites, here = site_villages(problem), home_village(problem, home)
    groups = measures.group[own]
    effects = [len(measures.requires.of(m)[0]) for m in own[measures.automatic[own]].tolist()]
    slots = [m for m in own.tolist() if len(measures.rows.of(m)[0])]
    slotted = {site for m in slots for site in _slot_sites(problem, m)}
    elsewhere = [site for m in own.tolist() for site in measures.requires.of(m)[0].tolist() if sites[site] != here]
    return {
        name
        for name, there in {
            "measure requires a project of another village": here is not None and elsewhere,
            "slot in another village": here is not None and any(sites[site] != here for site in slotted),
            "alternative measures": len(np.unique(groups[groups >= 0])) < (groups >= 0).sum(),
            "two main houses": measures.house[own].sum() > 1,
            "too little labour": measures.labour[own].sum() > problem.households.labour[home],
            "direct effect of one project": 1 in effects,
            "direct effect of several projects": any(count > 1 for count in effects),
            "direct effect of nothing": 0 in effects,
            "must": measures.low[own].any(),
            "never": (measures.high[own] == 0).any(),
            "worth of an item": measures.worth[own].any(),
        }.items()
        if there
    }


def _rows(problem: Problem, block: Block, worth: Worth) -> set[str]:
    rows, flows = problem.rows, problem.flows
    found = set()
    users = np.bincount(problem.measures.rows.index, minlength=len(rows.rhs))
    slots = {
        int(row): int(value)
        for site in np.flatnonzero(problem.projects.block == block.number).tolist()
        for row, value in zip(*problem.projects.rows.of(site), strict=True)
        if value > 0
    }
    used = [row for row in slots if users[row]]
    found |= {"more users than slots"} if any(users[row] > slots[row] for row in used) else set()
    found |= {"several rows of slots"} if len(used) > 1 else set()
    found |= {"slots at a price"} if any(worth.rows[row] for row in used) else set()
    here = np.flatnonzero(flows.cell_block == block.number).tolist()
    found |= {"negative price"} if any(worth.cells[cell] < 0 for cell in here) else set()
    found |= {"price of money"} if problem.arc_cost else set()
    lifted = np.bincount(problem.households.rows.index, minlength=len(rows.rhs))
    for row in range(len(rows.rhs)):
        signs, soft = set(np.sign(rows.arcs.of(row)[1]).tolist()), rows.price[row] != HARD
        if signs == {1, -1}:
            found.add("soft share rule" if soft else "hard share rule")
        elif soft and signs == {-1}:
            found.add("soft amount")
        elif soft and signs == {1} and rows.local[row] == block.number:
            found.add("soft minimum of a village")
        elif soft and signs == {1} and rows.rhs[row] == 0:
            found.add("soft commitment")
        elif soft and not signs and lifted[row]:
            found.add("soft fairness")
        elif soft and not signs and rows.local[row] == block.number:
            found.add("soft demand on two projects")
    return found


def _slot_sites(problem: Problem, measure: int) -> list[int]:
    row = problem.measures.rows.of(measure)[0]
    owner = problem.projects.rows.owner_of_entry()
    return owner[np.isin(problem.projects.rows.index, row)].tolist()  # type: ignore[no-any-return]


def site_villages(problem: Problem) -> Ints:
    """(projects,) village of each, by its first cost line."""
    lines = problem.projects.lines
    villages: Ints = problem.flows.cell_village[lines.index[lines.start[:-1]]]
    return villages


def home_village(problem: Problem, home: int) -> int | None:
    """Village of a household, by what it may be paid; None if that is nothing."""
    cells = [int(problem.households.topup_cell[home])]
    for measure in problem.households.measures.of(home)[0].tolist():
        cells += problem.measures.lines.of(measure)[0].tolist()
    known = [cell for cell in cells if cell >= 0]
    return int(problem.flows.cell_village[known[0]]) if known else None
