"""The page of a frontier."""

from __future__ import annotations

from liftplan.models.messages import language, m, speaking
from liftplan.reports.curves.page import STYLE as CURVE_STYLE
from liftplan.reports.curves.terminal import NOTHING
from liftplan.reports.frontiers.chart import frontier_chart
from liftplan.reports.frontiers.content import FrontierContent, known_of, share
from liftplan.reports.frontiers.terminal import frontier_headline
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import section, table
from liftplan.reports.page.html import Child, Html, el
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document

STYLE = (
    CURVE_STYLE
    + """
.curve-chart .open { fill: var(--left); opacity: .15; }
.curve-chart .never { fill: var(--out); }
"""
)


def frontier_page(content: FrontierContent) -> str:
    """The page: a whole HTML document, in both languages, the current one first to be seen."""
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            titles[code] = str(m("People and fairness: {county}", county=content.name))
            bodies.append(body_of(_content(content), titles, first))
    return document(titles[first], bodies, asset("page.css") + STYLE, asset("page.js"))


def _content(content: FrontierContent) -> list[Html]:
    title = m("People lifted against {worst}", worst=content.worst)
    legend: list[Child] = [
        m("Each dot is a checked plan; the line is the most that plans found lift at each level of fairness."),
        " ",
        m("The band reaches up to what is proved to be the most that any plan can lift."),
        " ",
        m(
            "Where the band is pale no plan was found, and none is excluded; on grey ground it is proved that there is "
            "none."
        ),
    ]
    return [
        el("section", el("h1", title), el("p", frontier_headline(content), class_="lead"), class_="opening"),
        el("figure", el("div", frontier_chart(content), class_="scroll"), el("figcaption", legend, class_="small")),
        section("points", m("Plans on the frontier"), _points(content)),
        section("levels", m("Levels solved"), _levels(content)),
    ]


def _points(content: FrontierContent) -> Html:
    points = content.envelope.frontier
    rows: list[list[Child]] = [
        [
            share(point.share_bp),
            count(point.people),
            count(points[0].people - point.people),
            count(point.ledger_yuan),
            content.groups(point.groups),
        ]
        for point in points
    ]
    heads = [content.worst, m("people lifted"), m("people given up"), m("allocated, yuan"), m("worst off")]
    return table(heads, rows, caption=m("No other plan found is as good in both."))


def _levels(content: FrontierContent) -> Html:
    rows: list[list[Child]] = []
    for level in content.envelope.levels:
        known = content.envelope.at(level.share_bp)
        rows.append(
            [
                share(level.share_bp),
                NOTHING if known.least is None else count(known.least),
                NOTHING if known.most is None else count(known.most),
                known_of(level),
            ]
        )
    return table(
        [m("at least"), m("people lifted"), m("at most"), m("how sure")],
        rows,
        caption=m("Each level asks for so large a share everywhere."),
    )
