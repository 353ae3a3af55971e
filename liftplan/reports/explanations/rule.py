"""A rule in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports import counts
from liftplan.reports.explanations.demands import demand
from liftplan.reports.explanations.names import Names, Paragraph, para, people
from liftplan.reports.words import percent, yuan
from liftplan.solver.explain.rows import RuleRow
from liftplan.solver.explain.rule import Demanded, RuleFacts

SHOWN = 12
"""Rows that are told."""


def rule(facts: RuleFacts, names: Names, scored: bool) -> Iterator[Paragraph]:
    """What is to say of a rule."""
    name = names.rule(facts.rule)
    yield para(
        m("Rule {rule}, {where}.", rule=name, where=names.subject(facts.rule, facts.subject))
        if facts.subject
        else _all(name)
    )
    yield para(_enforced(facts))
    if facts.source:
        yield para(m("Source: {source}", source=facts.source))
    if facts.purpose_rule == "fixed":
        yield para(m("Purposes are fixed: a fund pays only its own."))
    elif facts.purpose_rule == "pooled":
        yield para(m("Purposes are pooled: a poolable fund pays every poolable purpose."))
    yield from _rows(facts, names, scored)
    yield from _household(facts, scored)
    if facts.demanded:
        yield para(
            m("Things that it names: {count}", count=f"{len(facts.demanded):,}"),
            [_demanded(one, names) for one in facts.demanded[:SHOWN]],
        )
    elif facts.rule == "R12" and facts.enforce != "off":
        yield para(m("The county has no demands in force."))


def _enforced(facts: RuleFacts) -> Message:
    """How strictly it holds."""
    if facts.enforce == "off":
        return m("It is off.")
    if facts.enforce == "hard":
        return m("It is hard: every plan keeps it.")
    return m(
        "It is soft: not keeping it costs {price} people for 10,000 yuan (or a person) short.",
        price=f"{facts.soft_price / 1_000_000:g}",
    )


def _all(name: Message) -> Message:
    return m("Rule {rule}.", rule=name)


def _rows(facts: RuleFacts, names: Names, scored: bool) -> Iterator[Paragraph]:
    if not facts.rows:
        return
    yield para(
        m(
            "Rows: {count}; with a price: {priced}; met exactly: {exact}; implied by others: {implied}.",
            count=f"{len(facts.rows):,}",
            priced=f"{facts.priced:,}",
            exact=f"{facts.exact:,}",
            implied=f"{facts.implied:,}",
        )
    )
    if facts.price > 0 and facts.rule != "R8":
        amount = people(facts.price, scored)
        yield para(
            m("Relaxing each row by one person gives {people}, at the margin, at the plan's prices.", people=amount)
            if facts.rule == "R10"
            else m(
                "Relaxing each row by 10,000 yuan gives {people} in all, at the margin, at the plan's prices.",
                people=amount,
            )
        )
    elif facts.implied < len(facts.rows):
        yield para(m("At the margin, at the plan's prices, relaxing it a little gives nobody anything."))
    yield para(m("Its rows, dearest first:"), [row_text(row, names) for row in facts.rows[:SHOWN]])


def row_text(row: RuleRow, names: Names) -> Message:
    """A row with limit, value, room and price."""
    what = m("{rule} {where}", rule=row.rule, where=names.subject(row.rule, row.subject))
    value, limit = _amount(row.value, row), _amount(row.limit, row)
    if row.at_most:
        told = m("{what}: {value} of at most {limit}", what=what, value=value, limit=limit)
    elif row.room < 0:
        told = m(
            "{what}: {value}, {short} less than the {limit} asked for",
            what=what,
            value=value,
            short=_amount(-row.room, row),
            limit=limit,
        )
    else:
        told = m(
            "{what}: {value}, at least {limit} are asked for, {room} more than that",
            what=what,
            value=value,
            limit=limit,
            room=_amount(row.room, row),
        )
    if row.implied:
        return m("{told}; implied by R4, so it has no price", told=told)
    if not row.price:
        return told
    price = f"{row.price:,.3g}"
    if row.unit == "persons":
        return m("{told}; price {price} people for one person less, at the margin", told=told, price=price)
    if row.unit == "slots":
        return m("{told}; price {price} people a slot, at the margin", told=told, price=price)
    return m("{told}; price {price} people for 10,000 yuan, at the margin", told=told, price=price)


def _amount(amount: int, row: RuleRow) -> Message:
    if row.unit == "bp":
        return m("{text}", text=percent(amount / 10_000, 2))
    if row.unit == "persons":
        return counts.people(amount)
    if row.unit == "slots":
        return counts.slots(amount)
    return m("{yuan} yuan", yuan=yuan(amount))


def _household(facts: RuleFacts, scored: bool) -> Iterator[Paragraph]:
    found = facts.household
    if found is None:
        return
    yield para(
        m(
            "Households that get money: {assisted}; exactly {yuan} yuan: {count}.",
            assisted=f"{found.assisted:,}",
            count=f"{found.at_limit:,}",
            yuan=yuan(found.limit),
        )
    )
    if facts.rule == "R5" and found.topup_yuan:
        yield para(
            m(
                "Development grants up to the minimum take {yuan} yuan, which would do {people} elsewhere, "
                "at the margin, at the plan's prices.",
                yuan=yuan(found.topup_yuan),
                people=people(found.cost, scored),
            )
        )


def _demanded(one: Demanded, names: Names) -> Message:
    kept = m("kept") if not one.short else m("not kept, for it is soft")
    if one.sense == "committed":
        return m(
            "{fund} has promised {yuan} yuan to {item}: {kept}",
            fund=names.fund(one.target),
            yuan=yuan(one.yuan),
            item=names.item(one.id.partition("/")[0]),
            kept=kept,
        )
    return m("{demand}: {kept}", demand=demand(one.sense, one.target, one.id, names), kept=kept)
