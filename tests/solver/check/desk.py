"""What edits of a plan look at, and what an edit is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liftplan.solver.check.facts import Facts

Content = dict[str, Any]


@dataclass
class Desk:
    """What an edit may look at besides the plan."""

    facts: Facts
    payers: Callable[[str, str], list[str]]
    random: random.Random

    def line(self, plan: Content) -> list[Any]:
        """Any ledger line."""
        found: list[Any] = self.random.choice(plan["ledger"])
        return found

    def shift(self) -> int:
        """A change that is not 0."""
        return self.random.choice([-1, 1]) * self.random.choice([1, 1, 2, 100, 10_000, 10**9])

    def toggle(self, names: list[str], every: list[str]) -> bool:
        """Take one name out or put one in, keeping the order; False if there is none."""
        if not every:
            return False
        name = self.random.choice(every)
        if name in names:
            names.remove(name)
        else:
            names.append(name)
            names.sort()
        return True


Edit = Callable[[Desk, Content], "set[str] | None"]
"""Changes the content of a plan in place; returns what must be named, None if it does not apply to this plan."""
