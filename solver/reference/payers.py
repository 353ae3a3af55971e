"""R2: who may pay what."""

from __future__ import annotations

from liftplan.models.rows import Fund
from liftplan.solver.reference.data import Data, Item
from liftplan.solver.reference.model import Model


def purpose(model: Model) -> None:
    """R2: x_sik > 0 only if fund s may pay purpose k of item i.

    A fund may pay if the purpose is among its own (pooled: or both are poolable), it takes such recipients, the item's
    mode of finance is among its modes, and village and household are in its scope. There is a column only where it may.
    """
    data = model.data
    for item in data.items():
        for name, yuan in data.cost[item.id].items():
            _lines(model, item, name, yuan)
    rule = data.policy.R5
    if rule.enforce != "off" and rule.minimum:
        for household in data.households.values():
            if not data.shut_out(household):
                _lines(model, data.topup_item(household.id), rule.purpose, rule.minimum)


def _lines(model: Model, item: Item, name: str, yuan: int) -> None:
    for fund in model.data.funds.values():
        if may_pay(model.data, fund, item, name):
            model.ledger.add(fund.id, item, name, model.yuan("pays", fund.id, item.id, name, most=yuan), yuan)


def may_pay(data: Data, fund: Fund, item: Item, name: str) -> bool:
    """Whether a fund may pay a purpose of an item: purpose, recipient, mode and scope."""
    return (
        _has_purpose(data, fund, name)
        and ("measures" if item.household else "projects") in fund.recipients
        and item.mode in fund.modes
        and _in_scope(data, fund, item)
    )


def _has_purpose(data: Data, fund: Fund, name: str) -> bool:
    pooled = data.policy.R2.purpose_rule == "pooled"
    return name in fund.purposes or (pooled and fund.poolable and data.purposes[name].poolable)


def _in_scope(data: Data, fund: Fund, item: Item) -> bool:
    """AND between the kinds of scope, OR within one; household groups shut out every project."""
    tags = data.villages[item.village].tags
    groups = data.households[item.household].groups if item.household else ()
    return (
        (not fund.villages or item.village in fund.villages)
        and (not fund.village_tags or not set(fund.village_tags).isdisjoint(tags))
        and (not fund.household_groups or not set(fund.household_groups).isdisjoint(groups))
    )
