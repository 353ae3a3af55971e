"""A household's packages: for every set of projects worth distinguishing, the best package at given prices.

Depth-first search over subsets of measures. A branch is cut when an option that needs no further project is at least as
good as anything the branch can still reach; the bounds are in `_reach`. Exact integers throughout.
"""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import inner, kernel
from liftplan.solver.oracle.arrays import ones, zero
from liftplan.solver.oracle.data import NONE, Homes
from liftplan.solver.oracle.pricing import Priced
from liftplan.solver.problem import Ints


@inner
def package_value(
    homes: Homes, priced: Priced, home: int, net: int, yuan: int, gain: int, met: int, touched: bool
) -> tuple[int, int, bool]:
    """Value of a package at these prices, its best top-up in yuan, and whether it lifts; NONE if it is not allowed."""
    needs = homes.needs[home]
    lifted = (needs & ~met) == 0 and gain >= homes.income_gap[home]
    if (lifted and priced.lift_high[home] == 0) or (not lifted and priced.lift_low[home] == 1):
        return NONE, 0, lifted
    value = net + (priced.lift[home] if lifted else priced.need[home] * ones(met & needs))
    touch = priced.touch[home]
    if not (yuan > 0 or homes.always_assisted[home]):
        return value + (touch if touched else 0), 0, lifted
    deficit = max(0, homes.minimum[home] - yuan)
    maximum = homes.maximum[home]
    hard = priced.minimum[home] < 0
    best, topup = NONE, 0
    for choice in range(3):
        if choice == 0:
            paid = deficit
        elif choice == 1:
            paid = 0
        else:
            paid = min(deficit, max(0, maximum - yuan)) if maximum >= 0 else 0
        if (hard and paid < deficit) or (paid > 0 and not priced.payable[home]):
            continue
        over = max(0, yuan + paid - maximum) if maximum >= 0 else 0
        if over > 0 and priced.maximum[home] < 0:
            continue
        worth = value - priced.topup[home] * paid
        if paid < deficit:
            worth -= priced.minimum[home] * (deficit - paid)
        if over > 0:
            worth -= priced.maximum[home] * over
        if touched or paid > 0:
            worth += touch
        if worth > best:
            best, topup = worth, paid
    return best, topup, lifted


@inner
def useful(homes: Homes, priced: Priced, home: int, measure: int) -> bool:
    """False for measures that no package at these prices needs to consider."""
    if not priced.may[measure]:
        return False
    for entry in range(homes.project[home], homes.project[home + 1]):
        if (
            homes.uses[measure] >> (entry - homes.project[home]) & 1
            and priced.project_high[homes.project_index[entry]] == 0
        ):
            return False
    if priced.must[measure] or not homes.automatic[measure]:
        return True
    helps: bool = homes.gain[measure] > 0 or (homes.meets[measure] & homes.needs[home]) != 0
    return helps


