"""The linear relaxation, kept alive: fractions of options, flows, and what sources are over or short at a penalty.

    maximise    sum value[j] x[j]  -  penalty (sum over[s] + sum under[s])
    subject to  sum of x over a group = 1,
                sum of flow into class c = sum cost[j,c] x[j]                    for classes of several payers,
                minimum[s] <= flow out of s + under[s] - over[s] <= amount[s].

A class of one payer has no flow of its own. Floats: what its duals are worth is found by `prices`, in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.engines.highs import Floats, Lp, Matrix
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Bools, Csr, Ints
from liftplan.solver.progress import Cancel

SHORT = 1e-6
"""Total of `over` and `under`, relative to the largest cost, from which a point does not keep the sources' limits."""


@dataclass(frozen=True)
class Point:
    """Optimum of the relaxation over the allowed options."""

    x: Floats
    """(options,)"""
    prices: Floats
    """(sources,) value units per unit paid, as `prices.Pricer.whole` takes them."""
    missing: bool
    """Whether limits of sources are broken."""
    solved: bool
    """False: the engine was stopped."""


class Relaxation:
    """The LP of one problem. `allow` and `solve` go together."""

    def __init__(self, problem: FlatProblem, columns: Ints | None = None) -> None:
        """columns: (some options, ascending) to begin with; None: all."""
        self._problem = problem
        self._value_unit = float(
            max(1, np.abs(problem.values - problem.values[problem.start[:-1]][problem.group]).max())
        )
        self._value_unit /= 100.0
        self._unit = float(problem.costs.value.max(initial=1))
        self._lp = Lp(method="simplex", presolve=False)
        self.columns: Ints = np.zeros(0, dtype=np.int64)
        """Options that are in the LP, in the order of its columns."""
        shared = np.diff(problem.payers.start) > 1
        self._row_of_class = np.full(len(problem.classes), -1, dtype=np.int64)
        self._row_of_class[shared] = problem.groups + np.arange(int(shared.sum()))
        self._first_source = problem.groups + int(shared.sum())
        only = problem.payers.index[problem.payers.start[:-1]] if len(problem.classes) else shared.astype(np.int64)
        self._row_of_class[~shared] = self._first_source + only[~shared]
        self._sign = np.where(shared, -1.0, 1.0)
        self._add_rows(int(shared.sum()))
        self._fixed = self._add_flows(shared)
        self._plain = False
        self._penalty = 0.0
        self.add(np.arange(problem.options) if columns is None else columns)

    def _add_rows(self, shared: int) -> None:
        problem = self._problem
        ones, zeros = np.ones(problem.groups), np.zeros(shared)
        self._lp.add_rows(
            np.concatenate([ones, zeros, problem.minimum / self._unit]),
            np.concatenate([ones, zeros, problem.amount / self._unit]),
        )

    def _add_flows(self, shared: Bools) -> int:
        """Flows into classes of several payers, then `over` and `under` of each source. Returns their number."""
        problem = self._problem
        entry = np.flatnonzero(shared[problem.payers.owner_of_entry()])
        into, source = self._row_of_class[problem.payers.owner_of_entry()[entry]], problem.payers.index[entry]
        rows = np.column_stack([into, self._first_source + source]).ravel()
        flows, sources = len(entry), len(problem.sources)
        self._lp.add_cols(np.zeros(flows), 0.0, np.inf, Matrix(2 * np.arange(flows + 1), rows, np.ones(2 * flows)))
        each = np.repeat(self._first_source + np.arange(sources), 2)
        matrix = Matrix(np.arange(2 * sources + 1), each, np.tile([-1.0, 1.0], sources))
        self._lp.add_cols(np.ones(2 * sources), 0.0, np.inf, matrix)
        self._short = flows + np.arange(2 * sources)
        return flows + 2 * sources

    def add(self, options: Ints) -> None:
        """Add options that are not in the LP yet."""
        costs = self._problem.costs
        sizes = costs.start[options + 1] - costs.start[options]
        entry = np.repeat(costs.start[options] - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        row = self._row_of_class[costs.index[entry]]
        value = costs.value[entry] / self._unit * self._sign[costs.index[entry]]
        owner = np.repeat(np.arange(len(options)), sizes)
        # several classes of an option may have the same single payer: one entry for them
        key, place = np.unique(owner * self._lp.rows + row, return_inverse=True)
        summed = np.bincount(place, weights=value, minlength=len(key))
        own_group = self._problem.group[options]
        lists = Csr.from_entries(
            len(options),
            np.concatenate([np.arange(len(options)), key // self._lp.rows]),
            np.concatenate([own_group, key % self._lp.rows]),
        )
        order = np.argsort(np.concatenate([np.arange(len(options)), key // self._lp.rows]), kind="stable")
        values = np.concatenate([np.ones(len(options)), summed])[order]
        worth = np.zeros(len(options)) if self._plain else self._problem.values[options] / self._value_unit
        self._lp.add_cols(-worth, 0.0, 1.0, Matrix(lists.start, lists.index, values))
        self.columns = np.append(self.columns, options)
        self._lp.strategy("primal")

    def allow(self, allowed: Bools) -> None:
        """Leave out all options but the allowed ones ((options,))."""
        upper = allowed[self.columns].astype(np.float64)
        self._lp.set_col_bounds(self._fixed + np.arange(len(upper)), 0.0, upper)
        self._lp.strategy("dual")

    def penalise(self, penalty: float) -> None:
        """Value units for each unit of money that a source is over or short."""
        self._penalty = penalty
        if not self._plain:
            self._lp.set_costs(self._short, penalty * self._unit / self._value_unit)

    def solve(self, *, plain: bool = False, cancel: Cancel | None = None, seconds: float | None = None) -> Point:
        """Solve; plain: only keep the sources' limits, whatever it is worth."""
        if plain != self._plain:
            self._plain = plain
            values = self._problem.values[self.columns] / self._value_unit * (0.0 if plain else 1.0)
            self._lp.set_costs(self._fixed + np.arange(len(self.columns)), -values)
            self._lp.set_costs(self._short, 1.0 if plain else self._penalty * self._unit / self._value_unit)
            self._lp.strategy("primal")
        result = self._lp.solve(seconds, cancel=cancel)
        x = np.zeros(self._problem.options)
        x[self.columns] = result.x[self._fixed :]
        money = 1.0 if plain else self._value_unit / self._unit
        prices = -result.row_duals[self._first_source :] * money
        missing = float(result.x[self._short].sum())
        return Point(x, prices, missing > SHORT, result.status == "optimal")
