"""The whole page."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.models.messages import Message, language, m, speaking
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page.clashes import conflicts
from liftplan.reports.conflicts.page.mends import mends
from liftplan.reports.conflicts.page.opening import opening, origin
from liftplan.reports.conflicts.page.sums import figures, room
from liftplan.reports.page.facts import anchor
from liftplan.reports.page.html import Html, el
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document

SECTIONS: tuple[tuple[str, Message, Callable[[Content], Html | None]], ...] = (
    ("conflicts", m("Conflicts"), conflicts),
    ("repairs", m("Repairs"), mends),
    ("room", m("Room"), room),
    ("figures", m("Needs and means"), figures),
)
"""Sections in order: address, short name, writer."""


def conflict_page(content: Content) -> str:
    """The page: a whole HTML document, in both languages, the current one first to be seen.

    It asks for nothing outside itself.
    """
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            titles[code] = str(m("Diagnosis: {county}", county=content.title))
            bodies.append(body_of(_content(content), titles, first))
    style = asset("page.css") + asset("conflicts.css", "liftplan.reports.conflicts.page")
    return document(titles[first], bodies, style, asset("page.js"))


def _content(content: Content) -> list[Html]:
    """The page's content in the current language."""
    written = [(name, words, write(content)) for name, words, write in SECTIONS]
    present = [(name, words, part) for name, words, part in written if part is not None]
    links = [el("a", words, href=f"#{anchor(name)}") for name, words, _ in present]
    return [
        opening(content),
        el("nav", links, aria_label=m("Sections")),
        *(part for _, _, part in present),
        origin(content),
    ]