@kernel
def household_options(
    homes: Homes, priced: Priced, home: int, built: int, slack: int, seeds: Ints, work: Ints, found: Ints
) -> int:
    """Options of one household, written to `found` (3, capacity): projects used (bits), value, measures taken (bits).

    built < 0: for every project set worth distinguishing its best package; no option needs a subset of another's
    projects and is worth less. built >= 0: packages within those projects (bits), all whose value is within `slack` of
    the best. seeds: packages (bits of measures) to start from. Returns the number of options; -1 where `found` is too
    small.
    """
    first = homes.measure[home]
    order, bit, net, credit, pos, cred, cover, gains, state = (
        work[0],
        work[1],
        work[2],
        work[3],
        work[4],
        work[5],
        work[6],
        work[7],
        work[8:16],
    )
    count, musts = zero(), zero()
    for sweep in range(2):
        begin = count
        for measure in range(first, homes.measure[home + 1]):
            if (homes.uses[measure] != 0) != (sweep == 0) or not useful(homes, priced, home, measure):
                continue
            if built >= 0 and homes.uses[measure] & ~built:
                continue
            place = count
            while place > begin and priced.measure[order[place - 1]] < priced.measure[measure]:
                order[place] = order[place - 1]
                place -= 1
            order[place] = measure
            count += 1
    for measure in range(first, homes.measure[home + 1]):
        if priced.must[measure] and not homes.automatic[measure]:
            musts |= 1 << (measure - first)
    hard = priced.minimum[home] < 0
    unit = (
        priced.topup[home]
        if hard
        else (min(priced.topup[home], priced.minimum[home]) if priced.payable[home] else priced.minimum[home])
    )
    credit_unit = max(0, unit)
    needs = homes.needs[home]
    pos[count], cred[count], cover[count], gains[count] = 0, 0, 0, 0
    for index in range(count - 1, -1, -1):
        measure = order[index]
        bit[index] = 1 << (measure - first)
        net[index] = priced.measure[measure]
        credit[index] = net[index] + credit_unit * homes.yuan[measure]
        pos[index] = pos[index + 1] + max(0, net[index])
        cred[index] = cred[index + 1] + max(0, credit[index]) - max(0, net[index])
        cover[index] = cover[index + 1] | (homes.meets[measure] & needs)
        gains[index] = gains[index + 1] + homes.gain[measure]
    capacity = found.shape[1]
    options = zero()
    for seed in seeds:
        options = _try_seed(homes, priced, home, seed, built, slack, musts, found, options)
    take, money, gain, met, labour, uses, child, sums = (
        state[0],
        state[1],
        state[2],
        state[3],
        state[4],
        state[5],
        state[6],
        state[7],
    )
    take[0], money[0], gain[0], met[0], labour[0], uses[0], child[0], sums[0] = 0, 0, 0, 0, 0, 0, 0, 0
    blocked = work[16]
    touched = work[17]
    blocked[0], touched[0] = 0, 0
    depth = zero()
    if musts == 0:
        value, _, _ = package_value(
            homes, priced, home, sums[depth], money[depth], gain[depth], met[depth], touched[depth] != 0
        )
        if value != NONE and not _dominated(found, options, uses[depth], value, built >= 0, slack):
            options = _insert(found, options, uses[depth], value, take[depth], built >= 0, slack)
    while depth >= 0:
        index = child[depth]
        if index >= count:
            depth -= 1
            continue
        child[depth] = index + 1
        reach = _reach(
            homes,
            priced,
            home,
            unit,
            order,
            count,
            index,
            sums[depth],
            money[depth],
            gain[depth],
            met[depth],
            touched[depth] != 0,
            credit,
            pos,
            cred,
            cover,
            gains,
        )
        if reach == NONE or _dominated(found, options, uses[depth], reach, built >= 0, slack):
            child[depth] = count
            continue
        measure = order[index]
        if bit[index] & musts:
            child[depth] = count
        if blocked[depth] & bit[index] or labour[depth] + homes.work[measure] > homes.labour[home]:
            continue
        below = depth + 1
        take[below] = take[depth] | bit[index]
        money[below] = money[depth] + homes.yuan[measure]
        gain[below] = gain[depth] + homes.gain[measure]
        met[below] = met[depth] | homes.meets[measure]
        labour[below] = labour[depth] + homes.work[measure]
        uses[below] = uses[depth] | homes.uses[measure]
        sums[below] = sums[depth] + net[index]
        blocked[below] = blocked[depth] | homes.conflict[measure]
        touched[below] = 1 if touched[depth] or not homes.automatic[measure] else 0
        child[below] = index + 1
        if musts & ~take[below] == 0:
            value, _, _ = package_value(
                homes, priced, home, sums[below], money[below], gain[below], met[below], touched[below] != 0
            )
            if value != NONE and not _dominated(found, options, uses[below], value, built >= 0, slack):
                if options >= capacity:
                    return -1
                options = _insert(found, options, uses[below], value, take[below], built >= 0, slack)
        depth = below
    return options


