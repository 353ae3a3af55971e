"""A column: one whole plan of one block, with what it costs in each cell and adds to each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from liftplan.solver.oracle.data import Blocks
from liftplan.solver.oracle.sums import entries_of, measures_of, package_sums
from liftplan.solver.problem import HARD, Bools, Csr, Decisions, Ints, Problem

DENSE = 1_000_000
"""Numbers that sums are added up in directly; sorting, which larger tables need, takes longer."""


@dataclass(frozen=True)
class Column:
    """One plan of one block. Arrays run over the block's own projects and households."""

    block: int
    built: Bools
    """(projects of the block,)"""
    take: Ints
    """(households of the block,) measures taken as bits, direct effects included."""
    topup: Ints
    """(households of the block,) yuan."""
    lifted: Bools
    """(households of the block,)"""
    worth: int
    """Objective in units, penalties inside households included, rows and money left out."""
    cells: Ints
    yuan: Ints
    """Demand: cells ascending, yuan in each."""
    rows: Ints
    coefficients: Ints
    """What it adds to rows, ascending."""


class BlockPlan(Protocol):
    """Decisions of one block."""

    @property
    def block(self) -> int:
        """Its number."""

    @property
    def built(self) -> Bools | Ints:
        """(projects of the block,) 0 or 1."""

    @property
    def take(self) -> Ints:
        """(households of the block,) measures taken as bits."""

    @property
    def topup(self) -> Ints:
        """(households of the block,) yuan."""


def key_of(plan: BlockPlan) -> bytes:
    """What two plans of a block have in common exactly if they are equal."""
    return (plan.built > 0).tobytes() + plan.take.tobytes() + plan.topup.tobytes()


def gather(lists: Csr, owners: Ints) -> tuple[Ints, Ints, Ints]:
    """Entries of some owners: position in `owners`, index, value."""
    return entries_of(lists.start, lists.index, lists.value, owners)


def taken_measures(problem: Problem, homes: Ints, take: Ints) -> tuple[Ints, Ints]:
    """Measures (global indices) that `take` (bits per household of `homes`) stands for, and whose they are (places)."""
    return measures_of(problem.households.measures.start, homes, take)


@dataclass(frozen=True)
class Packages:
    """What packages bring, each (packages,)."""

    worth: Ints
    """Units of the objective, penalties inside the household included."""
    lifted: Bools
    direct: Ints
    """Yuan of measures."""
    short: Ints
    """Yuan short of the minimum after the top-up."""


def weigh(problem: Problem, homes: Ints, measures: Ints, owner: Ints, topup: Ints) -> Packages:
    """Weigh packages; a household may have several.

    homes (packages,) is the household of each, `measures` all that are taken (global indices), `owner` the package each
    belongs to, topup (packages,) yuan.
    """
    households, table = problem.households, problem.measures
    size = len(homes)
    lines = table.lines
    sums, touched = package_sums(
        size, measures, owner, lines.start, lines.value, table.gain, table.meets, table.worth, table.automatic
    )
    direct, gain, met, worth = sums
    touched |= topup > 0
    needs = households.needs[homes]
    lifted = ((needs & ~met) == 0) & (gain >= households.income_gap[homes])
    partial = households.need_worth[homes] * np.bitwise_count(met & needs).astype(np.int64)
    worth += np.where(lifted, households.worth[homes], partial)
    worth += np.where(touched, households.touch_worth[homes], 0)
    assisted = (direct > 0) | households.always_assisted[homes]
    total = direct + topup
    short = np.where(assisted, np.maximum(0, households.minimum[homes] - total), 0)
    worth -= np.maximum(households.minimum_price[homes], 0) * short
    over = np.where(assisted & (households.maximum[homes] >= 0), np.maximum(0, total - households.maximum[homes]), 0)
    worth -= np.maximum(households.maximum_price[homes], 0) * over
    return Packages(worth, lifted, direct, short)


def hard_topups(problem: Problem, homes: Ints, direct: Ints) -> Ints:
    """(packages,) yuan that a hard household minimum adds to packages that cost `direct`; 0 under a soft one."""
    households = problem.households
    assisted = (direct > 0) | households.always_assisted[homes]
    deficit = np.where(assisted, np.maximum(0, households.minimum[homes] - direct), 0)
    return np.where(households.minimum_price[homes] == HARD, deficit, 0)


def make_columns(problem: Problem, blocks: Blocks, plans: Sequence[BlockPlan]) -> list[Column]:
    """Work out columns from decisions, all at once."""
    if not plans:
        return []
    block = np.array([plan.block for plan in plans])
    homes, home_start = _ranges(blocks.household, block)
    projects, project_start = _ranges(blocks.project, block)
    built = np.concatenate([plan.built for plan in plans]) > 0
    take, topup = np.concatenate([plan.take for plan in plans]), np.concatenate([plan.topup for plan in plans])
    plan_of_home = np.repeat(np.arange(len(plans)), np.diff(home_start))
    plan_of_project = np.repeat(np.arange(len(plans)), np.diff(project_start))
    measures, owner = taken_measures(problem, homes, take)
    packages = weigh(problem, homes, measures, owner, topup)
    lifted, paid, sites = packages.lifted, np.flatnonzero(topup), np.flatnonzero(built)
    helped = np.flatnonzero(lifted)
    cells, yuan, cell_start = _summed(
        len(plans),
        _entries(problem.projects.lines, projects[sites], plan_of_project[sites]),
        _entries(problem.measures.lines, measures, plan_of_home[owner]),
        (plan_of_home[paid], problem.households.topup_cell[homes[paid]], topup[paid]),
    )
    rows, coefficients, row_start = _summed(
        len(plans),
        _entries(problem.projects.rows, projects[sites], plan_of_project[sites]),
        _entries(problem.measures.rows, measures, plan_of_home[owner]),
        _entries(problem.households.rows, homes[helped], plan_of_home[helped]),
    )
    worth = np.zeros(len(plans), dtype=np.int64)
    np.add.at(worth, plan_of_home, packages.worth)
    np.add.at(worth, plan_of_project[sites], problem.projects.worth[projects[sites]])
    return [
        Column(
            plan.block,
            plan.built.astype(np.bool_),
            plan.take.copy(),
            plan.topup.copy(),
            lifted[home_start[place] : home_start[place + 1]].copy(),
            int(worth[place]),
            cells[cell_start[place] : cell_start[place + 1]],
            yuan[cell_start[place] : cell_start[place + 1]],
            rows[row_start[place] : row_start[place + 1]],
            coefficients[row_start[place] : row_start[place + 1]],
        )
        for place, plan in enumerate(plans)
    ]


