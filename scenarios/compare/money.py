"""Money of a side: allocated, by what planners account for; left over; prices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from liftplan.scenarios.compare.lines import Key
from liftplan.scenarios.compare.sides import Side

By = Literal["channel", "department", "purpose", "fund", "township", "village"]
"""What money is summed by."""


def allocated(side: Side, by: By) -> dict[Key, int]:
    """Ledger yuan of every channel (department, purpose ...) that the county has, zeros included."""
    county, totals = side.county, side.decided.totals
    funds, villages = county["funds"], county["villages"]
    if by == "channel":
        return _whole(funds["channel"].tolist(), totals.by_channel)
    if by == "department":
        return _whole(county["departments"]["id"].tolist(), totals.by_department)
    if by == "purpose":
        return _whole(county["purposes"]["id"].tolist(), totals.by_purpose)
    if by == "fund":
        return _whole(funds["id"].tolist(), totals.by_fund)
    if by == "village":
        return _whole(villages["id"].tolist(), totals.by_village)
    sums: Counter[str] = Counter()
    for village, township in zip(villages["id"].tolist(), villages["township"].tolist(), strict=True):
        sums[township] += totals.by_village.get(village, 0)
    return _whole(villages["township"].tolist(), sums)


def left_over(side: Side) -> dict[Key, int]:
    """Yuan of each fund that no ledger line spends and no fee takes; overspent where it is negative.

    Ring-fenced money is never allocated, so that it is not left over: its funds are missing.
    """
    funds = side.county["funds"]
    free = set(funds["id"][funds["integrable"]].tolist())
    return {(use.fund,): use.left for use in side.decided.funds if use.fund in free}


def reasons(side: Side) -> dict[Key, str]:
    """Why each fund has money left, as a plan says it."""
    return {} if side.plan is None else {(use.fund,): use.reason for use in side.plan.funds}


def prices(side: Side) -> dict[Key, float]:
    """People per 10,000 yuan (R10: per person) that relaxing each rule would bring at most: (rule, subject) -> price.

    Only what has a price above 0 is named; what is left out has the price 0, or no such rule.
    """
    if side.plan is None:
        return {}
    named = {("R1", fund): price for fund, price in side.plan.prices.items()}
    for key, price in side.plan.rule_prices.items():
        rule, _, subject = key.partition(" ")
        named[rule, subject] = price
    return {key: price for key, price in named.items() if price > 0}


def _whole(keys: Iterable[str], sums: dict[str, int] | Counter[str]) -> dict[Key, int]:
    return {(key,): sums.get(key, 0) for key in keys}
