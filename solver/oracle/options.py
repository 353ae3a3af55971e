"""Options of households from their listed packages at given prices: one multiplication per package."""

from __future__ import annotations

import numpy as np

from liftplan.solver.kernels import kernel
from liftplan.solver.oracle.catalogue import Shelf
from liftplan.solver.oracle.data import NONE
from liftplan.solver.problem import Ints

BANNED, MUSTS, CLOSED, LIFT, TOUCH, TOPUP, PAYABLE = 0, 1, 2, 3, 4, 5, 6
MINIMUM, MINIMUM_PRICE, MAXIMUM, MAXIMUM_PRICE, ALWAYS, LIFT_LOW, LIFT_HIGH = 7, 8, 9, 10, 11, 12, 13
TERMS = 14
"""Rows of `terms` (TERMS, households): measures that may not and must be taken, projects that may not be built (bits);
gains of lifting and of being touched; price and possibility of a top-up; minimum, maximum and their prices (-1: hard);
assisted in any case; bounds of being lifted."""


@kernel
def hard_topup_worth(yuan: int, touched: bool, minimum: int, touch: int, topup: int, payable: bool) -> int:
    """The same where the minimum is hard and there is no maximum: what lacks is paid; NONE if nobody may pay it.

    minimum: 0 where the household is not assisted. touch, topup: of the household, as in `terms`.
    """
    deficit = max(0, minimum - yuan)
    if deficit > 0 and not payable:
        return NONE
    return (touch if touched or deficit > 0 else 0) - topup * deficit


@kernel
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


@kernel
def shelf_options(shelf: Shelf, net: Ints, terms: Ints, built: Ints, slack: int) -> tuple[Ints, Ints]:
    """Options of the listed households of a block, each household's best first.

    net (measures of the block,): net gains. built (households,): -1 for the best package of every set of projects, such
    that no option needs a subset of another's projects and is worth less; else bits of the projects that are built, for
    all packages within `slack` of the best. Returns start (households + 1,) and options (3, entries): projects used
    (bits), value, measures (bits).
    """
    homes = len(shelf.start) - 1
    start = np.zeros(homes + 1, dtype=np.int64)
    most, widest = 0, 0
    for home in range(homes):
        most = max(most, shelf.start[home + 1] - shelf.start[home])
        widest = max(widest, shelf.sets[home + 1] - shelf.sets[home])
    nets = np.empty(most + 1, dtype=np.int64)
    best = np.empty(max(most, widest) + 1, dtype=np.int64)
    bits = np.empty(max(most, widest) + 1, dtype=np.int64)
    options = np.empty((3, 8 * homes + 64), dtype=np.int64)
    filled = 0
    for home in range(homes):
        first, last = shelf.start[home], shelf.start[home + 1]
        sets = shelf.sets[home]
        count = shelf.sets[home + 1] - sets
        near = built[home] >= 0
        size = last - first if near else count
        for index in range(size):
            best[index] = NONE
        top = NONE
        banned, musts, closed = terms[BANNED, home], terms[MUSTS, home], terms[CLOSED, home]
        lift, lift_low, lift_high = terms[LIFT, home], terms[LIFT_LOW, home], terms[LIFT_HIGH, home]
        touch, topup, payable = terms[TOUCH, home], terms[TOPUP, home], terms[PAYABLE, home] != 0
        minimum, always = terms[MINIMUM, home], terms[ALWAYS, home] != 0
        usual = terms[MINIMUM_PRICE, home] < 0 and terms[MAXIMUM, home] < 0
        for row in range(first, last):
            own = row - first
            value = 0
            if shelf.parent[row] >= 0:
                value = nets[shelf.parent[row]]
            if shelf.last[row] >= 0:
                value += net[shelf.last[row]]
            nets[own] = value
            take, number = shelf.take[row], shelf.uses[row]
            projects = shelf.projects[sets + number]
            if take & banned or musts & ~take or projects & closed:
                continue
            if near and projects & ~built[home]:
                continue
            if shelf.lifted[row]:
                if lift_high == 0:
                    continue
                value += lift
            elif lift_low == 1:
                continue
            yuan = shelf.yuan[row]
            if usual:
                asked = minimum if yuan > 0 or always else 0
                extra = hard_topup_worth(yuan, take != 0, asked, touch, topup, payable)
            else:
                extra, _ = best_topup(terms, home, yuan, take != 0)
            if extra == NONE:
                continue
            value += extra
            slot = own if near else number
            if value > best[slot]:
                best[slot] = value
                bits[slot] = take
            top = max(top, value)
        if filled + size > options.shape[1]:
            larger = np.empty((3, 2 * (filled + size)), dtype=np.int64)
            larger[:, :filled] = options[:, :filled]
            options = larger
        begin = filled
        for index in range(size):
            value = best[index]
            if value == NONE or (near and value < top - slack):
                continue
            projects = shelf.projects[sets + (shelf.uses[first + index] if near else index)]
            dominated = False
            for other in range(begin, filled):
                if near:
                    if options[2, other] == bits[index]:
                        dominated = True
                        if value > options[1, other]:
                            options[0, other], options[1, other] = projects, value
                        break
                elif options[0, other] & ~projects == 0 and options[1, other] >= value:
                    dominated = True
                    break
            if not dominated:
                options[0, filled], options[1, filled], options[2, filled] = projects, value, bits[index]
                filled += 1
        for place in range(begin + 1, filled):
            uses, value, take = options[0, place], options[1, place], options[2, place]
            hole = place
            while hole > begin and options[1, hole - 1] < value:
                for field in range(3):
                    options[field, hole] = options[field, hole - 1]
                hole -= 1
            options[0, hole], options[1, hole], options[2, hole] = uses, value, take
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
def best_topups(terms: Ints, yuan: Ints, touched: Ints) -> Ints:
    """(households,) best top-up of packages that cost `yuan`."""
    paid = np.zeros(len(yuan), dtype=np.int64)
    for home in range(len(yuan)):
        paid[home] = best_topup(terms, home, yuan[home], touched[home] > 0)[1]
    return paid
