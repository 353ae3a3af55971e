"""The code that was probably meant where something else stands: one misspelt, or the name of what it stands for."""

from __future__ import annotations

from functools import cached_property

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.nearest import Nearest, plain
from liftplan.models.tables import Table

NAMES = ("name", "name_en")
"""Columns with the name of a row."""


class Offers:
    """What is offered for names that are in none of some tables; each list of them is made when it is needed."""

    def __init__(self, county: County, target: str) -> None:
        """target: tables, separated by commas."""
        self._tables = [county[table] for table in target.split(", ")]

    def named(self, name: str) -> tuple[str, str] | None:
        """Code and name of the only row called so."""
        code = self._by_name.get(plain(name), "")
        return (code, self._names[code]) if code else None

    def nearest(self, name: str) -> tuple[str, str] | None:
        """Code of the row that was probably meant, and its name if that is what is near, else ""."""
        if found := self.named(name):
            return found
        if code := self._near_code(name):
            return code, ""
        return self.named(self._near_name(name))

    @cached_property
    def _near_code(self) -> Nearest:
        return Nearest(code for table in self._tables for code in table["id"].tolist())

    @cached_property
    def _near_name(self) -> Nearest:
        return Nearest(self._by_name)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Name of each code, as a message shows it."""
        return {code: name for table in self._tables for code, name in _named(table, NAMES[0])}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Code of each name; "" if several rows have it."""
        found: dict[str, str] = {}
        for table in self._tables:
            for column in NAMES:
                for code, name in _named(table, column):
                    if found.setdefault(plain(name), code) != code:
                        found[plain(name)] = ""
        return found


def shown(offer: tuple[str, str]) -> Message | str:
    """A code, with the name that it was found by."""
    code, name = offer
    return m("{code} ({name})", code=code, name=name) if name else code


def _named(table: Table, column: str) -> list[tuple[str, str]]:
    if column not in table.schema.model_fields:
        return []
    pairs = zip(table["id"].tolist(), table[column].tolist(), strict=True)
    return [(code, name) for code, name in pairs if code and name.strip()]
