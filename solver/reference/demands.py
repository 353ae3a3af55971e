"""R11 and R12: money already committed, and what must or must not be done."""

from __future__ import annotations

import pulp

from liftplan.models.rows import Demand
from liftplan.solver.reference.adapter import Expression
from liftplan.solver.reference.model import ITEM_UNITS, YUAN_UNITS, Model


def committed(model: Model) -> None:
    """R11: x_sik >= committed_sik, and item i is taken (soft: all of it is short if it is not, as x_sik is then 0)."""
    data, rule = model.data, model.data.policy.R11
    for row in data.commitments:
        paid = model.ledger.pays.get((row.fund, row.item, row.purpose), pulp.lpSum([]))
        short = model.short(rule, YUAN_UNITS, row.yuan, "R11", row.fund, row.item, row.purpose)
        model.row(paid + short >= row.yuan, "R11", row.fund, row.item, row.purpose)
        if rule.enforce == "hard":
            done = model.built[row.item] if row.item in model.built else model.taken[row.item]
            model.row(done >= 1, "R11_taken", row.item)


def must_never(model: Model) -> None:
    """R12, item by item: b_p, t_j, L_h or a yuan in the village is at least 1 (must), or nothing of the kind (never).

    A soft one has a column that is 1 where it is not kept. A household already out keeps its must; direct effects do
    not count against a soft never of their household.
    """
    for row in model.data.demands:
        if row.sense == "must" and row.target == "household" and row.id not in model.lifted:
            continue
        broken = model.short(row, ITEM_UNITS, 1, "R12", row.sense, row.target, row.id)
        if row.sense == "must":
            model.row(_wanted(model, row) + broken >= 1, "R12_must", row.target, row.id)
        else:
            for unwanted, most in _unwanted(model, row):
                model.row(unwanted - most * broken <= 0, "R12_never", row.target, row.id)


def _wanted(model: Model, row: Demand) -> Expression:
    if row.target == "village":
        return model.ledger.of_village(row.id, model.data.funds)
    return {"project": model.built, "measure": model.taken, "household": model.lifted}[row.target][row.id]


def _unwanted(model: Model, row: Demand) -> list[tuple[Expression, int]]:
    """What must be 0, and the most that it can be."""
    data = model.data
    if row.target == "project":
        return [(model.built[row.id], 1)]
    if row.target == "measure":
        return [(model.taken[row.id], 1)]
    if row.target == "village":
        return [(model.ledger.of_village(row.id, data.funds), most_in_village(model, row.id))]
    found: list[tuple[Expression, int]] = [
        (model.taken[measure.id], 1)
        for measure in data.measures_of[row.id]
        if row.enforce == "hard" or not data.automatic(measure)
    ]
    if row.id in model.topup:
        found.append((model.topup[row.id], data.policy.R5.minimum))
    return found


def most_in_village(model: Model, village: str) -> int:
    """Yuan that a village could get if everything were done."""
    data = model.data
    items = [item.id for item in data.items() if item.village == village]
    topups = sum(data.households[household].village == village for household in model.topup)
    return sum(sum(data.cost[item].values()) for item in items) + topups * data.policy.R5.minimum
