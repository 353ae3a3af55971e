"""What compile looks up again and again: one year's money, indices of ids, demands by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.policy import Policy
from liftplan.models.rows import Demand, Fund, FundShare, Village
from liftplan.solver.problem import HARD, Ints

Texts = npt.NDArray[Any]

YUAN_UNITS = UNITS_PER_PERSON // 10**10
"""Units per yuan short at a price of one millionth of a person per 10,000 yuan."""

ITEM_UNITS = UNITS_PER_PERSON // 10**6
"""Units per person short, or per named item, at a price of one millionth of a person."""


@dataclass(frozen=True)
class Purse:
    """A fund that allocates, in the year planned."""

    fund: Fund
    amount: int
    """Whole yuan, fee included."""
    cap: int
    """Whole yuan it may pay."""


def positions(ids: Texts) -> dict[str, int]:
    """Id -> row."""
    return {name: index for index, name in enumerate(ids.tolist())}


def located(values: Any, ids: Texts) -> Ints:
    """Row of each value in `ids`, -1 where it is not there; int64."""
    return pd.Index(ids, dtype=object).get_indexer(np.asarray(values, dtype=object)).astype(np.int64)


def flat(lists: Texts) -> tuple[Ints, Texts]:
    """Owner (row) and value of every entry of a column of lists."""
    counts = np.fromiter((len(entry) for entry in lists), dtype=np.int64, count=len(lists))
    values = np.array([value for entry in lists if entry for value in entry], dtype=object)
    return np.repeat(np.arange(len(lists), dtype=np.int64), counts), values


class Facts:
    """A validated county of one year, indexed."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.policy: Policy = county.policy
        self.year = county.head.years[0]
        self.line = county.head.poverty_line[self.year]
        self.villages: list[Village] = list(county["villages"].rows())  # type: ignore[arg-type]
        self.village = positions(county["villages"]["id"])
        self.projects = county["projects"]
        self.households = county["households"]
        self.measures = county["measures"]
        self.project_village = located(self.projects["village"], county["villages"]["id"])
        self.home_village = located(self.households["village"], county["villages"]["id"])
        self.measure_home = located(self.measures["household"], self.households["id"])
        self.purses = _purses(county)
        self.shares: list[FundShare] = list(county["fund_shares"].rows())  # type: ignore[arg-type]
        self.demands = self._demands()
        self.banned_village = self.named("never", "village", hard=True, size=len(self.villages))
        self.banned_home = self.named("never", "household", hard=True, size=len(self.households))
        self.unwanted = self.listed("never", "village", hard=False)
        self.site_village = np.concatenate(
            [self.project_village, np.array([row for row, _ in self.unwanted], dtype=np.int64)]
        )
        """(sites,) village of each project and then of each village that softly is to get nothing: whatever costs there
        requires a site that stands for breaking the demand."""
        self.out = self._already_out()

    def _demands(self) -> list[Demand]:
        if self.policy.R12.enforce == "off":
            return []
        return [row for row in self.county["demands"].rows() if row.enforce != "off"]  # type: ignore[attr-defined,misc]

    def listed(self, sense: str, target: str, *, hard: bool) -> list[tuple[int, Demand]]:
        """Demands of one kind with the row of what they name."""
        table = {"village": "villages", "household": "households", "project": "projects", "measure": "measures"}[target]
        found = [
            row
            for row in self.demands
            if row.sense == sense and row.target == target and (row.enforce == "hard") == hard
        ]
        rows = located([row.id for row in found], self.county[table]["id"]) if found else np.zeros(0, dtype=np.int64)
        return list(zip(rows.tolist(), found, strict=True))

    def named(self, sense: str, target: str, *, hard: bool, size: int) -> npt.NDArray[np.bool_]:
        """(size,) which rows such a demand names."""
        flags = np.zeros(size, dtype=np.bool_)
        for row, _ in self.listed(sense, target, hard=hard):
            flags[row] = True
        return flags

    def _already_out(self) -> npt.NDArray[np.bool_]:
        needs = np.fromiter(
            (not entry for entry in self.households["needs"]), dtype=np.bool_, count=len(self.households)
        )
        return (income_gap(self) == 0) & needs


def income_gap(facts: Facts) -> Ints:
    """(households,) least whole yuan a household a year with which the income test is passed.

    10000 (income persons + gain) >= line (10000 + margin) persons.
    """
    persons = facts.households["persons"].astype(np.int64)
    required = facts.line * (BP + facts.policy.exit.margin_bp) * persons
    return np.maximum(0, -(-required // BP) - facts.households["income"].astype(np.int64) * persons)


def rule_price(rule: Any, units: int) -> int:
    """HARD, or the units per yuan (person, item) short."""
    return HARD if rule.enforce == "hard" else int(rule.price) * units


def _purses(county: County) -> list[Purse]:
    year = county.head.years[0]
    budgets = county["budgets"]
    this_year = {
        fund: int(amount)
        for fund, when, amount in zip(
            budgets["fund"].tolist(), budgets["year"].tolist(), budgets["amount"].tolist(), strict=True
        )
        if when == year
    }
    purses = []
    for row in county["funds"].rows():
        assert isinstance(row, Fund)
        if row.integrable:
            amount = this_year.get(row.id, row.amount)
            purses.append(Purse(row, amount, amount - -(-amount * row.fee_bp // BP)))
    return purses
