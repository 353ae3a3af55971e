"""All choices of projects of a block that are worth enough at given prices, and what choices are worth at others."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import kernel
from liftplan.solver.oracle.arrays import put, zero
from liftplan.solver.oracle.data import NONE, Town
from liftplan.solver.oracle.projects import (
    IN,
    branching,
    draft,
    fix_by_bound,
    fix_in,
    fix_out,
    improve_shares,
    status_of,
    weigh,
)
from liftplan.solver.problem import Ints


@kernel
def list_choices(
    town: Town,
    gain: Ints,
    low: Ints,
    high: Ints,
    start: Ints,
    options: Ints,
    share: Ints,
    least: int,
    most: int,
    rounds: int,
    most_nodes: int,
) -> tuple[bool, Ints]:
    """Whether all are there, and the choices (found, projects) worth at least `least`: branch and bound on projects.

    low, high (projects,): 1 = must be built, 0 = must not. share: shares to bound with, improved in place by `rounds`
    subgradient steps a node. At most `most` choices and `most_nodes` nodes.
    """
    projects, homes = len(gain), len(start) - 1
    use = np.zeros(homes, dtype=np.int64)
    total = np.zeros(projects, dtype=np.int64)
    found = np.zeros((most, projects), dtype=np.int64)
    stack = np.zeros((projects + 2, projects), dtype=np.int64)
    if not status_of(town, low, high, stack[0]):
        return True, found[:0]
    depth, nodes, count, tolerance = 1, 0, 0, zero()
    while depth > 0:
        depth -= 1
        status = stack[depth].copy()
        nodes += 1
        if nodes > most_nodes:
            return False, found[:count]
        bound = improve_shares(town, gain, start, options, status, share, use, total, least - 1, tolerance, rounds)
        if bound == NONE or bound < least or not fix_by_bound(town, status, total, bound, least - 1):
            continue
        choice = branching(town, status, share, use, total)
        if choice < 0:
            built = np.zeros(projects, dtype=np.int64)
            for project in range(projects):
                built[project] = 1 if status[project] == IN else 0
            work = draft(town, built)
            weigh(town, gain, start, options, work)
            if work.score[0] == 0 and work.score[1] >= least:
                if count == most:
                    return False, found
                put(built, found[count])
                count += 1
            continue
        for value in range(2):
            child = stack[depth]
            put(status, child)
            if fix_in(town, child, choice) if value else fix_out(town, child, choice):
                depth += 1
    return True, found[:count]


@kernel
def values_of(town: Town, gain: Ints, start: Ints, options: Ints, choices: Ints) -> Ints:
    """(choices,) what choices of projects (choices, projects) are worth; NONE where a household has no option left."""
    values = np.empty(len(choices), dtype=np.int64)
    for index in range(len(choices)):
        work = draft(town, choices[index].copy())
        weigh(town, gain, start, options, work)
        values[index] = work.score[1] if work.score[0] == 0 else NONE
    return values
