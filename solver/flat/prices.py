"""What prices of sources prove: a bound on every choice, and options that no better choice takes. Whole numbers only.

With a price y[s] per unit out of source s (y < 0 where its minimum makes it spend), class c costs
q[c] = min of y over the sources that pay it, and every choice is worth at most

    U(y) = sum over y[s] > 0 of y[s] amount[s]  +  sum over y[s] < 0 of y[s] minimum[s]
           +  sum over groups of the largest  value - sum of q[c] cost[c]  of its options.

Any whole y will do: flows out of s lie between minimum and amount, and each unit into c costs at least q[c]. With all
values taken as 0 (plain prices), U(y) < 0 shows that no choice can be paid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Csr, Ints

ROOM = 2.0**60
"""Sums of priced costs stay below this."""

PLAIN = 12
"""Plain prices are rounded to multiples of 2^-12; only the sign of what they prove counts."""

NOTHING = -(2**62)
"""Bound where a group has no option left; also the worth of options that are left out."""


@dataclass(frozen=True)
class Prices:
    """whole: (sources,) in units of 2^-shift of the value's unit; plain: with all values taken as 0 (then shift 0)."""

    whole: Ints
    shift: int
    plain: bool = False


@dataclass(frozen=True)
class Bound:
    """What prices prove about the choices from some options. Numbers in units of 2^-shift."""

    total: int
    """U, or NOTHING if a group has no option."""
    loss: Ints
    """(options,) U minus the bound of choices that take the option; unspecified for options that are left out."""


class Pricer:
    """Bounds at prices for one problem."""

    def __init__(self, problem: FlatProblem) -> None:
        self._problem = problem
        totals = np.abs(problem.values).astype(np.float64)
        reach = float(np.maximum.reduceat(totals, problem.start[:-1]).sum())
        self.shift = int(np.clip(np.floor(np.log2(ROOM / 8 / max(1.0, reach))), 0, 40))
        """Prices count in 2^-shift of the value's unit, or more coarsely where they are large."""
        costs = sums_of_lists(problem.costs, problem.costs.value).astype(np.float64)
        money = float(np.maximum.reduceat(costs, problem.start[:-1]).sum()) + float(problem.amount.sum())
        self._largest = ROOM / 4 / max(1.0, money)
        self._cost_entries = problem.costs.index

    def whole(self, prices: Floats, *, plain: bool = False) -> Prices:
        """Prices (sources,) in value units per unit paid, on the grid; none is < 0 where there is no minimum."""
        kept = np.where(self._problem.minimum > 0, prices, np.maximum(prices, 0.0))
        most = float(np.abs(kept).max(initial=0.0))
        shift = PLAIN if plain else self.shift
        if most * 2.0**shift > self._largest:
            shift = max(0, int(np.floor(np.log2(self._largest / most))))
            kept *= min(1.0, self._largest / most / 2.0**shift)
        return Prices(np.rint(kept * 2.0**shift).astype(np.int64), 0 if plain else shift, plain)

    def bound(self, prices: Prices, allowed: Bools) -> Bound:
        """U over the allowed options ((options,))."""
        problem = self._problem
        y = prices.whole
        money = int(np.where(y > 0, y * problem.amount, y * problem.minimum).sum())
        net = -self.priced(prices)
        if not prices.plain:
            net += problem.values << prices.shift
        net[~allowed] = NOTHING
        best = np.maximum.reduceat(net, problem.start[:-1])
        if (best == NOTHING).any():
            return Bound(NOTHING, net)
        return Bound(money + int(best.sum()), best[problem.group] - net)

    def priced(self, prices: Prices) -> Ints:
        """(options,) what each costs at prices."""
        problem = self._problem
        if not problem.classes:
            return np.zeros(problem.options, dtype=np.int64)
        payers = problem.payers
        by_class = np.minimum.reduceat(prices.whole[payers.index], payers.start[:-1])
        return sums_of_lists(problem.costs, by_class[self._cost_entries] * problem.costs.value)


def sums_of_lists(lists: Csr, values: Ints) -> Ints:
    """Sum of the values of each list's entries."""
    running = np.zeros(len(values) + 1, dtype=np.int64)  # may wrap around; differences are right all the same
    np.cumsum(values, out=running[1:])
    return running[lists.start[1:]] - running[lists.start[:-1]]
