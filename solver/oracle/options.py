"""Options of households from their listed packages at given prices: one multiplication per package."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import inner, kernel
from liftplan.solver.oracle.arrays import widened, zero
from liftplan.solver.oracle.catalogue import Shelf
from liftplan.solver.oracle.data import NONE
from liftplan.solver.problem import Bools, Ints

BANNED, MUSTS, CLOSED, LIFT, TOUCH, TOPUP, PAYABLE = 0, 1, 2, 3, 4, 5, 6
MINIMUM, MINIMUM_PRICE, MAXIMUM, MAXIMUM_PRICE, ALWAYS, LIFT_LOW, LIFT_HIGH = 7, 8, 9, 10, 11, 12, 13
TERMS = 14
"""Rows of `terms` (TERMS, households): measures that may not and must be taken, projects that may not be built (bits);
gains of lifting and of being touched; price and possibility of a top-up; minimum, maximum and their prices (-1: hard);
assisted in any case; bounds of being lifted."""


@inner
def hard_topup_worth(yuan: int, touched: bool, minimum: int, touch: int, topup: int, payable: bool) -> int:
    """The same where the minimum is hard and there is no maximum: what lacks is paid; NONE if nobody may pay it.

    minimum: 0 where the household is not assisted. touch, topup: of the household, as in `terms`.
    """
    deficit = max(0, minimum - yuan)
    if deficit > 0 and not payable:
        return NONE
    return (touch if touched or deficit > 0 else 0) - topup * deficit


@inner
def best_topup(terms: Ints, home: int, yuan: int, touched: bool) -> tuple[int, int]:
    """What the rules on a household's money add to a package's value, and the top-up in yuan; NONE: not allowed."""
    touch = terms[TOUCH, home]
    if yuan == 0 and terms[ALWAYS, home] == 0:
        return (touch if touched else 0), 0
    minimum_price, maximum = terms[MINIMUM_PRICE, home], terms[MAXIMUM, home]
    deficit = max(0, terms[MINIMUM, home] - yuan)
    if minimum_price < 0 and maximum < 0:
        payable = terms[PAYABLE, home] != 0
        worth = hard_topup_worth(yuan, touched, terms[MINIMUM, home], touch, terms[TOPUP, home], payable)
        return worth, 0 if worth == NONE else deficit
    best, topup = NONE, 0
    for choice in range(3):
        paid = deficit
        if choice == 1:
            paid = 0
        elif choice == 2:
            paid = min(deficit, max(0, maximum - yuan)) if maximum >= 0 else 0
        if (minimum_price < 0 and paid < deficit) or (paid > 0 and terms[PAYABLE, home] == 0):
            continue
        over = max(0, yuan + paid - maximum) if maximum >= 0 else 0
        if over > 0 and terms[MAXIMUM_PRICE, home] < 0:
            continue
        worth = -terms[TOPUP, home] * paid
        if paid < deficit:
            worth -= minimum_price * (deficit - paid)
        if over > 0:
            worth -= terms[MAXIMUM_PRICE, home] * over
        if touched or paid > 0:
            worth += touch
        if worth > best:
            best, topup = worth, paid
        if deficit == 0:
            break
    return best, topup


@inner
def lean_values(shelf: Shelf, net: Ints, terms: Ints, best: Ints, bits: Ints, done: Bools) -> None:
    """Households of which nothing is worth taking for its own sake: only lean packages, or none at all, can be best.

    Written for those: best, bits (sets,) value and measures (bits) of the best package of every set of projects; done
    (households,) True.
    """
    lean, items_start, items = shelf.lean, shelf.items_start, shelf.items
    for home in range(len(shelf.start) - 1):
        touch, topup = terms[TOUCH, home], terms[TOPUP, home]
        done[home] = shelf.leaned[home] and terms[MUSTS, home] == 0 and terms[ALWAYS, home] == 0
        if touch > 0 or topup < 0:
            done[home] = False
        for measure in range(shelf.measures[home], shelf.measures[home + 1]):
            if net[measure] > 0:
                done[home] = False
        if not done[home]:
            continue
        first = shelf.sets[home]
        if terms[LIFT_LOW, home] == 0 and not shelf.lifted[shelf.start[home]]:
            best[first], bits[first] = 0, 0  # the first package takes nothing, the first set has no project
        if terms[LIFT_HIGH, home] == 0:
            continue
        banned, closed, lift = terms[BANNED, home], terms[CLOSED, home], terms[LIFT, home]
        payable, minimum = terms[PAYABLE, home] != 0, terms[MINIMUM, home]
        usual = terms[MINIMUM_PRICE, home] < 0 and terms[MAXIMUM, home] < 0
        for place in range(shelf.lean_start[home], shelf.lean_start[home + 1]):
            take, yuan, slot = lean[0, place], lean[1, place], first + lean[2, place]
            if take & banned or (closed and shelf.projects[slot] & closed):
                continue
            value = lift
            for item in range(items_start[place], items_start[place + 1]):
                value += net[items[item]]
            if usual:
                extra = hard_topup_worth(yuan, take != 0, minimum if yuan > 0 else 0, touch, topup, payable)
            else:
                extra, _ = best_topup(terms, home, yuan, take != 0)
            if extra != NONE and value + extra > best[slot]:
                best[slot], bits[slot] = value + extra, take


@inner
def package_values(shelf: Shelf, net: Ints, terms: Ints, home: int, nets: Ints, values: Ints) -> None:
    """Write the value of every package of a household, NONE if it is not allowed. nets: room of the same size."""
    first = shelf.start[home]
    banned, musts, closed = terms[BANNED, home], terms[MUSTS, home], terms[CLOSED, home]
    lift, lift_low, lift_high = terms[LIFT, home], terms[LIFT_LOW, home], terms[LIFT_HIGH, home]
    touch, topup, payable = terms[TOUCH, home], terms[TOPUP, home], terms[PAYABLE, home] != 0
    minimum, always = terms[MINIMUM, home], terms[ALWAYS, home] != 0
    usual = terms[MINIMUM_PRICE, home] < 0 and terms[MAXIMUM, home] < 0
    for row in range(first, shelf.start[home + 1]):
        value, own = 0, row - first
        if shelf.parent[row] >= 0:
            value = nets[shelf.parent[row]]
        if shelf.last[row] >= 0:
            value += net[shelf.last[row]]
        nets[own], values[own] = value, NONE
        take, yuan = shelf.take[row], shelf.yuan[row]
        if take & banned or musts & ~take or shelf.projects[shelf.sets[home] + shelf.uses[row]] & closed:
            continue
        if shelf.lifted[row]:
            if lift_high == 0:
                continue
            value += lift
        elif lift_low == 1:
            continue
        if usual:
            asked = minimum if yuan > 0 or always else 0
            extra = hard_topup_worth(yuan, take != 0, asked, touch, topup, payable)
        else:
            extra, _ = best_topup(terms, home, yuan, take != 0)
        if extra != NONE:
            values[own] = value + extra


@inner
def sort_options(uses: Ints, worth: Ints, take: Ints, count: int) -> None:
    """Put the first `count` options in order, best first."""
    for place in range(1, count):
        projects, value, measures = uses[place], worth[place], take[place]
        hole = place
        while hole > 0 and worth[hole - 1] < value:
            uses[hole], worth[hole], take[hole] = uses[hole - 1], worth[hole - 1], take[hole - 1]
            hole -= 1
        uses[hole], worth[hole], take[hole] = projects, value, measures


@inner
def room_for(options: Ints, filled: int, more: int) -> Ints:
    """The same options, with room for more."""
    if filled + more <= options.shape[1]:
        return options
    return widened(options, filled, 2 * (filled + more))


@kernel
def shelf_options(shelf: Shelf, net: Ints, terms: Ints) -> tuple[Ints, Ints]:
    """The best package of every set of projects, of the listed households of a block; each household's best first.

    No option needs a subset of another's projects and is worth less. net (measures of the block,): net gains. Returns
    start (households + 1,) and options (3, entries): projects used (bits), value, measures (bits).
    """
    homes = len(shelf.start) - 1
    start = np.zeros(homes + 1, dtype=np.int64)
    best = np.full(len(shelf.projects), NONE, dtype=np.int64)
    bits = np.empty(len(shelf.projects), dtype=np.int64)
    done = np.zeros(homes, dtype=np.bool_)
    lean_values(shelf, net, terms, best, bits, done)
    most = 0
    for home in range(homes):
        most = max(most, shelf.start[home + 1] - shelf.start[home])
    nets, values = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    widest = 0
    for home in range(homes):
        widest = max(widest, shelf.sets[home + 1] - shelf.sets[home])
    # of one household, best first; columns of a table would take the kernel twice as long
    uses, worth, take = np.empty(widest, np.int64), np.empty(widest, np.int64), np.empty(widest, np.int64)
    options = np.empty((3, 12 * homes + 64), dtype=np.int64)
    filled = zero()
    for home in range(homes):
        if not done[home]:
            package_values(shelf, net, terms, home, nets, values)
            for row in range(shelf.start[home], shelf.start[home + 1]):
                slot, value = shelf.sets[home] + shelf.uses[row], values[row - shelf.start[home]]
                if value > best[slot]:
                    best[slot], bits[slot] = value, shelf.take[row]
        count = zero()
        for slot in range(shelf.sets[home], shelf.sets[home + 1]):  # fewer projects first
            value = best[slot]
            if value == NONE:
                continue
            projects, hole, dominated = shelf.projects[slot], count, False
            for other in range(count):
                if worth[other] < value:
                    hole = other
                    break
                if uses[other] & ~projects == 0:
                    dominated = True
                    break
            if dominated:
                continue
            for other in range(count, hole, -1):
                uses[other], worth[other], take[other] = uses[other - 1], worth[other - 1], take[other - 1]
            uses[hole], worth[hole], take[hole] = projects, value, bits[slot]
            count += 1
        if filled + count > options.shape[1]:
            options = room_for(options, filled, count)
        for index in range(count):
            options[0, filled], options[1, filled], options[2, filled] = uses[index], worth[index], take[index]
            filled += 1
        start[home + 1] = filled
    return start, options[:, :filled].copy()


@kernel
def near_packages(shelf: Shelf, net: Ints, terms: Ints, built: Ints, slack: int) -> tuple[Ints, Ints]:
    """All packages within `slack` of a household's best that need no project but built ones; as `shelf_options`.

    built (households,): bits of the projects that are built.
    """
    homes = len(shelf.start) - 1
    start = np.zeros(homes + 1, dtype=np.int64)
    most = 0
    for home in range(homes):
        most = max(most, shelf.start[home + 1] - shelf.start[home])
    nets, values = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    # of one household, and where each of its packages is among them
    uses, worth, take = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    places = np.empty(most, dtype=np.int64)
    options = np.empty((3, 8 * homes + 64), dtype=np.int64)
    filled = zero()
    for home in range(homes):
        first, size = shelf.start[home], shelf.start[home + 1] - shelf.start[home]
        package_values(shelf, net, terms, home, nets, values)
        top = NONE
        for own in range(size):
            if shelf.projects[shelf.sets[home] + shelf.uses[first + own]] & ~built[home]:
                values[own] = NONE
            top = max(top, values[own])
        count = zero()
        for own in range(size):
            value, row = values[own], first + own
            places[own] = NONE
            if value == NONE or value < top - slack:
                continue
            place, parent = count, shelf.parent[row]
            if shelf.last[row] < 0 and parent >= 0 and places[parent] != NONE:
                place = places[parent]  # the same measures, with more projects
            if place == count:
                worth[count] = NONE
                take[count] = shelf.take[row]
                count += 1
            if value > worth[place]:
                uses[place], worth[place] = shelf.projects[shelf.sets[home] + shelf.uses[row]], value
            places[own] = place
            if shelf.last[row] < 0 and parent >= 0:
                places[parent] = place
        sort_options(uses, worth, take, count)
        options = room_for(options, filled, count)
        for index in range(count):
            options[0, filled], options[1, filled], options[2, filled] = uses[index], worth[index], take[index]
            filled += 1
        start[home + 1] = filled
    return start, options[:, :filled].copy()


@kernel
def chosen_packages(town_entry: Ints, town_project: Ints, start: Ints, options: Ints, built: Ints) -> Ints:
    """(households,) bits of measures of each household's best option under built projects (0/1)."""
    homes = len(start) - 1
    take = np.zeros(homes, dtype=np.int64)
    for home in range(homes):
        allowed = 0
        for entry in range(town_entry[home], town_entry[home + 1]):
            if built[town_project[entry]]:
                allowed |= 1 << (entry - town_entry[home])
        for option in range(start[home], start[home + 1]):
            if options[0, option] & ~allowed == 0:
                take[home] = options[2, option]
                break
    return take


