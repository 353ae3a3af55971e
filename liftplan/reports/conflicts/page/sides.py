"""What stands on the two sides of a conflict's diagram: what there is, and what rules ask for, in one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from liftplan.models.messages import Message, m
from liftplan.reports.page.amounts import exact

MOST = 7
"""Blocks of a side that are told one by one; of more the largest, and the others together."""

Kind = Literal["plain", "left", "exact"]
"""Colour of a block: what the conflict's rules limit, what else there is, what is asked for."""


@dataclass(frozen=True)
class Block:
    """A part of a side."""

    name: str
    amount: int
    """Whole units, > 0."""
    kind: Kind


@dataclass(frozen=True)
class Sides:
    """Means against needs. What is short is always the difference of both."""

    means: tuple[Block, ...]
    needs: tuple[Block, ...]
    why: Message
    """The same figures in a sentence."""
    note: Message | None = None
    """What one has to know to compare them with others."""
    told: Callable[[int], Message] = exact
    """An amount with its unit."""

    @property
    def there(self) -> int:
        """All means."""
        return sum(block.amount for block in self.means)

    @property
    def asked(self) -> int:
        """All needs."""
        return sum(block.amount for block in self.needs)

    @property
    def short(self) -> int:
        """What is missing; 0: the sums would do, whole items do not."""
        return max(0, self.asked - self.there)


def together(blocks: Iterable[Block], others: Callable[[int], Message]) -> list[Block]:
    """Blocks of one kind, the largest first, the smallest of many as one; others: its name by their number."""
    ranked = sorted((block for block in blocks if block.amount > 0), key=lambda block: -block.amount)
    if len(ranked) <= MOST:
        return ranked
    rest = ranked[MOST - 1 :]
    return [*ranked[: MOST - 1], Block(str(others(len(rest))), sum(one.amount for one in rest), rest[0].kind)]


def other_funds(count: int) -> Message:
    """Funds that are not told one by one."""
    return m("{count} other funds", count=count)


def other_rules(count: int) -> Message:
    """Demands that are not told one by one."""
    return m("{count} other rules", count=count)


def whole(amounts: Sequence[Fraction], to: Callable[[Fraction], int] = floor) -> list[int]:
    """Whole parts whose sum is the whole of the sum."""
    found, told, exactly = [], 0, Fraction(0)
    for amount in amounts:
        exactly += amount
        found.append(to(exactly) - told)
        told += found[-1]
    return found
