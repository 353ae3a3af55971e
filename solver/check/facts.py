"""What a county says, looked up by id: the only source of the checker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from liftplan.models.base import BP
from liftplan.models.county import County, table_rows
from liftplan.models.messages import Message, named
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.models.rows import Baseline, Commitment, Demand, Fund, FundShare, Project, Village
from liftplan.solver.check.columns import Ints, Lines, Rows


class Home(NamedTuple):
    """A household as far as rules look at it."""

    id: str
    village: str
    persons: int
    income: int
    needs: tuple[str, ...]
    groups: tuple[str, ...]
    labour: int


Effect = tuple[str, str, tuple[str, ...]]
"""A direct effect: measure, household, projects."""

OPTION_COLUMNS = {"gain": "income_gain", "slot": "uses_slot", "group": "alternative_group"}
"""Fields of `Option` that the county calls otherwise."""


class Option(NamedTuple):
    """A measure as far as rules look at it."""

    id: str
    household: str
    gain: int
    """Yuan a household a year that count in the year checked."""
    meets: tuple[str, ...]
    requires: tuple[str, ...]
    """Projects it needs, the one with its slot included."""
    slot: str
    labour: int
    main_house: bool
    group: str
    mode: str
    leveraged: int


class Spot(NamedTuple):
    """Where a ledger item lies and how it is financed; `home` is "" for a project."""

    village: str
    home: str
    mode: str


@dataclass(frozen=True)
class Purse:
    """A fund with its money in the year checked."""

    row: Fund
    amount: int
    """Whole yuan, fee included."""
    fee: int
    purposes: frozenset[str]
    """Purposes it may pay under R2, pooled ones included."""


class Facts:
    """A county of one year, indexed; read-only."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.policy = county.policy
        self.year = county.head.years[0]
        self.poverty_line = county.head.poverty_line[self.year]
        self.departments: dict[str, Message] = {
            one: named(name or one, english)
            for one, name, english in _columns(county, "departments", "id", "name", "name_en")
        }
        """Department -> its name."""
        self.purposes: list[str] = county["purposes"]["id"].tolist()
        self.villages = {row.id: row for row in table_rows(county, "villages") if isinstance(row, Village)}
        self.projects = {row.id: row for row in table_rows(county, "projects") if isinstance(row, Project)}
        self.fund_shares = [row for row in table_rows(county, "fund_shares") if isinstance(row, FundShare)]
        self.baseline = [row for row in table_rows(county, "baseline") if isinstance(row, Baseline)]
        self.homes = {home.id: home for home in _homes(county)}
        self.purses = {purse.row.id: purse for purse in _purses(county)}
        self.lines = Lines(county["costs"])
        self.minimums: dict[tuple[str, str], int] = {
            (village, rule): minimum
            for village, rule, minimum in _columns(county, "minimum_overrides", "village", "rule", "minimum")
        }
        self.option_index = Rows(county["measures"]["id"])
        self._measures = {name: county["measures"][OPTION_COLUMNS.get(name, name)] for name in Option._fields}
        self._first_year = county["measures"]["gain_from_year"]
        self.demands = _demands(county)
        self.commitments = _commitments(county)
        self.closed = self._never("village")
        self.banned = self._never("household")
        self.banned_measures = self._never("measure")
        self.banned_projects = self._never("project")
        self.named = self._named()
        self.automatic_rows = self._automatic()
        """Rows of the measures that are direct effects, taken exactly when their projects are built."""

    def option(self, measure: str) -> Option:
        """A measure of the county."""
        row = self.option_index[measure]
        cells = {name: column.item(row) for name, column in self._measures.items()}
        cells["gain"] *= self._first_year.item(row) <= self.year
        cells["requires"] = _with_slot(cells["requires"], cells["slot"])
        return Option(**cells)

    def options(self, measures: Iterable[str]) -> dict[str, Option]:
        """Those of the measures that the county has."""
        found = (self.option_index.find(name) for name in measures)
        rows = np.array([row for row in found if row >= 0], dtype=np.int64)
        columns = (self.option_column(name, rows) for name in Option._fields)
        return {option.id: option for option in map(Option._make, zip(*columns, strict=True))}

    def option_column(self, name: str, rows: Ints) -> list[Any]:
        """A field of `Option` of these rows of the measures."""
        values: list[Any] = self._measures[name][rows].tolist()
        if name == "gain":
            counts = (self._first_year[rows] <= self.year).tolist()
            return [gain * count for gain, count in zip(values, counts, strict=True)]
        if name == "requires":
            return list(map(_with_slot, values, self._measures["slot"][rows].tolist()))
        return values

    def effects(self, rows: Ints) -> Iterator[Effect]:
        """Direct effects by their rows."""
        table = self.county["measures"]
        return zip(*(table[name][rows].tolist() for name in ("id", "household", "requires")), strict=True)

    @cached_property
    def automatic_ids(self) -> frozenset[str]:
        """Measures that are direct effects."""
        return frozenset(self.county["measures"]["id"][self.automatic_rows].tolist())

    def spot(self, item: str) -> Spot | None:
        """Where a ledger item lies; None if the county has no such item."""
        if item.startswith(LEDGER_TOPUP):
            home = self.homes.get(item.removeprefix(LEDGER_TOPUP))
            return Spot(home.village, home.id, "grant") if home else None
        if item in self.projects:
            project = self.projects[item]
            return Spot(project.village, "", project.mode)
        row = self.option_index.find(item)
        if row < 0:
            return None
        household = self._measures["household"][row]
        return Spot(self.homes[household].village, household, self._measures["mode"][row])

    def worth(self, home: Home) -> int:
        """Persons of a household times the largest weight of its groups."""
        weights = self.policy.objective.weights
        return home.persons * max((weights[group] for group in home.groups if group in weights), default=1)

    def passes(self, home: Home, gain: int, met: set[str]) -> bool:
        """10000 * (income * persons + gains) >= line * (10000 + margin) * persons, and every need met."""
        reached = BP * (home.income * home.persons + gain)
        asked = self.poverty_line * (BP + self.policy.exit.margin_bp) * home.persons
        return reached >= asked and met.issuperset(home.needs)

    def shut_out(self, home: Home) -> bool:
        """True if a hard R12 never names the household or its village."""
        return home.id in self.banned or home.village in self.closed

    def later(self, project: Project) -> bool:
        """True if a project is built first and refunded in a later year."""
        return project.mode == "build_first" and project.acceptance_year > self.year

    def minimum(self, village: Village, rule: str, general: int) -> int:
        """Minimum of R3 (`rule` R3) or of an R4 row (its id) in a village; 0 = none."""
        if not village.in_push or village.id in self.closed:
            return 0
        return self.minimums.get((village.id, rule), general)

    def _never(self, target: str) -> frozenset[str]:
        return frozenset(
            row.id for row in self.demands if (row.sense, row.target, row.enforce) == ("never", target, "hard")
        )

    def _named(self) -> frozenset[str]:
        """Households that R12 (must) or R11 names: assisted whatever is taken."""
        must = {row.id for row in self.demands if (row.sense, row.target) == ("must", "household")}
        committed = {self.option(row.item).household for row in self.commitments if row.item in self.option_index}
        return frozenset(must | committed)

    def _automatic(self) -> Ints:
        table = self.county["measures"]
        bound = (table["uses_slot"] != "") | (table["alternative_group"] != "")
        rows = np.flatnonzero(~(bound.astype(np.bool_) | (table["labour"] != 0) | table["main_house"]))
        costly = set(self.county["costs"]["item"].tolist())
        free = [name not in costly for name in table["id"][rows].tolist()]
        return rows[np.array(free, dtype=np.bool_)]


