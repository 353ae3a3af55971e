"""Money: by department, and from departments through purposes to places."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.page.grouped import badge, grouped
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.frames import PlanTables
from liftplan.reports.page.amounts import Unit, common_unit, exact
from liftplan.reports.page.amounts import money as told_money
from liftplan.reports.page.charts.flows import Flow
from liftplan.reports.page.charts.sankey import Labels, sankey
from liftplan.reports.page.facts import FEW_VILLAGES, MOST_TOWNSHIPS, OTHERS, folded, records, section
from liftplan.reports.page.html import Html, el
from liftplan.reports.words import CHANNELS

HUNDREDTH = 100
"""A large unit's hundredth is the least that is told in it."""

HEIGHT = 600
"""Pixels of the chart of the side that spends most."""


def money(content: Content) -> Html:
    """Grouped bars by department, a flow chart a side, tables on demand."""
    most = max(side.plan.totals.ledger_yuan for side in content.compared.sides)
    unit = common_unit(most)
    return section(
        "money",
        m("Money by department"),
        grouped(content, content.money("department"), unit.figure, lambda yuan: _difference(yuan, unit)),
        el("p", m("Figures are in {unit}.", unit=unit.word), class_="small"),
        el("h3", m("From departments through purposes to places"), class_="apart"),
        _legend(),
        el("p", m("Swipe the chart sideways, or open the tables below it."), class_="small narrow"),
        [_flow(content, place, max(1, most), unit) for place in range(len(content.compared.sides))],
        [
            folded(grid.title, grid_table(content, grid))
            for grid in (
                content.money("channel"),
                content.money("department"),
                content.money("purpose"),
                content.money("fund"),
                content.money("township"),
                content.money("village"),
            )
        ],
    )


def _difference(yuan: int, unit: Unit) -> Message | str:
    """A difference; one that would round to nothing in whole yuan."""
    return unit.figure(yuan) if yuan * HUNDREDTH >= unit.yuan else exact(yuan)


def _legend() -> Html:
    """Colours are channels."""
    return el(
        "p",
        [el("span", el("i", class_=f"key fill-{key}"), words, class_="legend") for key, words in CHANNELS.items()],
    )


def _flow(content: Content, place: int, most: int, unit: Unit) -> Html:
    """The flow chart of one side; its height is its money."""
    side, names = content.compared.sides[place], content.names
    total = side.plan.totals.ledger_yuan
    ledger = PlanTables(side.plan, side.county).ledger
    lines = ledger.groupby(["department", "purpose", "village", "channel"], sort=False)["yuan"].sum().reset_index()
    by_village = len(names.villages) <= FEW_VILLAGES
    ends = lines["village"] if by_village else lines["village"].map(names.townships)
    if not by_village:
        kept = lines.groupby(ends)["yuan"].sum().nlargest(MOST_TOWNSHIPS).index
        ends = ends.where(ends.isin(kept), OTHERS)
    flows = [
        Flow((department, purpose, end), channel, yuan)
        for department, purpose, end, channel, yuan in records(
            lines.assign(end=ends), "department", "purpose", "end", "channel", "yuan"
        )
    ]
    titles = {(0, key): name for key, name in names.departments.items()}
    titles |= {(1, key): name for key, name in names.purposes.items()}
    titles |= {(2, key): names.villages[key] if by_village else key for key in set(ends)}
    titles[2, OTHERS] = str(m("other townships"))
    label = str(m("{name}: money from departments through purposes to places", name=names.sides[place]))
    chart = sankey(flows, Labels(label, titles, unit.figure), max(160, HEIGHT * total / most), plain_end=True)
    return el(
        "figure",
        el("h4", badge(place), side.name, " ", el("span", told_money(total), class_="small"), class_="flow-title"),
        el("div", chart, class_="scroll chart", tabindex="0", role="region", aria_label=label),
    )
