"""The page of a comparison: both languages in one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.models.messages import Message, language, m, speaking
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.page.figures import figures, leftover, prices
from liftplan.reports.comparison.page.hands import hands
from liftplan.reports.comparison.page.inputs import inputs
from liftplan.reports.comparison.page.money import money
from liftplan.reports.comparison.page.opening import opening
from liftplan.reports.comparison.page.origin import origin
from liftplan.reports.comparison.page.people import people
from liftplan.reports.comparison.page.villages import villages
from liftplan.reports.page.facts import anchor
from liftplan.reports.page.html import Html, el
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document

SECTIONS: tuple[tuple[str, Message, Callable[[Content], Html | None]], ...] = (
    ("inputs", m("Inputs"), inputs),
    ("figures", m("Figures"), figures),
    ("people", m("People"), people),
    ("villages", m("Villages"), villages),
    ("money", m("Money"), money),
    ("hands", m("Changed hands"), hands),
    ("left", m("Left over"), leftover),
    ("prices", m("Prices"), prices),
)
"""Sections in order: address, short name, writer."""

HERE = "liftplan.reports.comparison.page"
"""Where the page's own style and script lie."""


def comparison_page(content: Content) -> str:
    """The page of a comparison: a whole HTML document, in both languages, the current one first to be seen.

    It holds no household's row, and asks for nothing outside itself.
    """
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            own = Content(content.compared, only_differences=content.only_differences)
            titles[code] = str(m("Comparison: {names}", names=" · ".join(own.names.sides)))
            bodies.append(body_of(_content(own), titles, first))
    style = asset("page.css") + asset("comparison.css", HERE)
    script = asset("page.js") + asset("comparison.js", HERE)
    return document(titles[first], bodies, style, script)


def _content(content: Content) -> list[Html]:
    """The page's content in the current language."""
    written = [(name, words, write(content)) for name, words, write in SECTIONS]
    present = [(name, words, part) for name, words, part in written if part is not None]
    links = [el("a", words, href=f"#{anchor(name)}") for name, words, _ in present]
    box = el("input", type="checkbox", data_only=True, checked=content.only_differences)
    only = el("label", box, " ", m("Only differences"), class_="only-box", hidden=True)
    return [
        opening(content),
        el("nav", links, only, aria_label=m("Sections")),
        *(part for _, _, part in present),
        origin(content),
    ]
