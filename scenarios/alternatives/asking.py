"""The county that asks for another plan: things that earlier plans do cost people, or may not be done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from liftplan.models.county import County, table_rows
from liftplan.models.plan import Plan
from liftplan.models.policy import Policy
from liftplan.models.rows import Demand
from liftplan.models.tables import Table
from liftplan.scenarios.alternatives.spare import Spare
from liftplan.solver.explain.case import Case

UNITS = 1_000_000
"""Prices are in millionths of a person."""

MOST_PRICE = 1_000_000_000
"""Millionths: a thousand people are more than any one thing is worth."""


def asking(county: County, spared: Sequence[Spare]) -> County:
    """The county in which some projects may not be built and some households get nothing (R12, hard).

    A plan of it is one of the county too, for nothing else is changed.
    """
    never = [{"sense": "never", "target": one.kind, "id": one.id} for one in spared]
    return _demanding(county, [Demand.model_validate(row) for row in never])


def priced(county: County, yuan: Mapping[tuple[str, str], int], people: float) -> County:
    """The county in which money spent as before costs people: doing a thing again so many for each yuan (R12, soft).

    yuan: money that earlier plans spend on a thing (`project` or `measure`, id), as `common` gives it.
    """
    prices = {thing: round(people * UNITS * spent) for thing, spent in yuan.items()}
    never = [
        {"sense": "never", "target": target, "id": name, "enforce": "soft", "price": min(MOST_PRICE, price)}
        for (target, name), price in sorted(prices.items())
        if price
    ]
    return _demanding(county, [Demand.model_validate(row) for row in never])


def common(case: Case, plans: Sequence[Plan]) -> dict[tuple[str, str], int]:
    """Projects and measures that plans spend money on and nobody demands, and the most that one of them spends."""
    demanded = {row.id for row in case.facts.demands} | {row.item for row in case.facts.commitments}
    found: dict[tuple[str, str], int] = {}
    for plan in plans:
        spent: Counter[str] = Counter()
        for _, item, _, yuan in plan.ledger:
            spent[item] += yuan
        for item, yuan in spent.items():
            thing = ("project" if item in case.project else "measure", item)
            if item not in demanded and (item in case.project or item in case.measure):
                found[thing] = max(yuan, found.get(thing, 0))
    return found


def _demanding(county: County, new: Sequence[Demand]) -> County:
    rows = [row for row in table_rows(county, "demands") if isinstance(row, Demand)]
    if new and county.policy.R12.enforce == "off":
        content = county.policy.model_dump()
        rows, content["R12"] = [], {**content["R12"], "enforce": "hard"}
        county = county.with_policy(Policy.model_validate(content))
    return county.with_tables(demands=Table.from_rows(Demand, [*rows, *new]))
