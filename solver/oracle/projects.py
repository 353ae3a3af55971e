"""Which projects a block builds at given prices: a good choice, and a proved upper bound of every choice.

    max over closed sets B of projects:  sum of gain(p), p in B  +  sum over households of max value(o), uses(o) in B

Bound (Lagrangian of facility location, Geoffrion 1974; Cornuejols, Fisher and Nemhauser 1977): give household h a share
w[h,p] >= 0 of the cost of project p. Then for any w

    sum_h max_o ( value(o) - sum of w[h,p], p in uses(o) )  +  sum_p max(0, gain(p) + sum_h w[h,p])

is valid; of an alternative group only the best member counts. w is improved by subgradient steps; what gap remains is
closed by branching on projects. All sums are exact integers; floats only steer.
"""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import kernel
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


@kernel
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


@kernel
def openings(town: Town, status: Ints, total: Ints) -> Ints:
    """(projects,) 1 where the bound at these shares builds a free project."""
    opened = np.zeros(len(status), dtype=np.int64)
    for project in range(len(status)):
        if status[project] == FREE and opens(town, status, total, project):
            opened[project] = 1
    return opened


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
    best, _, homes = bound_at(town, gain, start, options, status, share, use, total)
    if best == NONE or best <= target + tolerance or rounds == 0:
        return best
    kept = share.copy()
    theta, stale, current = 1.0, 0, best
    for _ in range(rounds):
        square = 0.0
        opened = openings(town, status, total)
        for home in range(homes):
            first = town.entry[home]
            for entry in range(first, town.entry[home + 1]):
                project = town.project[entry]
                if status[project] != FREE:
                    continue
                used = use[home] >> (entry - first) & 1
                if used > opened[project] or (used < opened[project] and share[entry] > 0):
                    square += 1.0
        if square == 0.0:
            break
        step = int(theta * (current - target) / square) + 1
        for home in range(homes):
            first = town.entry[home]
            for entry in range(first, town.entry[home + 1]):
                project = town.project[entry]
                if status[project] != FREE:
                    continue
                used = use[home] >> (entry - first) & 1
                if used > opened[project]:
                    share[entry] += step
                elif used < opened[project]:
                    share[entry] = max(0, share[entry] - step)
        current, _, _ = bound_at(town, gain, start, options, status, share, use, total)
        if current < best:
            best = current
            kept[:] = share
            stale = 0
            if best <= target + tolerance:
                break
        else:
            stale += 1
            if stale >= 6:
                theta *= 0.6
                stale = 0
                share[:] = kept
                current, _, _ = bound_at(town, gain, start, options, status, share, use, total)
                if theta < 0.02:
                    break
    share[:] = kept
    bound_at(town, gain, start, options, status, share, use, total)
    return best


@kernel
def households_best(start: Ints, options: Ints, home: int, built: int) -> int:
    """Position of a household's best option within built projects (bits); -1 if none. Options: best first."""
    for option in range(start[home], start[home + 1]):
        if options[0, option] & ~built == 0:
            return option
    return -1


@kernel
def flip(
    town: Town,
    gain: Ints,
    start: Ints,
    options: Ints,
    built: Ints,
    bits: Ints,
    chosen: Ints,
    project: int,
    score: Ints,
) -> None:
    """Toggle one project; `score` = (households without an option, value) is kept up to date."""
    on = built[project] == 0
    built[project] = 1 if on else 0
    score[1] += gain[project] if on else -gain[project]
    for entry in range(town.touch_start[project], town.touch_start[project + 1]):
        home = town.touch_household[entry]
        bits[home] ^= 1 << town.touch_bit[entry]
        old = chosen[home]
        new = households_best(start, options, home, bits[home])
        if new != old:
            score[0] += (1 if new < 0 else 0) - (1 if old < 0 else 0)
            score[1] += (options[1, new] if new >= 0 else 0) - (options[1, old] if old >= 0 else 0)
            chosen[home] = new


@kernel
def toggle_closed(
    town: Town,
    gain: Ints,
    start: Ints,
    options: Ints,
    built: Ints,
    bits: Ints,
    chosen: Ints,
    status: Ints,
    project: int,
    score: Ints,
    done: Ints,
) -> int:
    """Toggle a project and what must go with it, listed in `done`. Returns their number, 0 if forbidden."""
    count = 0
    if built[project] == 0:
        begin, end = town.closure_start[project], town.closure_start[project + 1]
        for entry in range(begin - 1, end):
            member = project if entry < begin else town.closure_index[entry]
            if built[member] or status[member] == OUT:
                if status[member] == OUT:
                    return -count - 1
                continue
            if town.group[member] >= 0:
                for other in range(len(built)):
                    if other != member and built[other] and town.group[other] == town.group[member]:
                        dependents, last = town.dependents_start[other], town.dependents_start[other + 1]
                        for link in range(dependents - 1, last):
                            mate = other if link < dependents else town.dependents_index[link]
                            if built[mate]:
                                if status[mate] == IN:
                                    return -count - 1
                                flip(town, gain, start, options, built, bits, chosen, mate, score)
                                done[count] = mate
                                count += 1
            flip(town, gain, start, options, built, bits, chosen, member, score)
            done[count] = member
            count += 1
    else:
        begin, end = town.dependents_start[project], town.dependents_start[project + 1]
        for entry in range(begin - 1, end):
            member = project if entry < begin else town.dependents_index[entry]
            if built[member]:
                if status[member] == IN:
                    return -count - 1
                flip(town, gain, start, options, built, bits, chosen, member, score)
                done[count] = member
                count += 1
    return count


