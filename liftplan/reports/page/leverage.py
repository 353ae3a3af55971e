"""Leverage: what the county's money draws in."""

from __future__ import annotations

import pandas as pd

from liftplan.models.messages import m
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import Facts, section, table
from liftplan.reports.page.html import Child, Html
from liftplan.reports.words import MODES


def leverage(facts: Facts) -> Html:
    """Ledger yuan, leveraged yuan and multiplier, by mode of finance."""
    tables = facts.tables
    both = pd.concat([tables.projects[["mode", "yuan", "leveraged"]], tables.measures[["mode", "yuan", "leveraged"]]])
    sums = both.groupby("mode")[["yuan", "leveraged"]].sum()
    topups = sum(facts.plan.topups.values())
    rows: list[list[Child]] = []
    for mode, words in MODES.items():
        ledger, drawn = (int(sums[column].get(mode, 0)) for column in ("yuan", "leveraged"))
        if ledger or drawn:
            rows.append([words, count(ledger), count(drawn), _times(drawn, ledger)])
    if topups:
        rows.append([m("household development grants"), count(topups), "0", _times(0, topups)])
    totals = facts.plan.totals
    rows.append(
        [
            m("in all"),
            count(totals.ledger_yuan),
            count(totals.leveraged_yuan),
            _times(totals.leveraged_yuan, totals.ledger_yuan),
        ]
    )
    heads = [m("mode of finance"), m("allocated, yuan"), m("drawn in, yuan"), m("multiplier")]
    return section(
        "leverage",
        m("Leverage"),
        table(heads, rows, caption=m("Money allocated and money drawn in"), total=True),
        lead=m(
            "What households, banks and others pay beside the county's money. It is reported, and counts for no rule. "
            "The multiplier is yuan drawn in for each yuan allocated."
        ),
    )


def _times(drawn: int, ledger: int) -> str:
    return f"{drawn / ledger:.2f}" if ledger else "–"
