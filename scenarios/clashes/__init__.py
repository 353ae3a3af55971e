"""Counties with planted conflicts: rules that clash by construction, for tests and studies of the diagnosis."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.scenarios.clashes import demands, items, money, several, shares
from liftplan.scenarios.clashes.case import Clash

CASES: tuple[Clash, ...] = (*money.CASES, *shares.CASES, *demands.CASES, *items.CASES, *several.CASES)
"""All planted conflicts, the small ones."""


def cases() -> Iterator[Clash]:
    """All of them."""
    return iter(CASES)


__all__ = ["CASES", "Clash", "cases"]