def _columns(county: County, table: str, *names: str) -> list[tuple[Any, ...]]:
    """Rows of a table as tuples of plain values."""
    return list(zip(*(county[table][name].tolist() for name in names), strict=True))


def _homes(county: County) -> list[Home]:
    return [Home(*row) for row in _columns(county, "households", *Home._fields)]


def _purses(county: County) -> list[Purse]:
    year = county.head.years[0]
    amounts = {
        fund: amount for fund, when, amount in _columns(county, "budgets", "fund", "year", "amount") if when == year
    }
    shared = {purpose for purpose, poolable in _columns(county, "purposes", "id", "poolable") if poolable}
    pooled = county.policy.R2.purpose_rule == "pooled"
    purses = []
    for row in table_rows(county, "funds"):
        if isinstance(row, Fund):
            amount = amounts.get(row.id, row.amount)
            purposes = frozenset(row.purposes) | (shared if pooled and row.poolable else set())
            purses.append(Purse(row, amount, -(-amount * row.fee_bp // BP), purposes))
    return purses


def _with_slot(needed: tuple[str, ...], slot: str) -> tuple[str, ...]:
    """The projects that a measure requires, the one with its slot included."""
    return (*needed, slot) if slot and slot not in needed else needed


def _demands(county: County) -> list[Demand]:
    if county.policy.R12.enforce == "off":
        return []
    return [row for row in table_rows(county, "demands") if isinstance(row, Demand) and row.enforce != "off"]


def _commitments(county: County) -> list[Commitment]:
    if county.policy.R11.enforce == "off":
        return []
    return [row for row in table_rows(county, "commitments") if isinstance(row, Commitment)]
