"""Rows under construction, all "at least", and what items and households add to them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from liftplan.solver.problem import HARD, Csr, Ints, Rows

NOTHING: Ints = np.zeros(0, dtype=np.int64)


@dataclass
class Entries:
    """What owners (rows of a table) add to rows."""

    owner: list[Ints] = field(default_factory=list)
    row: list[Ints] = field(default_factory=list)
    value: list[Ints] = field(default_factory=list)

    def add(self, row: int, owner: Ints, value: Ints | int) -> None:
        """Owners of one row and their coefficients."""
        self.owner.append(owner)
        self.row.append(np.full(len(owner), row, dtype=np.int64))
        self.value.append(np.broadcast_to(np.asarray(value, dtype=np.int64), owner.shape))

    def finish(self, owners: int, index: Ints) -> Csr:
        """Lists by the problem's index of the owner (`index`, by row of the table; -1 is left out)."""
        owner = index[np.concatenate([NOTHING, *self.owner])]
        row, value = np.concatenate([NOTHING, *self.row]), np.concatenate([NOTHING, *self.value])
        kept = owner >= 0
        return Csr.from_entries(owners, owner[kept], row[kept], value[kept])


@dataclass
class RowBook:
    """Rows made so far."""

    rhs: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)
    local: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    scale: list[int] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    arcs: Entries = field(default_factory=Entries)
    sites: Entries = field(default_factory=Entries)
    measures: Entries = field(default_factory=Entries)
    homes: Entries = field(default_factory=Entries)
    implied: list[tuple[str, str]] = field(default_factory=list)
    """Rows left out because hard rows imply them."""

    def add(
        self,
        name: tuple[str, str],
        rhs: int,
        price: int,
        *,
        arcs: Ints = NOTHING,
        coefficients: Ints | int = 1,
        local: int = -1,
        upper: int | None = None,
        scale: int = 1,
    ) -> int:
        """One row; returns its number.

        name: rule and subject as plans show them. coefficients: of `arcs`. upper: most that a soft row can be short,
        by default its right-hand side (all coefficients >= 0).
        """
        row = len(self.names)
        self.names.append(name)
        self.rhs.append(rhs)
        self.price.append(price)
        self.local.append(local)
        self.upper.append(0 if price == HARD else max(0, rhs if upper is None else upper))
        self.scale.append(scale)
        self.arcs.add(row, arcs, coefficients)
        return row

    def finish(self, arcs: int) -> Rows:
        """The rows as arrays. arcs: their number."""
        by_arc = self.arcs.finish(arcs, np.arange(arcs, dtype=np.int64))
        kept = by_arc.value != 0
        owner = by_arc.owner_of_entry()
        return Rows(
            np.array(self.rhs, dtype=np.int64),
            np.array(self.price, dtype=np.int64),
            Csr.from_entries(len(self.names), by_arc.index[kept], owner[kept], by_arc.value[kept]),
            np.array(self.local, dtype=np.int64),
            np.array(self.upper, dtype=np.int64),
            np.array(self.scale, dtype=np.int64),
        )
