"""Random flat problems, small enough to enumerate, that use everything a block may hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.problem import (
    HARD,
    Csr,
    Decisions,
    Flows,
    Households,
    Measures,
    Names,
    Problem,
    Projects,
    Rows,
)


def random_problem(seed: int, blocks: int = 1, homes: int = 3, sites: int = 4, most_measures: int = 6) -> Problem:
    """A problem with slots, alternatives, labour, prerequisites, soft and hard rules, demands and direct effects."""
    rng = np.random.default_rng(seed)
    funds, cells = 4, 5 * blocks
    cell_block = np.repeat(np.arange(blocks), 5)
    payers = [sorted(rng.choice(funds, rng.integers(1, funds + 1), replace=False).tolist()) for _ in range(cells)]
    arcs = [(fund, cell) for cell in range(cells) for fund in payers[cell]]
    arc_lists = Csr.from_entries(cells, [cell for _, cell in arcs], np.arange(len(arcs)))
    rows: list[tuple[int, int, list[tuple[int, int]], int]] = []
    for fund in range(funds):
        own = [(index, -1) for index, arc in enumerate(arcs) if arc[0] == fund]
        rows.append((-int(rng.integers(5_000, 90_000)), _price(rng, 0.8), own, -1))
    for block in range(blocks):
        own = [(index, 1) for index, arc in enumerate(arcs) if cell_block[arc[1]] == block and arc[0] < 2]
        rows.append((int(rng.integers(0, 20_000)), _price(rng, 0.6), own, block))
    share = [(index, 3 if arc[1] % 2 else -7) for index, arc in enumerate(arcs) if arc[0] == 0]
    rows.append((0, _price(rng, 0.5), share, -1))
    fairness = len(rows)
    rows.append((int(rng.integers(0, 4)), _price(rng, 0.5), [], -1))
    slot_row = len(rows)
    rows.extend((0, HARD, [], block) for block in range(blocks))
    project_total, home_total = blocks * sites, blocks * homes
    project_block = np.repeat(np.arange(blocks), sites)
    requires = [
        [(int(rng.integers(block * sites, index)), 1)] if index > block * sites and rng.random() < 0.4 else []
        for block in range(blocks)
        for index in range(block * sites, (block + 1) * sites)
    ]
    group = np.full(project_total, -1)
    for block in range(blocks):
        if rng.random() < 0.6:
            group[block * sites + rng.choice(sites, 2, replace=False)] = block
    project_rows: list[list[tuple[int, int]]] = [[] for _ in range(project_total)]
    for block in range(blocks):
        project_rows[block * sites].append((slot_row + block, int(rng.integers(1, homes + 1))))
    home_block = np.repeat(np.arange(blocks), homes)
    persons = rng.integers(1, 6, home_total)
    owner: list[int] = []
    for home in range(home_total):
        owner += [home] * int(rng.integers(0, most_measures + 1))
    count = len(owner)
    automatic = rng.random(count) < 0.2
    measure_rows: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    needs_sites: list[list[tuple[int, int]]] = []
    for measure in range(count):
        block = int(home_block[owner[measure]])
        wanted = set(rng.choice(sites, rng.integers(0, 3), replace=False).tolist())
        if automatic[measure] and not wanted:
            wanted = {0}
        if not automatic[measure] and rng.random() < 0.15:
            wanted.add(0)
            measure_rows[measure].append((slot_row + block, -1))
        needs_sites.append([(block * sites + site, 1) for site in sorted(wanted)])
    start = np.searchsorted(owner, np.arange(home_total + 1)) if owner else np.zeros(home_total + 1)
    low = (rng.random(count) < 0.03) & ~automatic
    project_low = (rng.random(project_total) < 0.05).astype(np.int64)
    soft_minimum, soft_maximum = rng.random() < 0.4, rng.random() < 0.5
    has_maximum = rng.random() < 0.3
    lift_low = (rng.random(home_total) < 0.05).astype(np.int64)
    lift_high = 1 - ((rng.random(home_total) < 0.05) & (lift_low == 0)).astype(np.int64)
    unit = UNITS_PER_PERSON
    return Problem(
        blocks,
        Flows(
            cell_block.astype(np.int64),
            cell_block.astype(np.int64),
            arc_lists,
            np.array([fund for fund, _ in arcs], dtype=np.int64),
            np.array([cell for _, cell in arcs], dtype=np.int64),
        ),
        Rows(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([row[1] for row in rows], dtype=np.int64),
            Csr.from_lists([row[2] for row in rows]),
            np.array([row[3] for row in rows], dtype=np.int64),
            np.full(len(rows), 10**7, dtype=np.int64),
            np.ones(len(rows), dtype=np.int64),
        ),
        Projects(
            project_block.astype(np.int64),
            np.where(rng.random(project_total) < 0.1, unit * rng.integers(-1, 2, project_total), 0).astype(np.int64),
            Csr.from_lists([_lines(rng, int(block), 20_000) for block in project_block]),
            Csr.from_lists(requires),
            group.astype(np.int64),
            Csr.from_lists(project_rows),
            project_low,
            np.maximum(project_low, (rng.random(project_total) < 0.95).astype(np.int64)),
        ),
        Households(
            home_block.astype(np.int64),
            persons.astype(np.int64),
            persons.astype(np.int64) * unit,
            rng.integers(0, 4000, home_total).astype(np.int64) * (rng.random(home_total) < 0.7),
            rng.integers(0, 4, home_total).astype(np.int64),
            rng.integers(0, 4, home_total).astype(np.int64),
            np.where(rng.random(home_total) < 0.9, home_block * 5 + rng.integers(0, 5, home_total), -1).astype(
                np.int64
            ),
            np.full(home_total, 10_000 if rng.random() < 0.7 else 0, dtype=np.int64),
            np.full(home_total, int(unit // 40_000) if soft_minimum else HARD, dtype=np.int64),
            np.full(home_total, 16_000 if has_maximum else -1, dtype=np.int64),
            np.full(home_total, int(unit // 20_000) if soft_maximum else HARD, dtype=np.int64),
            rng.random(home_total) < 0.15,
            np.where(rng.random(home_total) < 0.1, -unit // 2, 0).astype(np.int64),
            lift_low,
            lift_high,
            np.where(rng.random(home_total) < 0.2, unit // 5, 0).astype(np.int64),
            Csr.from_lists([[(fairness, int(size))] for size in persons]),
            Csr(start.astype(np.int64), np.arange(count), np.ones(count, dtype=np.int64)),
        ),
        Measures(
            np.array(owner, dtype=np.int64),
            np.where((rng.random(count) < 0.1) & ~automatic, unit * rng.integers(-1, 2, count), 0).astype(np.int64),
            rng.integers(0, 3000, count).astype(np.int64),
            rng.integers(0, 4, count).astype(np.int64),
            np.where(automatic, 0, rng.integers(0, 3, count)).astype(np.int64),
            (rng.random(count) < 0.3) & ~automatic,
            np.where(automatic | (rng.random(count) < 0.7), -1, rng.integers(0, 2, count)).astype(np.int64),
            Csr.from_lists(
                [[] if automatic[m] else _lines(rng, int(home_block[owner[m]]), 9_000) for m in range(count)]
            ),
            Csr.from_lists(needs_sites),
            Csr.from_lists(measure_rows),
            automatic,
            low.astype(np.int64),
            np.maximum(low, rng.random(count) < 0.95).astype(np.int64),
        ),
        Names(
            tuple(f"f{index}" for index in range(funds)),
            tuple(f"v{index}" for index in range(blocks)),
            tuple(f"p{index}" for index in range(project_total)),
            tuple(f"h{index}" for index in range(home_total)),
            tuple(f"m{index}" for index in range(count)),
            tuple((f"R{index}", "") for index in range(len(rows))),
            tuple(f"c{index}" for index in range(cells)),
        ),
        0,
        1,
    )


def _price(rng: np.random.Generator, hard: float) -> int:
    return HARD if rng.random() < hard else int(UNITS_PER_PERSON // int(rng.integers(2_000, 60_000)))


def _lines(rng: np.random.Generator, block: int, most: int) -> list[tuple[int, int]]:
    cells = rng.choice(5, rng.integers(1, 3), replace=False)
    return [(block * 5 + int(cell), int(rng.integers(100, most))) for cell in sorted(cells)]


def closed_choices(problem: Problem, block: int) -> Iterator[set[int]]:
    """Every set of projects of a block that keeps requires, alternatives, must and never."""
    projects = problem.projects
    members = np.flatnonzero(projects.block == block).tolist()
    for bits in itertools.product((False, True), repeat=len(members)):
        built = {project for project, on in zip(members, bits, strict=True) if on}
        groups = [int(projects.group[project]) for project in built if projects.group[project] >= 0]
        if (
            len(set(groups)) == len(groups)
            and all(set(projects.requires.of(project)[0].tolist()) <= built for project in built)
            and all(projects.high[project] for project in built)
            and all(project in built for project in members if projects.low[project])
        ):
            yield built


def packages(problem: Problem, home: int, built: set[int]) -> Iterator[list[int]]:
    """Every package of a household that keeps R8 under these projects, must and never of measures included."""
    measures = problem.measures
    own, _ = problem.households.measures.of(home)
    open_ = [m for m in own.tolist() if set(measures.requires.of(m)[0].tolist()) <= built]
    for bits in itertools.product((False, True), repeat=len(open_)):
        taken = [m for m, on in zip(open_, bits, strict=True) if on]
        groups = [int(measures.group[m]) for m in taken if measures.group[m] >= 0]
        if (
            len(set(groups)) == len(groups)
            and sum(bool(measures.house[m]) for m in taken) <= 1
            and sum(int(measures.labour[m]) for m in taken) <= problem.households.labour[home]
            and all(measures.high[m] for m in taken)
            and all(m in taken for m in own.tolist() if measures.low[m])
        ):
            yield taken


def empty_decisions(problem: Problem) -> Decisions:
    """Nothing built, taken or topped up."""
    return Decisions(
        np.zeros(len(problem.projects.block), dtype=np.bool_),
        np.zeros(len(problem.measures.household), dtype=np.bool_),
        np.zeros(len(problem.households.block), dtype=np.int64),
    )
