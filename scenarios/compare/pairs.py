"""How sure the order of two sides is: the difference between their best plans lies within proved bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from liftplan.scenarios.compare.sides import Side, softened

Unit = Literal["people", "score", "none"]
"""What is compared: people; points, where both sides weigh alike; nothing, where they weigh differently."""

Order = Literal["first", "second", "equal", "open"]
"""Whose best plan is proved to reach more; `equal`: proved to reach the same; `open`: not proved."""


@dataclass(frozen=True)
class Pair:
    """Two sides. The best plans differ by first - second, which lies in [lowest, highest]."""

    first: int
    """Position of the side."""
    second: int
    unit: Unit
    people: int
    """People lifted, first - second, of the two plans as they are."""
    lowest: float | None
    """LB(first) - UB(second); None where there is no common unit."""
    highest: float | None
    """UB(first) - LB(second)."""

    stated: bool = False
    """True if a bound is only stated by its plan: what follows holds if that bound does."""

    @property
    def order(self) -> Order:
        """What is proved of the order of the best plans."""
        if self.lowest is None or self.highest is None:
            return "open"
        if self.lowest > 0:
            return "first"
        if self.highest < 0:
            return "second"
        return "equal" if self.lowest == self.highest else "open"


def pairs(sides: Sequence[Side]) -> tuple[Pair, ...]:
    """Every two sides, in order."""
    return tuple(_pair(sides, first, second) for first, second in combinations(range(len(sides)), 2))


def _pair(sides: Sequence[Side], first: int, second: int) -> Pair:
    one, other = sides[first], sides[second]
    unit = _unit(one, other)
    people = one.decided.totals.people_lifted - other.decided.totals.people_lifted
    if unit == "none":
        return Pair(first, second, unit, people, None, None)
    stated = "stated" in (one.proof, other.proof)
    return Pair(first, second, unit, people, one.lowest - other.highest, one.highest - other.lowest, stated)


def _unit(one: Side, other: Side) -> Unit:
    if one.in_people and other.in_people:
        return "people"
    if one.in_people or other.in_people or one.plan is None or other.plan is None:
        return "none"
    policies = one.county.policy, other.county.policy
    weights = [policy.objective.weights for policy in policies]
    prices = [softened(policy) for policy in policies]
    demands = [side.county["demands"] for side in (one, other)]
    return "score" if weights[0] == weights[1] and prices[0] == prices[1] and demands[0] == demands[1] else "none"
