"""Cost lines and top-ups to cells and arcs; what no fund may pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import Facts
from liftplan.solver.compile.payers import Eligibility, mode_numbers
from liftplan.solver.problem import Bools, Csr, Ints


@dataclass(frozen=True)
class Lines:
    """Cost lines in the order of item and purpose, then one possible top-up line per household that may get one."""

    item: Ints
    """(cost lines,) row of the project, or number of projects + row of the measure."""
    purpose: Ints
    """(cost lines,) row."""
    yuan: Ints
    """(cost lines,)"""
    payable: Bools
    """(cost lines,) some fund may pay it."""
    topped: Ints
    """(top-ups,) row of the household."""
    kind: Ints
    """(cost lines + top-ups,) eligibility class."""
    village: Ints
    """(cost lines + top-ups,) where the money counts."""
    open: Bools
    """(cost lines + top-ups,) some fund may pay it."""
    kind_payers: Bools
    """(classes, funds)"""
    kind_shares: Bools
    """(classes, share rules) whether the rule counts the purposes of the class."""


def classify(facts: Facts, rules: Eligibility, topped: Bools) -> Lines:
    """Eligibility class of every line. topped: (households,) which may get a top-up."""
    costs, projects, measures = facts.tables["costs"], facts.projects, facts.measures
    purpose = rules.purposes(costs["purpose"])
    order = np.lexsort((purpose, facts.cost_item))
    item, purpose, yuan = facts.cost_item[order], purpose[order], costs["yuan"][order].astype(np.int64)
    of_measure = item >= len(projects)
    home = np.full(len(item), -1, dtype=np.int64)
    home[of_measure] = facts.measure_home[item[of_measure] - len(projects)]
    village = np.empty(len(item), dtype=np.int64)
    village[of_measure] = facts.home_village[home[of_measure]]
    village[~of_measure] = facts.project_village[item[~of_measure]]
    modes = np.concatenate([mode_numbers(projects["mode"]), mode_numbers(measures["mode"])])
    homes = np.flatnonzero(topped)
    topup_purpose = rules.purposes([facts.policy.R5.purpose])[0] if len(homes) else 0
    purposes = np.concatenate([purpose, np.full(len(homes), topup_purpose, dtype=np.int64)])
    villages = np.concatenate([village, facts.home_village[homes]])
    grants = np.zeros(len(homes), dtype=np.int64)
    payers = rules.payers(purposes, np.concatenate([modes[item], grants]), villages, np.concatenate([home, homes]))
    kind, kind_payers, kind_shares = rules.signatures(payers, purposes)
    fine: Bools = kind_payers[kind].any(axis=1) & ~facts.shut_village[villages]
    return Lines(item, purpose, yuan, fine[: len(item)], homes, kind, villages, fine, kind_payers, kind_shares)


@dataclass(frozen=True)
class Money:
    """Cells and arcs, and the cells that lines lie in."""

    cell: Ints
    """(cost lines,) -1: nobody may pay it, or its item is left out."""
    topup_cell: Ints
    """(households,) rows; -1: nobody may pay it."""
    most: Ints
    """(cells,) yuan that lines and top-ups of the cell can cost at most."""
    cell_village: Ints
    """(cells,) ascending."""
    cell_kind: Ints
    """(cells,) eligibility class."""
    cell_arcs: Csr
    arc_fund: Ints
    arc_cell: Ints
    arc_shares: Bools
    """(arcs, share rules) whether the rule counts the purposes of this cell."""
    village_arcs: Ints
    """(villages + 1,) first arc of each village."""


def money(facts: Facts, lines: Lines, kept: Bools) -> Money:
    """Cells of the lines of items that are kept ((projects + measures,) flags), and of all top-ups."""
    used = lines.open.copy()
    used[: len(lines.item)] &= kept[lines.item]
    kinds = max(1, len(lines.kind_payers))
    keys, cell = np.unique(lines.village[used] * kinds + lines.kind[used], return_inverse=True)
    cells = np.full(len(used), -1, dtype=np.int64)
    cells[used] = cell
    cell_village, cell_kind = np.divmod(keys, kinds)
    arc_cell, arc_fund = np.nonzero(lines.kind_payers[cell_kind])
    topup_cell = np.full(len(facts.households), -1, dtype=np.int64)
    topup_cell[lines.topped] = cells[len(lines.item) :]
    yuan = np.concatenate([lines.yuan, np.full(len(lines.topped), facts.policy.R5.minimum, dtype=np.int64)])
    most = np.zeros(len(keys), dtype=np.int64)
    np.add.at(most, cell, yuan[used])
    return Money(
        cells[: len(lines.item)],
        topup_cell,
        most,
        cell_village,
        cell_kind,
        Csr.from_entries(len(keys), arc_cell, np.arange(len(arc_cell))),
        arc_fund.astype(np.int64),
        arc_cell.astype(np.int64),
        lines.kind_shares[cell_kind][arc_cell],
        np.searchsorted(cell_village[arc_cell], np.arange(len(facts.villages) + 1)).astype(np.int64),
    )
