"""Money: by department, and from departments through purposes to places."""

from __future__ import annotations

from collections import Counter

from liftplan.models.messages import Message, m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.page.grouped import badge, grouped
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.page.amounts import Unit, common_unit, exact
from liftplan.reports.page.amounts import money as told_money
from liftplan.reports.page.charts.flows import Flow
from liftplan.reports.page.charts.sankey import Labels, sankey
from liftplan.reports.page.facts import FEW_VILLAGES, MOST_TOWNSHIPS, OTHERS, folded, section
from liftplan.reports.page.html import Html, el
from liftplan.reports.words import CHANNEL_SIGNS, CHANNELS
from liftplan.scenarios.compare.flows import ways
from liftplan.scenarios.compare.money import By

OPEN_CHARTS = 2
"""So many flow charts are seen at once; the others on demand."""

HUNDREDTH = 100
"""A large unit's hundredth is the least that is told in it."""

TABLES: tuple[By, ...] = ("channel", "department", "purpose", "fund", "township", "village")
PRINTED: frozenset[By] = frozenset({"channel", "purpose"})
"""Tables on demand; those that are short and in no chart of bars are on paper, too."""

HEIGHT = 600
"""Pixels of the chart of the side that spends most."""


def money(content: Content) -> Html:
    """Grouped bars by department, a flow chart a side, tables on demand."""
    most = max(side.decided.totals.ledger_yuan for side in content.compared.sides)
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
        [_table(content, by) for by in TABLES],
    )


def _table(content: Content, by: By) -> Html:
    """A table on demand."""
    grid = content.money(by)
    return folded(grid.title, grid_table(content, grid), printed=by in PRINTED)


def _difference(yuan: int, unit: Unit) -> Message | str:
    """A difference; one that would round to nothing in whole yuan."""
    return unit.figure(yuan) if yuan * HUNDREDTH >= unit.yuan else exact(yuan)


def _legend() -> Html:
    """Colours and signs are channels."""
    return el(
        "p",
        [
            el("span", el("i", class_=f"key fill-{key}"), f"{CHANNEL_SIGNS[key]} ", words, class_="legend")
            for key, words in CHANNELS.items()
        ],
    )


def _flow(content: Content, place: int, most: int, unit: Unit) -> Html:
    """The flow chart of one side; its height is its money."""
    side, names = content.compared.sides[place], content.names
    total = side.decided.totals.ledger_yuan
    by_village = len(names.villages) <= FEW_VILLAGES
    found = ways(side)
    ends = {village: village if by_village else township for village, township in names.townships.items()}
    sums = Counter[str]()
    for way, yuan in found.items():
        sums[ends[way.village]] += yuan
    kept = {end for end, _ in sums.most_common(max(FEW_VILLAGES, MOST_TOWNSHIPS))}
    ends = {village: end if end in kept else OTHERS for village, end in ends.items()}
    flows = [Flow((way.department, way.purpose, ends[way.village]), way.channel, yuan) for way, yuan in found.items()]
    titles = {(0, key): name for key, name in names.departments.items()}
    titles |= {(1, key): name for key, name in names.purposes.items()}
    titles |= {(2, key): names.villages[key] if by_village else key for key in kept}
    titles[2, OTHERS] = str(m("other townships"))
    label = str(m("{name}: money from departments through purposes to places", name=names.sides[place]))
    height = max(160, HEIGHT * total / most)
    chart = sankey(flows, Labels(label, titles, unit.figure), height, plain_end=True, signs=CHANNEL_SIGNS)
    title = [badge(place), side.name, " ", el("span", told_money(total), class_="small")]
    whole = el("div", chart, class_="scroll chart", tabindex="0", role="region", aria_label=label)
    if place < OPEN_CHARTS:
        return el("figure", el("h4", title, class_="flow-title"), whole)
    return folded(title, whole)
