"""Where money goes: from departments through purposes to villages."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.scenarios.compare.sides import Side


class Way(NamedTuple):
    """One way of money."""

    department: str
    purpose: str
    village: str
    channel: str


def ways(side: Side) -> Counter[Way]:
    """Ledger yuan of every way that money goes."""
    county = side.county
    funds = county["funds"]
    owners = dict(zip(funds["id"].tolist(), funds["department"].tolist(), strict=True))
    channels = dict(zip(funds["id"].tolist(), funds["channel"].tolist(), strict=True))
    homes = dict(zip(county["households"]["id"].tolist(), county["households"]["village"].tolist(), strict=True))
    places = dict(zip(county["projects"]["id"].tolist(), county["projects"]["village"].tolist(), strict=True))
    measures = county["measures"]
    for measure, household in zip(measures["id"].tolist(), measures["household"].tolist(), strict=True):
        places[measure] = homes[household]
    sums: Counter[Way] = Counter()
    for fund, item, purpose, yuan in side.decided.ledger:
        village = homes[item.removeprefix(LEDGER_TOPUP)] if item.startswith(LEDGER_TOPUP) else places[item]
        sums[Way(owners[fund], purpose, village, channels[fund])] += yuan
    return sums
