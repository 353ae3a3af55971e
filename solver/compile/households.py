"""Households of the flat problem: worth, exit test, minimum, maximum, demands."""

from __future__ import annotations

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.compile.blocks import Order
from liftplan.solver.compile.facts import ITEM_UNITS, YUAN_UNITS, Facts, Texts, flat, located, rule_price
from liftplan.solver.compile.money import Money
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.problem import HARD, Csr, Households, Ints


def persons_weighted(facts: Facts) -> Ints:
    """(households,) persons times the largest weight among the groups listed, 1 if none is."""
    given = facts.policy.objective.weights
    largest = np.zeros(len(facts.households), dtype=np.int64)
    if given:
        owner, names = flat(facts.households["groups"])
        weights = np.fromiter((given.get(name, 0) for name in names), dtype=np.int64, count=len(names))
        np.maximum.at(largest, owner, weights)
    weighted: Ints = facts.persons * np.where(largest > 0, largest, 1)
    return weighted


def need_bits(facts: Facts, lists: Texts) -> Ints:
    """Bit masks of lists of needs."""
    owner, names = flat(lists)
    bits = np.zeros(len(lists), dtype=np.int64)
    np.bitwise_or.at(bits, owner, np.int64(1) << located(names, facts.tables["needs"]["id"]))
    return bits


def households(facts: Facts, order: Order, cash: Money, book: RowBook, measure_home: Ints) -> tuple[Households, int]:
    """Households in the problem's order, and the units that soft demands take from every plan.

    measure_home: (measures of the problem,) household of each, ascending.
    """
    policy, size = facts.policy, len(facts.households)
    worth = np.where(facts.out, 0, persons_weighted(facts) * UNITS_PER_PERSON)
    constant = 0
    lift_low, touch = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    lift_low[[home for home, _ in facts.listed("must", "household", hard=True)]] = 1
    for home, demand in facts.listed("must", "household", hard=False):
        if not facts.out[home]:
            worth[home] += demand.price * ITEM_UNITS
            constant -= demand.price * ITEM_UNITS
    for home, demand in facts.listed("never", "household", hard=False):
        touch[home] -= demand.price * ITEM_UNITS
    minimum = 0 if policy.R5.enforce == "off" else policy.R5.minimum
    ranked = order.homes

    def same(value: int) -> Ints:
        return np.full(size, value, dtype=np.int64)

    found = Households(
        block=order.village_block[facts.home_village][ranked],
        persons=facts.persons[ranked],
        worth=worth[ranked],
        income_gap=facts.income_gap[ranked],
        needs=need_bits(facts, facts.households["needs"])[ranked],
        labour=facts.households["labour"].astype(np.int64)[ranked],
        topup_cell=cash.topup_cell[ranked],
        minimum=np.where(facts.shut_home, 0, minimum).astype(np.int64)[ranked],
        minimum_price=same(rule_price(policy.R5, YUAN_UNITS) if minimum else HARD),
        maximum=same(policy.R9.maximum if policy.R9.enforce != "off" else -1),
        maximum_price=same(rule_price(policy.R9, YUAN_UNITS) if policy.R9.enforce != "off" else HARD),
        always_assisted=facts.assisted_anyway[ranked],
        touch_worth=touch[ranked],
        lift_low=lift_low[ranked],
        lift_high=same(1),
        need_worth=same(0),
        rows=book.homes.finish(size, order.home_index),
        measures=Csr.from_entries(size, measure_home, np.arange(len(measure_home))),
    )
    return found, constant
