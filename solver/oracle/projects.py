"""Which projects a block builds at given prices: a good choice, and a proved upper bound of every choice.

    max over closed sets B of projects:  sum of gain(p), p in B  +  sum over households of max value(o), uses(o) in B

Bound (Lagrangian of facility location, Geoffrion 1974; Cornuejols, Fisher and Nemhauser 1977): give household h a share
w[h,p] >= 0 of the cost of project p. Then for any w

    sum_h max_o ( value(o) - sum of w[h,p], p in uses(o) )  +  sum_p max(0, gain(p) + sum_h w[h,p])

is valid; of an alternative group only the best member counts. w is improved by subgradient steps; what gap remains is
closed by branching on projects. All sums are exact integers; floats only steer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from liftplan.solver.kernels import inner, kernel
from liftplan.solver.oracle.arrays import lengthened, put, zero
from liftplan.solver.oracle.data import NONE, Town
from liftplan.solver.problem import Ints

FREE, OUT, IN = -1, 0, 1


@kernel
def fix_in(town: Town, status: Ints, project: int) -> bool:
    """Build a project and all it requires, exclude its alternatives; False on contradiction."""
    begin, end = town.closure_start[project], town.closure_start[project + 1]
    for entry in range(begin - 1, end):
        member = project if entry < begin else town.closure_index[entry]
        if status[member] == OUT:
            return False
        if status[member] == IN:
            continue
        status[member] = IN
        if town.group[member] >= 0:
            for other in range(len(status)):
                if other != member and town.group[other] == town.group[member]:
                    if status[other] == IN or not fix_out(town, status, other):
                        return False
    return True


@kernel
def fix_out(town: Town, status: Ints, project: int) -> bool:
    """Do not build a project nor what requires it; False on contradiction."""
    begin, end = town.dependents_start[project], town.dependents_start[project + 1]
    for entry in range(begin - 1, end):
        member = project if entry < begin else town.dependents_index[entry]
        if status[member] == IN:
            return False
        status[member] = OUT
    return True


@kernel
def bound_at(
    town: Town,
    gain: Ints,
    start: Ints,
    options: Ints,
    status: Ints,
    share: Ints,
    use: Ints,
    total: Ints,
) -> tuple[int, int, int]:
    """The Lagrangian bound at shares `share`; NONE if some household has no option left.

    status (projects of the block,): FREE, OUT or IN. share (entries,): w over the households' project lists. Written:
    use (households,) bits of the projects each household's best option uses; total (projects,) gain + sum of w.
    Returns (bound, number of free projects, number of households).
    """
    projects, homes = len(status), len(start) - 1
    for project in range(projects):
        total[project] = gain[project]
    bound = 0
    for home in range(homes):
        first, last = town.entry[home], town.entry[home + 1]
        banned, free = 0, 0
        for entry in range(first, last):
            kind = status[town.project[entry]]
            if kind == OUT:
                banned |= 1 << (entry - first)
            elif kind == FREE:
                free |= 1 << (entry - first)
                total[town.project[entry]] += share[entry]
        best, chosen = NONE, 0
        for option in range(start[home], start[home + 1]):
            if options[1, option] <= best:
                break
            uses = options[0, option]
            if uses & banned:
                continue
            value = options[1, option]
            bits = uses & free
            entry = first
            while bits:
                if bits & 1:
                    value -= share[entry]
                bits >>= 1
                entry += 1
            if value > best:
                best, chosen = value, uses
        if best == NONE:
            return NONE, 0, homes
        use[home] = chosen
        bound += best
    frees = 0
    for project in range(projects):
        if status[project] == IN:
            bound += gain[project]
        elif status[project] == FREE:
            frees += 1
            if total[project] > 0 and town.group[project] < 0:
                bound += total[project]
    for project in range(projects):
        group = town.group[project]
        if group >= 0 and status[project] == FREE and total[project] > 0:
            leads = True
            for other in range(projects):
                if town.group[other] == group and status[other] == FREE:
                    if total[other] > total[project] or (total[other] == total[project] and other < project):
                        leads = False
            if leads:
                bound += total[project]
    return bound, frees, homes


@inner
def opens(town: Town, status: Ints, total: Ints, project: int) -> bool:
    """Whether the bound at these shares builds a free project."""
    if total[project] <= 0:
        return False
    group = town.group[project]
    if group >= 0:
        for other in range(len(status)):
            if town.group[other] == group and status[other] == FREE:
                if total[other] > total[project] or (total[other] == total[project] and other < project):
                    return False
    return True


@inner
def openings(town: Town, status: Ints, total: Ints) -> Ints:
    """(projects,) 1 where the bound at these shares builds a free project."""
    opened = np.zeros(len(status), dtype=np.int64)
    for project in range(len(status)):
        if status[project] == FREE and opens(town, status, total, project):
            opened[project] = 1
    return opened


@inner
def narrowed(
    town: Town, start: Ints, options: Ints, status: Ints, share: Ints
) -> tuple[int, Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    """What is left to decide at `status`: households whose options need free projects, and those entries of theirs.

    The shares of all others may be 0: a share only lowers the worth of options that need its project. Returns the sum
    of the other households' best values (NONE if a household has no option left), then of those that matter: household;
    first option (one more than households); value of each option; first use of each option (one more than options);
    use -> place in what follows; first entry (one more than households); entry -> entry of `share`. An option that
    needs no free project ends its household's options.
    """
    homes = len(start) - 1
    home_of = np.empty(homes, dtype=np.int64)
    option_start = np.empty(homes + 1, dtype=np.int64)
    value = np.empty(options.shape[1], dtype=np.int64)
    use_start = np.empty(options.shape[1] + 1, dtype=np.int64)
    uses = np.empty(4 * options.shape[1] + 64, dtype=np.int64)
    entry_start = np.empty(homes + 1, dtype=np.int64)
    entry_of = np.empty(len(share), dtype=np.int64)
    place = np.empty(64, dtype=np.int64)
    settled, active, filled, used, entries = 0, 0, 0, zero(), 0
    option_start[0], use_start[0], entry_start[0] = 0, 0, 0
    for home in range(homes):
        first, last = town.entry[home], town.entry[home + 1]
        banned, free = 0, 0
        for entry in range(first, last):
            kind = status[town.project[entry]]
            if kind == OUT:
                banned |= 1 << (entry - first)
            elif kind == FREE:
                free |= 1 << (entry - first)
        begin, needed, best = filled, 0, NONE
        for option in range(start[home], start[home + 1]):
            bits = options[0, option]
            if bits & banned:
                continue
            bits &= free
            if best == NONE:
                best = options[1, option]
            value[filled] = options[1, option]
            needed |= bits
            filled += 1
            if bits == 0:
                break
        if best == NONE:
            return NONE, home_of, option_start, value, use_start, uses, entry_start, entry_of
        if needed == 0 or filled == begin:
            settled += best
            filled = begin
            continue
        for entry in range(first, last):
            if needed >> (entry - first) & 1:
                place[entry - first] = entries
                entry_of[entries] = entry
                entries += 1
        number = begin
        for option in range(start[home], start[home + 1]):
            if number == filled:
                break
            if options[0, option] & banned:
                continue
            bits = options[0, option] & free
            if used + 64 > len(uses):
                uses = lengthened(uses, used, 2 * len(uses))
            position = 0
            while bits:
                if bits & 1:
                    uses[used] = place[position]
                    used += 1
                bits >>= 1
                position += 1
            number += 1
            use_start[number] = used
        home_of[active] = home
        active += 1
        option_start[active], entry_start[active] = filled, entries
    return (
        settled,
        home_of[:active],
        option_start[: active + 1],
        value[:filled],
        use_start[: filled + 1],
        uses[:used],
        entry_start[: active + 1],
        entry_of[:entries],
    )


@kernel
def improve_shares(
    town: Town,
    gain: Ints,
    start: Ints,
    options: Ints,
    status: Ints,
    share: Ints,
    use: Ints,
    total: Ints,
    target: int,
    tolerance: int,
    rounds: int,
) -> int:
    """Subgradient steps on the shares (Polyak 1969), best shares kept in `share`; the best bound found.

    Stops early once the bound is at most target + tolerance. `use` and `total` belong to the last evaluation of the
    best.
    """
    settled, home_of, option_start, value, use_start, uses, entry_start, entry_of = narrowed(
        town, start, options, status, share
    )
    if settled == NONE:
        return NONE
    projects, active, entries = len(status), len(home_of), len(entry_of)
    weight = np.empty(entries, dtype=np.int64)
    project_of = np.empty(entries, dtype=np.int64)
    for entry in range(entries):
        weight[entry] = share[entry_of[entry]]
        project_of[entry] = town.project[entry_of[entry]]
    taken = np.zeros(entries, dtype=np.int64)
    worth = np.empty(active, dtype=np.int64)
    opened = np.zeros(projects, dtype=np.int64)
    violated = np.empty(projects, dtype=np.int64)
    for project in range(projects):
        total[project] = gain[project]
        if status[project] == IN:
            settled += gain[project]
    for entry in range(entries):
        total[project_of[entry]] += weight[entry]
    chosen = np.full(active, -1, dtype=np.int64)
    steps = 0
    kept = weight.copy()
    kept_total = total.copy()
    kept_taken = taken.copy()
    best, current, theta, stale, step, afresh = -NONE, -NONE, 1.0, 0, 0, True
    while True:
        current = settled
        for home in range(active):
            begin, end = entry_start[home], entry_start[home + 1]
            changed = afresh
            if step:
                for entry in range(begin, end):
                    project = project_of[entry]
                    if taken[entry]:
                        if not opened[project]:
                            weight[entry] += step
                            total[project] += step
                            changed = True
                    elif opened[project] and weight[entry] > 0:
                        less = min(step, weight[entry])
                        weight[entry] -= less
                        total[project] -= less
                        changed = True
            if changed:
                top, pick = NONE, -1
                for option in range(option_start[home], option_start[home + 1]):
                    left = value[option]
                    if left <= top:
                        break
                    for place in range(use_start[option], use_start[option + 1]):
                        left -= weight[uses[place]]
                    if left > top:
                        top, pick = left, option
                worth[home] = top
                if pick != chosen[home]:
                    for entry in range(begin, end):
                        taken[entry] = 0
                    for place in range(use_start[pick], use_start[pick + 1]):
                        taken[uses[place]] = 1
                    chosen[home] = pick
            current += worth[home]
        afresh = False
        for project in range(projects):
            opened[project] = 1 if status[project] == FREE and opens(town, status, total, project) else 0
            if opened[project]:
                current += total[project]
        if current < best:
            best, stale = current, 0
            put(weight, kept)
            put(total, kept_total)
            put(taken, kept_taken)
            if best <= target + tolerance:
                break
        else:
            stale += 1
            if stale >= 6:
                theta *= 0.6
                stale, step, afresh = 0, 0, True
                put(kept, weight)
                put(kept_total, total)
                if theta < 0.02 or steps == rounds:
                    break
                continue
        if steps == rounds:
            break
        steps += 1
        violated[:] = 0
        for entry in range(entries):
            project = project_of[entry]
            if taken[entry] != opened[project] and (taken[entry] or weight[entry] > 0):
                violated[project] += 1
        square = 0
        for project in range(projects):
            square += violated[project]
        if square == 0:
            break
        step = int(theta * (current - target) / square) + 1
    for entry in range(entries):
        share[entry_of[entry]] = kept[entry]
    put(kept_total, total)
    use[:] = 0
    for home in range(active):
        offset = town.entry[home_of[home]]
        for entry in range(entry_start[home], entry_start[home + 1]):
            if kept_taken[entry]:
                use[home_of[home]] |= 1 << (entry_of[entry] - offset)
    return best


class Draft(NamedTuple):
    """A choice of projects while it is being changed, and how to take the last change back."""

    built: Ints
    """(projects,) 0 or 1."""
    bits: Ints
    """(households,) the built ones of the projects that each household lists."""
    chosen: Ints
    """(households,) position of its best option; -1 if none is left."""
    score: Ints
    """(2,) households without an option; value."""
    flipped: Ints
    moved: Ints
    before: Ints
    """The last change: projects toggled, households whose best option changed, and their options before."""
    counts: Ints
    """(4,) how many of `flipped` and of `moved` there are; the score before."""


@inner
def draft(town: Town, built: Ints) -> Draft:
    """Room for changing a choice; `weigh` fills it. `built` is changed in place."""
    homes, projects, touches = len(town.entry) - 1, len(built), len(town.touch_household)
    return Draft(
        built,
        np.zeros(homes, dtype=np.int64),
        np.zeros(homes, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
        np.zeros(2 * projects + 2, dtype=np.int64),
        np.zeros(2 * touches + 2, dtype=np.int64),
        np.zeros(2 * touches + 2, dtype=np.int64),
        np.zeros(4, dtype=np.int64),
    )


@inner
def households_best(start: Ints, options: Ints, home: int, built: int) -> int:
    """Position of a household's best option within built projects (bits); -1 if none. Options: best first."""
    for option in range(start[home], start[home + 1]):
        if options[0, option] & ~built == 0:
            return option
    return -1


