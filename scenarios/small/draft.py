"""A small county while it is being made: lists of rows, and who may pay what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from liftplan.models.rows import Commitment, CostLine, Demand, Fund, FundShare, Household, Measure, Project, Village

T = TypeVar("T")

LINE = 2855
"""Poverty line of 2015, yuan a person a year."""

TOPUP = "industry"
"""Purpose of top-ups."""


@dataclass
class Draft:
    """Rows made so far, in file order."""

    rng: np.random.Generator
    purposes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    funds: list[Fund] = field(default_factory=list)
    villages: list[Village] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    costs: list[CostLine] = field(default_factory=list)
    shares: list[FundShare] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)

    def chance(self, probability: float) -> bool:
        """True with a probability."""
        return bool(self.rng.random() < probability)

    def whole(self, low: int, high: int) -> int:
        """Uniform integer, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def yuan(self, low: int, high: int) -> int:
        """Uniform yuan, mostly round to 100 and sometimes odd, so that whole-yuan ledgers are put to the test."""
        value = self.whole(low, high)
        return value if self.chance(0.15) else max(100, value // 100 * 100)

    def some(self, values: list[T], low: int, high: int) -> list[T]:
        """A random sample of `low` to `high` values, in their own order."""
        size = min(len(values), self.whole(low, high))
        picked = self.rng.choice(len(values), size=size, replace=False)
        return [values[index] for index in sorted(picked.tolist())]

    def lines(self) -> dict[str, list[CostLine]]:
        """Cost lines by item."""
        found: dict[str, list[CostLine]] = defaultdict(list)
        for line in self.costs:
            found[line.item].append(line)
        return found

    def payers(self, purpose: str, village: Village, mode: str, household: Household | None) -> list[str]:
        """Funds that may pay a line of a project (household None) or of a household's measure, under fixed purposes."""
        recipient = "projects" if household is None else "measures"
        groups = set(household.groups) if household else set()
        return [
            fund.id
            for fund in self.funds
            if fund.integrable
            and purpose in fund.purposes
            and recipient in fund.recipients
            and mode in fund.modes
            and (not fund.villages or village.id in fund.villages)
            and (not fund.village_tags or set(fund.village_tags) & set(village.tags))
            and (not fund.household_groups or set(fund.household_groups) & groups)
        ]
