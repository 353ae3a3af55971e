"""How different two plans of one county are: money that does something else, people who change places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from liftplan.models.plan import Plan


@dataclass(frozen=True)
class Distance:
    """What the second plan does otherwise than the first."""

    share: float
    """Share of the money that does something else: 1 - sum over items of min(first, second) / the larger total."""
    moved_yuan: int
    """Yuan of the second plan that go where the first does not spend them: sum over items of max(0, second - first)."""
    projects_dropped: int
    """Projects that only the first builds."""
    projects_added: int
    people_dropped: int
    """People whom only the first lifts."""
    people_added: int


def distance(first: Plan, second: Plan, persons: Mapping[str, int]) -> Distance:
    """The distance of two plans. persons: of each household. Items are projects, measures and top-ups."""
    one, other = _spent(first), _spent(second)
    common = sum(min(yuan, other[item]) for item, yuan in one.items())
    largest = max(one.total(), other.total(), 1)
    built, lifted = (set(first.projects), set(second.projects)), (set(first.lifted), set(second.lifted))
    return Distance(
        1 - common / largest if one or other else 0.0,
        other.total() - common,
        len(built[0] - built[1]),
        len(built[1] - built[0]),
        sum(persons[name] for name in lifted[0] - lifted[1]),
        sum(persons[name] for name in lifted[1] - lifted[0]),
    )


def _spent(plan: Plan) -> Counter[str]:
    spent: Counter[str] = Counter()
    for _, item, _, yuan in plan.ledger:
        spent[item] += yuan
    return spent