@inner
def weigh(town: Town, gain: Ints, start: Ints, options: Ints, work: Draft) -> None:
    """Fill everything in from `work.built`."""
    work.score[0], work.score[1] = 0, 0
    for project in range(len(work.built)):
        if work.built[project]:
            work.score[1] += gain[project]
    for home in range(len(start) - 1):
        first, bits = town.entry[home], zero()
        for entry in range(first, town.entry[home + 1]):
            bits |= work.built[town.project[entry]] << (entry - first)
        best = households_best(start, options, home, bits)
        work.bits[home], work.chosen[home] = bits, best
        if best < 0:
            work.score[0] += 1
        else:
            work.score[1] += options[1, best]


@inner
def flip(town: Town, gain: Ints, start: Ints, options: Ints, work: Draft, project: int) -> None:
    """Toggle one project as part of a change."""
    on = work.built[project] == 0
    work.built[project] = 1 if on else 0
    work.flipped[work.counts[0]] = project
    work.counts[0] += 1
    missing, value, moved = work.score[0], work.score[1], work.counts[1]
    value += gain[project] if on else -gain[project]
    for entry in range(town.touch_start[project], town.touch_start[project + 1]):
        home, bit = town.touch_household[entry], 1 << town.touch_bit[entry]
        bits = work.bits[home] ^ bit
        work.bits[home] = bits
        old = work.chosen[home]
        if not on and (old < 0 or options[0, old] & bit == 0):
            continue  # it keeps its option
        new, last = -1, old if on and old >= 0 else start[home + 1]
        for option in range(start[home], last):
            if options[0, option] & ~bits == 0:
                new = option
                break
        if on and new < 0:
            continue
        if new < 0:
            missing += 1
        else:
            value += options[1, new]
        if old < 0:
            missing -= 1
        else:
            value -= options[1, old]
        work.chosen[home] = new
        work.moved[moved], work.before[moved] = home, old
        moved += 1
    work.score[0], work.score[1], work.counts[1] = missing, value, moved


