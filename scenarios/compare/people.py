"""People and households lifted: by village, township and household group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from liftplan.models.county import County
from liftplan.scenarios.compare.lines import Key
from liftplan.scenarios.compare.sides import Side

By = Literal["village", "township", "group"]
"""What people are counted by; a household of several groups counts in each."""

NO_GROUP = ""
"""Key of households that are in no group."""


def people(side: Side, by: By) -> dict[Key, int]:
    """People lifted, of every village (township, group) of the county, zeros included."""
    lifted = set(side.decided.lifted)
    return _counted(side.county, by, lifted, in_persons=True)


def households(side: Side, by: By) -> dict[Key, int]:
    """Households lifted, likewise."""
    return _counted(side.county, by, set(side.decided.lifted), in_persons=False)


def concerned(side: Side, by: By) -> dict[Key, int]:
    """People registered who are not out already, likewise."""
    table = side.county["households"]["id"].tolist()
    return _counted(side.county, by, set(table) - set(side.decided.already_out), in_persons=True)


def _counted(county: County, by: By, chosen: set[str], *, in_persons: bool) -> dict[Key, int]:
    sums: Counter[str] = Counter()
    order: dict[str, None] = {} if by == "group" else dict.fromkeys(_places(county, by).values())
    table = county["households"]
    persons = table["persons"].tolist()
    for household, amount, keys in zip(table["id"].tolist(), persons, _keys(county, by), strict=True):
        for key in keys:
            order.setdefault(key)
            if household in chosen:
                sums[key] += amount if in_persons else 1
    named = sorted(order) if by == "group" else order
    return {(key,): sums[key] for key in named}


def _keys(county: County, by: By) -> Iterator[tuple[str, ...]]:
    """Of each household, what it counts in."""
    table = county["households"]
    if by == "group":
        for groups in table["groups"].tolist():
            yield tuple(dict.fromkeys(groups)) or (NO_GROUP,)
        return
    places = _places(county, by)
    for village in table["village"].tolist():
        yield (places[village],)


def _places(county: County, by: By) -> dict[str, str]:
    """Village -> village or township."""
    villages = county["villages"]
    column = villages["id" if by == "village" else "township"].tolist()
    return dict(zip(villages["id"].tolist(), column, strict=True))
