"""Rows of funds: R1 (amount), R7 (shares), R13 (least spending), and the county's R6 (growth)."""

from __future__ import annotations

from math import gcd

import numpy as np

from liftplan.models.base import BP
from liftplan.solver.compile.facts import YUAN_UNITS, Facts, counts, rule_price
from liftplan.solver.compile.money import Money
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.problem import HARD, Ints


def fund_rows(facts: Facts, cash: Money, book: RowBook) -> None:
    """All of them. Rows that every plan keeps, and soft rows without a price, are left out."""
    arcs = [np.flatnonzero(cash.arc_fund == number) for number in range(len(facts.purses))]
    if counts(facts.policy.R1):
        _amounts(facts, cash, book, arcs)
    if counts(facts.policy.R6):
        _growth(facts, cash, book)
    if counts(facts.policy.R7):
        _shares(facts, cash, book, arcs)
    if counts(facts.policy.R13):
        _least(facts, book, arcs)


def _amounts(facts: Facts, cash: Money, book: RowBook, arcs: list[Ints]) -> None:
    """R1: sum of flows of a fund <= its amount - fee."""
    price = rule_price(facts.policy.R1, YUAN_UNITS)
    for purse, own in zip(facts.purses, arcs, strict=True):
        if len(own):
            spent = int(cash.most[cash.arc_cell[own]].sum())
            book.add(("R1", purse.fund.id), -purse.cap, price, arcs=own, coefficients=-1, upper=spent - purse.cap)


def _growth(facts: Facts, cash: Money, book: RowBook) -> None:
    """R6: sum of all flows >= last year's yuan times growth, rounded up."""
    baseline, rule = facts.tables["baseline"], facts.policy.R6
    for yuan in baseline["yuan"][baseline["village"] == ""].tolist():
        least = -(-yuan * rule.growth_bp // BP)
        if least > 0:
            book.add(("R6", "county"), least, rule_price(rule, YUAN_UNITS), arcs=np.arange(len(cash.arc_fund)))


def _shares(facts: Facts, cash: Money, book: RowBook, arcs: list[Ints]) -> None:
    """R7, with flows S of the fund and P of it on the purposes, divided by the common divisor of the coefficients.

    At least: 10000 P - share S >= 0. At most: share S - 10000 P >= 0.
    """
    rule = facts.policy.R7
    numbers = {purse.fund.id: number for number, purse in enumerate(facts.purses)}
    for position, share in enumerate(facts.shares):
        if share.fund not in numbers:
            continue
        fund = numbers[share.fund]
        inside, outside = BP - share.share_bp, -share.share_bp
        if share.sense == "at_most":
            inside, outside = -inside, -outside
        divisor = gcd(inside, outside)
        counted = cash.arc_shares[arcs[fund], position]
        coefficients = np.where(counted, inside // divisor, outside // divisor)
        if (coefficients >= 0).all():
            continue
        short = int((np.maximum(0, -coefficients) * cash.most[cash.arc_cell[arcs[fund]]]).sum())
        if facts.policy.R1.enforce == "hard":
            short = min(short, int(-coefficients.min()) * facts.purses[fund].cap)
        price = HARD if rule.enforce == "hard" else rule.price * (YUAN_UNITS // BP) * divisor
        name = ("R7", f"{share.fund}/{share.id}")
        book.add(name, 0, price, arcs=arcs[fund], coefficients=coefficients, upper=short, scale=divisor)


def _least(facts: Facts, book: RowBook, arcs: list[Ints]) -> None:
    """R13: flows of a fund, or of a department's funds, >= a share of their amount, rounded up."""
    rule = facts.policy.R13
    for row in rule.rows:
        own = [
            number
            for number, purse in enumerate(facts.purses)
            if purse.fund.id == row.fund or purse.fund.department == row.department
        ]
        least = -(-sum(facts.purses[number].amount for number in own) * row.share_bp // BP)
        if least > 0:
            together = np.concatenate([arcs[number] for number in own])
            book.add(("R13", row.id), least, rule_price(rule, YUAN_UNITS), arcs=together)
