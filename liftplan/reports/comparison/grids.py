"""A table of a comparison: what each row is, and one value a side; every output shows the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from liftplan.models.messages import Message

Kind = Literal["whole", "price", "text"]
"""Whole numbers; people per 10,000 yuan; words."""


MISSING = "–"
"""Stands where a side does not have a thing."""

MINUS = "−"
"""The sign of negative differences."""


def number(value: float, kind: Kind) -> str:
    """A number with separators; prices with two decimals."""
    return f"{value:,.2f}" if kind == "price" else f"{value:,}"


@dataclass(frozen=True)
class Label:
    """A column that says what a row is."""

    name: str
    """Name of the column for programs."""
    head: Message
    identifier: bool = False
    """True: an id, for programs and workbooks; people read the name beside it."""
    remark: bool = False
    """True: on the page it stands small under the name."""


@dataclass(frozen=True)
class GridRow:
    """One row: a text for each label, a value for each side (None: it has no such thing)."""

    texts: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def differs(self) -> bool:
        """True if the sides do not all say the same."""
        return any(value != self.values[0] for value in self.values[1:])

    @property
    def changes(self) -> tuple[Any, ...]:
        """Each other side's value less the first's; None where either is missing. Only for numbers."""
        first, *others = self.values
        return tuple(None if first is None or value is None else value - first for value in others)


@dataclass(frozen=True)
class Grid:
    """Rows of one kind."""

    name: str
    """Name of the table for programs."""
    title: Message
    labels: tuple[Label, ...]
    rows: tuple[GridRow, ...]
    kind: Kind = "whole"
    total: bool = False
    """True: the sum of a column means something."""
    note: Message | None = None
    words: Callable[[Any], str] = str
    """What people read of a value of kind `text`; rows hold what programs read."""

    @property
    def differing(self) -> Grid:
        """The rows in which the sides differ."""
        return replace(self, rows=tuple(row for row in self.rows if row.differs))

    @property
    def remarks(self) -> tuple[int, ...]:
        """Positions of the labels that stand under the name."""
        return tuple(place for place, label in enumerate(self.labels) if label.remark)

    @property
    def read(self) -> tuple[int, ...]:
        """Positions of the labels that people read."""
        return tuple(place for place, label in enumerate(self.labels) if not label.identifier)

    def told(self, value: Any) -> str:
        """A value as people read it."""
        if value is None:
            return MISSING
        return self.words(value) if self.kind == "text" else number(value, self.kind)

    def change(self, value: Any) -> str:
        """A difference as people read it, with its sign."""
        if value is None:
            return ""
        if not value:
            return "0"
        return f"{'+' if value > 0 else MINUS}{number(abs(value), self.kind)}"

    def sums(self) -> tuple[int, ...]:
        """The sum of each side; what is missing adds nothing."""
        sides: Sequence[tuple[Any, ...]] = list(zip(*(row.values for row in self.rows), strict=True))
        return tuple(sum(value for value in values if value is not None) for values in sides)
