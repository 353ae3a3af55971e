"""The page of alternatives: people each costs, money it uses otherwise, what it does without."""

from __future__ import annotations

from liftplan.models.messages import language, m, speaking
from liftplan.reports.alternatives.content import HEADS, AlternativesContent
from liftplan.reports.alternatives.terminal import alternatives_headline
from liftplan.reports.explanations.names import Names
from liftplan.reports.page.amounts import count, money
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import section, table
from liftplan.reports.page.html import Child, Html, el
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document
from liftplan.reports.words import percent
from liftplan.scenarios.alternatives import Alternative

SHOWN = 12
"""Projects and households that are named; the others are counted."""

STYLE = """
.turn { display: grid; grid-template-columns: minmax(9em, 19em) minmax(0, 1fr); gap: 6px 14px; margin-top: 18px; }
.turn .bar { align-self: center; }
.turn h3 { grid-column: 1 / -1; }
"""


def alternatives_page(content: AlternativesContent) -> str:
    """The page: a whole HTML document, in both languages, the current one first to be seen."""
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            titles[code] = str(m("Alternatives: {county}", county=content.name))
            bodies.append(body_of(_content(content, titles[code]), titles, first))
    return document(titles[first], bodies, asset("page.css") + STYLE, asset("page.js"))


def _content(content: AlternativesContent, title: str) -> list[Html]:
    found = content.found.alternatives
    rows: list[list[Child]] = [
        [content.named(number), *content.cells(one)] for number, one in enumerate(found, start=1)
    ]
    legend = m(
        "Each is a checked plan. The best plan lifts at most so many people more, as the bound of the first plan "
        "proves. Money does something else where it pays for another project, measure or top-up than in the first plan."
    )
    parts = [
        el("section", el("h1", title), el("p", alternatives_headline(content), class_="lead"), class_="opening"),
        el("figure", [_bars(content, number, one) for number, one in enumerate(found, start=1)]),
        section("table", m("What differs"), table(["", *HEADS], rows, caption=legend)),
    ]
    return [*parts, section("without", m("What each does without"), _without(content))] if found else parts


def _bars(content: AlternativesContent, number: int, one: Alternative) -> Html:
    """People kept and given up; money used as before and otherwise."""
    people, most = one.plan.totals.people_lifted, max(1, content.plan.totals.people_lifted)
    fewer, apart = max(0, most - people), one.from_base
    lifted = m("{people} people, {fewer} fewer", people=count(people), fewer=count(fewer))
    moved = m(
        "{share} of the money does something else: {money}", share=percent(apart.share), money=money(apart.moved_yuan)
    )
    changed = m(
        "{dropped} people are no longer lifted, {added} others are",
        dropped=count(apart.people_dropped),
        added=count(apart.people_added),
    )
    same = people - apart.people_added
    return el(
        "div",
        el("h3", content.named(number)),
        el("span", lifted, class_="small"),
        bar([("lifted", people), ("left", fewer)], most, str(lifted)),
        el("span", changed, class_="small"),
        bar([("lifted", same), ("plain", apart.people_added)], most, str(changed)),
        el("span", moved, class_="small"),
        bar([("lifted", 1 - apart.share), ("left", apart.share)], 1.0, str(moved)),
        class_="turn",
    )


def _without(content: AlternativesContent) -> list[Html]:
    names = Names(content.county)
    parts = []
    for number, one in enumerate(content.found.alternatives, start=1):
        told = [
            names.project(part.id) if part.kind == "project" else m("household {id}", id=part.id)
            for part in one.spared[:SHOWN]
        ]
        more = len(one.spared) - len(told)
        items = [el("li", name) for name in told]
        if more:
            items.append(el("li", m("and {count} more", count=count(more))))
        if not items:
            items.append(el("li", m("Nothing was forbidden: doing the same as before only cost people in the search.")))
        parts += [el("h3", content.named(number)), el("ul", items, class_="small")]
    return parts
