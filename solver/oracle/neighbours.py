"""Choices of projects that are nearly as good as the best at given prices, found by toggling projects."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import inner, kernel
from liftplan.solver.oracle.arrays import put, zero
from liftplan.solver.oracle.data import NONE, Town
from liftplan.solver.oracle.projects import FREE, draft, repaired, status_of, take_back, toggle_closed, weigh
from liftplan.solver.problem import Ints


@inner
def _known(keys: Ints, count: int, key: int) -> bool:
    for index in range(count):
        if keys[index] == key:
            return True
    return False


@inner
def _key(built: Ints) -> int:
    """A number for a choice: equal for equal ones (a hash for blocks of more than 62 projects)."""
    key = 0
    for project in range(len(built)):
        key = key * 3 + built[project] + 1 if len(built) > 62 else key << 1 | built[project]
    return key


@kernel
def near_choices(
    town: Town,
    gain: Ints,
    low: Ints,
    high: Ints,
    start: Ints,
    options: Ints,
    seed: Ints,
    slack: int,
    most: int,
) -> tuple[Ints, Ints]:
    """Choices of projects, among them those within `slack` of the best: values (found,) and built (found, projects).

    Begins with `seed` (seeds, projects) and goes on from the best choice not yet looked at, toggling each project with
    what must go with it. A choice that is near but only reached over worse ones is not found; at most `most` are kept.
    """
    projects = len(gain)
    sets = np.zeros((most, projects), dtype=np.int64)
    values, keys = np.zeros(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    looked = np.zeros(most, dtype=np.bool_)
    root = np.empty(projects, dtype=np.int64)
    count, best = zero(), NONE
    if not status_of(town, low, high, root):
        return values[:0], sets[:0]
    for index in range(min(len(seed), most)):
        work = draft(town, repaired(town, root, seed[index]))
        weigh(town, gain, start, options, work)
        if work.score[0] == 0 and not _known(keys, count, _key(work.built)):
            put(work.built, sets[count])
            values[count], keys[count] = work.score[1], _key(work.built)
            best = max(best, work.score[1])
            count += 1
    work = draft(town, np.zeros(projects, dtype=np.int64))
    while True:
        pick = -1
        for index in range(count):
            if not looked[index] and values[index] >= best - slack and (pick < 0 or values[index] > values[pick]):
                pick = index
        if pick < 0:
            break
        looked[pick] = True
        put(sets[pick], work.built)
        weigh(town, gain, start, options, work)
        for project in range(projects):
            if root[project] != FREE:
                continue
            fine = toggle_closed(town, gain, start, options, work, root, project)
            value, key = work.score[1], _key(work.built)
            if fine and work.score[0] == 0 and value >= best - slack and not _known(keys, count, key):
                place = count
                if count == most:
                    place = 0
                    for index in range(count):
                        if values[index] < values[place]:
                            place = index
                if count < most or values[place] < value:
                    put(work.built, sets[place])
                    values[place], keys[place], looked[place] = value, key, False
                    best = max(best, value)
                    count = min(most, count + 1)
            take_back(town, work)
    return values[:count], sets[:count]