def reweighed(problem: Problem, blocks: Blocks, column: Column) -> Column:
    """The same block plan with what it is worth in another version of its problem."""
    return make_columns(problem, blocks, [column])[0]


def effects(problem: Problem, built: Bools) -> Bools:
    """(measures,) direct effects that these projects (projects,) bring."""
    automatic = np.flatnonzero(problem.measures.automatic & (problem.measures.high > 0))
    position, project, _ = gather(problem.measures.requires, automatic)
    fine = np.ones(len(automatic), dtype=np.bool_)
    fine[position[~built[project]]] = False
    found = np.zeros(len(problem.measures.household), dtype=np.bool_)
    found[automatic[fine]] = True
    return found


def decisions_of(problem: Problem, blocks: Blocks, columns: list[Column]) -> Decisions:
    """The whole plan made of one column per block."""
    built = np.zeros(len(problem.projects.block), dtype=np.bool_)
    taken = np.zeros(len(problem.measures.household), dtype=np.bool_)
    topup = np.zeros(len(problem.households.block), dtype=np.int64)
    for column in columns:
        block = column.block
        built[blocks.project[block] : blocks.project[block + 1]] = column.built
        homes = np.arange(blocks.household[block], blocks.household[block + 1])
        taken[taken_measures(problem, homes, column.take)[0]] = True
        topup[blocks.household[block] : blocks.household[block + 1]] = column.topup
    return Decisions(built, (taken & ~problem.measures.automatic) | effects(problem, built), topup)


def objective_of(problem: Problem, decisions: Decisions) -> tuple[int, int]:
    """Objective in units without rows and money (what households and items bring, and the constant); persons lifted."""
    measures = np.flatnonzero(decisions.taken)
    households = problem.households
    homes = np.arange(len(households.block), dtype=np.int64)
    packages = weigh(problem, homes, measures, problem.measures.household[measures], decisions.topup)
    counted = packages.lifted & ((households.needs != 0) | (households.income_gap > 0))
    worth = problem.constant + sum(packages.worth.tolist()) + sum(problem.projects.worth[decisions.built].tolist())
    return worth, int(households.persons[counted].sum())


def columns_of(problem: Problem, blocks: Blocks, decisions: Decisions) -> list[Column]:
    """One column per block from a whole plan."""
    place = np.arange(len(problem.measures.household), dtype=np.int64)
    place -= problem.households.measures.start[problem.measures.household]
    bits = np.zeros(len(problem.households.block), dtype=np.int64)
    np.bitwise_or.at(bits, problem.measures.household[decisions.taken], np.int64(1) << place[decisions.taken])
    whole = [
        _Decided(
            block,
            decisions.built[blocks.project[block] : blocks.project[block + 1]].astype(np.int64),
            bits[blocks.household[block] : blocks.household[block + 1]],
            decisions.topup[blocks.household[block] : blocks.household[block + 1]],
        )
        for block in range(problem.blocks)
    ]
    return make_columns(problem, blocks, whole)


@dataclass(frozen=True)
class _Decided:
    block: int
    built: Ints
    take: Ints
    topup: Ints


def _ranges(start: Ints, block: Ints) -> tuple[Ints, Ints]:
    """What blocks hold, one after another, and where each one's begins."""
    counts = start[block + 1] - start[block]
    begin = np.concatenate([[0], np.cumsum(counts)])
    return np.arange(begin[-1], dtype=np.int64) + np.repeat(start[block] - begin[:-1], counts), begin


def _entries(lists: Csr, owners: Ints, plan: Ints) -> tuple[Ints, Ints, Ints]:
    """Entries of owners: the plan of each, index, value."""
    position, index, value = gather(lists, owners)
    return plan[position], index, value


def _summed(plans: int, *parts: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """Per plan distinct indices, ascending, with the sums of their values; where each plan's begin."""
    plan, index, value = (np.concatenate([part[place] for part in parts]) for place in range(3))
    size = int(index.max(initial=0)) + 1
    place = plan * size + index
    if plans * size <= DENSE:
        table, there = np.zeros(plans * size, dtype=np.int64), np.zeros(plans * size, dtype=np.bool_)
        np.add.at(table, place, value)
        there[place] = True
        distinct = np.flatnonzero(there)
        sums = table[distinct]
    else:
        distinct, inverse = np.unique(place, return_inverse=True)
        sums = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(sums, inverse, value)
    return distinct % size, sums, np.searchsorted(distinct, np.arange(plans + 1) * size)
