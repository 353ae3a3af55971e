"""The price-independent part of the oracle: the problem as the kernels read it.

Bits: a household's measures are numbered from 0 (bit i = its i-th measure), the projects that its measures need are its
own short list (bit i = i-th of that list). Prerequisites of a project are part of the list, so that every household
that uses a road also answers for what the road requires.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from liftplan.solver.problem import Bools, Csr, Ints, Problem

NONE = -(1 << 62)
"""Value of what is not allowed."""

MOST_PROJECTS = 62
"""Bits of a household's projects."""

MOST_MEASURES = 60
"""Measures a household may have: they are bits of one integer."""


class Blocks(NamedTuple):
    """Where the households, measures and projects of each block lie: (blocks + 1,) each."""

    project: Ints
    household: Ints


class Homes(NamedTuple):
    """Households and their measures, as the kernels read them."""

    measure: Ints
    """(households + 1,) first measure."""
    income_gap: Ints
    needs: Ints
    labour: Ints
    minimum: Ints
    maximum: Ints
    always_assisted: Bools
    project: Ints
    """(households + 1,) first entry of `project_index`."""
    project_index: Ints
    """Projects that a household's measures need, prerequisites included (global indices)."""
    yuan: Ints
    """(measures,) direct cost."""
    gain: Ints
    meets: Ints
    work: Ints
    automatic: Bools
    conflict: Ints
    """(measures,) bits of measures of the same household that exclude this one."""
    uses: Ints
    """(measures,) bits of the household's projects that it needs."""


class Town(NamedTuple):
    """Projects of one block and the households that use them; everything counted from the block's first."""

    entry: Ints
    """(households + 1,) first entry of `project`."""
    project: Ints
    """Projects that a household's measures need, prerequisites included."""
    closure_start: Ints
    closure_index: Ints
    """project -> everything it requires, directly or not."""
    dependents_start: Ints
    dependents_index: Ints
    """project -> everything that requires it."""
    group: Ints
    """(projects,) alternative group or -1."""
    touch_start: Ints
    touch_household: Ints
    touch_bit: Ints
    """project -> (household, bit) pairs that list it."""


class Static(NamedTuple):
    """All of it."""

    blocks: Blocks
    homes: Homes
    towns: tuple[Town, ...]


def static(problem: Problem) -> Static:
    """Arrange a problem for the kernels. Raises ValueError where a household has too many measures or projects."""
    projects, households, measures = problem.projects, problem.households, problem.measures
    blocks = Blocks(
        np.searchsorted(projects.block, np.arange(problem.blocks + 1)).astype(np.int64),
        np.searchsorted(households.block, np.arange(problem.blocks + 1)).astype(np.int64),
    )
    closure = _closure(projects.requires)
    first = np.repeat(households.measures.start[:-1], np.diff(households.measures.start))
    place = np.arange(len(measures.household), dtype=np.int64) - first
    if len(place) and place.max() >= MOST_MEASURES:
        raise ValueError(f"a household has more than {MOST_MEASURES} measures")
    uses, project_start, project_index = _household_projects(problem, closure)
    yuan = np.zeros(len(measures.household), dtype=np.int64)
    np.add.at(yuan, measures.lines.owner_of_entry(), measures.lines.value)
    # a direct effect that is forbidden from the start does nothing; branching never touches one
    live = ~(measures.automatic & (measures.high == 0))
    homes = Homes(
        households.measures.start,
        households.income_gap,
        households.needs,
        households.labour,
        households.minimum,
        households.maximum,
        households.always_assisted,
        project_start,
        project_index,
        yuan,
        np.where(live, measures.gain, 0),
        np.where(live, measures.meets, 0),
        measures.labour,
        measures.automatic,
        _conflicts(problem, place),
        uses,
    )
    towns = tuple(
        _town(problem, blocks, closure, project_start, project_index, block) for block in range(problem.blocks)
    )
    return Static(blocks, homes, towns)


