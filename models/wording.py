"""What tables, columns and values are called where the reader of a problem finds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from liftplan.models.messages import Message, listed


@dataclass(frozen=True)
class Wording:
    """The names of one kind of file; without any they are those of the schemas, as in CSV and JSON."""

    tables: Mapping[str, Message | str] = field(default_factory=dict)
    """By table."""
    columns: Mapping[str, Message] = field(default_factory=dict)
    """By field of a table."""
    values: Mapping[str, Message] = field(default_factory=dict)
    """By value of a field with fixed choices, and by `true` and `false`."""

    def table(self, names: str) -> Message:
        """A table, or several, separated by commas."""
        return listed(self.tables.get(name, name) for name in names.split(", "))

    def column(self, name: str) -> Message | str:
        """A column of a table."""
        return self.columns.get(name, name)

    def value(self, name: str) -> Message | str:
        """A choice or a truth value."""
        return self.values.get(name, name)