@inner
def toggle_closed(town: Town, gain: Ints, start: Ints, options: Ints, work: Draft, status: Ints, project: int) -> bool:
    """Toggle a project and what must go with it; False if that is forbidden (take it back then)."""
    built = work.built
    work.counts[0], work.counts[1], work.counts[2], work.counts[3] = 0, 0, work.score[0], work.score[1]
    if built[project] == 0:
        begin, end = town.closure_start[project], town.closure_start[project + 1]
        for entry in range(begin - 1, end):
            member = project if entry < begin else town.closure_index[entry]
            if status[member] == OUT:
                return False
            if built[member]:
                continue
            if town.group[member] >= 0:
                for other in range(len(built)):
                    if other != member and built[other] and town.group[other] == town.group[member]:
                        dependents, last = town.dependents_start[other], town.dependents_start[other + 1]
                        for link in range(dependents - 1, last):
                            mate = other if link < dependents else town.dependents_index[link]
                            if built[mate]:
                                if status[mate] == IN:
                                    return False
                                flip(town, gain, start, options, work, mate)
            flip(town, gain, start, options, work, member)
    else:
        begin, end = town.dependents_start[project], town.dependents_start[project + 1]
        for entry in range(begin - 1, end):
            member = project if entry < begin else town.dependents_index[entry]
            if built[member]:
                if status[member] == IN:
                    return False
                flip(town, gain, start, options, work, member)
    return True


