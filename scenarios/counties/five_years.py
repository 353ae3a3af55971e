"""`zigui-2011-2015`: the five years of the article, on the villages and households of `zigui-2015`."""

from __future__ import annotations

from liftplan.models.county import County, Source
from liftplan.models.rows import Baseline, Budget, Fund
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
            "Zigui article: 230, 450, 235 and 35 million yuan by channel over 2011-2015 and at least 10 %"
            " growth a year; the split of a channel over funds and the even growth are assumptions."
        ),
    ),
    Source(
        subject="poverty_line", kind="stated", note="Yunnan survey yearbook 2017, notes 2-4: line at current prices."
    ),
    Source(
        subject="villages",
        kind="stated",
        note=(
            "Press reports: the 48 villages were started over five years, about ten a year. The register "
            "is that of zigui-2015, 36,000 people; the article reports 46,000 lifted, some of them "
            "outside the 48 villages."
        ),
    ),
)


def five_years(base: County) -> County:
    """The county over five years: amounts of every fund by year, and the poverty line of each year."""
    funds = [row for row in base["funds"].rows() if isinstance(row, Fund)]
    budgets: list[Budget] = []
    for channel, total in CHANNELS.items():
        lines = [fund for fund in funds if fund.channel == channel and fund.integrable]
        yearly = _shared(total, [GROWTH**step * 10 ** (len(YEARS) - 1 - step) for step in range(len(YEARS))])
        for year, amount in zip(YEARS, yearly, strict=True):
            split = _shared(amount, [fund.amount for fund in lines])
            budgets += [Budget(fund=fund.id, year=year, amount=yuan) for fund, yuan in zip(lines, split, strict=True)]
    kept = [source for source in base.head.sources if source.subject not in {"poverty_line", "funds", "baseline"}]
    head = base.head.model_copy(
        update={
            "id": "zigui-2011-2015",
            "name": "秭归县2011—2015年",
            "name_en": "Zigui county, 2011-2015",
            "years": YEARS,
            "poverty_line": LINES,
            "sources": (*SOURCES, *kept),
        }
    )
    tables = {
        **base.tables,
        "budgets": Table.from_rows(Budget, sorted(budgets, key=lambda row: (row.fund, row.year))),
        "baseline": Table.empty(Baseline),
    }
    return County.build(head, base.policy, tables)


def _shared(total: int, weights: list[int]) -> list[int]:
    """Whole yuan in proportion to weights, adding up to `total`; the last takes the rest."""
    parts = [total * weight // sum(weights) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts
