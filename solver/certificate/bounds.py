"""What a block is worth at most at given prices, in whole numbers: the arithmetic of a proof.

With prices u >= 0 of the rows, every yuan in a cell costs the least over the funds that may pay it; a package of a
household is worth what it brings less what it costs; and with shares w of the projects' costs (facility location:
Geoffrion 1974)

    block <= sum over households of max over packages (value - shares of the projects it needs)
           + sum over projects of max(0, gain + all shares of it)

over the projects that are still open; a project that is built pays its gain, one that is not takes its packages away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.certificate.packages import Listing
from liftplan.solver.problem import HARD, Bools, Csr, Ints, Problem

ROOM = 2**61
"""No sum inside a block may reach this, so that 64 bits are enough."""

OPEN, OUT, IN = -1, 0, 1


class Unsafe(Exception):
    """Numbers too large to be added up in 64 bits."""


@dataclass(frozen=True)
class Valued:
    """Everything at one set of prices, in units of 2^shift."""

    shift: int
    fixed: int
    """The problem's constant less prices times right-hand sides."""
    measure: Ints
    project: Ints
    lift: Ints
    topup: Ints
    """(households,) price of a yuan of top-up."""


def valued(problem: Problem, shift: int, rows: dict[int, int]) -> Valued:
    """The problem at multipliers of rows (clipped to a soft row's price). Raises Unsafe."""
    u = [0] * len(problem.rows.rhs)
    for row, multiplier in rows.items():
        price = int(problem.rows.price[row])
        u[row] = multiplier if price == HARD else min(multiplier, price >> shift)
    arcs = [problem.arc_cost >> shift] * len(problem.flows.arc_cell)
    owner = problem.rows.arcs.owner_of_entry().tolist()
    for row, arc, coefficient in zip(
        owner, problem.rows.arcs.index.tolist(), problem.rows.arcs.value.tolist(), strict=True
    ):
        arcs[arc] -= u[row] * coefficient
    cells = [
        min((arcs[arc] for arc in problem.flows.cell_arcs.of(cell)[0].tolist()), default=0)
        for cell in range(len(problem.flows.cell_village))
    ]
    households = problem.households
    fixed = -(-problem.constant >> shift) - sum(p * int(r) for p, r in zip(u, problem.rows.rhs.tolist(), strict=True))
    measures, projects = problem.measures, problem.projects
    return Valued(
        shift,
        fixed,
        _net(measures.worth, measures.rows, measures.lines, u, cells, shift),
        _net(projects.worth, projects.rows, projects.lines, u, cells, shift),
        _net(households.worth, households.rows, None, u, cells, shift),
        _whole([cells[cell] if cell >= 0 else 0 for cell in households.topup_cell.tolist()]),
    )


def _net(worth: Ints, rows: Csr, lines: Csr | None, u: list[int], cells: list[int], shift: int) -> Ints:
    """(owners,) worth, rounded up, plus priced rows less priced lines."""
    values = [-(-one >> shift) for one in worth.tolist()]
    for lists, prices, sign in ((rows, u, 1), (lines, cells, -1)):
        if lists is not None:
            for owner, index, value in zip(
                lists.owner_of_entry().tolist(), lists.index.tolist(), lists.value.tolist(), strict=True
            ):
                values[owner] += sign * prices[index] * value
    return _whole(values)


def _whole(values: list[int]) -> Ints:
    if max(map(abs, values), default=0) >= ROOM:
        raise Unsafe
    return np.array(values, dtype=np.int64)


@dataclass(frozen=True)
class Block:
    """One block at some prices, under some decisions: the best package of every set of projects."""

    listing: Listing
    best: Ints
    """(sets,) value."""
    possible: Bools
    """(sets,) whether any package of the set is allowed."""
    gain: Ints
    """(projects of the block,)"""


def block_at(problem: Problem, listing: Listing, values: Valued, projects: slice) -> Block:
    """Value every package. `problem` holds the decisions as bounds."""
    homes = np.arange(listing.first_home, listing.first_home + listing.homes)
    households, measures = problem.households, problem.measures
    own = slice(*households.measures.start[[listing.first_home, listing.first_home + listing.homes]].tolist())
    _safe(values.measure[own], values.lift[homes], values.project[projects])
    # entry -1, no measure, finds what is appended: it is worth nothing, may be taken, and nobody must have it
    taken = np.where(listing.measures < 0, -1, listing.measures - own.start)
    net = np.append(values.measure[own], 0)[taken]
    allowed = np.bitwise_and.reduceat(np.append(measures.high[own], 1)[taken] > 0, listing.start[:-1])
    musts = np.add.reduceat(np.append(measures.low[own], 0)[taken], listing.start[:-1])
    due = np.zeros(listing.homes, dtype=np.int64)
    for place, one in enumerate(homes.tolist()):
        each = households.measures.of(one)[0]
        due[place] = int(((measures.low[each] > 0) & ~measures.automatic[each]).sum())
    home = homes[listing.home]
    value = np.add.reduceat(net, listing.start[:-1]) + np.where(listing.lifted, values.lift[home], 0)
    allowed &= musts == due[listing.home]
    allowed &= np.where(listing.lifted, households.lift_high[home] > 0, households.lift_low[home] == 0)
    extra, payable = _money(problem, values, home, listing.yuan, listing.touched)
    allowed &= payable
    value = np.where(allowed, value + extra, np.iinfo(np.int64).min)
    best = np.maximum.reduceat(value, listing.set_start[:-1])
    possible = np.bitwise_or.reduceat(allowed, listing.set_start[:-1])
    return Block(listing, best, possible, values.project[projects])


