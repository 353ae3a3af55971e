"""Figures of several sides, aligned by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Key = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One thing and its figure on each side."""

    key: Key
    values: tuple[Any, ...]
    """One value a side; None where the side does not have the thing at all, which is not the same as 0."""

    @property
    def differs(self) -> bool:
        """True if the sides do not all say the same."""
        return any(value != self.values[0] for value in self.values[1:])


def aligned(sides: Sequence[Mapping[Key, Any]]) -> tuple[Line, ...]:
    """The lines of several sides: keys in the order of the first side, then those that only later ones have."""
    keys = dict.fromkeys(key for side in sides for key in side)
    return tuple(Line(key, tuple(side.get(key) for side in sides)) for key in keys)
