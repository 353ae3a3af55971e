"""Minimums, and how far above them the plan is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from liftplan.models.messages import Message, m
from liftplan.reports.limits import Limit
from liftplan.reports.page.amounts import count, exact, money
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.charts.histogram import histogram
from liftplan.reports.page.facts import Facts, folded, section, table
from liftplan.reports.page.html import Child, Html, el, join
from liftplan.reports.words import percent


def minimums(facts: Facts) -> Html | None:
    """A card for each rule that names an amount; None if there is none."""
    groups: dict[tuple[str, str], list[Limit]] = {}
    for limit in facts.limits:
        key = limit.row if limit.rule in {"R4", "R7", "R13"} or limit.row == "village" else ""
        groups.setdefault((limit.rule, key), []).append(limit)
    if not groups:
        return None
    cards = [_many(limits) if len(limits) > 1 else _one(limits[0]) for limits in groups.values()]
    implied = any(text.startswith("R3 ") for text in facts.plan.implied)
    note = m(
        "Where the departments' minimums add up to the village's, the village's own (R3) is met whenever they are."
    )
    return section(
        "minimums",
        m("Minimums, and how far above them"),
        el("div", cards, class_="cards"),
        el("p", note, class_="small") if implied else None,
        folded(m("Every village as a table"), _table(facts)) if facts.listed and _village_limits(facts) else None,
        lead=m(
            "A column is a number of villages: at the upright line exactly the minimum, to its right further above."
        ),
    )


def _title(limit: Limit) -> Message:
    """What the rule asks for, in plain words."""
    match limit.rule:
        case "R3":
            return m("All departments together, in each village")
        case "R4":
            return m("{departments}, in each village", departments=limit.name)
        case "R5":
            return m("Each household that is helped")
        case "R6":
            return m("Growth over last year's money") if not limit.subject else m("Each village's money of last year")
        case "R7":
            return m("{fund}: share for {purposes}", fund=limit.where, purposes=limit.name)
        case "R9":
            return m("At most for one household")
        case "R10":
            return m("People lifted in each place or group")
        case "R11":
            return m("Money committed already")
        case "R12":
            return m("Demands (must or never)")
        case _:
            return m("{who} {what}", who=limit.where, what=limit.name)


def _amount(limit: Limit, value: int) -> Message | str:
    if limit.unit == "yuan":
        return exact(value)
    return percent(value / 10_000) if limit.unit == "bp" else count(value)


def _difference(limit: Limit) -> Message | str:
    """How far from the limit: shares differ by percentage points."""
    if limit.unit != "bp":
        return _amount(limit, abs(limit.room))
    return m("{points} percentage points", points=f"{abs(limit.room) / 100:,.1f}")


def _card(limit: Limit, asked: Child, *children: Child) -> Html:
    head = el("h3", el("span", limit.rule, class_="code"), " ", _title(limit))
    return el("div", head, el("p", asked, class_="asked"), *children, class_="card")


def _many(limits: Sequence[Limit]) -> Html:
    """A rule over many villages: how they lie above the minimum."""
    first = limits[0]
    asked = {limit.limit for limit in limits}
    words = (
        m("at least {amount}", amount=_amount(first, first.limit))
        if len(asked) == 1
        else m("at least {low} to {high}", low=_amount(first, min(asked)), high=_amount(first, max(asked)))
    )
    rooms = sorted(limit.room for limit in limits)
    exactly, short = sum(room == 0 for room in rooms), sum(room < 0 for room in rooms)
    middle = int(median(rooms))
    show: Callable[[int], Message | str] = money if first.unit == "yuan" else count
    facts = [
        m("{count} of {all} exactly at the minimum", count=exactly, all=len(rooms))
        if exactly
        else m("none of {all} exactly at the minimum", all=len(rooms)),
    ]
    facts += [m("median {amount} above", amount=show(middle))] if middle > 0 else []
    facts += [m("highest {amount} above", amount=show(rooms[-1]))] if rooms[-1] > 0 else []
    below = el("li", m("{count} below it", count=short), class_="bad") if short else None
    chart = histogram(rooms, str(m("How many lie how far above the minimum")), _told(show))
    return _card(first, words, chart, el("ul", below, [el("li", fact) for fact in facts], class_="facts"))


def _told(show: Callable[[int], Message | str]) -> Callable[[int, int, int], str]:
    """Words for a column of the chart."""

    def words(number: int, low: int, high: int) -> str:
        if low == high == 0:
            return str(m("{number} exactly at the minimum", number=number))
        if high < 0:
            return str(m("{number} below the minimum, by up to {amount}", number=number, amount=show(-low)))
        return str(m("{number} between {low} and {high} above", number=number, low=show(low), high=show(high)))

    return words


def _one(limit: Limit) -> Html:
    """A rule with one amount: what is asked, and what there is."""
    words = (
        m("at most {amount}", amount=_amount(limit, limit.limit))
        if limit.at_most
        else m("at least {amount}", amount=_amount(limit, limit.limit))
    )
    whole = max(limit.value, limit.limit, 1)
    label = str(
        m("in the plan {value}, limit {limit}", value=_amount(limit, limit.value), limit=_amount(limit, limit.limit))
    )
    there = bar([("bad" if limit.room < 0 else "plain", limit.value)], whole, label)
    asked = bar([("exact", limit.limit)], whole, label)
    if limit.room < 0:
        words_room: Message = m("{amount} short", amount=_difference(limit))
    elif limit.room == 0:
        words_room = m("exactly at the limit")
    elif limit.at_most:
        words_room = m("{amount} below it", amount=_difference(limit))
    else:
        words_room = m("{amount} above it", amount=_difference(limit))
    pair = el(
        "div",
        el("span", m("in the plan")),
        there,
        el("b", _amount(limit, limit.value)),
        el("span", m("limit")),
        asked,
        el("b", _amount(limit, limit.limit)),
        class_="pair",
    )
    return _card(
        limit, words, pair, el("ul", el("li", words_room, class_="bad" if limit.room < 0 else None), class_="facts")
    )


def _village_limits(facts: Facts) -> list[Limit]:
    return [limit for limit in facts.limits if limit.rule in {"R3", "R4"}]


def _table(facts: Facts) -> Html:
    """Villages down, minimums across: what each has, and how far above."""
    found = _village_limits(facts)
    columns = list(dict.fromkeys((limit.rule, limit.row, limit.name) for limit in found))
    cells = {(limit.subject, limit.rule, limit.row): limit for limit in found}
    rows: list[list[Child]] = []
    for place in facts.townships:
        for village in place.villages:
            row: list[Child] = [village.name]
            for rule, name, _ in columns:
                limit = cells.get((village.key, rule, name))
                row.append(_cell(limit) if limit else None)
            rows.append(row)
    heads = [m("village"), *(m("{rule} {name}", rule=rule, name=name) for rule, _, name in columns)]
    return table(heads, rows, caption=m("Whole yuan, and how much above the minimum"))


def _cell(limit: Limit) -> Html:
    return join(count(limit.value), el("span", f" {limit.room:+,}", class_="small"))
