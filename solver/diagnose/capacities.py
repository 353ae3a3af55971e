"""How much money each cell takes up at most, and at least, whatever plan."""

from __future__ import annotations

import numpy as np

from liftplan.solver.problem import Ints, Problem


def capacities(problem: Problem) -> Ints:
    """(cells,) most yuan that can flow into each: of alternatives and of main houses only the dearest counts."""
    projects, measures, homes = problem.projects, problem.measures, problem.households
    cells = len(problem.flows.cell_village)
    total = np.zeros(cells, dtype=np.int64)
    owner = projects.lines.owner_of_entry()
    built = projects.high[owner] > 0
    choices = np.where(projects.group[owner] >= 0, projects.group[owner], -1)
    _add(total, projects.lines.index[built], projects.lines.value[built], choices[built])
    owner = measures.lines.owner_of_entry()
    home = measures.household[owner]
    apart = np.where(measures.group[owner] >= 0, home * 128 + measures.group[owner], -1)
    apart = np.where((apart < 0) & measures.house[owner], home * 128 + 127, apart)
    able = (measures.high[owner] > 0) & (measures.labour[owner] <= homes.labour[home])
    _add(total, measures.lines.index[able], measures.lines.value[able], apart[able])
    paid = np.flatnonzero(homes.topup_cell >= 0)
    np.add.at(total, homes.topup_cell[paid], homes.minimum[paid])
    return total


def floors(problem: Problem) -> Ints:
    """(cells,) yuan that flow into each in every plan: what must be built or taken."""
    total = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    for lists, low in (
        (problem.projects.lines, problem.projects.low),
        (problem.measures.lines, problem.measures.low),
    ):
        owner = lists.owner_of_entry()
        forced = low[owner] > 0
        np.add.at(total, lists.index[forced], lists.value[forced])
    return total


def _add(total: Ints, cells: Ints, yuan: Ints, choices: Ints) -> None:
    """Add lines to cells; of those with one choice (>= 0) in one cell only the largest."""
    alone = choices < 0
    np.add.at(total, cells[alone], yuan[alone])
    order = np.lexsort((yuan, cells, choices))
    order = order[choices[order] >= 0]
    pairs = np.stack([choices[order], cells[order]])
    last = np.flatnonzero((np.diff(pairs, append=-1) != 0).any(axis=0))
    np.add.at(total, cells[order[last]], yuan[order[last]])