@inner
def take_back(town: Town, work: Draft) -> None:
    """Undo the last change."""
    for index in range(work.counts[1] - 1, -1, -1):
        work.chosen[work.moved[index]] = work.before[index]
    for index in range(work.counts[0]):
        project = work.flipped[index]
        work.built[project] = 1 - work.built[project]
        for entry in range(town.touch_start[project], town.touch_start[project + 1]):
            work.bits[town.touch_household[entry]] ^= 1 << town.touch_bit[entry]
    work.score[0], work.score[1] = work.counts[2], work.counts[3]
    work.counts[0], work.counts[1] = 0, 0


@inner
def status_of(town: Town, low: Ints, high: Ints, status: Ints) -> bool:
    """Write the status (projects,) that the bounds leave to each project; False on contradiction."""
    status[:] = FREE
    for project in range(len(status)):
        if high[project] == 0 and not fix_out(town, status, project):
            return False
    for project in range(len(status)):
        if low[project] == 1 and not fix_in(town, status, project):
            return False
    for project in range(len(status)):
        if status[project] == FREE and not fix_in(town, status.copy(), project):
            fix_out(town, status, project)
    return True


@inner
def local_search(town: Town, gain: Ints, start: Ints, options: Ints, status: Ints, work: Draft, passes: int) -> None:
    """Single toggles, with what must go with them, while they improve; `work.built` is closed and keeps `status`."""
    weigh(town, gain, start, options, work)
    projects = len(work.built)
    now = zero()
    last = projects - 1  # whose toggle was the last to improve anything; once round from there is the end
    for _ in range(passes * projects):
        project = now
        now = now + 1 if now + 1 < projects else 0
        better = False
        if status[project] == FREE:
            fine = toggle_closed(town, gain, start, options, work, status, project)
            bad, value = work.counts[2], work.counts[3]
            better = fine and (work.score[0] < bad or (work.score[0] == bad and work.score[1] > value))
            if not better:
                take_back(town, work)
        if better:
            last = project
        elif project == last:
            break


