"""How tight a rule is made around the planted plan."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.rows import Enforce
from liftplan.scenarios.small.draft import Draft


@dataclass(frozen=True)
class Focus:
    """Which rules a test wants tight, hard or soft."""

    hard: frozenset[str]
    soft: frozenset[str]

    def of(self, rule: str) -> Enforce | None:
        """hard, soft, or None if the rule is left to chance."""
        return "hard" if rule in self.hard else "soft" if rule in self.soft else None


class Levels:
    """How each rule is enforced, and how far its level lies from what the planted plan reaches."""

    def __init__(self, draft: Draft, focus: Focus) -> None:
        self.draft, self.focus = draft, focus

    def of(self, rule: str, otherwise: float = 0.5) -> tuple[Enforce, float]:
        """Enforcement and factor: 1 at the planted level, above for soft ones, below for ones left to chance."""
        enforce = self.focus.of(rule)
        if enforce == "hard":
            return "hard", 1.02 if self.draft.chance(0.02) else 1.0
        if enforce == "soft":
            return "soft", 1.0 + self.draft.whole(10, 60) / 100
        if self.draft.chance(otherwise):
            return ("soft", 1.1) if self.draft.chance(0.2) else ("hard", self.draft.whole(50, 95) / 100)
        return "off", 1.0

    def price(self, enforce: Enforce) -> int:
        """Millionths of a person; 0 where there is nothing to price."""
        return price_of(self.draft) if enforce == "soft" else 0


def price_of(draft: Draft) -> int:
    """A price of breaking a rule, millionths of a person."""
    return (50_000, 400_000, 1_000_000, 2_345_678, 5_000_000)[draft.whole(0, 4)]