def _town(problem: Problem, blocks: Blocks, closure: Csr, start: Ints, index: Ints, block: int) -> Town:
    low, high = int(blocks.project[block]), int(blocks.project[block + 1])
    first, last = int(blocks.household[block]), int(blocks.household[block + 1])
    entry = start[first : last + 1] - start[first]
    project = index[start[first] : start[last]] - low
    closure_start = closure.start[low : high + 1] - closure.start[low]
    closure_index = closure.index[closure.start[low] : closure.start[high]] - low
    owner = np.repeat(np.arange(high - low, dtype=np.int64), np.diff(closure_start))
    dependents = Csr.from_entries(high - low, closure_index, owner)
    home = np.repeat(np.arange(last - first, dtype=np.int64), np.diff(entry))
    bit = np.arange(len(project), dtype=np.int64) - entry[home]
    touch = Csr.from_entries(high - low, project, home, bit)
    return Town(
        entry,
        project,
        closure_start,
        closure_index,
        dependents.start,
        dependents.index,
        problem.projects.group[low:high].copy(),
        touch.start,
        touch.index,
        touch.value,
    )


def _closure(requires: Csr) -> Csr:
    """Transitive closure, each list ascending."""
    full: list[set[int]] = [set() for _ in range(requires.owners)]
    done = [False] * requires.owners
    for root in range(requires.owners):
        stack = [root]
        while stack:
            project = stack[-1]
            direct = requires.of(project)[0].tolist()
            waiting = [other for other in direct if not done[other]]
            if waiting and not done[project]:
                stack.extend(waiting)
                continue
            stack.pop()
            if not done[project]:
                for other in direct:
                    full[project].add(other)
                    full[project] |= full[other]
                done[project] = True
    return Csr.from_lists([[(other, 1) for other in sorted(found)] for found in full])


def _household_projects(problem: Problem, closure: Csr) -> tuple[Ints, Ints, Ints]:
    """Per measure the bits of its household's projects; the households' lists of projects, in the order met."""
    measures, homes = problem.measures, len(problem.households.block)
    counts = 1 + np.diff(closure.start)[measures.requires.index]
    entry = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    place = np.arange(len(entry), dtype=np.int64) - (np.cumsum(counts) - counts)[entry]
    needed = measures.requires.index[entry]  # the project itself, then what it needs
    further = place > 0
    needed[further] = closure.index[(closure.start[needed] + place - 1)[further]]
    measure = measures.requires.owner_of_entry()[entry]
    home = measures.household[measure]
    _, first, same = np.unique(home * len(closure.start) + needed, return_index=True, return_inverse=True)
    order = np.lexsort((first, home[first]))
    start = np.zeros(homes + 1, dtype=np.int64)
    np.cumsum(np.bincount(home[first], minlength=homes), out=start[1:])
    bit = np.empty(len(order), dtype=np.int64)
    bit[order] = np.arange(len(order), dtype=np.int64) - start[home[first][order]]
    if bit.max(initial=0) >= MOST_PROJECTS:
        raise ValueError(f"the measures of a household need more than {MOST_PROJECTS} projects")
    uses = np.zeros(len(measures.household), dtype=np.int64)
    np.bitwise_or.at(uses, measure, np.int64(1) << bit[same])
    return uses, start, needed[first][order]


def _conflicts(problem: Problem, place: Ints) -> Ints:
    """Per measure the bits of the others that exclude it: the same alternative group, or another main house."""
    measures = problem.measures
    bit = np.int64(1) << place
    conflict = np.zeros(len(place), dtype=np.int64)
    for member, key in (
        (measures.group >= 0, measures.household * 64 + np.maximum(measures.group, 0)),
        (measures.house, measures.household),
    ):
        index = np.flatnonzero(member)
        if len(index):
            keys, group = np.unique(key[index], return_inverse=True)
            bits = np.zeros(len(keys), dtype=np.int64)
            np.bitwise_or.at(bits, group, bit[index])
            conflict[index] |= bits[group] & ~bit[index]
    return conflict
