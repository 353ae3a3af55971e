"""Households of the flat problem: worth, exit test, minimum, maximum, demands."""

from __future__ import annotations

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.compile.blocks import Order
from liftplan.solver.compile.facts import ITEM_UNITS, YUAN_UNITS, Facts, flat, income_gap, located, rule_price
from liftplan.solver.problem import HARD, Bools, Csr, Households, Ints


def weights(facts: Facts) -> Ints:
    """(households, county rows) the largest weight among a household's groups, 1 if none is listed."""
    given = facts.policy.objective.weights
    found = np.ones(len(facts.households), dtype=np.int64)
    if given:
        owner, names = flat(facts.households["groups"])
        own = np.zeros(len(found), dtype=np.int64)
        np.maximum.at(own, owner, np.array([given.get(name, 0) for name in names], dtype=np.int64))
        found = np.where(own > 0, own, 1)
    return found


def need_bits(facts: Facts, lists: np.typing.NDArray[np.object_]) -> Ints:
    """Bit masks of lists of needs."""
    owner, names = flat(lists)
    bits = np.zeros(len(lists), dtype=np.int64)
    if len(names):
        np.bitwise_or.at(bits, owner, np.int64(1) << located(names, facts.county["needs"]["id"]))
    return bits


def assisted_by_rule(facts: Facts) -> Bools:
    """(households, county rows) R5 counts for them whatever is taken: `every`, named by R12 must, or committed to (R11)."""
    named = np.zeros(len(facts.households), dtype=np.bool_)
    if facts.policy.R5.applies_to == "every":
        named |= ~facts.out
    for hard in (True, False):
        for home, _ in facts.listed("must", "household", hard=hard):
            named[home] = True
    if facts.policy.R11.enforce != "off":
        items = located(facts.county["commitments"]["item"], facts.measures["id"])
        named[facts.measure_home[items[items >= 0]]] = True
    return named & ~out_of_reach(facts)


def out_of_reach(facts: Facts) -> Bools:
    """(households, county rows) that may get no money at all."""
    return facts.banned_home | facts.banned_village[facts.home_village]


def households(facts: Facts, order: Order, topup_cell: Ints, rows: Csr, measures: Csr) -> tuple[Households, int]:
    """Households in the problem's order, and the units that soft demands take from every plan."""
    table, policy, size = facts.households, facts.policy, len(facts.households)
    persons = table["persons"].astype(np.int64)
    worth = np.where(facts.out, 0, persons * weights(facts) * UNITS_PER_PERSON)
    constant = 0
    lift_low = np.zeros(size, dtype=np.int64)
    for home, _ in facts.listed("must", "household", hard=True):
        lift_low[home] = 1
    for home, demand in facts.listed("must", "household", hard=False):
        if not facts.out[home]:
            worth[home] += demand.price * ITEM_UNITS
            constant -= demand.price * ITEM_UNITS
    touch = np.zeros(size, dtype=np.int64)
    for home, demand in facts.listed("never", "household", hard=False):
        touch[home] -= demand.price * ITEM_UNITS
    reach = ~out_of_reach(facts)
    minimum = np.where(reach & (policy.R5.enforce != "off"), policy.R5.minimum, 0)
    maximum = policy.R9.maximum if policy.R9.enforce != "off" else -1
    ranked = order.homes

    def full(value: int) -> Ints:
        return np.full(size, value, dtype=np.int64)

    return (
        Households(
            block=order.village_block[facts.home_village][ranked],
            persons=persons[ranked],
            worth=worth.astype(np.int64)[ranked],
            income_gap=income_gap(facts)[ranked],
            needs=need_bits(facts, table["needs"])[ranked],
            labour=table["labour"].astype(np.int64)[ranked],
            topup_cell=topup_cell[ranked],
            minimum=minimum.astype(np.int64)[ranked],
            minimum_price=full(rule_price(policy.R5, YUAN_UNITS) if policy.R5.enforce != "off" else HARD),
            maximum=full(maximum),
            maximum_price=full(rule_price(policy.R9, YUAN_UNITS) if policy.R9.enforce != "off" else HARD),
            always_assisted=assisted_by_rule(facts)[ranked],
            touch_worth=touch[ranked],
            lift_low=lift_low[ranked],
            lift_high=full(1),
            need_worth=full(0),
            rows=rows,
            measures=measures,
        ),
        constant,
    )
