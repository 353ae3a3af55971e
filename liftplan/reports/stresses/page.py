"""The page of a stressed plan."""

from __future__ import annotations

from liftplan.models.messages import Message, language, m, speaking
from liftplan.reports.page.amounts import count
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import section, table
from liftplan.reports.page.html import Child, Html, el
from liftplan.reports.page.shell import SPOKEN, asset, body_of, document
from liftplan.reports.stresses.chart import stress_chart
from liftplan.reports.stresses.content import StressContent
from liftplan.reports.stresses.terminal import stress_headline
from liftplan.reports.words import percent

STYLE = """
.scroll .stress-chart { width: 100%; min-width: 560px; height: auto; font-size: 13px; fill: var(--soft); }
.stress-chart rect { fill: var(--plain); }
.stress-chart .name { fill: var(--ink); font-weight: 600; }
.stress-chart .axis { stroke: var(--soft); }
.stress-chart .planned { stroke: var(--ink); stroke-width: 2; }
.stress-chart .worst { stroke: var(--left); stroke-width: 2; stroke-dasharray: 5 4; }
td .bar { min-width: 90px; }
"""


def stress_page(content: StressContent) -> str:
    """The page: a whole HTML document, in both languages, the current one first to be seen."""
    first = language()
    bodies, titles = [], {}
    for code in SPOKEN:
        with speaking(code):
            titles[code] = str(m("How the plan holds: {county}", county=content.name))
            bodies.append(body_of(_content(content, titles[code]), titles, first))
    return document(titles[first], bodies, asset("page.css") + STYLE, asset("page.js"))


def _content(content: StressContent, title: str) -> list[Html]:
    legend: list[Child] = [
        m("Each column counts draws. The dark line is the plan; one draw in twenty is at the dashed line or below."),
        " ",
        m("A draw changes costs, incomes and the money that arrives; the ledger stays as it is."),
        " ",
        content.assumed,
    ]
    figures: list[list[Child]] = [[what, *values] for what, values in content.rows()]
    return [
        el("section", el("h1", title), el("p", stress_headline(content), class_="lead"), class_="opening"),
        el("figure", el("div", stress_chart(content), class_="scroll"), el("figcaption", legend, class_="small")),
        section(
            "figures", m("Figures"), table(["", *(name for name, _ in content.sides)], figures, caption=_made(content))
        ),
        section("villages", m("Villages, the most fragile first"), _villages(content)),
        section("funds", m("Funds that run short"), _funds(content)),
    ]


def _made(content: StressContent) -> Message:
    if content.resistant is None:
        return m("Shares of draws, not probabilities of the world: they are as good as the assumptions.")
    return m("The second plan was made under {overrides}.", overrides="; ".join(content.margins))


def _villages(content: StressContent) -> Html:
    others = {one.village: one for one in content.resistant.villages} if content.resistant else {}
    rows: list[list[Child]] = []
    for one in content.plan.villages:
        label = percent(one.kept)
        row: list[Child] = [content.village(one.village), count(one.planned), f"{one.mean:,.1f}", count(one.bad)]
        row += [label, bar([("lifted", one.kept)], 1.0, label)]
        if content.resistant:
            other = others.get(one.village)
            row.append("-" if other is None else percent(other.kept))
        rows.append(row)
    heads: list[Child] = [
        m("village"),
        m("as planned"),
        m("stay lifted, on average"),
        m("in one draw of twenty at most"),
    ]
    heads += [m("share"), ""]
    if content.resistant:
        heads.append(m("share with margins"))
    return table(heads, rows, caption=m("People lifted"))


def _funds(content: StressContent) -> Html:
    others = {one.fund: one for one in content.resistant.funds} if content.resistant else {}
    rows: list[list[Child]] = []
    for one in content.plan.funds:
        row: list[Child] = [
            content.fund(one.fund),
            percent(one.short_share),
            count(one.short_mean),
            count(one.short_bad),
        ]
        if content.resistant:
            other = others.get(one.fund)
            row.append(percent(other.short_share) if other else percent(0.0))
        rows.append(row)
    heads: list[Child] = [
        m("fund"),
        m("share of draws"),
        m("yuan short, on average"),
        m("yuan short in one draw of twenty"),
    ]
    if content.resistant:
        heads.append(m("share of draws with margins"))
    return table(heads, rows, caption=m("A fund is short when it cannot pay all lines of the ledger that are its own."))
