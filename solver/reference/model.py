"""The model under construction: its columns, its rows, and what each column adds to the objective."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pulp

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.reference.adapter import Expression, Variable, new_problem, weighted
from liftplan.solver.reference.data import Data, Item
from liftplan.solver.reference.names import Names

YUAN_UNITS = UNITS_PER_PERSON // 10**10
"""Units of the objective per yuan short, at a price of one millionth of a person per 10,000 yuan."""

ITEM_UNITS = UNITS_PER_PERSON // 10**6
"""Units per person short, or per named item, at a price of one millionth of a person."""


class Ledger:
    """x_sik, whole yuan that a fund pays for an item and a purpose, with the lists that rules add up."""

    def __init__(self) -> None:
        self.pays: dict[tuple[str, str, str], Variable] = {}
        """(fund, item, purpose) -> column; there is none where the fund may not pay."""
        self.most: dict[tuple[str, str, str], int] = {}
        """Largest yuan of each."""
        self.of_line: dict[tuple[str, str], list[Variable]] = defaultdict(list)
        """(item, purpose) -> columns."""
        self.of_fund: dict[str, list[Variable]] = defaultdict(list)
        self.of_fund_purpose: dict[tuple[str, str], list[Variable]] = defaultdict(list)
        self.of_village_fund: dict[tuple[str, str], list[Variable]] = defaultdict(list)

    def add(self, fund: str, item: Item, purpose: str, variable: Variable, most: int) -> None:
        """One more ledger line that may be."""
        self.pays[fund, item.id, purpose] = variable
        self.most[fund, item.id, purpose] = most
        self.of_line[item.id, purpose].append(variable)
        self.of_fund[fund].append(variable)
        self.of_fund_purpose[fund, purpose].append(variable)
        self.of_village_fund[item.village, fund].append(variable)

    def of_village(self, village: str, funds: Iterable[str]) -> Expression:
        """Yuan that a village gets from some funds."""
        return pulp.lpSum(variable for fund in funds for variable in self.of_village_fund.get((village, fund), ()))


class Model:
    """Columns are made here or by the rule that needs them; rules add rows.

    built[p], taken[j], lifted[h] (none for households already out) and assisted[h] are 0 or 1; topup[h] is whole yuan.
    """

    def __init__(self, county: County, *, whole_yuan: bool = True) -> None:
        """County and model; whole_yuan: False lets yuan be fractions, which only makes plans better."""
        self.whole_yuan = whole_yuan
        self.data = Data(county)
        self.problem = new_problem(Names().new("liftplan", county.head.id))
        self.gains: dict[str, int] = {}
        """Column -> exact units of the first level of the objective per unit of it."""
        self._columns, self._rows = Names(), Names()
        self._terms: list[tuple[float, Variable]] = []
        data = self.data
        self.ledger = Ledger()
        self.built = {project: self.binary("built", project) for project in data.projects}
        self.taken = {measure: self.binary("taken", measure) for measure in data.measures}
        self.lifted = {
            household.id: self.binary("lifted", household.id, gain=data.worth(household) * UNITS_PER_PERSON)
            for household in data.households.values()
            if not data.already_out(household)
        }
        self.assisted = {household: self.binary("assisted", household) for household in data.households}
        self.topup: dict[str, Variable] = {}
        """Household -> column; none where there is no top-up (R5)."""

    def binary(self, kind: str, *ids: str, gain: int = 0) -> Variable:
        """A column that is 0 or 1; gain: units per unit of it."""
        return self.whole(kind, *ids, most=1, gain=gain)

    def whole(self, kind: str, *ids: str, most: int, gain: int = 0) -> Variable:
        """A column of whole numbers from 0 to `most`."""
        return self._keep(self.problem.add_variable(self._columns.new(kind, *ids), 0, most, pulp.LpInteger), gain)

    def yuan(self, kind: str, *ids: str, most: int, gain: int = 0) -> Variable:
        """A column of yuan from 0 to `most`."""
        make = self.whole if self.whole_yuan else self.fraction
        return make(kind, *ids, most=most, gain=gain)

    def fraction(self, kind: str, *ids: str, most: int, gain: int = 0) -> Variable:
        """A column from 0 to `most`, not only whole."""
        return self._keep(self.problem.add_variable(self._columns.new(kind, *ids), 0, most, pulp.LpContinuous), gain)

    def _keep(self, variable: Variable, gain: int) -> Variable:
        if gain:
            self.gains[variable.name] = gain
            self._terms.append((gain / UNITS_PER_PERSON, variable))
        return variable

    def short(self, rule: Any, units: int, most: int, name: str, *ids: str) -> Expression:
        """How far a row may be missed: 0 if its rule is hard, a priced column if it is soft.

        rule: has `enforce` and `price`. units: of the objective per unit short at a price of 1.
        """
        if rule.enforce == "hard":
            return 0
        make = self.yuan if units == YUAN_UNITS else self.whole
        return make(f"short_{name}", *ids, most=max(0, most), gain=-rule.price * units)

    def row(self, comparison: Any, name: str, *ids: str) -> None:
        """Add a row."""
        self.problem.addConstraint(comparison, self._rows.new(name, *ids))

    def first_level(self) -> Expression:
        """Level 1 in persons: weighted people lifted minus penalties."""
        return weighted(self._terms)
