"""Households: when they are lifted and assisted, and R5 and R9, what they get at least and at most."""

from __future__ import annotations

import pulp

from liftplan.models.rows import Household
from liftplan.solver.reference.adapter import Expression, weighted
from liftplan.solver.reference.model import YUAN_UNITS, Model


def lifting(model: Model) -> None:
    """L_h = 1 only if sum_j g_j t_j >= what the income test still asks for, and each need is met by a measure taken.

    The income test 10000 (y_h n_h + sum_j g_j t_j) >= line (10000 + margin) n_h has whole gains: rounding up what it
    asks for changes nothing. Lifting is worth something, so that at an optimum of level 1 the conditions are enough.
    """
    data = model.data
    for household, lifted in model.lifted.items():
        home, measures = data.households[household], data.measures_of[household]
        asked = data.required_gain(home)
        if asked:
            gained = weighted((data.gain(measure), model.taken[measure.id]) for measure in measures)
            model.row(gained - asked * lifted >= 0, "income", household)
        for need in sorted(set(home.needs)):
            meeting = pulp.lpSum(model.taken[measure.id] for measure in measures if need in measure.meets)
            model.row(meeting - lifted >= 0, "need", household, need)


def assistance(model: Model) -> None:
    """a_h = 1 exactly if a measure taken has a cost line or R11 or R12 names h, and no hard never shuts it out."""
    data = model.data
    for household, assisted in model.assisted.items():
        home = data.households[household]
        paid = [model.taken[measure.id] for measure, _ in data.direct_lines(household)]
        for taken in paid:
            model.row(taken - assisted <= 0, "assists", household)
        if data.shut_out(home):
            model.row(assisted <= 0, "shut_out", household)
        elif data.named(home):
            model.row(assisted >= 1, "named", household)
        else:
            model.row(assisted - pulp.lpSum(paid) <= 0, "assisted", household)


def household_min(model: Model) -> None:
    """R5: u_h = max(0, minimum a_h - d_h); under `every` with 1 in place of a_h for all who are not already out.

    As rows, with z_h = 1 where the direct cost d_h is enough: u_h >= minimum a_h - d_h, u_h <= minimum (1 - z_h),
    u_h <= minimum a_h - d_h + (most of d_h) z_h. Soft: the first row may be short, the top-up then being smaller.
    """
    data, rule = model.data, model.data.policy.R5
    if rule.enforce == "off" or not rule.minimum:
        return
    for household in data.households.values():
        if data.shut_out(household):
            continue
        least = rule.minimum
        concerned: Expression = model.assisted[household.id]
        if rule.applies_to == "every" and not data.already_out(household):
            concerned = 1
        topup = model.yuan("topup", household.id, most=least)
        model.topup[household.id] = topup
        direct, most = direct_cost(model, household), most_direct(model, household)
        short = model.short(rule, YUAN_UNITS, least, "R5", household.id)
        model.row(topup + direct + short - least * concerned >= 0, "R5", household.id)
        enough = model.binary("enough", household.id) if most > 0 else 0
        model.row(topup + least * enough <= least, "enough", household.id)
        model.row(topup + direct - least * concerned - most * enough <= 0, "topup", household.id)


def household_max(model: Model) -> None:
    """R9: d_h + u_h <= maximum."""
    data, rule = model.data, model.data.policy.R9
    if rule.enforce == "off":
        return
    for household in data.households.values():
        most = most_direct(model, household) + (data.policy.R5.minimum if household.id in model.topup else 0)
        if most > rule.maximum:
            got = direct_cost(model, household) + model.topup.get(household.id, 0)
            over = model.short(rule, YUAN_UNITS, most - rule.maximum, "R9", household.id)
            model.row(got - over <= rule.maximum, "R9", household.id)


def direct_cost(model: Model, household: Household) -> Expression:
    """d_h = sum_(j in J_h) t_j sum_k c_jk, yuan."""
    lines = model.data.direct_lines(household.id)
    return weighted((yuan, model.taken[measure.id]) for measure, yuan in lines)


def most_direct(model: Model, household: Household) -> int:
    """d_h if everything were taken."""
    return sum(yuan for _, yuan in model.data.direct_lines(household.id))
