"""Cost lines and top-ups to cells and arcs; what no fund may pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import Facts, located
from liftplan.solver.compile.payers import Eligibility, mode_numbers
from liftplan.solver.problem import Bools, Csr, Ints


@dataclass(frozen=True)
class Money:
    """Cost lines by county row, and the cells that they and the top-ups lie in."""

    item: Ints
    """(lines,) county row of the project, or projects + county row of the measure."""
    purpose: Ints
    """(lines,) county row."""
    yuan: Ints
    cell: Ints
    """(lines,) cell, or -1: nobody may pay it."""
    topup_cell: Ints
    """(households,) by county row; -1: nobody may pay it."""
    cell_village: Ints
    cell_arcs: Csr
    arc_fund: Ints
    arc_cell: Ints
    arc_shares: Bools
    """(arcs, share rules) whether the rule counts this cell's purpose."""


def money(facts: Facts, rules: Eligibility, topped: Bools) -> Money:
    """Cells of all lines; `topped` (households, county rows): which may get a top-up."""
    costs, projects, measures = facts.county["costs"], facts.projects, facts.measures
    item = located(costs["item"], np.concatenate([projects["id"], measures["id"]]))
    of_measure = item >= len(projects)
    home = np.full(len(item), -1, dtype=np.int64)
    home[of_measure] = facts.measure_home[item[of_measure] - len(projects)]
    village = np.empty(len(item), dtype=np.int64)
    village[of_measure] = facts.home_village[home[of_measure]]
    village[~of_measure] = facts.project_village[item[~of_measure]]
    modes = np.concatenate([mode_numbers(projects["mode"]), mode_numbers(measures["mode"])])
    purpose = rules.purposes(costs["purpose"])
    homes = np.flatnonzero(topped)
    topup_purpose = np.full(len(homes), int(rules.purposes([facts.policy.R5.purpose])[0]) if len(homes) else 0)
    all_purposes = np.concatenate([purpose, topup_purpose])
    all_villages = np.concatenate([village, facts.home_village[homes]])
    payers = rules.payers(
        all_purposes,
        np.concatenate([modes[item], np.zeros(len(homes), dtype=np.int64)]),
        all_villages,
        np.concatenate([home, homes]),
    )
    number, class_payers, class_shares = rules.signatures(payers, all_purposes)
    paid = class_payers[number].any(axis=1) if len(number) else np.zeros(0, dtype=np.bool_)
    paid &= ~facts.banned_village[all_villages]
    keys, cell = np.unique(number[paid] + len(class_payers) * all_villages[paid], return_inverse=True)
    cells = np.full(len(number), -1, dtype=np.int64)
    cells[paid] = cell
    cell_class, cell_village = keys % max(1, len(class_payers)), keys // max(1, len(class_payers))
    arc_cell, arc_fund = np.nonzero(class_payers[cell_class])
    topup_cell = np.full(len(facts.households), -1, dtype=np.int64)
    topup_cell[homes] = cells[len(item) :]
    return Money(
        item,
        purpose,
        costs["yuan"].astype(np.int64),
        cells[: len(item)],
        topup_cell,
        cell_village.astype(np.int64),
        Csr.from_entries(len(keys), arc_cell, np.arange(len(arc_cell))),
        arc_fund.astype(np.int64),
        arc_cell.astype(np.int64),
        class_shares[cell_class][arc_cell],
    )
