"""The coupling rows of rules R1, R3, R4, R6, R7, R8 (slots), R10, R11, R12 (villages) and R13. All read "at least"."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import gcd

import numpy as np

from liftplan.models.base import BP
from liftplan.solver.compile.blocks import Order
from liftplan.solver.compile.facts import ITEM_UNITS, YUAN_UNITS, Facts, rule_price
from liftplan.solver.compile.money import Money
from liftplan.solver.problem import HARD, Csr, Ints, Rows


@dataclass
class RowList:
    """Rows under construction."""

    most: int
    """No sum of yuan in the county can exceed this."""
    rhs: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)
    local: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    scale: list[int] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    arcs: list[tuple[Ints, Ints]] = field(default_factory=list)

    def add(
        self,
        rule: str,
        subject: str,
        arcs: Ints,
        coefficients: Ints | int,
        rhs: int,
        price: int,
        local: int = -1,
        upper: int | None = None,
        scale: int = 1,
    ) -> int:
        """One row; returns its number. arcs: which carry `coefficients`. upper: most that a soft row can be short."""
        self.names.append((rule, subject))
        self.arcs.append((arcs, np.broadcast_to(np.asarray(coefficients, dtype=np.int64), arcs.shape)))
        self.rhs.append(rhs)
        self.price.append(price)
        self.local.append(local)
        self.upper.append(0 if price == HARD else max(0, rhs) if upper is None else upper)
        self.scale.append(scale)
        return len(self.names) - 1

    def finish(self) -> Rows:
        """The rows as arrays."""
        owner = np.repeat(np.arange(len(self.arcs), dtype=np.int64), [len(arcs) for arcs, _ in self.arcs])
        index = np.concatenate([arcs for arcs, _ in self.arcs]) if self.arcs else owner
        value = np.concatenate([values for _, values in self.arcs]) if self.arcs else owner
        return Rows(
            np.array(self.rhs, dtype=np.int64),
            np.array(self.price, dtype=np.int64),
            Csr.from_entries(len(self.arcs), owner, index, value),
            np.array(self.local, dtype=np.int64),
            np.array(self.upper, dtype=np.int64),
            np.array(self.scale, dtype=np.int64),
        )


def money_rows(facts: Facts, money: Money, order: Order, most: int) -> RowList:
    """Rows on flows alone: R1, R3, R4, R6, R7, R13 and villages that R12 wants to get money."""
    rows = RowList(most)
    _fund_amounts(facts, money, rows)
    _village_minimums(facts, money, order, rows)
    _growth(facts, money, order, rows)
    _shares(facts, money, rows)
    _village_demands(facts, money, order, rows)
    _spending(facts, money, rows)
    return rows


def _fund_amounts(facts: Facts, money: Money, rows: RowList) -> None:
    """R1: sum of flows of a fund <= its amount - fee."""
    price = rule_price(facts.policy.R1, YUAN_UNITS)
    for number, purse in enumerate(facts.purses):
        arcs = np.flatnonzero(money.arc_fund == number)
        rows.add("R1", purse.fund.id, arcs, -1, -purse.cap, price, upper=rows.most)


def _village_minimums(facts: Facts, money: Money, order: Order, rows: RowList) -> None:
    """R3: all flows into a village in push >= minimum. R4: flows of a row's departments >= its minimum."""
    overrides = {
        (village, rule): int(minimum)
        for village, rule, minimum in zip(
            *(facts.county["minimum_overrides"][name].tolist() for name in ("village", "rule", "minimum")), strict=True
        )
    }
    arc_village = money.cell_village[money.arc_cell]
    departments = np.array([purse.fund.department for purse in facts.purses], dtype=object)
    policy = facts.policy
    for index, village in enumerate(facts.villages):
        if not village.in_push or facts.banned_village[index]:
            continue
        here = np.flatnonzero(arc_village == index)
        block = int(order.village_block[index])
        if policy.R3.enforce != "off":
            minimum = overrides.get((village.id, "R3"), policy.R3.minimum)
            if minimum:
                rows.add("R3", village.id, here, 1, minimum, rule_price(policy.R3, YUAN_UNITS), block)
        if policy.R4.enforce != "off":
            for row in policy.R4.rows:
                minimum = overrides.get((village.id, row.id), row.minimum)
                if minimum:
                    own = np.isin(departments, list(row.departments))
                    arcs = here[own[money.arc_fund[here]]]
                    price = rule_price(policy.R4, YUAN_UNITS)
                    rows.add("R4", f"{village.id}/{row.id}", arcs, 1, minimum, price, block)