@kernel
def add_effects(
    town_entry: Ints, town_project: Ints, measures: Ints, effects: Bools, uses: Ints, liftable: Bools, built: Ints,
    take: Ints,
) -> None:  # fmt: skip
    """Add to `take` (households,) the direct effects that built projects (0/1) bring, in place.

    measures (households + 1,): first measure of each. effects, uses (measures,): whether it is one that may come, and
    the bits of the household's projects that it needs. liftable (households,): others stay as they are.
    """
    for home in range(len(take)):
        if not liftable[home]:
            continue
        allowed, first = 0, measures[home]
        for entry in range(town_entry[home], town_entry[home + 1]):
            if built[town_project[entry]]:
                allowed |= 1 << (entry - town_entry[home])
        for measure in range(first, measures[home + 1]):
            if effects[measure] and uses[measure] & ~allowed == 0:
                take[home] |= 1 << (measure - first)


@kernel
def best_topups(terms: Ints, measures: Ints, cost: Ints, automatic: Bools, take: Ints) -> Ints:
    """(households,) best top-up of packages; cost, automatic (measures,): yuan, and whether it is a direct effect."""
    paid = np.zeros(len(take), dtype=np.int64)
    for home in range(len(take)):
        yuan, first = zero(), measures[home]
        touched = yuan > 0
        for measure in range(first, measures[home + 1]):
            if take[home] >> (measure - first) & 1:
                yuan += cost[measure]
                touched = touched or not automatic[measure]
        paid[home] = best_topup(terms, home, yuan, touched)[1]
    return paid
