"""Two to six sides compared: everything that pages, workbooks and tables show, without a word of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from liftplan.scenarios.compare import hands, money, people
from liftplan.scenarios.compare.inputs import Difference, TableChange, differences, table_changes
from liftplan.scenarios.compare.lines import Key, Line, aligned
from liftplan.scenarios.compare.money import By as MoneyBy
from liftplan.scenarios.compare.pairs import Pair, pairs
from liftplan.scenarios.compare.people import By as PeopleBy
from liftplan.scenarios.compare.sides import Side
from liftplan.scenarios.compare.totals import totals

MOST_SIDES = 6
"""Most sides of one comparison."""


@dataclass(frozen=True)
class Compared:
    """Sides compared. Lines hold one value a side, None where the side has no such thing."""

    sides: tuple[Side, ...]

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Inputs that differ."""
        return differences([side.county for side in self.sides])

    @cached_property
    def table_changes(self) -> tuple[TableChange, ...]:
        """Rows of tables added, removed and changed against the first side."""
        return table_changes(self.differences, len(self.sides))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """How sure the order of every two sides is."""
        return pairs(self.sides)

    @cached_property
    def totals(self) -> tuple[Line, ...]:
        """Figures of the whole plans."""
        return self._lines(totals)

    def people(self, by: PeopleBy) -> tuple[Line, ...]:
        """People lifted."""
        return self._lines(lambda side: people.people(side, by))

    def households(self, by: PeopleBy) -> tuple[Line, ...]:
        """Households lifted."""
        return self._lines(lambda side: people.households(side, by))

    def concerned(self, by: PeopleBy) -> tuple[Line, ...]:
        """People registered who are not out already."""
        return self._lines(lambda side: people.concerned(side, by))

    def money(self, by: MoneyBy) -> tuple[Line, ...]:
        """Ledger yuan."""
        return self._lines(lambda side: money.allocated(side, by))

    @cached_property
    def left_over(self) -> tuple[Line, ...]:
        """Yuan left in each fund."""
        return self._lines(money.left_over)

    @cached_property
    def reasons(self) -> tuple[Line, ...]:
        """Why."""
        return self._lines(money.reasons)

    @cached_property
    def prices(self) -> tuple[Line, ...]:
        """Prices of rules, (rule, subject); None where a side has no price above 0."""
        return self._lines(money.prices)

    @cached_property
    def project_states(self) -> tuple[Line, ...]:
        """What becomes of each project, (village, project)."""
        return self._lines(hands.projects)

    @cached_property
    def household_states(self) -> tuple[Line, ...]:
        """What becomes of each household, (village, household)."""
        return self._lines(hands.households)

    def _lines(self, figures: Callable[[Side], Mapping[Key, Any]]) -> tuple[Line, ...]:
        return aligned([figures(side) for side in self.sides])
