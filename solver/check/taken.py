"""The measures that decisions take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from liftplan.solver.check.columns import Bools, Ints
from liftplan.solver.check.facts import Facts


class Taken(Collection[str]):
    """Ids of the county's measures that are taken, and their fields column by column: there may be millions of them."""

    def __init__(self, facts: Facts, measures: Iterable[str]) -> None:
        self._facts = facts
        names = list(measures)
        rows = np.fromiter(map(facts.option_index.find, names), dtype=np.int64, count=len(names))
        self.strangers = [names[place] for place in np.flatnonzero(rows < 0).tolist()]
        """What the county does not have, as often as it was named."""
        _, first = np.unique(rows, return_index=True)
        rows = rows[np.sort(first)]
        self._rows = rows[rows >= 0]
        self.flags: Bools = np.zeros(len(facts.option_index), dtype=np.bool_)
        """(measures of the county,) whether a row is taken."""
        self.flags[self._rows] = True

    def __contains__(self, name: object) -> bool:
        row = self._facts.option_index.find(name)
        return row >= 0 and bool(self.flags[row])

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self.column("id"))

    def column(self, name: str) -> list[Any]:
        """A field of `Option` of every measure taken, in the order in which they were named."""
        return self._facts.option_column(name, self._rows)

    def by_household(self, *names: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """Household -> these fields of each measure that it takes."""
        columns = (self._facts.option_column(name, self._sorted) for name in ("household", *names))
        for household, rows in groupby(zip(*columns, strict=True), key=itemgetter(0)):
            yield household, [row[1:] for row in rows]

    @cached_property
    def _sorted(self) -> Ints:
        """Rows taken, by household."""
        homes = np.array(self.column("household"), dtype=object)
        return self._rows[np.argsort(homes, kind="stable")]
