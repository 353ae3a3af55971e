"""Every package of every household, listed once: what a price only has to be multiplied with.

A package is a set of measures that keeps R8, direct effects left out. The direct effects of the projects it needs
(`uses`) come free; where further direct effects would lift the household, the same package is listed again with the
smallest sets of projects that bring them. A household with more packages than `MOST` is not listed: `packages.py`
searches it instead.

Where no measure gains anything by itself, which is so at nearly all prices, only the lean packages matter: those that
lift, and of which no part lifts. They are listed a second time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from liftplan.solver.kernels import inner, kernel
from liftplan.solver.oracle.arrays import lengthened, ones, widened, zero
from liftplan.solver.oracle.data import Homes, Static
from liftplan.solver.problem import Bools, Ints

MOST = 50_000
"""Packages per household that are listed."""

MOST_EFFECTS = 12
"""Direct effects per household whose combinations are listed."""


MOST_LIFTED = 4_000
"""Packages that lift a household of which the lean ones are looked for."""


class Shelf(NamedTuple):
    """Packages of the households of one block, in order of household; each after the package it extends."""

    start: Ints
    """(households + 1,) first package; a household that is not listed has none."""
    parent: Ints
    """(packages,) package of the same household (counted from the household's first) with one measure less, or -1."""
    last: Ints
    """(packages,) that measure, counted from the block's first measure, or -1: the same measures as the parent."""
    take: Ints
    """(packages,) measures as bits."""
    yuan: Ints
    """(packages,) direct cost."""
    uses: Ints
    """(packages,) number of its set of projects within the household's sets."""
    lifted: Bools
    sets: Ints
    """(households + 1,) first set of projects of each household."""
    projects: Ints
    """(sets,) bits of the household's projects; fewer projects first."""
    measures: Ints
    """(households + 1,) first measure of each household, counted from the block's first."""
    leaned: Bools
    """(households,) whether its lean packages are listed; where many packages lift they are not."""
    lean_start: Ints
    """(households + 1,) first lean package."""
    lean: Ints
    """(3, lean packages): measures (bits), direct cost, number of the set of projects."""
    items_start: Ints
    items: Ints
    """lean package -> its measures, counted from the block's first."""


@inner
def _list_household(homes: Homes, home: int, first_measure: int, out: Ints, filled: int, most: int) -> int:
    """Write the packages of a household to `out` (6, capacity): parent, last, take, yuan, uses (bits), lifted.

    Returns the number of packages; -1 if there are more than `most`.
    """
    begin, end = homes.measure[home], homes.measure[home + 1]
    needs, gap = homes.needs[home], homes.income_gap[home]
    effects = np.empty(64, dtype=np.int64)
    effect_count = 0
    for measure in range(begin, end):
        if homes.automatic[measure] and (homes.gain[measure] > 0 or homes.meets[measure] & needs):
            effects[effect_count] = measure
            effect_count += 1
    if effect_count > MOST_EFFECTS:
        return -1
    stack_next = np.zeros(64, dtype=np.int64)
    stack_row = np.zeros(64, dtype=np.int64)
    blocked = np.zeros(64, dtype=np.int64)
    work = np.zeros(64, dtype=np.int64)
    gain = np.zeros(64, dtype=np.int64)
    met = np.zeros(64, dtype=np.int64)
    minimal = np.empty(1 << MOST_EFFECTS, dtype=np.int64)
    count, depth = 0, 0
    stack_next[0] = begin
    fresh = True
    take, yuan, uses, parent, last = 0, 0, 0, -1, -1
    while depth >= 0:
        if fresh:
            fresh = False
            # direct effects that come with the projects needed anyway
            total, covered = gain[depth], met[depth]
            all_gain, all_met = total, covered
            for index in range(effect_count):
                measure = effects[index]
                all_gain += homes.gain[measure]
                all_met |= homes.meets[measure]
                if homes.uses[measure] & ~uses == 0:
                    total += homes.gain[measure]
                    covered |= homes.meets[measure]
            lifted = needs & ~covered == 0 and total >= gap
            if count >= most:
                return -1
            row = filled + count
            out[0, row], out[1, row], out[2, row], out[3, row], out[4, row] = parent, last, take, yuan, uses
            out[5, row] = 1 if lifted else 0
            own = count
            stack_row[depth] = own
            count += 1
            if not lifted and needs & ~all_met == 0 and all_gain >= gap:
                found = 0
                for subset in range(1, 1 << effect_count):
                    wider = uses
                    for index in range(effect_count):
                        if subset >> index & 1:
                            wider |= homes.uses[effects[index]]
                    skip = wider == uses
                    for other in range(found):
                        if minimal[other] & ~wider == 0:
                            skip = True
                    if skip:
                        continue
                    more, cover = gain[depth], met[depth]
                    for index in range(effect_count):
                        if homes.uses[effects[index]] & ~wider == 0:
                            more += homes.gain[effects[index]]
                            cover |= homes.meets[effects[index]]
                    if needs & ~cover or more < gap:
                        continue
                    kept = 0
                    for other in range(found):
                        if wider & ~minimal[other]:
                            minimal[kept] = minimal[other]
                            kept += 1
                    minimal[kept] = wider
                    found = kept + 1
                if count + found > most:
                    return -1
                for index in range(found):
                    row = filled + count
                    out[0, row], out[1, row], out[2, row], out[3, row] = own, -1, take, yuan
                    out[4, row], out[5, row] = minimal[index], 1
                    count += 1
        measure = stack_next[depth]
        if measure >= end:
            depth -= 1
            if depth >= 0:
                row = filled + stack_row[depth]
                take, yuan, uses = out[2, row], out[3, row], out[4, row]
            continue
        stack_next[depth] = measure + 1
        bit = 1 << (measure - begin)
        if homes.automatic[measure] or blocked[depth] & bit or work[depth] + homes.work[measure] > homes.labour[home]:
            continue
        parent, last = stack_row[depth], measure - first_measure
        take |= bit
        yuan += homes.yuan[measure]
        uses |= homes.uses[measure]
        depth += 1
        stack_next[depth] = measure + 1
        blocked[depth] = blocked[depth - 1] | homes.conflict[measure]
        work[depth] = work[depth - 1] + homes.work[measure]
        gain[depth] = gain[depth - 1] + homes.gain[measure]
        met[depth] = met[depth - 1] | homes.meets[measure]
        fresh = True
    return count


@kernel
def list_block(homes: Homes, low: int, high: int, most: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The packages of households low .. high - 1: `start`, a table, `sets` and `projects` of `Shelf`.

    The table (6, packages) has the fields parent, last, take, yuan, uses and lifted.
    """
    size = high - low
    start = np.zeros(size + 1, dtype=np.int64)
    sets = np.zeros(size + 1, dtype=np.int64)
    out = np.empty((6, 64 * size + most), dtype=np.int64)
    projects = np.empty(16 * size + most, dtype=np.int64)
    first_measure = homes.measure[low]
    masks = np.empty(256, dtype=np.int64)
    filled, set_count = zero(), zero()
    for home in range(size):
        if filled + most > out.shape[1]:
            out = widened(out, filled, 2 * out.shape[1] + most)
        count = max(0, _list_household(homes, low + home, first_measure, out, filled, most))
        found = zero()
        for row in range(filled, filled + count):
            known = False
            for index in range(found):
                if masks[index] == out[4, row]:
                    known = True
                    break
            if not known:
                if found == len(masks):
                    masks = lengthened(masks, found, 2 * len(masks))
                place = found
                weight = ones(out[4, row])
                while place > 0 and ones(masks[place - 1]) > weight:
                    masks[place] = masks[place - 1]
                    place -= 1
                masks[place] = out[4, row]
                found += 1
        if set_count + found > len(projects):
            projects = lengthened(projects, set_count, 2 * (set_count + found))
        for index in range(found):
            projects[set_count + index] = masks[index]
        for row in range(filled, filled + count):
            for index in range(found):
                if masks[index] == out[4, row]:
                    out[4, row] = index
                    break
        filled += count
        set_count += found
        start[home + 1] = filled
        sets[home + 1] = set_count
    return start, out[:, :filled], sets, projects[:set_count]


@kernel
def lean_block(
    homes: Homes, low: int, start: Ints, take: Ints, yuan: Ints, uses: Ints, lifted: Bools, sets: Ints, projects: Ints
) -> tuple[Bools, Ints, Ints, Ints, Ints]:
    """The lean packages of the households from `low` on: `leaned`, `lean_start`, rows, `items_start` and `items`.

    A package is not lean if a part of it lifts, needs no other project and leaves no deficit of the minimum: whatever
    has no gain by itself is then better left out.
    """
    size = len(start) - 1
    leaned = np.ones(size, dtype=np.bool_)
    lean_start = np.zeros(size + 1, dtype=np.int64)
    lean = np.empty(len(take), dtype=np.int64)
    # of one household's lean packages so far: measures, projects, whether more would be worth nothing, row
    packages, sites = np.empty(MOST_LIFTED, dtype=np.int64), np.empty(MOST_LIFTED, dtype=np.int64)
    settled, rows = np.empty(MOST_LIFTED, dtype=np.bool_), np.empty(MOST_LIFTED, dtype=np.int64)
    filled, items = 0, 0
    for home in range(size):
        begin, held, minimum = filled, 0, homes.minimum[low + home]
        count = 0
        for row in range(start[home], start[home + 1]):
            count += lifted[row]
        leaned[home] = start[home] < start[home + 1] and count <= MOST_LIFTED
        for row in range(start[home], start[home + 1] if leaned[home] else start[home]):
            if not lifted[row]:
                continue
            mine, needed, whole = take[row], projects[sets[home] + uses[row]], True
            for place in range(held):
                if packages[place] & ~mine == 0 and settled[place] and sites[place] & ~needed == 0:
                    whole = False
                    break
            if not whole:
                continue
            done = yuan[row] == 0 or yuan[row] >= minimum
            if done:
                kept = 0
                for place in range(held):
                    if mine & ~packages[place] != 0 or needed & ~sites[place] != 0:
                        packages[kept], sites[kept] = packages[place], sites[place]
                        settled[kept], rows[kept] = settled[place], rows[place]
                        kept += 1
                held = kept
            packages[held], sites[held], settled[held], rows[held] = mine, needed, done, row
            held += 1
        for place in range(held):
            lean[filled] = rows[place]
            filled += 1
        for place in range(begin, filled):
            items += ones(take[lean[place]])
        lean_start[home + 1] = filled
    items_start = np.zeros(filled + 1, dtype=np.int64)
    members = np.empty(items, dtype=np.int64)
    used = 0
    for home in range(size):
        for place in range(lean_start[home], lean_start[home + 1]):
            bits, member = take[lean[place]], homes.measure[low + home] - homes.measure[low]
            while bits:
                if bits & 1:
                    members[used] = member
                    used += 1
                bits >>= 1
                member += 1
            items_start[place + 1] = used
    return leaned, lean_start, lean[:filled], items_start, members


def shelf(static: Static, block: int, most: int = MOST) -> Shelf:
    """All packages of a block."""
    low, high = int(static.blocks.household[block]), int(static.blocks.household[block + 1])
    start, table, sets, projects = list_block(static.homes, low, high, most)
    parent, last, take, yuan, uses = (column.copy() for column in table[:5])
    lifted, projects = table[5] > 0, projects.copy()
    leaned, lean_start, rows, *items = lean_block(static.homes, low, start, take, yuan, uses, lifted, sets, projects)
    measures = static.homes.measure[low : high + 1] - static.homes.measure[low]
    lean = np.stack([take[rows], yuan[rows], uses[rows]])
    return Shelf(
        start, parent, last, take, yuan, uses, lifted, sets, projects, measures, leaned, lean_start, lean, *items
    )