@kernel
def search_projects(
    town: Town,
    gain: Ints,
    low: Ints,
    high: Ints,
    start: Ints,
    options: Ints,
    seed: Ints,
    share: Ints,
    tolerance: int,
    first_rounds: int,
    rounds: int,
    most_nodes: int,
    floor: int,
) -> tuple[int, int, int, Ints]:
    """Branch and bound on projects. Returns (best value or NONE, upper bound, nodes, built).

    gain, low, high (projects,): net gain, 1 = must be built, 0 = must not. start (households + 1,), options (3,): each
    household's options, best first. seed (seeds, projects): choices to start from. share: w, improved in place for the
    next call. floor: only values above it are of interest (NONE: all). The bound is valid whether or not the search
    ends; it ends when bound - value (or floor) <= tolerance or after most_nodes.
    """
    projects, homes = len(gain), len(start) - 1
    use = np.zeros(homes, dtype=np.int64)
    total = np.zeros(projects, dtype=np.int64)
    best, best_built, planned = floor, np.zeros(projects, dtype=np.int64), False
    root = np.empty(projects, dtype=np.int64)
    if not status_of(town, low, high, root):
        return NONE, NONE, 0, best_built
    for index in range(len(seed)):
        work = draft(town, repaired(town, root, seed[index]))
        local_search(town, gain, start, options, root, work, 20)
        if work.score[0] == 0 and work.score[1] > best:
            best, planned = work.score[1], True
            put(work.built, best_built)
    depth_limit = projects + 2
    stack = np.zeros((depth_limit, projects), dtype=np.int64)
    put(root, stack[0])
    known = np.full(depth_limit, -NONE, dtype=np.int64)
    depth, nodes, ceiling = 1, 0, NONE
    while depth > 0:
        depth -= 1
        status = stack[depth].copy()
        inherited = known[depth]
        nodes += 1
        target = best if best != NONE else 0
        bound = improve_shares(
            town,
            gain,
            start,
            options,
            status,
            share,
            use,
            total,
            target,
            tolerance,
            first_rounds if nodes == 1 else rounds,
        )
        if bound == NONE:
            continue
        own = bound  # what `total` belongs to
        bound = min(bound, inherited)
        if nodes == 1 or nodes % 4 == 0:
            work = draft(town, _guess(town, status, total))
            local_search(town, gain, start, options, root, work, 20)
            if work.score[0] == 0 and work.score[1] > best:
                best, planned = work.score[1], True
                put(work.built, best_built)
        if best != NONE and bound <= best + tolerance:
            ceiling = max(ceiling, bound)
            continue
        if nodes >= most_nodes:
            ceiling = max(ceiling, bound)
            for index in range(depth):
                left, _, _ = bound_at(town, gain, start, options, stack[index], share, use, total)
                ceiling = max(ceiling, min(left, known[index]))
            break
        if best != NONE and not fix_by_bound(town, status, total, own, best):
            ceiling = max(ceiling, best)
            continue
        choice = branching(town, status, share, use, total)
        if choice < 0:
            built = np.zeros(projects, dtype=np.int64)
            for project in range(projects):
                built[project] = 1 if status[project] == IN else 0
            work = draft(town, built)
            weigh(town, gain, start, options, work)
            if work.score[0] == 0:
                ceiling = max(ceiling, work.score[1])
                if work.score[1] > best:
                    best, planned = work.score[1], True
                    put(work.built, best_built)
            continue
        opened = opens(town, status, total, choice)
        for turn in range(2):
            child = stack[depth]
            put(status, child)
            build = opened == (turn == 1)
            fine = fix_in(town, child, choice) if build else fix_out(town, child, choice)
            if fine:
                known[depth] = bound
                depth += 1
    return best if planned else NONE, max(ceiling, best), nodes, best_built


