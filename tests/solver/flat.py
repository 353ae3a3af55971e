"""Random flat problems, small enough to enumerate, that use everything a block may hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import HARD, Bools, Csr, Flows, Households, Ints, Measures, Names, Problem, Projects

from .flatrows import CELLS, FUNDS, Book, Entries, Places, demand_rows, fairness_rows, money_rows, slot_rows

UNIT = UNITS_PER_PERSON


def random_problem(
    seed: int,
    blocks: int = 1,
    homes: int = 3,
    sites: int = 4,
    most_measures: int = 6,
    *,
    villages: int = 3,
    payers: int = FUNDS,
) -> Problem:
    """A problem with slots, alternatives, labour, prerequisites, soft and hard rules, demands and direct effects.

    blocks: of up to `villages` villages each, whose projects and measures require each other's projects. homes, sites:
    households and projects a block. payers: most funds that may pay into one cell; with 1, decisions leave the money no
    choice.
    """
    rng = np.random.default_rng(seed)
    place = _places(rng, blocks, homes, sites, villages)
    size = len(place.home_village)
    flows = _flows(rng, place, payers)
    book = Book([[] for _ in place.site_village], [[] for _ in place.home_village])
    money_rows(rng, place, flows, book)
    persons = rng.integers(1, 6, size)
    fairness_rows(rng, place, persons, book)
    slots = slot_rows(rng, place, book)
    projects = _projects(rng, place)
    measures = _measures(rng, place, most_measures, slots, book)
    _force_effects(projects, measures)
    demand_rows(rng, place, flows, projects, book)
    start = np.searchsorted(measures.household, np.arange(size + 1)).astype(np.int64)
    owned = Csr(start, np.arange(len(measures.household)), np.ones(len(measures.household), dtype=np.int64))
    return Problem(
        blocks,
        flows,
        book.finish(),
        replace(projects, rows=Csr.from_lists(book.sites)),
        _households(rng, place, persons, owned, Csr.from_lists(book.homes)),
        measures,
        Names(
            tuple(f"f{index}" for index in range(FUNDS)),
            tuple(f"v{index}" for index in range(len(place.village_block))),
            tuple(f"p{index}" for index in range(len(place.site_village))),
            tuple(f"h{index}" for index in range(size)),
            tuple(f"m{index}" for index in range(len(measures.household))),
            tuple((f"R{index}", "") for index in range(len(book.rows))),
            tuple(f"c{index}" for index in range(len(flows.cell_village))),
        ),
        book.constant,
        1,
        arc_cost=UNIT // 10**5 if rng.random() < 0.2 else 0,
    )


def _places(rng: np.random.Generator, blocks: int, homes: int, sites: int, villages: int) -> Places:
    counts = rng.integers(1, villages + 1, blocks)
    last = np.cumsum(counts)
    spans = list(zip((last - counts).tolist(), last.tolist(), strict=True))
    return Places(
        np.repeat(np.arange(blocks), counts),
        np.concatenate([rng.integers(*span, sites) for span in spans]),
        np.concatenate([rng.integers(*span, homes) for span in spans]),
    )


def _flows(rng: np.random.Generator, place: Places, payers: int) -> Flows:
    village = np.repeat(np.arange(len(place.village_block)), CELLS)
    own = [sorted(rng.choice(FUNDS, rng.integers(1, payers + 1), replace=False).tolist()) for _ in village]
    arcs = np.array([(fund, cell) for cell, funds in enumerate(own) for fund in funds], dtype=np.int64)
    lists = Csr.from_entries(len(village), arcs[:, 1], np.arange(len(arcs)))
    return Flows(village, place.village_block[village], lists, arcs[:, 0].copy(), arcs[:, 1].copy())


def _lines(rng: np.random.Generator, village: int, most: int) -> Entries:
    """One or two lines on the village's cells."""
    cells = rng.choice(CELLS, rng.integers(1, 3), replace=False)
    return [(village * CELLS + int(cell), int(rng.integers(100, most))) for cell in sorted(cells)]


def _projects(rng: np.random.Generator, place: Places) -> Projects:
    """Rows are left to the book."""
    size, block = len(place.site_village), place.site_block
    requires: list[Entries] = []
    group = np.full(size, -1)
    for site in range(size):
        first = int(np.searchsorted(block, block[site]))
        earlier = rng.choice(np.arange(first, site), min(site - first, int(rng.integers(1, 3))), replace=False)
        requires.append([(one, 1) for one in sorted(earlier.tolist())] if rng.random() < 0.4 else [])
    for one in range(int(block[-1]) + 1):
        if rng.random() < 0.6 and len(place.sites_of(one)) > 1:
            group[rng.choice(place.sites_of(one), 2, replace=False)] = one
    low = (rng.random(size) < 0.03).astype(np.int64)
    return Projects(
        block,
        np.where(rng.random(size) < 0.1, UNIT * rng.integers(-1, 2, size), 0).astype(np.int64),
        Csr.from_lists([_lines(rng, village, 20_000) for village in place.site_village.tolist()]),
        Csr.from_lists(requires),
        group.astype(np.int64),
        Csr.from_lists([[] for _ in range(size)]),
        low,
        np.maximum(low, (rng.random(size) < 0.95).astype(np.int64)),
    )


