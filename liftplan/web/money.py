"""Money of a county and of a plan, as tables and charts show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from liftplan.models.messages import language, m
from liftplan.reports.page.amounts import common_unit
from liftplan.reports.page.charts.flows import Flow
from liftplan.reports.page.charts.sankey import Labels, sankey
from liftplan.reports.page.html import Html
from liftplan.reports.words import CHANNELS
from liftplan.service.details import Paid
from liftplan.service.outlines import FundFacts, Outline
from liftplan.web.plans import Seen
from liftplan.web.showing import spoken

OTHERS = "*"
"""The places that are taken together; no place is named so."""

MOST_PLACES = 24
"""Townships, or villages, that the flow chart shows one by one."""

HEIGHT = 600
"""Pixels of the flow chart."""


@dataclass(frozen=True)
class Budget:
    """The money of one department."""

    department: str
    name: str
    funds: tuple[FundFacts, ...]
    by_channel: tuple[tuple[str, int], ...]
    """Channel and yuan that may be allocated."""
    ring_fenced: int

    @property
    def yuan(self) -> int:
        """What may be allocated."""
        return sum(yuan for _, yuan in self.by_channel)


def budgets(outline: Outline) -> list[Budget]:
    """Each department's money, the largest first; departments without a fund are left out."""
    found = []
    for one in outline.departments:
        funds = tuple(fund for fund in outline.funds if fund.department == one.id)
        sums: dict[str, int] = defaultdict(int)
        for fund in funds:
            if fund.integrable:
                sums[fund.channel] += fund.amount
        shut = sum(fund.amount for fund in funds if not fund.integrable)
        if funds:
            by_channel = tuple((channel, sums[channel]) for channel in CHANNELS if sums[channel])
            found.append(Budget(one.id, spoken(one.name), funds, by_channel, shut))
    return sorted(found, key=lambda budget: -budget.yuan)


def channels(outline: Outline) -> list[tuple[str, int]]:
    """Channels and what may be allocated of each."""
    sums = {
        channel: sum(fund.amount for fund in outline.funds if fund.channel == channel and fund.integrable)
        for channel in CHANNELS
    }
    return [(channel, yuan) for channel, yuan in sums.items() if yuan]


def flow_chart(plan: Seen) -> Html:
    """From departments through purposes to townships (to villages where there are few)."""
    return _drawn(_Key(plan.job.id, plan.view.digest, language(), plan))


@dataclass(frozen=True)
class _Key:
    """What a chart depends on; the plan itself is known by its digest."""

    job: str
    digest: str
    language: str
    plan: Seen = field(compare=False)


@lru_cache(maxsize=32)
def _drawn(key: _Key) -> Html:
    plan = key.plan
    few = len(plan.villages) <= MOST_PLACES
    place = {one.id: one.id if few else one.township for one in plan.outline.villages}
    names = {(0, key): spoken(name) for key, name in plan.departments.items()}
    names |= {(1, key): spoken(name) for key, name in plan.purposes.items()}
    names |= {(2, one.id): spoken(one.name) for one in plan.outline.villages} if few else {}
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    for paid in plan.details.paid():
        fund = plan.funds[paid.fund]
        sums[fund.department, paid.purpose, place[paid.village], fund.channel] += paid.yuan
        totals[place[paid.village]] += paid.yuan
    shown = sorted(totals, key=lambda key: -totals[key])[:MOST_PLACES]
    names |= {(2, key): key for key in shown if (2, key) not in names}
    names[2, OTHERS] = str(m("{count} other townships", count=max(0, len(totals) - len(shown))))
    flows = [
        Flow((department, purpose, where if where in shown else OTHERS), channel, yuan)
        for (department, purpose, where, channel), yuan in sums.items()
    ]
    unit = common_unit(plan.view.totals.ledger_yuan)
    label = str(m("Money from departments through purposes to places"))
    return sankey(flows, Labels(label, names, unit.figure), HEIGHT, plain_end=True)


def together(paid: Iterable[Paid], by: str) -> list[tuple[str, int]]:
    """Yuan by fund, purpose, village or kind; the largest first."""
    sums: dict[str, int] = defaultdict(int)
    for one in paid:
        sums[getattr(one, by)] += one.yuan
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
