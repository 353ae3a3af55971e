"""Columns of a county, looked up by id without an object for each of millions of rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.tables import Table

Column = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


class Rows(Mapping[str, int]):
    """Id -> row of its table, found by halving: a dictionary takes more memory than the table."""

    def __init__(self, ids: Column) -> None:
        self._ids = ids
        self._order = _ascending(ids)
        self._sorted: list[str] = ids[self._order].tolist()

    def find(self, name: object) -> int:
        """The row of an id; -1 where there is none, as for all that is no text."""
        if not isinstance(name, str):
            return -1
        place = bisect_left(self._sorted, name)
        return int(self._order[place]) if place < len(self._sorted) and self._sorted[place] == name else -1

    def __getitem__(self, name: str) -> int:
        row = self.find(name)
        if row < 0:
            raise KeyError(name)
        return row

    def __contains__(self, name: object) -> bool:
        return self.find(name) >= 0

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids.tolist())


class Lines(Mapping[str, dict[str, int]]):
    """Item -> purpose -> whole yuan of its cost lines."""

    def __init__(self, table: Table) -> None:
        self._purposes, self._yuan = table["purpose"], table["yuan"]
        self._order = _ascending(table["item"])
        self._items: list[str] = table["item"][self._order].tolist()

    def of(self, item: str) -> dict[str, int]:
        """Purpose -> whole yuan; nothing for an item without lines."""
        place, items = bisect_left(self._items, item), self._items
        found: dict[str, int] = {}
        while place < len(items) and items[place] == item:
            row = self._order[place]
            found[self._purposes[row]] = int(self._yuan[row])
            place += 1
        return found

    def __getitem__(self, item: str) -> dict[str, int]:
        found = self.of(item)
        if not found:
            raise KeyError(item)
        return found

    def __contains__(self, item: object) -> bool:
        if not isinstance(item, str):
            return False
        place = bisect_left(self._items, item)
        return place < len(self._items) and self._items[place] == item

    def __len__(self) -> int:
        return len(self._firsts())

    def __iter__(self) -> Iterator[str]:
        firsts = self._firsts()
        for place in firsts[np.argsort(self._order[firsts])].tolist():  # as the table has them
            yield self._items[place]

    def _firsts(self) -> Ints:
        """Places of the first line of each item."""
        items = np.array(self._items, dtype=object)
        first = np.ones(len(items), dtype=np.bool_)
        first[1:] = items[1:] != items[:-1]
        return np.flatnonzero(first)


def _ascending(ids: Column) -> Places:
    """Rows in the order of their ids; tables are mostly in that order, or nearly, which this sort makes use of."""
    return np.argsort(ids, kind="stable").astype(np.int32)