def _safe(*parts: Ints) -> None:
    """Raise Unsafe where a sum inside the block might leave 64 bits."""
    if sum(sum(map(abs, part.tolist())) for part in parts) >= ROOM:
        raise Unsafe


def _money(problem: Problem, values: Valued, home: Ints, yuan: Ints, touched: Bools) -> tuple[Ints, Bools]:
    """(packages,) best of the top-ups that R5 and R9 leave, with their penalties; whether one is allowed."""
    households, shift = problem.households, values.shift
    assisted = (yuan > 0) | households.always_assisted[home]
    minimum, maximum = households.minimum[home], households.maximum[home]
    low_price, high_price = households.minimum_price[home], households.maximum_price[home]
    price, touch = values.topup[home], -(-households.touch_worth[home] >> shift)
    deficit = np.where(assisted, np.maximum(0, minimum - yuan), 0)
    most = np.maximum(deficit, 1) * np.maximum(np.abs(price), np.maximum(low_price, 0) >> shift).astype(np.float64)
    over_most = np.maximum(yuan + deficit - maximum, 0) * (np.maximum(high_price, 0) >> shift).astype(np.float64)
    if len(most) and max(float(most.max()), float(over_most.max())) >= ROOM / 4:
        raise Unsafe
    best = np.full(len(home), np.iinfo(np.int64).min)
    fine = np.zeros(len(home), dtype=np.bool_)
    room = np.where(maximum >= 0, np.minimum(deficit, np.maximum(0, maximum - yuan)), 0)
    for paid in (deficit, np.zeros_like(deficit), room):
        short = deficit - paid
        over = np.where(assisted & (maximum >= 0), np.maximum(0, yuan + paid - maximum), 0)
        here = ~((low_price == HARD) & (short > 0)) & ~((paid > 0) & (households.topup_cell[home] < 0))
        here &= ~((high_price == HARD) & (over > 0))
        worth = (
            -price * paid - (np.maximum(low_price, 0) >> shift) * short - (np.maximum(high_price, 0) >> shift) * over
        )
        worth = worth + np.where(touched | (paid > 0), touch, 0)
        best = np.where(here, np.maximum(best, worth), best)
        fine |= here
    return np.where(fine, best, 0), fine


def bound_under(block: Block, status: Ints, shares: Ints, groups: Ints) -> int | None:
    """The block's bound under decided projects; None: some household has no package left.

    status (projects of the block,): OPEN, OUT or IN. shares: (shares,) >= 0 in units of 2^shift. groups: (projects of
    the block,) alternative group or -1.
    """
    listing = block.listing
    real = listing.entry_share >= 0
    place = np.maximum(listing.entry_share, 0)
    if len(listing.share_project):
        state = status[listing.share_project[place]]
        paid = np.where(real & (state == OPEN), shares[place], 0)
        banned = real & (state == OUT)
    else:
        paid = np.zeros(len(place), dtype=np.int64)
        banned = np.zeros(len(place), dtype=np.bool_)
    cost = np.add.reduceat(paid, listing.entry_start[:-1])
    open_set = block.possible & ~np.bitwise_or.reduceat(banned, listing.entry_start[:-1])
    value = np.where(open_set, block.best - cost, np.iinfo(np.int64).min)
    begin = np.searchsorted(listing.set_home, np.arange(listing.homes))
    if listing.homes and not np.bitwise_or.reduceat(open_set, begin).all():
        return None
    total = sum(np.maximum.reduceat(value, begin).tolist()) if listing.homes else 0
    gain = block.gain.tolist()
    for project, share in zip(listing.share_project.tolist(), shares.tolist(), strict=True):
        if status[project] == OPEN:
            gain[project] += share
    best_of: dict[int, int] = {}
    for project, state in enumerate(status.tolist()):
        if state == IN:
            total += gain[project]
        elif state == OPEN and gain[project] > 0:
            group = int(groups[project])
            if group < 0:
                total += gain[project]
            else:
                best_of[group] = max(best_of.get(group, 0), gain[project])
    return total + sum(best_of.values())


def worths(block: Block, choices: Ints) -> tuple[Ints, Bools]:
    """(choices,) what choices of projects are worth, each household taking its best package; whether any plan has them.

    choices: (choices, projects of the block) 1 where built. Raises Unsafe.
    """
    listing = block.listing
    missing = np.zeros((len(choices), len(listing.entry_share)), dtype=np.bool_)
    real = np.flatnonzero(listing.entry_share >= 0)
    missing[:, real] = choices[:, listing.share_project[listing.entry_share[real]]] == OUT
    open_set = block.possible & ~np.logical_or.reduceat(missing, listing.entry_start[:-1], axis=1)
    total: Ints = np.where(choices == IN, block.gain, 0).sum(axis=1)
    if not listing.homes:
        return total, np.ones(len(choices), dtype=np.bool_)
    begin = np.searchsorted(listing.set_home, np.arange(listing.homes))
    has: Bools = np.logical_and.reduce(np.logical_or.reduceat(open_set, begin, axis=1), axis=1)
    value = np.where(open_set, block.best, np.iinfo(np.int64).min)
    best = np.where(has[:, np.newaxis], np.maximum.reduceat(value, begin, axis=1), 0)
    if np.abs(best.astype(np.float64)).sum(axis=1).max(initial=0.0) >= ROOM:
        raise Unsafe
    total += best.sum(axis=1)
    return total, has
