"""What one more million would bring, fund by fund: upper estimates from the prices of the proof."""

from __future__ import annotations

from math import inf

from liftplan.models.messages import Message, listed, m
from liftplan.reports.limits import Limit
from liftplan.reports.page.amounts import estimate
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import Facts, folded, section
from liftplan.reports.page.html import Child, Html, el

MILLION = 100
"""Prices are for 10,000 yuan."""

SHOWN = 12
"""Funds shown at once; the others on demand."""

SHOWN_PURPOSES = 3
"""Purposes that are named; the others are counted."""

SHOWN_RULES = 8
"""Rules whose relaxing is worth most."""


def next_use(facts: Facts) -> Html | None:
    """Funds by what a further million could bring; None if the plan has no prices."""
    prices = facts.plan.prices
    if not prices:
        return None
    table = facts.tables.funds
    names = dict(zip(table["fund"], table["name"], strict=True))
    purposes = dict(zip(facts.tables.purposes["purpose"], facts.tables.purposes["name"], strict=True))
    columns = zip(facts.county["funds"]["id"].tolist(), facts.county["funds"]["purposes"].tolist(), strict=True)
    pays = {fund: _purposes([purposes.get(one, one) for one in paid]) for fund, paid in columns}
    most = _most(facts)
    gains = {fund: min(most, price * MILLION) for fund, price in prices.items()}
    ordered = sorted(gains, key=lambda fund: (-gains[fund], names[fund]))
    useful = [fund for fund in ordered if estimate(gains[fund]) != "0"]
    idle = [names[fund] for fund in ordered if fund not in useful]
    widest = gains[ordered[0]]
    rows = [_row(names[fund], pays[fund], gains[fund], widest, facts.scored) for fund in useful]
    others = len(rows) - SHOWN
    return section(
        "next",
        m("What one more million yuan could bring"),
        el("div", rows[:SHOWN], class_="uses")
        if rows
        else el("p", m("More money in any one fund lifts practically nobody more.")),
        folded(m("{count} more funds", count=others), el("div", rows[SHOWN:], class_="uses"), printed=True)
        if others > 0
        else None,
        folded(
            m("{count} funds in which more money lifts practically nobody more", count=len(idle)),
            el("p", listed(idle)),
            printed=True,
        )
        if idle and rows
        else None,
        _rules(facts),
        lead=m(
            "One million yuan more in this fund alone, and at most about so many more people leave poverty. "
            "These are upper estimates from the prices of the proof, not promises: they hold for small amounts "
            "and do not add up. A new solve with the money added tells the truth."
        ),
    )


def _purposes(names: list[str]) -> Message | None:
    """What a fund may pay, in a line."""
    if not names:
        return None
    if len(names) <= SHOWN_PURPOSES + 1:
        return m("for {purposes}", purposes=listed(names))
    first = listed(names[:SHOWN_PURPOSES])
    return m("for {purposes} and {count} other purposes", purposes=first, count=len(names) - SHOWN_PURPOSES)


def _row(name: Child, detail: Child, people: float, widest: float, scored: bool) -> Html:
    words = _words(people, scored)
    return el(
        "div",
        el("span", el("b", name), el("span", detail, class_="small"), class_="name"),
        bar([("plain", people)], widest, str(words)),
        el("span", words, class_="n"),
        class_="use",
    )


def _words(people: float, scored: bool) -> Message:
    text = estimate(people)
    if scored:
        return m("at most about {points} points", points=text)
    return m("at most about {people} people", people=text)


def _rules(facts: Facts) -> Html | None:
    """Rules of places and funds that would bring most if they asked for less; none that speak of a household."""
    found = [
        (name, price)
        for name, price in facts.plan.rule_prices.items()
        if name.partition(" ")[0] in {"R3", "R4", "R6", "R7", "R10", "R13"} and estimate(price * _unit(name)) != "0"
    ]
    if not found:
        return None
    found.sort(key=lambda pair: (-pair[1] * _unit(pair[0]), pair[0]))
    most = _most(facts)
    widest = min(most, found[0][1] * _unit(found[0][0]))
    rows = []
    for name, price in found[:SHOWN_RULES]:
        rule, _, subject = name.partition(" ")
        limit = _limit(facts, rule, subject)
        place = listed(part for part in (limit.where, limit.name) if part) if limit else subject
        if rule == "R10":
            detail = m("if it asked for one person less")
        elif limit and limit.at_most:
            detail = m("if it allowed one million yuan more")
        else:
            detail = m("if it asked for one million yuan less")
        rows.append(
            _row(
                m("{rule} {name}", rule=rule, name=place), detail, min(most, price * _unit(name)), widest, facts.scored
            )
        )
    return el(
        "div",
        el("h3", m("Or if a rule asked for less")),
        el("div", rows, class_="uses"),
        el("p", m("The same kind of estimate, for the rules that cost most."), class_="small"),
    )


def _most(facts: Facts) -> float:
    """No more people than are left; points of a score have no such end."""
    return inf if facts.scored else float(sum(place.concerned - place.lifted for place in facts.townships))


def _unit(name: str) -> float:
    """A million yuan in units of the price; R10's is for a person."""
    return 1.0 if name.startswith("R10 ") else MILLION


def _limit(facts: Facts, rule: str, subject: str) -> Limit | None:
    """The limit that a price is of."""
    first, _, row = subject.partition("/")
    known = {(first, row), (subject, ""), (subject, "village")}
    for limit in facts.limits:
        if limit.rule == rule and ((limit.subject, limit.row) in known or (rule == "R13" and limit.row == subject)):
            return limit
    return None
