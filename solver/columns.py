"""A column: one whole plan of one block, with what it costs in each cell and adds to each row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.oracle.data import Blocks
from liftplan.solver.problem import HARD, Bools, Csr, Decisions, Ints, Problem


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

    def key(self) -> bytes:
        """Equal for equal plans."""
        return self.built.tobytes() + self.take.tobytes() + self.topup.tobytes()


def gather(lists: Csr, owners: Ints) -> tuple[Ints, Ints, Ints]:
    """Entries of some owners: position in `owners`, index, value."""
    begin, end = lists.start[owners], lists.start[owners + 1]
    counts = end - begin
    position = np.repeat(np.arange(len(owners), dtype=np.int64), counts)
    inside = np.arange(len(position), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    entries = begin[position] + inside
    return position, lists.index[entries], lists.value[entries]


def taken_measures(problem: Problem, blocks: Blocks, block: int, take: Ints) -> tuple[Ints, Ints]:
    """Measures (global indices) that `take` (bits per household) stands for, and their household within the block."""
    low, high = int(blocks.household[block]), int(blocks.household[block + 1])
    start = problem.households.measures.start[low : high + 1]
    counts = np.diff(start)
    owner = np.repeat(np.arange(high - low, dtype=np.int64), counts)
    place = np.arange(len(owner), dtype=np.int64) - np.repeat(start[:-1] - start[0], counts)
    chosen = np.flatnonzero(take[owner] >> place & 1)
    return chosen + start[0], owner[chosen]


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
    direct, gain = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    met, worth = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    position, _, yuan = gather(table.lines, measures)
    np.add.at(direct, owner[position], yuan)
    np.add.at(gain, owner, table.gain[measures])
    np.bitwise_or.at(met, owner, table.meets[measures])
    np.add.at(worth, owner, table.worth[measures])
    touched = topup > 0
    touched[owner[~table.automatic[measures]]] = True
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


def make_column(problem: Problem, blocks: Blocks, block: int, built: Ints, take: Ints, topup: Ints) -> Column:
    """Work out a column from its decisions (built: 0/1 per project of the block)."""
    low, high = int(blocks.household[block]), int(blocks.household[block + 1])
    measures, owner = taken_measures(problem, blocks, block, take)
    projects = int(blocks.project[block]) + np.flatnonzero(built)
    packages = weigh(problem, np.arange(low, high), measures, owner, topup)
    lifted = packages.lifted
    paid = np.flatnonzero(topup)
    cells, yuan = _summed(
        gather(problem.projects.lines, projects)[1:],
        gather(problem.measures.lines, measures)[1:],
        (problem.households.topup_cell[low + paid], topup[paid]),
    )
    rows, coefficients = _summed(
        gather(problem.projects.rows, projects)[1:],
        gather(problem.measures.rows, measures)[1:],
        gather(problem.households.rows, low + np.flatnonzero(lifted))[1:],
    )
    return Column(
        block,
        built.astype(np.bool_),
        take.copy(),
        topup.copy(),
        lifted,
        int(packages.worth.sum()) + int(problem.projects.worth[projects].sum()),
        cells,
        yuan,
        rows,
        coefficients,
    )


def reweighed(problem: Problem, blocks: Blocks, column: Column) -> Column:
    """The same block plan with what it is worth in another version of its problem."""
    return make_column(problem, blocks, column.block, column.built.astype(np.int64), column.take, column.topup)


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
        taken[taken_measures(problem, blocks, block, column.take)[0]] = True
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
    return [
        make_column(
            problem,
            blocks,
            block,
            decisions.built[blocks.project[block] : blocks.project[block + 1]].astype(np.int64),
            bits[blocks.household[block] : blocks.household[block + 1]],
            decisions.topup[blocks.household[block] : blocks.household[block + 1]],
        )
        for block in range(problem.blocks)
    ]


def _summed(*parts: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Distinct indices, ascending, with the sums of their values."""
    index = np.concatenate([part[0] for part in parts])
    value = np.concatenate([part[1] for part in parts])
    distinct, inverse = np.unique(index, return_inverse=True)
    sums = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(sums, inverse, value)
    return distinct, sums
