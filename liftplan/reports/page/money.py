"""Money: from departments through purposes to townships and villages."""

from __future__ import annotations

import pandas as pd

from liftplan.models.messages import m
from liftplan.reports.page.amounts import common_unit, count, money
from liftplan.reports.page.charts.flows import Flow
from liftplan.reports.page.charts.sankey import Labels, sankey
from liftplan.reports.page.facts import MOST_TOWNSHIPS, OTHERS, Facts, Place, anchor, folded, records, section, table
from liftplan.reports.page.html import Child, Html, el, join
from liftplan.reports.words import CHANNEL_SIGNS, CHANNELS

COUNTY_HEIGHT, TOWNSHIP_HEIGHT = 620, 400
"""Pixels of the charts."""


def spending(facts: Facts) -> Html:
    """The county's flow chart; the townships' own on demand; the same as tables."""
    lines = _lines(facts)
    last = "village" if facts.by_village else "township"
    apart = not facts.by_village and facts.listed
    shown = facts.townships[:MOST_TOWNSHIPS]
    targets = {place.key: f"#{anchor(f'township-{number}')}" for number, place in enumerate(shown)}
    unit = common_unit(facts.plan.totals.ledger_yuan)
    label = m("Money from departments through purposes to places")
    chart = sankey(
        _flows(lines, last),
        Labels(str(label), _names(facts), unit.figure),
        COUNTY_HEIGHT,
        plain_end=True,
        targets=targets if apart else {},
        signs=CHANNEL_SIGNS,
    )
    return section(
        "money",
        m("Where the money goes"),
        el(
            "figure",
            _legend(facts),
            el("p", m("Swipe the chart sideways, or open the tables below it."), class_="small narrow"),
            _frame(chart, str(label)),
            el("figcaption", m("Figures are in {unit}.", unit=unit.word), class_="small"),
        ),
        _townships(facts, lines) if apart else None,
        folded(m("The same as tables"), _tables(facts, lines)),
        lead=m("From the left: who pays, for what, and where. Colours are the channels, which stay apart on paper."),
        hint=m("Point at a band or a name to follow it and to see the exact amount."),
    )


def _frame(chart: Html, label: str) -> Html:
    """A chart that scrolls sideways where the screen is narrow."""
    return el("div", chart, class_="scroll chart", tabindex="0", role="region", aria_label=label)


def _lines(facts: Facts) -> pd.DataFrame:
    """Ledger yuan by department, purpose, village and channel, with the township."""
    keys = ["department", "purpose", "village", "channel"]
    lines = facts.tables.ledger.groupby(keys, sort=False)["yuan"].sum().reset_index()
    township = lines["village"].map(facts.tables.villages.set_index("village")["township"])
    lines["township"] = township.where(township.isin([place.key for place in facts.townships[:MOST_TOWNSHIPS]]), OTHERS)
    return lines


def _flows(lines: pd.DataFrame, last: str) -> list[Flow]:
    rows = records(lines, "department", "purpose", last, "channel", "yuan")
    return [Flow((department, purpose, place), channel, yuan) for department, purpose, place, channel, yuan in rows]


def _names(facts: Facts) -> dict[tuple[int, str], str]:
    tables = facts.tables
    found = {(0, key): name for key, name in tables.owners.items()}
    found |= {(1, key): name for key, name in zip(tables.purposes["purpose"], tables.purposes["name"], strict=True)}
    found |= {(2, key): name for key, name in zip(tables.villages["village"], tables.villages["name"], strict=True)}
    return found | {(2, place.key): place.name for place in facts.shown}


def _key(channel: str) -> Html:
    """Colour and sign of a channel."""
    return join(el("i", class_=f"key fill-{channel}"), f"{CHANNEL_SIGNS[channel]} ")


def _legend(facts: Facts) -> Html:
    frame = facts.tables.channels
    return el(
        "p",
        [
            el("span", _key(key), CHANNELS[key], " ", el("b", money(yuan)), class_="legend")
            for key, yuan in zip(frame["channel"], frame["allocated"].tolist(), strict=True)
            if yuan
        ],
    )


def _townships(facts: Facts, lines: pd.DataFrame) -> Html:
    """One flow chart per township, down to its villages; closed."""
    names, unit = _names(facts), common_unit(facts.plan.totals.ledger_yuan)
    charts = []
    for number, place in enumerate(facts.townships[:MOST_TOWNSHIPS]):
        labels = Labels(place.name, names, unit.figure)
        flows = _flows(lines[lines["township"] == place.key], "village")
        chart = sankey(flows, labels, TOWNSHIP_HEIGHT, signs=CHANNEL_SIGNS)
        charts.append(folded(_summary(place), _frame(chart, place.name), name=f"township-{number}"))
    return join(el("h3", m("Villages of each township")), el("div", charts, class_="townships"))


def _summary(place: Place) -> Html:
    villages = m("{count} villages, {amount}", count=len(place.villages), amount=money(place.yuan))
    return el("span", el("b", place.name), el("span", villages, class_="small"), class_="township")


def _tables(facts: Facts, lines: pd.DataFrame) -> Html:
    """Departments by purpose, and places by purpose; whole yuan."""
    tables = facts.tables
    by_department = lines.groupby(["department", "purpose"])["yuan"].sum().reset_index()
    by_department = by_department.sort_values("yuan", ascending=False, kind="stable")
    names = _names(facts)
    first = [
        [names[0, department], names[1, purpose], count(yuan)]
        for department, purpose, yuan in records(by_department, "department", "purpose", "yuan")
    ]
    used = [key for key, yuan in zip(tables.purposes["purpose"], tables.purposes["yuan"], strict=True) if yuan]
    spent = lines.groupby(["village", "purpose"])["yuan"].sum().to_dict()
    second: list[list[Child]] = []
    for place in facts.townships if facts.listed else ():
        for village in place.villages:
            cells: list[Child] = [
                count(int(spent[village.key, key])) if (village.key, key) in spent else "" for key in used
            ]
            second.append([village.name, place.name, count(village.yuan), *cells])
    heads: list[Child] = [m("village"), m("township"), m("all purposes"), *(names[1, key] for key in used)]
    return join(
        table(
            [m("department"), m("purpose"), m("yuan")],
            first,
            texts=2,
            caption=m("By department and purpose, whole yuan"),
        ),
        table(heads, second, texts=2, caption=m("By village and purpose, whole yuan")) if second else None,
    )
