"""The code that was probably meant where something else stands: one misspelt, or the name of what it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.nearest import Nearest, plain
from liftplan.models.tables import Table

NAMES = ("name", "name_en")
"""Columns with the name of a row."""

OWN_MINIMUM = "R3"
"""What `minimum_overrides.rule` calls the village's total; otherwise it names a row of R4."""


class Offers:
    """What is offered for names that are in none of some tables; each list of them is made when it is needed."""

    def __init__(self, county: County, target: str) -> None:
        """target: tables, separated by commas; "R4": rows of that rule, and R3."""
        self._rules = county.policy.R4.rows if target == "R4" else ()
        self._tables = [] if target == "R4" else [county[table] for table in target.split(", ")]

    def named(self, name: str) -> tuple[str, str] | None:
        """Code and name of the only row called so."""
        code, called = self._by_name.get(plain(name), ("", ""))
        return (code, called) if code else None

    def nearest(self, name: str) -> tuple[str, str] | None:
        """Code of the row that was probably meant, and its name if that is what is near, else ""."""
        if found := self.named(name):
            return found
        if code := self._near_code(name):
            return code, ""
        return self.named(self._near_name(name))

    @cached_property
    def codes(self) -> list[str]:
        """All codes that may stand there."""
        of_rules = [OWN_MINIMUM, *(row.id for row in self._rules)] if self._rules else []
        return [*of_rules, *(code for table in self._tables for code in table["id"].tolist() if code)]

    @cached_property
    def _near_code(self) -> Nearest:
        return Nearest(self.codes)

    @cached_property
    def _near_name(self) -> Nearest:
        return Nearest(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, str]]:
        """Code of each name, and the name as it is written; no code if several rows have it."""
        found: dict[str, tuple[str, str]] = {}
        for code, name in self._pairs():
            if found.setdefault(plain(name), (code, name))[0] != code:
                found[plain(name)] = ("", "")
        return found

    def _pairs(self) -> Iterable[tuple[str, str]]:
        """Codes and names of all rows."""
        for table in self._tables:
            for column in NAMES:
                yield from _named(table, column)
        yield from ((row.id, row.name) for row in self._rules if row.name.strip())


def shown(offer: tuple[str, str]) -> Message | str:
    """A code, with the name that it was found by."""
    code, name = offer
    return m("{code} ({name})", code=code, name=name) if name else code


def _named(table: Table, column: str) -> list[tuple[str, str]]:
    if column not in table.schema.model_fields:
        return []
    pairs = zip(table["id"].tolist(), table[column].tolist(), strict=True)
    return [(code, name) for code, name in pairs if code and name.strip()]
