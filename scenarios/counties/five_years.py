"""What makes a county of one year one of the five years 2011-2015: budgets, poverty lines and push years."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County, Source
from liftplan.models.rows import Baseline, Budget
from liftplan.models.tables import Table

YEARS = (2011, 2012, 2013, 2014, 2015)

LINES = {2011: 2_536, 2012: 2_625, 2013: 2_736, 2014: 2_800, 2015: 2_855}
"""National poverty line at current prices, yuan a person a year."""

CHANNELS = {"fiscal": 230_000_000, "sector": 450_000_000, "household": 235_000_000, "social": 35_000_000}
"""Yuan of the five years by channel (article): 950 million in all."""

GROWTH = 11
"""Each year brings 11/10 of the year before."""

SOURCES = (
    Source(
        subject="budgets",
        kind="derived",
        note=(
            "Zigui article: 230, 450, 235 and 35 million yuan by channel over 2011-2015 and at least 10 % growth a "
            "year; the split of a channel over funds and the even growth are assumptions. Ring-fenced money: 6 % of "
            "all money in each year, an assumption."
        ),
    ),
    Source(
        subject="poverty_line", kind="stated", note="Yunnan survey yearbook 2017, notes 2-4: line at current prices."
    ),
    Source(
        subject="villages.push_year",
        kind="assumption",
        note="Press reports: 48 villages were started over the five years, about ten a year; which in which is drawn.",
    ),
    Source(
        subject="households.count",
        kind="assumption",
        note=(
            "420 households a village, 61,000 people in 48 villages, so that the 46,000 whom the article reports as "
            "lifted over the five years are about three quarters of them; estimates for the whole county are 60,000 "
            "to 66,000 registered people."
        ),
    ),
)
_REPLACED = {"funds.amount", "funds.ring_fenced", "baseline", "consistency"} | {source.subject for source in SOURCES}


def five_years(base: County) -> County:
    """The county over five years: amounts of every fund, poverty line and push villages of each year.

    `base` is a county of one year; its amounts give the split of a channel over its funds.
    """
    budgets = _budgets(base.tables["funds"])
    last = {row.fund: row.amount for row in budgets if row.year == YEARS[-1]}
    funds, villages = base.tables["funds"], base.tables["villages"]
    head = base.head.model_copy(
        update={
            "years": YEARS,
            "poverty_line": LINES,
            "sources": (*SOURCES, *(source for source in base.head.sources if source.subject not in _REPLACED)),
        }
    )
    amounts = np.array([last[fund] for fund in funds["id"].tolist()], dtype=np.int64)
    # Every fifth village in the same year: each year has villages of every township.
    pushed = np.array([YEARS[place % len(YEARS)] for place in range(len(villages))], dtype=np.int64)
    tables = {
        **base.tables,
        "funds": funds.replace(amount=amounts),
        "villages": villages.replace(push_year=pushed),
        "budgets": Table.from_rows(Budget, budgets),
        "baseline": Table.empty(Baseline),
    }
    return County.build(head, base.policy, tables)


def _budgets(funds: Table) -> list[Budget]:
    """Amount of every fund in every year, by fund and year."""
    names, channels = funds["id"].tolist(), funds["channel"].tolist()
    base = dict(zip(names, funds["amount"].tolist(), strict=True))
    integrable = dict(zip(names, funds["integrable"].tolist(), strict=True))
    lines: dict[str, list[str]] = {channel: [] for channel in CHANNELS}
    for name, channel in zip(names, channels, strict=True):
        if integrable[name]:
            lines[channel].append(name)
    made = []
    weights = [GROWTH**step * 10 ** (len(YEARS) - 1 - step) for step in range(len(YEARS))]
    for channel, total in CHANNELS.items():
        for year, amount in zip(YEARS, _shared(total, weights), strict=True):
            split = _shared(amount, [base[name] for name in lines[channel]])
            made += [
                Budget(fund=name, year=year, amount=yuan) for name, yuan in zip(lines[channel], split, strict=True)
            ]
    money = sum(base[name] for name in names if integrable[name])
    for year in YEARS:
        year_total = sum(row.amount for row in made if row.year == year and integrable[row.fund])
        made += [
            Budget(fund=name, year=year, amount=base[name] * year_total // money)
            for name in names
            if not integrable[name]
        ]
    return sorted(made, key=lambda row: (row.fund, row.year))


def _shared(total: int, weights: list[int]) -> list[int]:
    """Whole yuan in proportion to weights, adding up to `total`; the last takes the rest."""
    parts = [total * weight // sum(weights) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts
