"""What a comparison calls things, in the current language."""

from __future__ import annotations

from functools import cached_property

from liftplan.models.messages import listed
from liftplan.models.policy import RULES
from liftplan.reports.comparison.grids import MINUS
from liftplan.reports.words import CHANNELS, shown
from liftplan.scenarios.compare import Compared

LETTERS = "ABCDEF"
"""Short names of the sides: beside every colour stands its letter."""


class Names:
    """Key -> name; where the sides call a thing differently, as the first that has it does."""

    def __init__(self, compared: Compared) -> None:
        self._compared = compared

    @cached_property
    def sides(self) -> list[str]:
        """Letter and name of each side."""
        return [f"{letter} {side.name}" for letter, side in zip(LETTERS, self._compared.sides, strict=False)]

    @cached_property
    def against(self) -> list[str]:
        """Heads of the differences from the first side: `B − A`."""
        return [f"{letter} {MINUS} {LETTERS[0]}" for letter in LETTERS[1 : len(self._compared.sides)]]

    @cached_property
    def villages(self) -> dict[str, str]:
        """Village -> name."""
        return self._named("villages")

    @cached_property
    def townships(self) -> dict[str, str]:
        """Village -> township."""
        found: dict[str, str] = {}
        for side in self._compared.sides:
            table = side.county["villages"]
            for village, township in zip(table["id"].tolist(), table["township"].tolist(), strict=True):
                found.setdefault(village, township)
        return found

    @cached_property
    def projects(self) -> dict[str, str]:
        """Project -> name."""
        return self._named("projects")

    @cached_property
    def departments(self) -> dict[str, str]:
        """Department -> name."""
        return self._named("departments")

    @cached_property
    def purposes(self) -> dict[str, str]:
        """Purpose -> name."""
        return self._named("purposes")

    @cached_property
    def funds(self) -> dict[str, str]:
        """Fund -> name."""
        return self._named("funds")

    @cached_property
    def channels(self) -> dict[str, str]:
        """Channel -> name."""
        return {key: str(word) for key, word in CHANNELS.items()}

    def rule(self, rule: str) -> str:
        """Number and plain name of a rule."""
        return f"{rule} {RULES[rule]}" if rule in RULES else rule

    def subject(self, subject: str) -> str:
        """What a rule's price is about: fund, village, village and row."""
        words = {**self.villages, **self.funds}
        return " / ".join(words.get(part, self._rows.get(part, part)) for part in subject.split("/"))

    @cached_property
    def _rows(self) -> dict[str, str]:
        """Row of R4 -> its name, or those of its departments."""
        found: dict[str, str] = {}
        for side in self._compared.sides:
            for row in side.county.policy.R4.rows:
                parts = [self.departments.get(one, one) for one in row.departments]
                found.setdefault(row.id, row.name or str(listed(parts)))
        return found

    def _named(self, table: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for side in self._compared.sides:
            columns = side.county[table]
            for key, name, other in zip(
                columns["id"].tolist(), columns["name"].tolist(), columns["name_en"].tolist(), strict=True
            ):
                found.setdefault(key, shown(name, other))
        return found
