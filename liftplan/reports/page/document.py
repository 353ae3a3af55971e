"""The whole page: both languages in one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.models.county import County
from liftplan.models.messages import Message, language, m, speaking
from liftplan.models.plan import Plan
from liftplan.reports.frames import PlanTables
from liftplan.reports.page.facts import Facts, anchor
from liftplan.reports.page.html import Html, el
from liftplan.reports.page.leftover import leftover
from liftplan.reports.page.leverage import leverage
from liftplan.reports.page.minimums import minimums
from liftplan.reports.page.money import spending
from liftplan.reports.page.nextuse import next_use
from liftplan.reports.page.notes import origin, padding, shortfalls
from liftplan.reports.page.opening import opening
from liftplan.reports.page.people import people
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document
from liftplan.reports.words import shown

SECTIONS: tuple[tuple[str, Message, Callable[[Facts], Html | None]], ...] = (
    ("short", m("Rules not kept"), shortfalls),
    ("people", m("People"), people),
    ("money", m("Money"), spending),
    ("minimums", m("Minimums"), minimums),
    ("left", m("Left over"), leftover),
    ("next", m("One more million"), next_use),
    ("leverage", m("Leverage"), leverage),
    ("padding", m("Padding"), padding),
)
"""Sections in order: address, short name, writer."""


def summary_page(plan: Plan, county: County, tables: PlanTables) -> str:
    """The page of a plan: a whole HTML document, in both languages, the current one first to be seen.

    tables: the plan's, in the current language.

    It holds no household's row, and asks for nothing outside itself: its content security policy allows nothing.
    """
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            titles[code] = str(m("Poverty plan: {county}", county=shown(county.head.name, county.head.name_en)))
            own = tables if code == first else PlanTables(plan, county)
            bodies.append(body_of(_content(Facts(plan, county, own)), titles, first))
    return document(titles[first], bodies, asset("page.css"), asset("page.js"))


def _content(facts: Facts) -> list[Html]:
    """The page's content in the current language."""
    written = [(name, words, write(facts)) for name, words, write in SECTIONS]
    present = [(name, words, part) for name, words, part in written if part is not None]
    links = el("nav", [el("a", words, href=f"#{anchor(name)}") for name, words, _ in present], aria_label=m("Sections"))
    return [opening(facts), links, *(part for _, _, part in present), origin(facts)]
