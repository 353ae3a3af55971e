"""The ledger and the decisions agree line by line, to the yuan."""

from __future__ import annotations

import pulp

from liftplan.solver.reference.model import Model


def ledger(model: Model) -> None:
    """Projects: sum_s x_sik = c_ik b_i. Measures: sum_s x_sjk = c_jk t_j. Top-ups: sum_s x_s,topup(h),k0 = u_h."""
    data = model.data
    for item in data.items():
        done = model.taken[item.id] if item.household else model.built[item.id]
        for purpose, yuan in data.cost[item.id].items():
            paid = pulp.lpSum(model.ledger.of_line[item.id, purpose])
            model.row(paid - yuan * done == 0, "pay", item.id, purpose)
    for household, topup in model.topup.items():
        item = data.topup_item(household)
        paid = pulp.lpSum(model.ledger.of_line[item.id, data.policy.R5.purpose])
        model.row(paid - topup == 0, "pay", item.id)
