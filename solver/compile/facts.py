"""What compile looks up again and again: one year's money, indices of ids, demands by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from liftplan.models.base import BP
from liftplan.models.county import County, key_of, key_order
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.policy import Policy, Rule
from liftplan.models.rows import Demand, Fund, FundShare, Village
from liftplan.models.tables import Table
from liftplan.solver.problem import HARD, Bools, Ints

Texts = npt.NDArray[Any]

YUAN_UNITS = UNITS_PER_PERSON // 10**10
"""Units per yuan short at a price of one millionth of a person per 10,000 yuan."""

ITEM_UNITS = UNITS_PER_PERSON // 10**6
"""Units per person short, or per named item, at a price of one millionth of a person."""

_TARGETS = {"village": "villages", "household": "households", "project": "projects", "measure": "measures"}


@dataclass(frozen=True)
class Purse:
    """A fund that allocates, in the year planned."""

    fund: Fund
    amount: int
    """Whole yuan, fee included."""
    cap: int
    """Whole yuan it may pay."""


def located(values: Any, ids: Texts) -> Ints:
    """Row of each value in `ids`, -1 where it is not there; int64."""
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    wanted = pd.Index(np.asarray(values, dtype=object), dtype=object)  # not guessed: that turns them into Arrow's texts
    return pd.Index(ids, dtype=object).get_indexer(wanted).astype(np.int64)


def flat(lists: Texts) -> tuple[Ints, Texts]:
    """Owner (row) and value of every entry of a column of lists."""
    counts = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    values = np.array(list(chain.from_iterable(lists)), dtype=object)
    return np.repeat(np.arange(len(lists), dtype=np.int64), counts), values


class Facts:
    """A validated county of one year, indexed. Its tables are in the order of their keys."""

    def __init__(self, county: County) -> None:
        self.tables: Mapping[str, Table] = {name: _in_order(name, table) for name, table in county.tables.items()}
        self.policy: Policy = county.policy
        self.year = county.head.years[0]
        self.line = county.head.poverty_line[self.year]
        self.projects = self.tables["projects"]
        self.households = self.tables["households"]
        self.measures = self.tables["measures"]
        self.villages = [row for row in self.tables["villages"].rows() if isinstance(row, Village)]
        self.village_ids: Texts = self.tables["villages"]["id"]
        self.item_ids: Texts = np.concatenate([self.projects["id"], self.measures["id"]])
        """(projects + measures,) whatever may have cost lines."""
        self.project_village = located(self.projects["village"], self.village_ids)
        self.home_village = located(self.households["village"], self.village_ids)
        self.measure_home = located(self.measures["household"], self.households["id"])
        self.persons = self.households["persons"].astype(np.int64)
        self.cost_item = located(self.tables["costs"]["item"], self.item_ids)
        """(cost lines,) row of the project, or number of projects + row of the measure."""
        self.costed = np.zeros(len(self.item_ids), dtype=np.bool_)
        """(projects + measures,) has a cost line."""
        self.costed[self.cost_item] = True
        self.purses = _purses(county, self.tables)
        self.shares = [row for row in self.tables["fund_shares"].rows() if isinstance(row, FundShare)]
        self.demands = _demands(county, self.tables)
        self.shut_village = self._named("never", "village", len(self.villages))
        """(villages,) a hard never: no yuan."""
        self.banned_home = self._named("never", "household", len(self.households))
        """(households,) a hard never on the household itself: no measure, no top-up."""
        self.shut_home = self.banned_home | self.shut_village[self.home_village]
        """(households,) no yuan, never assisted."""
        self.automatic = self._automatic()
        """(measures,) direct effects that are taken exactly when their projects are built."""
        self.income_gap = _income_gap(self)
        """(households,) least yuan a year by which incomes must rise to pass the income test."""
        self.out = (self.income_gap == 0) & _empty(self.households["needs"])
        """(households,) out of poverty with nothing done."""

        self.assisted_anyway = self._assisted_anyway()
        """(households,) R5 counts for them whatever is taken: `every`, or named by R12 (must) or R11."""

    def listed(self, sense: str, target: str, *, hard: bool) -> list[tuple[int, Demand]]:
        """Demands of one kind with the row of what they name."""
        found = [
            row
            for row in self.demands
            if (row.sense, row.target) == (sense, target) and (row.enforce == "hard") == hard
        ]
        rows = located([row.id for row in found], self.tables[_TARGETS[target]]["id"])
        return list(zip(rows.tolist(), found, strict=True))

    def _named(self, sense: str, target: str, size: int) -> Bools:
        flags = np.zeros(size, dtype=np.bool_)
        for row, _ in self.listed(sense, target, hard=True):
            flags[row] = True
        return flags

    def _automatic(self) -> Bools:
        table = self.measures
        tied = (table["uses_slot"] != "") | (table["alternative_group"] != "") | (table["labour"] > 0)
        flags: Bools = ~(tied.astype(np.bool_) | table["main_house"] | self.costed[len(self.projects) :])
        return flags

    def _assisted_anyway(self) -> Bools:
        named = np.zeros(len(self.households), dtype=np.bool_)
        rule = self.policy.R5
        if rule.enforce == "off" or not rule.minimum:
            return named
        if rule.applies_to == "every":
            named |= ~self.out
        for hard in (True, False):
            named[[home for home, _ in self.listed("must", "household", hard=hard)]] = True
        if self.policy.R11.enforce != "off":
            items = located(self.tables["commitments"]["item"], self.measures["id"])
            named[self.measure_home[items[items >= 0]]] = True
        return named & ~self.shut_home


def rule_price(rule: Rule, units: int) -> int:
    """HARD, or the units per yuan (person, item) short."""
    return HARD if rule.enforce == "hard" else rule.price * units


def counts(rule: Rule) -> bool:
    """Whether a rule can change what is best: neither off nor soft without a price."""
    return rule.enforce == "hard" or (rule.enforce == "soft" and rule.price > 0)


def _income_gap(facts: Facts) -> Ints:
    """Least gain with 10000 (income persons + gain) >= line (10000 + margin) persons."""
    required = facts.line * (BP + facts.policy.exit.margin_bp) * facts.persons
    income = facts.households["income"].astype(np.int64) * facts.persons
    gap: Ints = np.maximum(0, -(-required // BP) - income)
    return gap


def _empty(lists: Texts) -> Bools:
    return np.fromiter((not entry for entry in lists), dtype=np.bool_, count=len(lists))


def _in_order(name: str, table: Table) -> Table:
    key = key_of(name)
    if len(key) == 1:
        ids = table[key[0]]
        if bool((ids[:-1] < ids[1:]).all()):
            return table
    elif name == "costs":
        return table  # the largest table of all; its lines are put in order once they are numbered
    return table.take(key_order(table, key))


def _demands(county: County, tables: Mapping[str, Table]) -> list[Demand]:
    if county.policy.R12.enforce == "off":
        return []
    return [row for row in tables["demands"].rows() if isinstance(row, Demand) and row.enforce != "off"]


def _purses(county: County, tables: Mapping[str, Table]) -> list[Purse]:
    year = county.head.years[0]
    budgets = tables["budgets"]
    columns = (budgets[name].tolist() for name in ("fund", "year", "amount"))
    this_year = {fund: int(amount) for fund, when, amount in zip(*columns, strict=True) if when == year}
    purses = []
    for row in tables["funds"].rows():
        if isinstance(row, Fund) and row.integrable:
            amount = this_year.get(row.id, row.amount)
            purses.append(Purse(row, amount, amount - -(-amount * row.fee_bp // BP)))
    return purses
