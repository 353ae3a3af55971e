"""The whole page: both languages in one file that needs nothing else."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from importlib.resources import files

from liftplan.models.county import County
from liftplan.models.messages import Message, language, m, speaking
from liftplan.models.plan import Plan
from liftplan.reports.frames import PlanTables
from liftplan.reports.page.facts import Facts, anchor
from liftplan.reports.page.html import Html, el, join
from liftplan.reports.page.leftover import leftover
from liftplan.reports.page.leverage import leverage
from liftplan.reports.page.minimums import minimums
from liftplan.reports.page.money import spending
from liftplan.reports.page.nextuse import next_use
from liftplan.reports.page.notes import origin, padding, shortfalls
from liftplan.reports.page.opening import opening
from liftplan.reports.page.people import people
from liftplan.reports.words import shown

SPOKEN = {"en": ("en", "English"), "zh": ("zh-CN", "中文")}
"""Language -> its HTML tag, its own name."""

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
    style, script = _asset("page.css"), _asset("page.js")
    bodies, titles = [], {}
    for code, (tag, _) in SPOKEN.items():
        with speaking(code):
            titles[code] = str(m("Poverty plan: {county}", county=shown(county.head.name, county.head.name_en)))
            own = tables if code == first else PlanTables(plan, county)
            bodies.append(_body(Facts(plan, county, own), tag, titles[code], hidden=code != first))
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", titles[first]),
        el("style", Html(style)),
    )
    body = el("body", _switch(first), bodies, el("script", Html(script)))
    return "<!DOCTYPE html>\n" + el("html", head, body, lang=SPOKEN[first][0]) + "\n"


def _body(facts: Facts, tag: str, title: str, *, hidden: bool) -> Html:
    """The page's content in the current language."""
    written = [(name, words, write(facts)) for name, words, write in SECTIONS]
    present = [(name, words, part) for name, words, part in written if part is not None]
    links = el("nav", [el("a", words, href=f"#{anchor(name)}") for name, words, _ in present], aria_label=m("Sections"))
    parts = join([part for _, _, part in present])
    return el("main", opening(facts), links, parts, origin(facts), lang=tag, hidden=hidden, data_title=title)


def _switch(first: str) -> Html:
    """Buttons for the languages; the script shows them."""
    buttons = [
        el(
            "button",
            name,
            type="button",
            lang=tag,
            data_language=tag,
            aria_pressed="true" if code == first else "false",
        )
        for code, (tag, name) in SPOKEN.items()
    ]
    return el("div", buttons, class_="switch", role="group", aria_label="Language / 语言", hidden=True)


def _asset(name: str) -> str:
    return (files("liftplan.reports.page") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
