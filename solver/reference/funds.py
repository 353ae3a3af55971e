"""R1, R7, R13: what funds may and must spend."""

from __future__ import annotations

import pulp

from liftplan.models.base import BP
from liftplan.solver.reference.adapter import weighted
from liftplan.solver.reference.model import YUAN_UNITS, Model


def fund_amount(model: Model) -> None:
    """R1: sum_ik x_sik <= A_s - f_s for each fund s, with the fee f_s = ceil(A_s fee_s / 10000)."""
    data, rule = model.data, model.data.policy.R1
    for fund in data.funds:
        spent = pulp.lpSum(model.ledger.of_fund[fund])
        over = model.short(rule, YUAN_UNITS, most_spent(model, fund), "R1", fund)
        model.row(spent - over <= data.spendable(fund), "R1", fund)


def fund_share(model: Model) -> None:
    """R7: 10000 sum_(k in K) x_s.k >= share sum_k x_s.k (at least), or <= (at most).

    What is short is counted in yuan: at the optimum a multiple of 1/10,000 of one.
    """
    data, rule = model.data, model.data.policy.R7
    if rule.enforce == "off":
        return
    for share in data.fund_shares:
        if share.fund not in data.funds:
            continue
        sign = 1 if share.sense == "at_least" else -1
        terms = [
            (sign * ((BP if purpose in share.purposes else 0) - share.share_bp), variable)
            for (fund, purpose), variables in model.ledger.of_fund_purpose.items()
            if fund == share.fund
            for variable in variables
        ]
        if rule.enforce == "soft":
            units = rule.price * YUAN_UNITS
            most = most_spent(model, share.fund)
            terms.append((BP, model.fraction("short_R7", share.fund, share.id, most=most, gain=-units)))
        model.row(weighted(terms) >= 0, "R7", share.fund, share.id)


def spend_min(model: Model) -> None:
    """R13: sum_ik x_sik >= ceil(share A_s / 10000), for a fund, or a department's funds together (sums of both)."""
    data, rule = model.data, model.data.policy.R13
    if rule.enforce == "off":
        return
    for row in rule.rows:
        funds = [fund.id for fund in data.funds.values() if row.fund == fund.id or row.department == fund.department]
        least = -(-row.share_bp * sum(data.amount[fund] for fund in funds) // BP)
        spent = pulp.lpSum(variable for fund in funds for variable in model.ledger.of_fund[fund])
        short = model.short(rule, YUAN_UNITS, least, "R13", row.id)
        model.row(spent + short >= least, "R13", row.id)


def most_spent(model: Model, fund: str) -> int:
    """Yuan that a fund could pay if everything were done."""
    return sum(yuan for (payer, _, _), yuan in model.ledger.most.items() if payer == fund)
