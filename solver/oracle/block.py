"""One block at given prices: options of its households, projects, and the packages that follow."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import kernel
from liftplan.solver.oracle.data import Static
from liftplan.solver.oracle.packages import NONE, household_options, package_value
from liftplan.solver.oracle.pricing import Priced
from liftplan.solver.oracle.projects import households_best, search_projects
from liftplan.solver.problem import Ints


@kernel
def block_options(
    static: Static, priced: Priced, block: int, built: Ints, slack: int, seed_start: Ints, seed_take: Ints
) -> tuple[Ints, Ints]:
    """Options of all households of a block, each household's best first.

    built (projects of the block,): all -1 for options by project set, else 0/1 for packages within `slack` of the best
    under these projects. seed_start (households + 1,), seed_take: packages of an earlier round. Returns start
    (households + 1,) and options (3, entries): projects used (bits), value, measures (bits).
    """
    low, high = static.blocks.household[block], static.blocks.household[block + 1]
    project_low = static.blocks.project[block]
    homes = high - low
    start = np.zeros(homes + 1, dtype=np.int64)
    options = np.empty((3, 8 * homes + 64), dtype=np.int64)
    work = np.zeros((18, 64), dtype=np.int64)
    found = np.empty((3, 256), dtype=np.int64)
    near = len(built) > 0 and built[0] >= 0
    filled = 0
    for home in range(homes):
        allowed = -1
        if near or slack >= 0:
            allowed = 0
            first = static.homes.project[low + home]
            for entry in range(first, static.homes.project[low + home + 1]):
                if built[static.homes.project_index[entry] - project_low] > 0:
                    allowed |= 1 << (entry - first)
        seeds = seed_take[seed_start[home] : seed_start[home + 1]]
        count = household_options(static.homes, priced, low + home, allowed, slack, seeds, work, found)
        while count < 0:
            found = np.empty((3, 2 * found.shape[1]), dtype=np.int64)
            count = household_options(static.homes, priced, low + home, allowed, slack, seeds, work, found)
        if filled + count > options.shape[1]:
            larger = np.empty((3, 2 * (filled + count)), dtype=np.int64)
            larger[:, :filled] = options[:, :filled]
            options = larger
        for option in range(count):
            place = filled + option
            while place > filled and options[1, place - 1] < found[1, option]:
                options[:, place] = options[:, place - 1]
                place -= 1
            options[:, place] = found[:, option]
        filled += count
        start[home + 1] = filled
    return start, options[:, :filled].copy()


@kernel
def measures_of(static: Static, priced: Priced, block: int, built: Ints, take: Ints) -> Ints:
    """Bits of measures that are really taken: those of the package, and every direct effect whose projects are built.

    A household that branching forbids to lift keeps its package as it is: what a direct effect adds can only help.
    """
    low, high = static.blocks.household[block], static.blocks.household[block + 1]
    project_low = static.blocks.project[block]
    full = np.zeros(high - low, dtype=np.int64)
    for home in range(low, high):
        allowed = 0
        first = static.homes.project[home]
        for entry in range(first, static.homes.project[home + 1]):
            if built[static.homes.project_index[entry] - project_low] > 0:
                allowed |= 1 << (entry - first)
        full[home - low] = take[home - low]
        if priced.lift_high[home] == 0:
            continue
        begin = static.homes.measure[home]
        for measure in range(begin, static.homes.measure[home + 1]):
            if static.homes.automatic[measure] and priced.may[measure]:
                bit = 1 << (measure - begin)
                if static.homes.uses[measure] & ~allowed == 0:
                    full[home - low] |= bit
                else:
                    full[home - low] &= ~bit
    return full


@kernel
def topups_of(static: Static, priced: Priced, block: int, take: Ints) -> Ints:
    """The best top-up in yuan of each household's package at these prices."""
    low, high = static.blocks.household[block], static.blocks.household[block + 1]
    topup = np.zeros(high - low, dtype=np.int64)
    homes = static.homes
    for home in range(low, high):
        net, yuan, gain, met, touched = 0, 0, 0, 0, False
        begin = homes.measure[home]
        for measure in range(begin, homes.measure[home + 1]):
            if take[home - low] >> (measure - begin) & 1:
                net += priced.measure[measure]
                yuan += homes.yuan[measure]
                gain += homes.gain[measure]
                met |= homes.meets[measure]
                touched = touched or not homes.automatic[measure]
        value, paid, _ = package_value(homes, priced, home, net, yuan, gain, met, touched)
        short = max(0, homes.minimum[home] - yuan) if yuan > 0 or homes.always_assisted[home] else 0
        topup[home - low] = paid if value != NONE else short
    return topup


@kernel
def price_block(
    static: Static,
    priced: Priced,
    block: int,
    seed_start: Ints,
    seed_take: Ints,
    choices: Ints,
    share: Ints,
    tolerance: int,
    first_rounds: int,
    rounds: int,
    most_nodes: int,
) -> tuple[int, int, int, Ints, Ints, Ints, Ints, Ints]:
    """The oracle.

    Returns (value or NONE, upper bound or NONE if nothing is allowed, nodes, built, measures as bits, top-ups, start
    and bits of the options for the next round).
    """
    low, high = static.blocks.project[block], static.blocks.project[block + 1]
    homes = static.blocks.household[block + 1] - static.blocks.household[block]
    everything = np.full(high - low, -1, dtype=np.int64)
    start, options = block_options(static, priced, block, everything, -1, seed_start, seed_take)
    value, bound, nodes, built = search_projects(
        static, priced, block, start, options, choices, share, tolerance, first_rounds, rounds, most_nodes
    )
    take = np.zeros(homes, dtype=np.int64)
    if value != NONE:
        for home in range(homes):
            allowed = 0
            first = static.homes.project[static.blocks.household[block] + home]
            for entry in range(first, static.homes.project[static.blocks.household[block] + home + 1]):
                if built[static.homes.project_index[entry] - low] > 0:
                    allowed |= 1 << (entry - first)
            take[home] = options[2, households_best(start, options, home, allowed)]
        take = measures_of(static, priced, block, built, take)
    return value, bound, nodes, built, take, topups_of(static, priced, block, take), start, options[2].copy()
