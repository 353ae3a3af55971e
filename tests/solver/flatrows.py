"""Rows of random flat problems: money, shares, fairness, slots, commitments, demands; hard, or soft at any price."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import HARD, Csr, Flows, Ints, Projects, Rows

FUNDS = 4
CELLS = 3
"""Cells a village."""

SHORT = 10**7
"""More than any row of these problems can be short."""

Entries = list[tuple[int, int]]


@dataclass(frozen=True)
class Places:
    """Where villages, projects and households lie."""

    village_block: Ints
    """(villages,)"""
    site_village: Ints
    """(projects,)"""
    home_village: Ints
    """(households,)"""

    @property
    def site_block(self) -> Ints:
        """(projects,) ascending."""
        return self.village_block[self.site_village]

    @property
    def home_block(self) -> Ints:
        """(households,) ascending."""
        return self.village_block[self.home_village]

    def sites_of(self, block: int) -> Ints:
        """Projects of a block."""
        return np.flatnonzero(self.site_block == block)


@dataclass
class Book:
    """Rows made so far, and what projects, measures and households add to them."""

    sites: list[Entries]
    homes: list[Entries]
    measures: list[Entries] = field(default_factory=list)
    rows: list[tuple[int, int, Entries, int]] = field(default_factory=list)
    """Right-hand side, price, arcs, block or -1."""
    constant: int = 0

    def add(self, rhs: int, price: int, arcs: Entries, local: int = -1) -> int:
        """One row; returns its number."""
        self.rows.append((rhs, price, arcs, local))
        return len(self.rows) - 1

    def finish(self) -> Rows:
        """The rows as arrays."""
        return Rows(
            np.array([row[0] for row in self.rows], dtype=np.int64),
            np.array([row[1] for row in self.rows], dtype=np.int64),
            Csr.from_lists([row[2] for row in self.rows]),
            np.array([row[3] for row in self.rows], dtype=np.int64),
            np.array([0 if row[1] == HARD else SHORT for row in self.rows], dtype=np.int64),
            np.ones(len(self.rows), dtype=np.int64),
        )


def price(rng: np.random.Generator, hard: float) -> int:
    """HARD with a probability, else units a yuan (a share, a person)."""
    return HARD if rng.random() < hard else int(UNITS_PER_PERSON // int(rng.integers(2_000, 60_000)))


def money_rows(rng: np.random.Generator, place: Places, flows: Flows, book: Book) -> None:
    """Amounts of funds, minimums of villages and of the county, shares of what funds spend, least spending."""
    arcs = list(enumerate(zip(flows.arc_fund.tolist(), flows.arc_cell.tolist(), strict=True)))
    for fund in range(FUNDS):
        own = [(arc, -1) for arc, (payer, _) in arcs if payer == fund]
        book.add(-int(rng.integers(5_000, 150_000)), price(rng, 0.8), own)
    for village, block in enumerate(place.village_block.tolist()):
        here = [(arc, 1) for arc, (payer, cell) in arcs if cell // CELLS == village and payer < 2]
        book.add(int(rng.integers(0, 10_000)), price(rng, 0.2), here, block)
    if rng.random() < 0.3:
        book.add(int(rng.integers(0, 30_000)), price(rng, 0.3), [(arc, 1) for arc, _ in arcs])
    for fund in (0, 1):
        if rng.random() < 0.5:
            inside, outside = ((3, -7), (-3, 1))[fund]  # at least 7/10, at most 1/4
            own = [(arc, inside if cell % 2 else outside) for arc, (payer, cell) in arcs if payer == fund]
            book.add(0, price(rng, 0.5), own)
    if rng.random() < 0.3:
        book.add(int(rng.integers(0, 10_000)), price(rng, 0.3), [(arc, 1) for arc, (payer, _) in arcs if payer == 3])


def fairness_rows(rng: np.random.Generator, place: Places, persons: Ints, book: Book) -> None:
    """People lifted: everywhere, and in single villages."""
    everywhere = book.add(int(rng.integers(0, 4)), price(rng, 0.3), [])
    for home, size in enumerate(persons.tolist()):
        book.homes[home].append((everywhere, size))
    for village, block in enumerate(place.village_block.tolist()):
        if rng.random() < 0.3:
            row = book.add(int(rng.integers(1, 4)), price(rng, 0.1), [], block)
            for home in np.flatnonzero(place.home_village == village).tolist():
                book.homes[home].append((row, int(persons[home])))


def slot_rows(rng: np.random.Generator, place: Places, book: Book) -> dict[int, int]:
    """Up to three sites with slots a block; site -> row."""
    rows = {}
    for block in range(int(place.village_block[-1]) + 1):
        sites = place.sites_of(block)
        homes = int((place.home_block == block).sum())
        for site in rng.choice(sites, min(len(sites), int(rng.integers(0, 4))), replace=False).tolist():
            rows[site] = book.add(0, HARD, [], block)
            book.sites[site].append((rows[site], int(rng.integers(1, homes + 1))))
    return rows


def demand_rows(rng: np.random.Generator, place: Places, flows: Flows, projects: Projects, book: Book) -> None:
    """Soft: money committed to a project, and an effect that two projects should not have together."""
    site = int(rng.integers(len(place.site_village)))
    if rng.random() < 0.4:
        cells, yuan = projects.lines.of(site)
        arc = int(flows.cell_arcs.of(int(cells[0]))[0][0])
        due, each = int(rng.integers(1, yuan[0] + 1)), price(rng, 0.0)
        book.sites[site].append((book.add(0, each, [(arc, 1)]), -due))
        projects.worth[site] += each * due
        book.constant -= each * due
    others = place.sites_of(int(place.site_block[site]))
    if len(others) > 1 and rng.random() < 0.2:
        row = book.add(-1, UNITS_PER_PERSON, [], int(place.site_block[site]))
        for one in rng.choice(others, 2, replace=False).tolist():
            book.sites[one].append((row, -1))
