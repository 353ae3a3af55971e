"""R3, R4, R6, R10: what villages and the county must get, and whom they must lift."""

from __future__ import annotations

from collections import defaultdict

import pulp

from liftplan.models.base import BP
from liftplan.models.rows import Household
from liftplan.solver.reference.adapter import weighted
from liftplan.solver.reference.model import ITEM_UNITS, YUAN_UNITS, Model


def village_total(model: Model) -> None:
    """R3: sum_(s, i in v, k) x_sik >= minimum, for each village v in push."""
    data, rule = model.data, model.data.policy.R3
    if rule.enforce == "off":
        return
    for village in data.villages.values():
        least = data.minimum(village, "R3", rule.minimum)
        if least:
            got = model.ledger.of_village(village.id, data.funds)
            short = model.short(rule, YUAN_UNITS, least, "R3", village.id)
            model.row(got + short >= least, "R3", village.id)


def village_department(model: Model) -> None:
    """R4: sum_(s: D(s) in row, i in v, k) x_sik >= minimum of the row, for each village v in push and row."""
    data, rule = model.data, model.data.policy.R4
    if rule.enforce == "off":
        return
    for row in rule.rows:
        funds = [fund.id for fund in data.funds.values() if fund.department in row.departments]
        for village in data.villages.values():
            least = data.minimum(village, row.id, row.minimum)
            if least:
                got = model.ledger.of_village(village.id, funds)
                short = model.short(rule, YUAN_UNITS, least, "R4", village.id, row.id)
                model.row(got + short >= least, "R4", village.id, row.id)


def growth(model: Model) -> None:
    """R6: sum x >= ceil(growth * last year's / 10000); if asked, each village >= its last year's."""
    data, rule = model.data, model.data.policy.R6
    if rule.enforce == "off":
        return
    for row in data.baseline:
        if not row.village:
            places, least = list(data.villages), -(-rule.growth_bp * row.yuan // BP)
        elif rule.villages and row.village not in data.closed_villages:
            places, least = [row.village], row.yuan
        else:
            continue
        got = pulp.lpSum(model.ledger.of_village(village, data.funds) for village in places)
        name = row.village or "county"
        model.row(got + model.short(rule, YUAN_UNITS, least, "R6", name) >= least, "R6", name)


def fairness(model: Model) -> None:
    """R10: sum_(h in group) n_h L_h >= ceil(share * sum_(h in group) n_h / 10000), those already out left out."""
    data, rule = model.data, model.data.policy.R10
    if rule.enforce == "off":
        return
    groups: dict[str, list[Household]] = defaultdict(list)
    for household in data.households.values():
        if household.village not in data.closed_villages and not data.already_out(household):
            for group in _groups(model, household):
                groups[group].append(household)
    for group, members in groups.items():
        least = -(-rule.share_bp * sum(household.persons for household in members) // BP)
        reached = weighted((household.persons, model.lifted[household.id]) for household in members)
        short = model.short(rule, ITEM_UNITS, least, "R10", group)
        model.row(reached + short >= least, "R10", group)


def _groups(model: Model, household: Household) -> set[str]:
    by = model.data.policy.R10.by
    if by == "village":
        return {household.village}
    if by == "township":
        return {model.data.villages[household.village].township}
    return set(household.groups)
