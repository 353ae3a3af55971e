"""R11: money already committed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import YUAN_UNITS, Facts, counts, located, rule_price
from liftplan.solver.compile.money import Lines, Money
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.problem import HARD, Ints


@dataclass(frozen=True)
class Promised:
    """Commitments with their cost lines and arcs."""

    line: Ints
    """(commitments,) cost line, as in `Lines`; -1: the item is left out, or the fund may not pay."""
    arc: Ints
    """(commitments,) or -1 with `line`."""
    yuan: Ints
    """(commitments,)"""
    worth: Ints
    """(projects + measures,) units that taking an item saves, against the constant (soft)."""
    constant: int
    """Units: minus the price of breaking all of them (soft)."""


def commitments(facts: Facts, lines: Lines, cash: Money, book: RowBook) -> Promised:
    """R11. Hard: flow of the fund into the cell of the lines >= their sum.

    Soft: >= the sum of the items taken, the rest is short; an item that is not taken is short of all of it.
    """
    table, rule = facts.tables["commitments"], facts.policy.R11
    worth = np.zeros(len(facts.item_ids), dtype=np.int64)
    if rule.enforce == "off" or not len(table):
        nothing = np.zeros(0, dtype=np.int64)
        return Promised(nothing, nothing, nothing, worth, 0)
    line, arc = _places(facts, lines, cash)
    yuan = table["yuan"].astype(np.int64)
    price, constant = rule_price(rule, YUAN_UNITS), 0
    subjects = ["/".join(row) for row in zip(*(table[name] for name in ("fund", "item", "purpose")), strict=True)]
    for one in np.flatnonzero(arc < 0).tolist():
        if price == HARD:
            book.add(("R11", subjects[one]), int(yuan[one]), HARD)  # no plan can keep it
        else:
            constant -= price * int(yuan[one])
    if not counts(rule):
        return Promised(line, arc, yuan, worth, constant)
    for number in np.unique(arc[arc >= 0]).tolist():
        own = np.flatnonzero(arc == number)
        subject, total = " + ".join(subjects[one] for one in own.tolist()), int(yuan[own].sum())
        if price == HARD:
            book.add(("R11", subject), total, HARD, arcs=np.array([number]))
            continue
        row = book.add(("R11", subject), 0, price, arcs=np.array([number]), upper=total)
        items = lines.item[line[own]]
        of_site = items < len(facts.projects)
        book.sites.add(row, items[of_site], -yuan[own][of_site])
        book.measures.add(row, items[~of_site] - len(facts.projects), -yuan[own][~of_site])
        np.add.at(worth, items, price * yuan[own])
        constant -= price * total
    return Promised(line, arc, yuan, worth, constant)


def _places(facts: Facts, lines: Lines, cash: Money) -> tuple[Ints, Ints]:
    """Cost line and arc of each commitment; -1 where its money cannot flow."""
    table = facts.tables["commitments"]
    size = len(facts.tables["purposes"])
    keys = lines.item * size + lines.purpose
    wanted = located(table["item"], facts.item_ids) * size + located(table["purpose"], facts.tables["purposes"]["id"])
    funds = located(table["fund"], np.array([purse.fund.id for purse in facts.purses], dtype=object))
    line, arc = np.full(len(table), -1, dtype=np.int64), np.full(len(table), -1, dtype=np.int64)
    for number, (key, fund) in enumerate(zip(wanted.tolist(), funds.tolist(), strict=True)):
        place = int(np.searchsorted(keys, key))
        if place == len(keys) or keys[place] != key or cash.cell[place] < 0:
            continue
        into = cash.cell_arcs.of(int(cash.cell[place]))[0]
        hit = into[cash.arc_fund[into] == fund]
        if len(hit):
            line[number], arc[number] = place, int(hit[0])
    return line, arc
