"""The page of a curve."""

from __future__ import annotations

from liftplan.models.messages import language, m, speaking
from liftplan.reports.curves.chart import curve_chart
from liftplan.reports.curves.content import CurveContent, certainty_of
from liftplan.reports.curves.terminal import NOTHING, curve_headline
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import section, table
from liftplan.reports.page.html import Child, Html, el
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document

STYLE = """
.curve-chart { width: 100%; height: auto; font-size: 13px; fill: var(--soft); }
.scroll .curve-chart { min-width: 560px; }
.curve-chart .grid { stroke: var(--line); }
.curve-chart .axis { stroke: var(--soft); }
.curve-chart .curve { fill: none; stroke: var(--accent); stroke-width: 2.5; }
.curve-chart .band { fill: var(--left); opacity: .35; }
.curve-chart .point { fill: var(--accent); }
.curve-chart .now { fill: var(--paper); stroke: var(--accent); stroke-width: 2.5; }
.curve-chart .none { fill: var(--paper); stroke: var(--bad); stroke-width: 2; }
"""


def curve_page(content: CurveContent) -> str:
    """The page: a whole HTML document, in both languages, the current one first to be seen."""
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            titles[code] = str(m("Curve: {county}", county=content.name))
            bodies.append(body_of(_content(content), titles, first))
    return document(titles[first], bodies, asset("page.css") + STYLE, asset("page.js"))


def _content(content: CurveContent) -> list[Html]:
    band = m("The band reaches up to what is proved to be the most that any plan can lift.")
    scored = m("Plans are scored by weights; proved bounds of the score are in the table.")
    legend: list[Child] = [
        m("The line joins the points that were solved; nothing is claimed between them."),
        " ",
        band if content.counts_people else scored,
        " ",
        m("A ring marks the county as it is; a red ring on the axis, a value without a plan."),
    ]
    rows: list[list[Child]] = [
        [
            count(point.value),
            NOTHING if point.people is None else count(point.people),
            NOTHING if point.bound is None else f"{point.bound:,.1f}".removesuffix(".0"),
            NOTHING if point.ledger_yuan is None else count(point.ledger_yuan),
            certainty_of(point),
        ]
        for point in content.points
    ]
    heads = [
        m("yuan"),
        m("people lifted"),
        m("at most") if content.counts_people else m("score at most"),
        m("allocated, yuan"),
        m("how sure"),
    ]
    title = m("People lifted over {quantity}", quantity=content.quantity)
    return [
        el("section", el("h1", title), el("p", curve_headline(content), class_="lead"), class_="opening"),
        el("figure", el("div", curve_chart(content), class_="scroll"), el("figcaption", legend, class_="small")),
        section("points", m("Points"), table(heads, rows, caption=title)),
    ]
