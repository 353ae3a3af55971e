"""What the model is about: sets and figures of one county and one year, looked up by id.

Read from the tables on its own, so that the reference shares no mistake with what compiles or checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from liftplan.models.base import BP, Row
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.policy import LEDGER_TOPUP, Policy
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.rows import (
    Baseline,
    Budget,
    Commitment,
    CostLine,
    Demand,
    Fund,
    FundShare,
    Household,
    Measure,
    MinimumOverride,
    Project,
    Purpose,
    Village,
)

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Item:
    """What a ledger line pays for: a project, a measure or a top-up."""

    id: str
    village: str
    """Where its money counts."""
    household: str
    """Whose measure or top-up it is; "" for a project."""
    mode: str


class Data:
    """Sets and figures; read-only.

    Raises InputProblems if the county plans several years.
    """

    def __init__(self, county: County) -> None:
        if len(county.head.years) != 1:
            problem = m(
                "the county plans {count} years; a solve over several years is not offered yet",
                count=len(county.head.years),
            )
            way_out = m("keep one year in `years` and in `poverty_line`")
            raise InputProblems([Problem("several-years", Place(column="years"), problem, way_out)])
        self.county = county
        self.policy: Policy = county.policy
        self.year = county.head.years[0]
        self.poverty_line = county.head.poverty_line[self.year]
        self.villages = {row.id: row for row in _rows(county, "villages", Village)}
        self.projects = {row.id: row for row in _rows(county, "projects", Project)}
        self.households = {row.id: row for row in _rows(county, "households", Household)}
        self.measures = {row.id: row for row in _rows(county, "measures", Measure)}
        self.purposes = {row.id: row for row in _rows(county, "purposes", Purpose)}
        self.measures_of: dict[str, list[Measure]] = {household: [] for household in self.households}
        for measure in self.measures.values():
            self.measures_of[measure.household].append(measure)
        self.cost: dict[str, dict[str, int]] = {}
        """Item -> purpose -> yuan."""
        for line in _rows(county, "costs", CostLine):
            self.cost.setdefault(line.item, {})[line.purpose] = line.yuan
        self.funds = {row.id: row for row in _rows(county, "funds", Fund) if row.integrable}
        """Funds that allocate; ring-fenced money pays nothing."""
        budgets = {row.fund: row.amount for row in _rows(county, "budgets", Budget) if row.year == self.year}
        self.amount = {fund.id: budgets.get(fund.id, fund.amount) for fund in self.funds.values()}
        """Fund -> yuan of the year, fee included."""
        self.fund_shares = list(_rows(county, "fund_shares", FundShare))
        self.baseline = list(_rows(county, "baseline", Baseline))
        self.minimum_overrides = {
            (row.village, row.rule): row.minimum for row in _rows(county, "minimum_overrides", MinimumOverride)
        }
        demands = [] if self.policy.R12.enforce == "off" else list(_rows(county, "demands", Demand))
        self.demands = [row for row in demands if row.enforce != "off"]
        self.commitments = [] if self.policy.R11.enforce == "off" else list(_rows(county, "commitments", Commitment))
        self.closed_villages = self._never("village")
        self.banned_households = self._never("household")
        self.banned_measures = self._never("measure")
        musts = {row.id for row in self.demands if (row.sense, row.target) == ("must", "household")}
        promised = {self.measures[row.item].household for row in self.commitments if row.item in self.measures}
        self._named = musts | promised

    def spendable(self, fund: str) -> int:
        """A_s - f_s with the fee f_s = ceil(A_s fee_s / 10000), yuan."""
        amount = self.amount[fund]
        return amount - -(-amount * self.funds[fund].fee_bp // BP)

    def items(self) -> Iterator[Item]:
        """Everything with cost lines."""
        for name in self.cost:
            if name in self.projects:
                project = self.projects[name]
                yield Item(name, project.village, "", project.mode)
            else:
                measure = self.measures[name]
                yield Item(name, self.households[measure.household].village, measure.household, measure.mode)

    def topup_item(self, household: str) -> Item:
        """The ledger item of a household's top-up."""
        return Item(LEDGER_TOPUP + household, self.households[household].village, household, "grant")

    def direct_lines(self, household: str) -> list[tuple[Measure, int]]:
        """The household's measures that cost something, with their yuan."""
        return [
            (measure, sum(self.cost[measure.id].values()))
            for measure in self.measures_of[household]
            if measure.id in self.cost
        ]

    def required_gain(self, household: Household) -> int:
        """Least whole yuan a year by which measures must raise the household's income to pass the income test."""
        asked = self.poverty_line * (BP + self.policy.exit.margin_bp) * household.persons
        return max(0, -(-(asked - BP * household.income * household.persons) // BP))

    def gain(self, measure: Measure) -> int:
        """Yuan a year that count in the year planned."""
        return measure.income_gain if measure.gain_from_year <= self.year else 0

    def already_out(self, household: Household) -> bool:
        """Passes with nothing done: counted nowhere."""
        return self.required_gain(household) == 0 and not household.needs

    def worth(self, household: Household) -> int:
        """w_h n_h: persons times the largest weight of the household's groups."""
        weights = self.policy.objective.weights
        return household.persons * max((weights[group] for group in household.groups if group in weights), default=1)

    def shut_out(self, household: Household) -> bool:
        """A hard never names it or its village: no measure, or no yuan; never assisted."""
        return household.id in self.banned_households or household.village in self.closed_villages

    def named(self, household: Household) -> bool:
        """R12 (must) or R11 names it: assisted whatever is taken, unless shut out."""
        return household.id in self._named and not self.shut_out(household)

    def automatic(self, measure: Measure) -> bool:
        """A direct effect, taken exactly when its projects are built."""
        tied = measure.uses_slot or measure.alternative_group or measure.labour or measure.main_house
        return not tied and measure.id not in self.cost

    def required_projects(self, item: Project | Measure) -> list[str]:
        """Projects that must be built, the one with the slot included."""
        slot = [item.uses_slot] if isinstance(item, Measure) and item.uses_slot else []
        return sorted({*item.requires, *slot})

    def minimum(self, village: Village, rule: str, general: int) -> int:
        """Minimum of R3 (`rule` R3) or of an R4 row (its id) in a village; 0 where the rule does not apply."""
        if not village.in_push or village.id in self.closed_villages:
            return 0
        return self.minimum_overrides.get((village.id, rule), general)

    def _never(self, target: str) -> set[str]:
        return {row.id for row in self.demands if (row.sense, row.target, row.enforce) == ("never", target, "hard")}


def _rows(county: County, table: str, schema: type[R]) -> Iterator[R]:
    return (row for row in county[table].rows() if isinstance(row, schema))