@inner
def repaired(town: Town, root: Ints, wish: Ints) -> Ints:
    """A closed choice that keeps `root`, as near to `wish` as adding in order allows."""
    status = root.copy()
    for project in range(len(wish)):
        if wish[project] and status[project] == FREE:
            trial = status.copy()
            if fix_in(town, trial, project):
                put(trial, status)
    for project in range(len(status)):
        status[project] = 1 if status[project] == IN else 0
    return status


@inner
def _guess(town: Town, status: Ints, total: Ints) -> Ints:
    """The choice that the bound itself makes, repaired."""
    wish = np.zeros(len(status), dtype=np.int64)
    for project in range(len(status)):
        if status[project] == IN or (status[project] == FREE and total[project] > 0):
            wish[project] = 1
    return repaired(town, status, wish)


@inner
def fix_by_bound(town: Town, status: Ints, total: Ints, bound: int, best: int) -> bool:
    """Fix projects whose other value cannot beat `best`; False if nothing can."""
    for project in range(len(status)):
        if status[project] != FREE or town.group[project] >= 0:
            continue
        if bound - abs(total[project]) <= best:
            fine = fix_in(town, status, project) if total[project] > 0 else (fix_out(town, status, project))
            if not fine:
                return False
    return True


@kernel
def branching(town: Town, status: Ints, share: Ints, use: Ints, total: Ints) -> int:
    """The free project on which households and bound disagree most; any free one if they agree; -1 if none is free."""
    weight = np.zeros(len(status), dtype=np.float64)
    opened = openings(town, status, total)
    for home in range(len(use)):
        first = town.entry[home]
        for entry in range(first, town.entry[home + 1]):
            project = town.project[entry]
            if status[project] == FREE:
                used = use[home] >> (entry - first) & 1
                if used != opened[project]:
                    weight[project] += share[entry] + 1.0
    choice = -1
    for project in range(len(status)):
        if status[project] == FREE and (choice < 0 or weight[project] > weight[choice]):
            choice = project
    return choice
