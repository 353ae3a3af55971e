"""Packages that are nearly tied at some prices under decided projects: the pool that rounding chooses from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.solver.columns import Column, effects, gather, hard_topups, taken_measures, weigh
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import units
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import HARD, Bools, Csr, Decisions, Ints, Problem
from liftplan.solver.rounding.choice import Alternatives

LOW = -(1 << 61)
"""Value of a package that is there whatever it is worth at the prices."""


@dataclass(frozen=True)
class Pool:
    """Packages of all households under decided projects: household, measures (bits), value at the prices."""

    home: Ints
    take: Ints
    value: Ints

    def only(self, kept: Bools | Ints) -> Pool:
        """Some of the packages."""
        return Pool(self.home[kept], self.take[kept], self.value[kept])

    def of(self, homes: Bools) -> Pool:
        """The packages of some households (households,)."""
        return self.only(homes[self.home])


def joined(pool: Pool, more: Pool) -> Pool:
    """Both pools in order of household, each package once."""
    home, take = np.concatenate([pool.home, more.home]), np.concatenate([pool.take, more.take])
    _, index = np.unique(np.stack([home, take]), axis=1, return_index=True)
    index = index[np.argsort(home[index], kind="stable")]
    return Pool(home[index], take[index], np.concatenate([pool.value, more.value])[index])


def packages_of(oracle: Oracle, columns: Sequence[Column]) -> Pool:
    """The packages of block plans, each once; their value counts as low, so that no other one is measured by it."""
    homes = [np.arange(view.households.start, view.households.stop) for view in oracle.views]
    home = np.concatenate([np.zeros(0, dtype=np.int64), *(homes[column.block] for column in columns)])
    take = np.concatenate([np.zeros(0, dtype=np.int64), *(column.take for column in columns)])
    order = np.argsort(home, kind="stable")
    return Pool(home[order], take[order], np.full(len(home), LOW, dtype=np.int64))


def plain_packages(problem: Problem, pool: Pool) -> Pool:
    """A pool without packages that take more measures than another one of the household to the same end."""
    home, take = pool.home, pool.take
    measures, owner = taken_measures(problem, home, take)
    lifted = weigh(problem, home, measures, owner, np.zeros(len(home), dtype=np.int64)).lifted
    plain = np.ones(len(home), dtype=np.bool_)
    start = np.flatnonzero(np.append(True, home[1:] != home[:-1])) if len(home) else np.zeros(0, dtype=np.int64)
    for low, high in zip(start.tolist(), [*start[1:].tolist(), len(home)], strict=True):
        own, same = take[low:high], lifted[low:high]
        inside = (own[:, None] & ~own[None, :]) == 0  # [i, j]: i takes no measure that j does not
        smaller = inside & (own[:, None] != own[None, :]) & (same[:, None] == same[None, :])
        plain[low:high] = ~smaller.any(axis=0)
    return pool.only(plain)


def narrowed(pool: Pool, weights: Floats, width: int) -> tuple[Pool, Bools]:
    """The pool with all but the split and the `width` nearest other households decided as the relaxation does.

    weights: (packages,) of the relaxation. Also (households,) which are left undecided.
    """
    order = np.lexsort((-weights, pool.home))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = pool.home[order][1:] != pool.home[order][:-1]
    picked = order[first]
    homes = pool.home[picked]
    regret = np.full(int(pool.home[-1]) + 1, np.iinfo(np.int64).max)
    top = np.full(len(regret), np.iinfo(np.int64).min)
    np.maximum.at(top, pool.home, pool.value)
    chosen = np.zeros(len(pool.home), dtype=np.bool_)
    chosen[picked] = True
    others = np.flatnonzero(~chosen)
    np.minimum.at(regret, pool.home[others], top[pool.home[others]] - pool.value[others])
    split = homes[weights[picked] < 1 - 1e-6]
    regret[split] = -1
    near = homes[np.argsort(regret[homes], kind="stable")][: len(split) + width]
    free = np.zeros(len(regret), dtype=np.bool_)
    free[near] = True
    kept = chosen | free[pool.home]
    return pool.only(kept), free


def nearest(pool: Pool, width: int, most: int) -> Pool:
    """Of a pool whose packages stand best first: those within `width` of a household's best, `most` of each."""
    counts = np.bincount(pool.home)
    start = np.cumsum(counts) - counts
    rank = np.arange(len(pool.home), dtype=np.int64) - start[pool.home]
    kept = (rank < most) & (pool.value >= pool.value[start[pool.home]] - width)
    return pool.only(kept)


def pool_of(problem: Problem, oracle: Oracle, built: Bools, prices: Prices, slack: float, most: int) -> Pool | None:
    """Packages within `slack` persons of each household's best at the prices, the best `most` of each, best first.

    None where a household has none.
    """
    width = units(slack, prices)
    homes, takes, values = [], [], []
    for view, found in zip(oracle.views, oracle.options(prices, built, width), strict=True):
        low, high = view.households.start, view.households.stop
        start, options = found.start, found.options
        counts = np.diff(start)
        if (counts == 0).any():
            return None
        owner = np.repeat(np.arange(high - low, dtype=np.int64), counts)
        rank = np.arange(len(owner), dtype=np.int64) - np.repeat(start[:-1], counts)
        kept = rank < most
        homes.append(low + owner[kept])
        values.append(options[1][kept])
        takes.append(options[2][kept])
    home, take = np.concatenate(homes), np.concatenate(takes)
    return Pool(home, _with_effects(problem, built, home, take), np.concatenate(values))


