"""Entries of lists, measures of packages, and what packages cost and bring: loops that need no arrays in between."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import kernel
from liftplan.solver.oracle.arrays import zero
from liftplan.solver.problem import Bools, Ints


@kernel
def entries_of(start: Ints, index: Ints, value: Ints, owners: Ints) -> tuple[Ints, Ints, Ints]:
    """Entries of some owners' lists, one list after another: position in `owners`, index, value."""
    size = zero()
    for owner in owners:
        size += start[owner + 1] - start[owner]
    positions, indices, values = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    filled = zero()
    for position in range(len(owners)):
        owner = owners[position]
        for entry in range(start[owner], start[owner + 1]):
            positions[filled], indices[filled], values[filled] = position, index[entry], value[entry]
            filled += 1
    return positions, indices, values


@kernel
def measures_of(start: Ints, homes: Ints, take: Ints) -> tuple[Ints, Ints]:
    """Measures that `take` (bits per household of `homes`) stands for, and whose they are (places in `homes`).

    start (households + 1,): first measure of each.
    """
    size = zero()
    for place in range(len(homes)):
        home = homes[place]
        for measure in range(start[home], start[home + 1]):
            size += take[place] >> measure - start[home] & 1
    measures, owner = np.empty(size, np.int64), np.empty(size, np.int64)
    filled = zero()
    for place in range(len(homes)):
        home = homes[place]
        for measure in range(start[home], start[home + 1]):
            if take[place] >> measure - start[home] & 1:
                measures[filled], owner[filled] = measure, place
                filled += 1
    return measures, owner


@kernel
def package_sums(
    size: int, measures: Ints, owner: Ints, start: Ints, yuan: Ints, gain: Ints, meets: Ints, worth: Ints,
    automatic: Bools,
) -> tuple[Ints, Bools]:  # fmt: skip
    """Of packages: (4, packages) direct cost, income gain, needs met (bits) and worth; whether a measure touches it.

    measures, owner: what is taken, and the package that each belongs to. start, yuan: lines of every measure.
    """
    sums, touched = np.zeros((4, size), dtype=np.int64), np.zeros(size, dtype=np.bool_)
    for place in range(len(measures)):
        measure, package = measures[place], owner[place]
        for line in range(start[measure], start[measure + 1]):
            sums[0, package] += yuan[line]
        sums[1, package] += gain[measure]
        sums[2, package] |= meets[measure]
        sums[3, package] += worth[measure]
        if not automatic[measure]:
            touched[package] = True
    return sums, touched
