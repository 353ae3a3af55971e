"""Rows of villages: R3 and R4 (minimums), R6 (growth), R10 (fairness), R12 (money they must, or should not, get)."""

from __future__ import annotations

import numpy as np

from liftplan.models.base import BP
from liftplan.models.policy import DepartmentMin
from liftplan.solver.compile.blocks import Order
from liftplan.solver.compile.facts import ITEM_UNITS, YUAN_UNITS, Facts, counts, flat, rule_price
from liftplan.solver.compile.money import Money
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.compile.sites import Sites
from liftplan.solver.problem import HARD, Ints


def village_rows(facts: Facts, places: Sites, cash: Money, order: Order, book: RowBook) -> None:
    """All of them. Rows that every plan keeps, and soft rows without a price, are left out."""
    arcs = [np.arange(*span) for span in zip(cash.village_arcs[:-1], cash.village_arcs[1:], strict=True)]
    _minimums(facts, cash, order, book, arcs)
    if counts(facts.policy.R6) and facts.policy.R6.villages:
        _growth(facts, order, book, arcs)
    if counts(facts.policy.R10):
        _fairness(facts, order, book)
    for hard in (True, False):
        for village, demand in facts.listed("must", "village", hard=hard):
            if hard or demand.price:
                price = HARD if hard else demand.price * ITEM_UNITS
                name, block = ("R12", f"must village:{demand.id}"), int(order.village_block[village])
                book.add(name, 1, price, arcs=arcs[village], local=block)
    _optional_topups(facts, places, cash, order, book)


def _minimums(facts: Facts, cash: Money, order: Order, book: RowBook, arcs: list[Ints]) -> None:
    """R3: all flows into a village in push >= minimum. R4: flows of a row's departments >= its minimum."""
    total, rule = facts.policy.R3, facts.policy.R4
    departments = np.array([purse.fund.department for purse in facts.purses], dtype=object)
    members = [np.isin(departments, row.departments) for row in rule.rows]
    table = facts.tables["minimum_overrides"]
    columns = (table[name].tolist() for name in ("village", "rule", "minimum"))
    own = {(village, name): minimum for village, name, minimum in zip(*columns, strict=True)}
    for number, village in enumerate(facts.villages):
        if not village.in_push or facts.shut_village[number]:
            continue
        block = int(order.village_block[number])
        minimums = [own.get((village.id, row.id), row.minimum) for row in rule.rows]
        if counts(rule):
            for row, minimum, inside in zip(rule.rows, minimums, members, strict=True):
                if minimum > 0:
                    here = arcs[number][inside[cash.arc_fund[arcs[number]]]]
                    name = ("R4", f"{village.id}/{row.id}")
                    book.add(name, minimum, rule_price(rule, YUAN_UNITS), arcs=here, local=block)
        minimum = own.get((village.id, "R3"), total.minimum)
        if not counts(total) or minimum <= 0:
            continue
        if rule.enforce == "hard" and minimum <= _together(rule.rows, minimums):
            book.implied.append(("R3", village.id))
        else:
            name = ("R3", village.id)
            book.add(name, minimum, rule_price(total, YUAN_UNITS), arcs=arcs[number], local=block)


def _together(rows: tuple[DepartmentMin, ...], minimums: list[int]) -> int:
    """Yuan that hard R4 rows without a common department ask for together (rows taken in order)."""
    seen: set[str] = set()
    total = 0
    for row, minimum in zip(rows, minimums, strict=True):
        if seen.isdisjoint(row.departments):
            seen.update(row.departments)
            total += minimum
    return total


def _growth(facts: Facts, order: Order, book: RowBook, arcs: list[Ints]) -> None:
    """R6: all flows into a village >= last year's yuan."""
    baseline = facts.tables["baseline"]
    numbers = {name: number for number, name in enumerate(facts.village_ids.tolist())}
    for village, yuan in zip(baseline["village"].tolist(), baseline["yuan"].tolist(), strict=True):
        number = numbers.get(village, -1)
        if number >= 0 and yuan > 0 and not facts.shut_village[number]:
            price, block = rule_price(facts.policy.R6, YUAN_UNITS), int(order.village_block[number])
            book.add(("R6", village), yuan, price, arcs=arcs[number], local=block)


def _fairness(facts: Facts, order: Order, book: RowBook) -> None:
    """R10: persons lifted of a village (township, group) >= share of those not already out, rounded up."""
    rule = facts.policy.R10
    counted = np.flatnonzero(~facts.out & ~facts.shut_village[facts.home_village])
    owner, names = counted, facts.village_ids[facts.home_village[counted]]
    if rule.by == "township":
        names = facts.tables["villages"]["township"][facts.home_village[counted]]
    elif rule.by == "group":
        pairs = sorted(set(zip(*(part.tolist() for part in flat(facts.households["groups"][counted])), strict=True)))
        owner = counted[[position for position, _ in pairs]]
        names = np.array([name for _, name in pairs], dtype=object)
    for name in sorted(set(names.tolist())):
        homes = owner[names == name]
        least = -(-int(facts.persons[homes].sum()) * rule.share_bp // BP)
        if least > 0:
            blocks = np.unique(order.village_block[facts.home_village[homes]])
            local = int(blocks[0]) if len(blocks) == 1 else -1
            row = book.add(("R10", name), least, rule_price(rule, ITEM_UNITS), local=local)
            book.homes.add(row, homes, facts.persons[homes])


def _optional_topups(facts: Facts, places: Sites, cash: Money, order: Order, book: RowBook) -> None:
    """Soft R12 never of a village: a top-up that is paid without any measure calls for the stand-in, too.

    Flows into the cells of such top-ups <= the most that can flow there, times the stand-in.
    """
    if facts.policy.R5.enforce != "soft":
        return
    always = facts.assisted_anyway & (cash.topup_cell >= 0)
    for number, one in enumerate(places.stand_ins, len(facts.projects)):
        cells = np.unique(cash.topup_cell[always & (facts.home_village == one.village)])
        if one.spends and len(cells):
            arcs = np.flatnonzero(np.isin(cash.arc_cell, cells))
            block = int(order.village_block[one.village])
            row = book.add(("R12", f"never {one.name}"), 0, HARD, arcs=arcs, coefficients=-1, local=block)
            book.sites.add(row, np.array([number]), int(cash.most[cells].sum()))