def _growth(facts: Facts, money: Money, order: Order, rows: RowList) -> None:
    """R6: all flows >= last year's times growth, rounded up; villages: at least last year's."""
    rule = facts.policy.R6
    if rule.enforce == "off":
        return
    price = rule_price(rule, YUAN_UNITS)
    baseline = facts.county["baseline"]
    for village, yuan in zip(baseline["village"].tolist(), baseline["yuan"].tolist(), strict=True):
        if village == "":
            rhs = -(-int(yuan) * rule.growth_bp // BP)
            if rhs > 0:
                rows.add("R6", "county", np.arange(len(money.arc_cell)), 1, rhs, price)
        elif rule.villages and yuan > 0:
            index = facts.village[village]
            if not facts.banned_village[index]:
                arcs = np.flatnonzero(money.cell_village[money.arc_cell] == index)
                rows.add("R6", village, arcs, 1, int(yuan), price, int(order.village_block[index]))


def _shares(facts: Facts, money: Money, rows: RowList) -> None:
    """R7: 10000 to P - share S >= 0 (at least), share S - 10000 to P >= 0 (at most), divided by the common divisor."""
    rule = facts.policy.R7
    if rule.enforce == "off":
        return
    funds = {purse.fund.id: index for index, purse in enumerate(facts.purses)}
    for number, share in enumerate(facts.shares):
        if share.fund not in funds:
            continue
        arcs = np.flatnonzero(money.arc_fund == funds[share.fund])
        counted = money.arc_shares[arcs, number]
        inside, outside = BP - share.share_bp, -share.share_bp
        if share.sense == "at_most":
            inside, outside = -inside, -outside
        divisor = gcd(inside, outside) or 1
        coefficients = np.where(counted, inside // divisor, outside // divisor)
        price = HARD if rule.enforce == "hard" else rule.price * (YUAN_UNITS // BP) * divisor
        rows.add(
            "R7",
            f"{share.fund}/{share.id}",
            arcs,
            coefficients,
            0,
            price,
            upper=rows.most * (BP // divisor),
            scale=divisor,
        )


def _village_demands(facts: Facts, money: Money, order: Order, rows: RowList) -> None:
    """R12: a village that must get money gets at least one yuan."""
    arc_village = money.cell_village[money.arc_cell]
    for hard in (True, False):
        for index, demand in facts.listed("must", "village", hard=hard):
            price = HARD if hard else demand.price * ITEM_UNITS
            arcs = np.flatnonzero(arc_village == index)
            rows.add("R12", f"must village:{demand.id}", arcs, 1, 1, price, int(order.village_block[index]))


def _spending(facts: Facts, money: Money, rows: RowList) -> None:
    """R13: flows of a fund, or of a department's funds, >= a share of their amount, rounded up."""
    rule = facts.policy.R13
    if rule.enforce == "off":
        return
    for row in rule.rows:
        own = [
            index
            for index, purse in enumerate(facts.purses)
            if (row.fund and purse.fund.id == row.fund) or (row.department and purse.fund.department == row.department)
        ]
        rhs = -(-sum(facts.purses[index].amount for index in own) * row.share_bp // BP)
        if rhs > 0:
            arcs = np.flatnonzero(np.isin(money.arc_fund, own))
            rows.add("R13", row.id, arcs, 1, rhs, rule_price(rule, YUAN_UNITS))


def fairness_rows(facts: Facts, rows: RowList, order: Order) -> list[tuple[Ints, int]]:
    """R10: persons lifted of a village (township, group) >= share of those not already out, rounded up.

    Returns, per row, the households (county rows) counted and the row's number.
    """
    rule = facts.policy.R10
    if rule.enforce == "off":
        return []
    counted = ~facts.out & ~facts.banned_village[facts.home_village]
    persons = facts.households["persons"].astype(np.int64)
    members: dict[str, list[int]] = {}
    for home in np.flatnonzero(counted).tolist():
        village = facts.villages[int(facts.home_village[home])]
        if rule.by == "village":
            names: tuple[str, ...] = (village.id,)
        elif rule.by == "township":
            names = (village.township,)
        else:
            names = tuple(facts.households["groups"][home])
        for name in names:
            members.setdefault(name, []).append(home)
    found = []
    for name, homes in sorted(members.items()):
        inside = np.array(homes, dtype=np.int64)
        rhs = -(-int(persons[inside].sum()) * rule.share_bp // BP)
        if rhs > 0:
            local = int(order.village_block[facts.village[name]]) if rule.by == "village" else -1
            none = np.zeros(0, dtype=np.int64)
            price = HARD if rule.enforce == "hard" else rule.price * ITEM_UNITS
            found.append((inside, rows.add("R10", name, none, 0, rhs, price, local)))
    return found