@kernel
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


@kernel
def weigh_choice(
    town: Town, gain: Ints, start: Ints, options: Ints, built: Ints, bits: Ints, chosen: Ints, score: Ints
) -> None:
    """Write each household's built projects (bits), its best option's position, and the score of `built`."""
    score[0], score[1] = 0, 0
    for project in range(len(built)):
        if built[project]:
            score[1] += gain[project]
    for home in range(len(start) - 1):
        first = town.entry[home]
        bits[home] = 0
        for entry in range(first, town.entry[home + 1]):
            if built[town.project[entry]]:
                bits[home] |= 1 << (entry - first)
        chosen[home] = households_best(start, options, home, bits[home])
        if chosen[home] < 0:
            score[0] += 1
        else:
            score[1] += options[1, chosen[home]]


@kernel
def local_search(
    town: Town,
    gain: Ints,
    start: Ints,
    options: Ints,
    status: Ints,
    built: Ints,
    score: Ints,
    passes: int,
) -> None:
    """Single toggles (with what must go with them) while they improve; `built` and `score` in place.

    `built` must be closed and keep `status`. score: (households without an option, value).
    """
    projects, homes = len(built), len(start) - 1
    bits = np.zeros(homes, dtype=np.int64)
    chosen = np.zeros(homes, dtype=np.int64)
    done = np.zeros(2 * projects + 2, dtype=np.int64)
    weigh_choice(town, gain, start, options, built, bits, chosen, score)
    for _ in range(passes):
        improved = False
        for project in range(projects):
            if status[project] != FREE:
                continue
            bad, value = score[0], score[1]
            count = toggle_closed(town, gain, start, options, built, bits, chosen, status, project, score, done)
            if count > 0 and (score[0] < bad or (score[0] == bad and score[1] > value)):
                improved = True
                continue
            for index in range((count if count >= 0 else -count - 1) - 1, -1, -1):
                flip(town, gain, start, options, built, bits, chosen, done[index], score)
        if not improved:
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
    score = np.zeros(2, dtype=np.int64)
    best, best_built, planned = floor, np.zeros(projects, dtype=np.int64), False
    root = np.empty(projects, dtype=np.int64)
    if not status_of(town, low, high, root):
        return NONE, NONE, 0, best_built
    for index in range(len(seed)):
        built = repaired(town, root, seed[index])
        local_search(town, gain, start, options, root, built, score, 20)
        if score[0] == 0 and score[1] > best:
            best, planned = score[1], True
            best_built[:] = built
    depth_limit = projects + 2
    stack = np.zeros((depth_limit, projects), dtype=np.int64)
    stack[0] = root
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
            built = _guess(town, status, total)
            local_search(town, gain, start, options, root, built, score, 20)
            if score[0] == 0 and score[1] > best:
                best, planned = score[1], True
                best_built[:] = built
        if best != NONE and bound <= best + tolerance:
            ceiling = max(ceiling, bound)
            continue
        if nodes >= most_nodes:
            ceiling = max(ceiling, bound)
            for index in range(depth):
                left, _, _ = bound_at(town, gain, start, options, stack[index], share, use, total)
                ceiling = max(ceiling, min(left, known[index]))
            break
        if best != NONE and not _fix_by_bound(town, status, total, own, best):
            ceiling = max(ceiling, best)
            continue
        choice = branching(town, status, share, use, total)
        if choice < 0:
            built = np.zeros(projects, dtype=np.int64)
            for project in range(projects):
                built[project] = 1 if status[project] == IN else 0
            local_search(town, gain, start, options, status, built, score, 0)
            if score[0] == 0:
                ceiling = max(ceiling, score[1])
                if score[1] > best:
                    best, planned = score[1], True
                    best_built[:] = built
            continue
        opened = opens(town, status, total, choice)
        for turn in range(2):
            child = stack[depth]
            child[:] = status
            build = opened == (turn == 1)
            fine = fix_in(town, child, choice) if build else fix_out(town, child, choice)
            if fine:
                known[depth] = bound
                depth += 1
    return best if planned else NONE, max(ceiling, best), nodes, best_built


@kernel
def repaired(town: Town, root: Ints, wish: Ints) -> Ints:
    """A closed choice that keeps `root`, as near to `wish` as adding in order allows."""
    status = root.copy()
    for project in range(len(wish)):
        if wish[project] and status[project] == FREE:
            trial = status.copy()
            if fix_in(town, trial, project):
                status[:] = trial
    for project in range(len(status)):
        status[project] = 1 if status[project] == IN else 0
    return status


@kernel
def _guess(town: Town, status: Ints, total: Ints) -> Ints:
    """The choice that the bound itself makes, repaired."""
    wish = np.zeros(len(status), dtype=np.int64)
    for project in range(len(status)):
        if status[project] == IN or (status[project] == FREE and total[project] > 0):
            wish[project] = 1
    return repaired(town, status, wish)


@kernel
def _fix_by_bound(town: Town, status: Ints, total: Ints, bound: int, best: int) -> bool:
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