def _with_effects(problem: Problem, built: Bools, home: Ints, take: Ints) -> Ints:
    """`take` with every direct effect whose projects are built."""
    done = np.flatnonzero(effects(problem, built))
    bits = np.zeros(len(problem.households.block), dtype=np.int64)
    owner = problem.measures.household[done]
    np.bitwise_or.at(bits, owner, np.int64(1) << (done - problem.households.measures.start[owner]))
    return take | bits[home]


def _soft_short(problem: Problem, home: Ints, short: Ints, direct: Ints, topup: Ints) -> Ints:
    """Yuan of soft minimum that a top-up may still fill, per package."""
    households = problem.households
    fill = (households.minimum_price[home] != HARD) & (households.topup_cell[home] >= 0)
    fill &= households.touch_worth[home] == 0
    room = np.where(households.maximum[home] >= 0, np.maximum(0, households.maximum[home] - direct - topup), short)
    return np.where(fill, np.minimum(short, room), 0)


def alternatives_of(problem: Problem, built: Bools, pool: Pool) -> tuple[Alternatives, Ints]:
    """The choice between the pool's packages; (packages,) the number of each as an alternative, -1 if decided."""
    measures, owner = taken_measures(problem, pool.home, pool.take)
    none = np.zeros(len(pool.home), dtype=np.int64)
    direct = weigh(problem, pool.home, measures, owner, none).direct
    topup = hard_topups(problem, pool.home, direct)
    packages = weigh(problem, pool.home, measures, owner, topup)
    fill = _soft_short(problem, pool.home, packages.short, direct, topup)
    demand_owner, cells, yuan = gather(problem.measures.lines, measures)
    paid = np.flatnonzero(topup)
    demand = (
        np.concatenate([owner[demand_owner], paid]),
        np.concatenate([cells, problem.households.topup_cell[pool.home[paid]]]),
        np.concatenate([yuan, topup[paid]]),
    )
    row_owner, rows, coefficients = gather(problem.measures.rows, measures)
    lifted = np.flatnonzero(packages.lifted)
    lift_owner, lift_rows, lift_coefficients = gather(problem.households.rows, pool.home[lifted])
    effects = (
        np.concatenate([owner[row_owner], lifted[lift_owner]]),
        np.concatenate([rows, lift_rows]),
        np.concatenate([coefficients, lift_coefficients]),
    )
    filled = np.flatnonzero(fill)
    shorts = (filled, problem.households.topup_cell[pool.home[filled]], fill[filled])
    counts = np.bincount(pool.home, minlength=len(problem.households.block))
    single = counts[pool.home] == 1
    undecided = np.flatnonzero(~single)
    number = np.full(len(pool.home), -1, dtype=np.int64)
    number[undecided] = np.arange(len(undecided))
    _, group = np.unique(pool.home[undecided], return_inverse=True)
    base_demand = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    base_rows = np.zeros(len(problem.rows.rhs), dtype=np.int64)
    base_short = np.zeros(len(problem.flows.cell_village), dtype=np.int64)
    decided = np.flatnonzero(built)
    np.add.at(base_demand, *gather(problem.projects.lines, decided)[1:])
    np.add.at(base_rows, *gather(problem.projects.rows, decided)[1:])
    lists = []
    for parts, base in ((demand, base_demand), (effects, base_rows), (shorts, base_short)):
        fixed = single[parts[0]]
        np.add.at(base, parts[1][fixed], parts[2][fixed])
        lists.append(Csr.from_entries(len(undecided), number[parts[0][~fixed]], parts[1][~fixed], parts[2][~fixed]))
    soft = problem.households.minimum_price[problem.households.minimum_price > 0]
    open_demand, open_rows, open_shorts = lists
    alternatives = Alternatives(
        group.astype(np.int64),
        packages.worth[undecided],
        open_demand,
        open_rows,
        open_shorts,
        base_demand,
        base_rows,
        base_short,
        int(soft[0]) if len(soft) else 0,
        sum(packages.worth[single].tolist()),
    )
    return alternatives, number


def decisions_from(problem: Problem, built: Bools, pool: Pool, chosen: Ints, soft: Floats) -> Decisions:
    """The plan that a choice among the pool's alternatives stands for. soft: (cells,) yuan that fill soft minimums."""
    counts = np.bincount(pool.home, minlength=len(problem.households.block))
    single = counts[pool.home] == 1
    undecided = np.flatnonzero(~single)
    picked = np.concatenate([np.flatnonzero(single), undecided[chosen]])
    home, take = pool.home[picked], pool.take[picked]
    measures, owner = taken_measures(problem, home, take)
    taken = np.zeros(len(problem.measures.household), dtype=np.bool_)
    taken[measures] = True
    direct = weigh(problem, home, measures, owner, np.zeros(len(home), dtype=np.int64)).direct
    topup = hard_topups(problem, home, direct)
    short = weigh(problem, home, measures, owner, topup).short
    fill = _soft_short(problem, home, short, direct, topup)
    left = np.rint(soft).astype(np.int64)
    for index in np.argsort(home, kind="stable")[fill[np.argsort(home, kind="stable")] > 0]:
        cell = problem.households.topup_cell[home[index]]
        paid = min(int(fill[index]), int(left[cell]))
        topup[index] += paid
        left[cell] -= paid
    paid_to = np.zeros(len(problem.households.block), dtype=np.int64)
    paid_to[home] = topup
    return Decisions(built.copy(), taken, paid_to)
