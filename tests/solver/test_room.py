"""On which grid multipliers are counted so that no sum inside a block overflows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest

from liftplan.scenarios.small import random_small
from liftplan.solver.compile import compile_county
from liftplan.solver.engines.highs import Floats
from liftplan.solver.nodes import Fixing, feasibility, restricted
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.room import ROOM, Room
from liftplan.solver.problem import Csr, Ints, Problem

SEEDS = (1, 2, 3, 5, 8, 13)

Version = Callable[[Problem], Problem]
"""Makes another version of a problem."""


def largest(problem: Problem, u: Floats) -> float:
    """The largest sum that a block or a multiplier can come to, added up item by item."""
    rows, flows = problem.rows, problem.flows
    cells = [0.0] * len(flows.cell_village)
    arcs = [float(problem.arc_cost)] * len(flows.arc_cell)
    for row in range(len(rows.rhs)):
        for arc, value in zip(*rows.arcs.of(row), strict=True):
            arcs[arc] += abs(value) * u[row]
    for arc, cell in enumerate(flows.arc_cell.tolist()):
        cells[cell] = max(cells[cell], arcs[arc])
    total = [0.0] * problem.blocks
    homes, measures, projects = problem.households, problem.measures, problem.projects
    for home in range(len(homes.block)):
        most = max(0, homes.minimum[home], homes.maximum[home])
        topup = cells[homes.topup_cell[home]] if homes.topup_cell[home] >= 0 else 0.0
        own = homes.worth[home] + 64 * homes.need_worth[home] - homes.touch_worth[home]
        own += most * (topup + max(0, homes.minimum_price[home]))
        own += sum(abs(value) * u[row] for row, value in zip(*homes.rows.of(home), strict=True))
        for measure in homes.measures.of(home)[0]:
            yuan = sum(abs(value) for value in measures.lines.of(measure)[1])
            own += abs(measures.worth[measure]) + yuan * (topup + max(0, homes.maximum_price[home]))
            own += sum(abs(value) * u[row] for row, value in zip(*measures.rows.of(measure), strict=True))
            own += sum(abs(value) * cells[cell] for cell, value in zip(*measures.lines.of(measure), strict=True))
        total[homes.block[home]] += float(own)
    for project in range(len(projects.block)):
        own = abs(projects.worth[project])
        own += sum(abs(value) * u[row] for row, value in zip(*projects.rows.of(project), strict=True))
        own += sum(abs(value) * cells[cell] for cell, value in zip(*projects.lines.of(project), strict=True))
        total[projects.block[project]] += float(own)
    return max(*total, float(u.max()), 1.0)


def prices(problem: Problem, seed: int) -> list[Floats]:
    """(rows,) multipliers of many sizes."""
    drawn = np.random.default_rng(seed)
    count = len(problem.rows.rhs)
    return [10.0**size * drawn.random(count) * (drawn.random(count) < 0.5) for size in range(8, 20, 2)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_grid_is_the_finest_that_fits(seed: int) -> None:
    """Sums fit on it, and would not on one twice as fine."""
    problem = compile_county(random_small(seed)).problem
    shifts = set()
    for u in prices(problem, seed):
        shift, most = Room.of(problem).shift(u), largest(problem, u)
        shifts.add(shift)
        assert most <= ROOM * 2.0**shift * (1 + 1e-9)
        assert shift == 0 or most > ROOM * 2.0 ** (shift - 1) * (1 - 1e-9)
    assert len(shifts) > 1


@pytest.mark.parametrize("seed", SEEDS)
def test_an_oracle_knows_the_room_of_other_versions(seed: int) -> None:
    """Restricted, worth nothing, with priced flows or needs: the grid is that of the version, not the oracle's own."""
    problem = compile_county(random_small(seed)).problem
    homes = problem.households
    versions = [
        restricted(problem, (Fixing("project", 0, 1),)),
        feasibility(problem),
        replace(problem, arc_cost=10**15),
        replace(problem, households=replace(homes, need_worth=np.full_like(homes.need_worth, 10**17))),
    ]
    oracle = Oracle(problem, 1)
    different = 0
    for version in versions:
        for u in prices(problem, seed):
            shift = oracle.room(version).shift(u)
            assert shift == Room.of(version).shift(u)
            different += shift != Room.of(problem).shift(u)
    assert different


def of(kind: Literal["households", "measures", "projects"], name: str, change: Callable[[Any], Any]) -> Version:
    """With one array or list of all items of a kind changed."""

    def version(problem: Problem) -> Problem:
        items: Any = getattr(problem, kind)
        return replace(problem, **{kind: replace(items, **{name: change(getattr(items, name))})})

    return version


def larger(lists: Csr) -> Csr:
    """A million times as much."""
    return replace(lists, value=lists.value * 10**6)


def million(amounts: Ints) -> Ints:
    """A million times a million for all."""
    return np.full_like(amounts, 10**12)


def together(owner: Ints) -> Ints:
    """All with the first owner."""
    return np.zeros_like(owner)


def nobody(cell: Ints) -> Ints:
    """No cell at all."""
    return np.full_like(cell, -1)


VERSIONS: dict[str, Version] = {
    "lines of measures": of("measures", "lines", larger),
    "rows of measures": of("measures", "rows", larger),
    "households of measures": of("measures", "household", together),
    "lines of projects": of("projects", "lines", larger),
    "rows of projects": of("projects", "rows", larger),
    "blocks of projects": of("projects", "block", together),
    "rows of households": of("households", "rows", larger),
    "blocks of households": of("households", "block", together),
    "minimums": of("households", "minimum", million),
    "maximums": of("households", "maximum", million),
    "cells of top-ups": of("households", "topup_cell", nobody),
    "arcs of rows": lambda problem: replace(problem, rows=replace(problem.rows, arcs=larger(problem.rows.arcs))),
}
"""Each with one thing changed that sums are made of, so much that the grid is another."""


@pytest.mark.parametrize("name", VERSIONS)
def test_an_oracle_knows_what_its_own_room_is_made_of(name: str) -> None:
    """Whatever another version changes that blocks add to rows or ask of cells, its grid is not the oracle's own."""
    different = 0
    for seed in SEEDS:
        problem = compile_county(random_small(seed)).problem
        version, oracle = VERSIONS[name](problem), Oracle(problem, 1)
        for u in prices(problem, seed):
            shift = oracle.room(version).shift(u)
            assert shift == Room.of(version).shift(u)
            different += shift != Room.of(problem).shift(u)
    assert different