@inner
def _try_seed(
    homes: Homes, priced: Priced, home: int, seed: int, built: int, slack: int, musts: int, found: Ints, options: int
) -> int:
    """Re-evaluate a package of an earlier round and keep it if it is still allowed."""
    first = homes.measure[home]
    net, yuan, gain, met, uses, touched = 0, 0, 0, 0, 0, False
    bits = seed
    measure = first
    while bits:
        if bits & 1:
            if not useful(homes, priced, home, measure):
                return options
            net += priced.measure[measure]
            yuan += homes.yuan[measure]
            gain += homes.gain[measure]
            met |= homes.meets[measure]
            uses |= homes.uses[measure]
            touched = touched or not homes.automatic[measure]
        bits >>= 1
        measure += 1
    if musts & ~seed or (built >= 0 and uses & ~built):
        return options
    value, _, _ = package_value(homes, priced, home, net, yuan, gain, met, touched)
    if value == NONE or options >= found.shape[1]:
        return options
    if _dominated(found, options, uses, value, built >= 0, slack):
        return options
    return _insert(found, options, uses, value, seed, built >= 0, slack)


@inner
def _reach(
    homes: Homes,
    priced: Priced,
    home: int,
    unit: int,
    order: Ints,
    count: int,
    index: int,
    sums: int,
    yuan: int,
    gain: int,
    met: int,
    touched: bool,
    credit: Ints,
    pos: Ints,
    cred: Ints,
    cover: Ints,
    gains: Ints,
) -> int:
    """Upper bound of every package made of this one and at least one measure from `index` on; NONE if none is allowed.

    T = what is added. With p = price of a yuan of top-up, the top-up still to pay is worth min(p y(T), p deficit),
    hence net(T) + that <= sum of max(0, net) + completion + min(0, credits - p deficit). Completion: T must meet every
    unmet need and fill the income gap; the dearest of these, each at its cheapest, is a bound.
    """
    value = sums + pos[index] + (priced.touch[home] if touched else 0)
    if yuan > 0 or homes.always_assisted[home]:
        deficit = max(0, homes.minimum[home] - yuan)
        if unit >= 0:
            value += min(0, cred[index] - unit * deficit)
        else:
            value -= unit * deficit
        if homes.maximum[home] >= 0 and priced.maximum[home] < 0 and yuan > homes.maximum[home]:
            return NONE
    elif unit < 0:
        value -= unit * homes.minimum[home]
    needs = homes.needs[home]
    missing = needs & ~met
    gap = homes.income_gap[home] - gain
    if missing == 0 and gap <= 0:
        return value + max(0, priced.lift[home]) if priced.lift_high[home] else NONE
    unlifted = priced.need[home] * ones(needs)
    if missing & ~cover[index] or gains[index] < gap:
        return NONE if priced.lift_low[home] == 1 else value + unlifted
    completion = 0
    while missing:
        need = missing & -missing
        missing &= missing - 1
        cheapest = NONE
        for later in range(index, count):
            if homes.meets[order[later]] & need and credit[later] > cheapest:
                cheapest = credit[later]
                if cheapest >= 0:
                    break
        completion = min(completion, cheapest)
    if gap > 0:
        ratio = np.inf
        for later in range(index, count):
            if homes.gain[order[later]] > 0:
                ratio = min(ratio, -min(0, credit[later]) / homes.gain[order[later]])
                if ratio == 0.0:
                    break
        completion = min(completion, -int(ratio * gap * (1.0 - 1e-9)))
    bound: int = value + max(priced.lift[home] + completion, unlifted if priced.lift_low[home] == 0 else NONE // 2)
    return bound


@inner
def _dominated(found: Ints, options: int, uses: int, value: int, near: bool, slack: int) -> bool:
    """Whether a known option that needs no other project is at least as good (near: better by more than `slack`)."""
    if near:
        for option in range(options):
            if found[1, option] - slack > value:
                return True
        return False
    for option in range(options):
        if found[1, option] >= value and found[0, option] & ~uses == 0:
            return True
    return False


@inner
def _insert(found: Ints, options: int, uses: int, value: int, take: int, near: bool, slack: int) -> int:
    """Add an option, drop those that it dominates (near: those that fall out of the slack, and repetitions)."""
    if value == NONE:
        return options
    kept = 0
    for option in range(options):
        if near:
            if found[2, option] == take:
                return options
            drop = found[1, option] < value - slack
        else:
            drop = found[1, option] <= value and uses & ~found[0, option] == 0
        if not drop:
            found[0, kept], found[1, kept], found[2, kept] = found[0, option], found[1, option], found[2, option]
            kept += 1
    found[0, kept], found[1, kept], found[2, kept] = uses, value, take
    return kept + 1
