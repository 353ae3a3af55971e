"""The part of a problem that matters to the rules that are kept: what none of them asks for is left undone.

A plan of the part, with nothing else done, is a plan of the whole. If the part has none, the whole has none: what no
rule gains from can be dropped from any plan, if nothing that stays requires it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from liftplan.solver.problem import Bools, Csr, Decisions, Ints, Problem


@dataclass(frozen=True)
class Reduced:
    """A part of a problem."""

    problem: Problem
    projects: Ints
    """(projects of the part,) index in the whole."""
    homes: Ints
    measures: Ints
    whole: Problem

    def decisions(self, found: Decisions) -> Decisions:
        """Decisions of the whole: nothing is done outside the part."""
        built = np.zeros(len(self.whole.projects.block), dtype=np.bool_)
        taken = np.zeros(len(self.whole.measures.household), dtype=np.bool_)
        topup = np.zeros(len(self.whole.households.block), dtype=np.int64)
        built[self.projects], taken[self.measures], topup[self.homes] = found.built, found.taken, found.topup
        return Decisions(built, taken, topup)


def reduced(problem: Problem, most: int) -> Reduced | None:
    """The part that matters to hard and priced rows; None if it has more than `most` measures or projects."""
    rows, flows = problem.rows, problem.flows
    projects, homes, measures = problem.projects, problem.households, problem.measures
    hard = rows.price != 0
    entries = hard[rows.arcs.owner_of_entry()] & (rows.arcs.value > 0)
    helpful = np.zeros(len(flows.cell_village), dtype=np.bool_)
    helpful[flows.arc_cell[rows.arcs.index[entries]]] = True
    wanted = _gaining(measures.lines, measures.rows, helpful, hard) | (measures.low > 0)
    home = np.zeros(len(homes.block), dtype=np.bool_)
    home[measures.household[wanted & (measures.high > 0)]] = True
    home[measures.household[measures.low > 0]] = True
    home |= (homes.lift_low > 0) | (homes.always_assisted & (homes.minimum > 0))
    in_rows = homes.rows.owner_of_entry()[hard[homes.rows.index] & (homes.rows.value > 0)]
    home[in_rows] = True
    paid = (homes.topup_cell >= 0) & (homes.minimum > 0)
    home[paid] |= helpful[homes.topup_cell[paid]]
    if len(home) and not home.any():
        home[0] = True  # the core wants somebody
    kept = home[measures.household]
    built = _gaining(projects.lines, projects.rows, helpful, hard) | (projects.low > 0)
    needed = measures.requires.index[kept[measures.requires.owner_of_entry()]]
    built[needed] = True
    owner = projects.requires.owner_of_entry()
    while bool((built[owner] & ~built[projects.requires.index]).any()):
        built[projects.requires.index[built[owner]]] = True
    if int(kept.sum()) > most or int(built.sum()) > most:
        return None
    return _part(problem, np.flatnonzero(built), np.flatnonzero(home), np.flatnonzero(kept))


def _gaining(lines: Csr, rows: Csr, helpful: Bools, hard: Bools) -> Bools:
    """(items,) whether a row gains from an item: from its money, or from itself."""
    gains = np.zeros(lines.owners, dtype=np.bool_)
    gains[lines.owner_of_entry()[helpful[lines.index]]] = True
    gains[rows.owner_of_entry()[hard[rows.index] & (rows.value > 0)]] = True
    return gains


def _part(problem: Problem, built: Ints, home: Ints, kept: Ints) -> Reduced:
    rows, flows = problem.rows, problem.flows
    projects, homes, measures = problem.projects, problem.households, problem.measures
    cells = np.unique(
        np.concatenate(
            [
                _entries(projects.lines, built),
                _entries(measures.lines, kept),
                homes.topup_cell[home][homes.topup_cell[home] >= 0],
            ]
        )
    ).astype(np.int64)
    arcs = np.flatnonzero(np.isin(flows.arc_cell, cells))
    hard = np.flatnonzero(rows.price)
    cell_at, arc_at = _places(cells, len(flows.cell_village)), _places(arcs, len(flows.arc_fund))
    row_at, project_at = _places(hard, len(rows.rhs)), _places(built, len(projects.block))
    home_at, measure_at = _places(home, len(homes.block)), _places(kept, len(measures.household))
    names = problem.names
    part = Problem(
        problem.blocks,
        replace(
            flows,
            cell_village=flows.cell_village[cells],
            cell_block=flows.cell_block[cells],
            cell_arcs=Csr.from_entries(len(cells), cell_at[flows.arc_cell[arcs]], np.arange(len(arcs))),
            arc_fund=flows.arc_fund[arcs],
            arc_cell=cell_at[flows.arc_cell[arcs]],
        ),
        replace(
            rows,
            rhs=rows.rhs[hard],
            price=rows.price[hard],
            arcs=_lists(rows.arcs, hard, arc_at),
            local=rows.local[hard],
            upper=rows.upper[hard],
            short_scale=rows.short_scale[hard],
        ),
        replace(
            projects,
            block=projects.block[built],
            worth=projects.worth[built],
            lines=_lists(projects.lines, built, cell_at),
            requires=_lists(projects.requires, built, project_at),
            group=projects.group[built],
            rows=_lists(projects.rows, built, row_at),
            low=projects.low[built],
            high=projects.high[built],
        ),
        replace(
            homes,
            **{name: getattr(homes, name)[home] for name in _HOME_ARRAYS},
            topup_cell=np.where(homes.topup_cell[home] >= 0, cell_at[homes.topup_cell[home]], -1),
            rows=_lists(homes.rows, home, row_at),
            measures=_lists(homes.measures, home, measure_at),
        ),
        replace(
            measures,
            **{name: getattr(measures, name)[kept] for name in _MEASURE_ARRAYS},
            household=home_at[measures.household[kept]],
            lines=_lists(measures.lines, kept, cell_at),
            requires=_lists(measures.requires, kept, project_at),
            rows=_lists(measures.rows, kept, row_at),
        ),
        replace(
            names,
            projects=tuple(names.projects[at] for at in built.tolist()),
            households=tuple(names.households[at] for at in home.tolist()),
            measures=tuple(names.measures[at] for at in kept.tolist()),
            rows=tuple(names.rows[at] for at in hard.tolist()),
            cells=tuple(names.cells[at] for at in cells.tolist()),
        ),
        problem.constant,
        problem.granularity,
    )
    return Reduced(part, built, home, kept, problem)


_HOME_ARRAYS = (
    "block", "persons", "worth", "income_gap", "needs", "labour", "minimum", "minimum_price", "maximum",
    "maximum_price", "always_assisted", "touch_worth", "lift_low", "lift_high", "need_worth",
)  # fmt: skip
_MEASURE_ARRAYS = ("worth", "gain", "meets", "labour", "house", "group", "automatic", "low", "high")


def _places(chosen: Ints, size: int) -> Ints:
    """(size,) position among the chosen, or -1."""
    at = np.full(size, -1, dtype=np.int64)
    at[chosen] = np.arange(len(chosen))
    return at


def _entries(lists: Csr, owners: Ints) -> Ints:
    chosen = np.zeros(lists.owners, dtype=np.bool_)
    chosen[owners] = True
    found: Ints = lists.index[chosen[lists.owner_of_entry()]]
    return found


def _lists(lists: Csr, owners: Ints, at: Ints) -> Csr:
    """Lists of some owners, their entries renumbered; entries outside the part are left out."""
    owner = _places(owners, lists.owners)[lists.owner_of_entry()]
    kept = (owner >= 0) & (at[lists.index] >= 0)
    return Csr.from_entries(len(owners), owner[kept], at[lists.index[kept]], lists.value[kept])