def _measures(rng: np.random.Generator, place: Places, most: int, slots: dict[int, int], book: Book) -> Measures:
    """Up to `most` a household. slots: row of each site with slots."""
    counts = rng.integers(0, most + 1, len(place.home_village))
    owner = np.repeat(np.arange(len(counts)), counts)
    count = len(owner)
    automatic = rng.random(count) < 0.2
    book.measures = [[] for _ in range(count)]
    requires: list[Entries] = []
    for measure, home in enumerate(owner.tolist()):
        sites = place.sites_of(int(place.home_block[home]))
        wanted = set(rng.choice(sites, min(len(sites), int(rng.integers(0, 3))), replace=False).tolist())
        if automatic[measure] and not wanted and rng.random() < 0.8:
            wanted = {int(sites[0])}
        with_slots = [site for site in sites.tolist() if site in slots]
        if not automatic[measure] and with_slots and rng.random() < 0.25:
            site = int(rng.choice(with_slots))
            wanted.add(site)
            book.measures[measure].append((slots[site], -1))
        requires.append([(site, 1) for site in sorted(wanted)])
    low = rng.random(count) < np.where(automatic, 0.005, 0.015)
    villages = place.home_village[owner].tolist()
    lines = [[] if automatic[m] else _lines(rng, villages[m], 9_000) for m in range(count)]
    return Measures(
        owner.astype(np.int64),
        np.where((rng.random(count) < 0.1) & ~automatic, UNIT * rng.integers(-1, 2, count), 0).astype(np.int64),
        rng.integers(0, 3000, count).astype(np.int64),
        rng.integers(0, 4, count).astype(np.int64),
        np.where(automatic, 0, rng.integers(0, 3, count)).astype(np.int64),
        (rng.random(count) < 0.3) & ~automatic,
        np.where(automatic | (rng.random(count) < 0.7), -1, rng.integers(0, 2, count)).astype(np.int64),
        Csr.from_lists(lines),
        Csr.from_lists(requires),
        Csr.from_lists(book.measures),
        automatic,
        low.astype(np.int64),
        np.maximum(low, rng.random(count) < 0.95).astype(np.int64),
    )


def _force_effects(projects: Projects, measures: Measures) -> None:
    """A direct effect that must be taken makes its projects musts."""
    forced = (measures.automatic & (measures.low > 0))[measures.requires.owner_of_entry()]
    sites = measures.requires.index[forced]
    projects.low[sites] = projects.high[sites] = 1


def _households(rng: np.random.Generator, place: Places, persons: Ints, measures: Csr, rows: Csr) -> Households:
    size = len(persons)

    def some(share: float) -> Bools:
        return rng.random(size) < share

    lift_low = some(0.03).astype(np.int64)
    met = UNIT // int(rng.integers(3, 9)) if rng.random() < 0.2 else 0
    return Households(
        place.home_block,
        persons,
        persons * UNIT,
        rng.integers(0, 4000, size) * some(0.7),
        rng.integers(0, 4, size),
        rng.integers(0, 4, size),
        np.where(some(0.9), place.home_village * CELLS + rng.integers(0, CELLS, size), -1),
        np.where(some(0.7), 10_000, 0),
        np.where(some(0.5 if rng.random() < 0.5 else 0), int(UNIT // 40_000), HARD),
        np.where(some(0.6 if rng.random() < 0.4 else 0), rng.integers(9_000, 20_000, size), -1),
        np.where(some(0.5), int(UNIT // 20_000), HARD),
        some(0.15),
        np.where(some(0.1), -UNIT // 2, 0),
        lift_low,
        1 - (some(0.2 if rng.random() < 0.15 else 0) & (lift_low == 0)).astype(np.int64),
        np.full(size, met),
        rows,
        measures,
    )


def multipliers(problem: Problem, rng: np.random.Generator) -> Ints:
    """(rows,) random multipliers in units: some zero, some large, so that cells have negative prices."""
    rows = problem.rows
    wide = rng.choice([0.0, 1e-6, 1e-5, 1e-4, 3e-4], len(rows.rhs)) * rng.random(len(rows.rhs))
    unit = np.where(np.diff(rows.arcs.start) > 0, UNIT, UNIT * 3000.0)
    return (wide * unit).astype(np.int64)
