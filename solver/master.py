"""The restricted master: block plans found so far, mixed by an LP, with the money flowing through the arcs.

    max   sum worth[k] x[k] - sum price[r] short[r]
    s.t.  sum coef[r,a] f[a] + sum coef[r,k] x[k] + short[r]  >=  rhs[r]     per row      (dual: u[r])
          sum of f[a] over the arcs into c = sum yuan[c,k] x[k]              per cell
          sum of x[k] over the block's columns = 1                           per block

This is the one place where whole yuan become floats: flows count units of 10,000 yuan, the objective counts persons,
rows are scaled to coefficients of about 1. Hard rows have an artificial shortfall at a high price, so that every subset
of columns has a solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.columns import BlockPlan, Column, key_of
from liftplan.solver.engines.highs import Floats, Lp, Matrix
from liftplan.solver.ledger.payers import likely_payers
from liftplan.solver.merging import Merged, Merging, unmerged
from liftplan.solver.problem import HARD, Bools, Ints, Problem
from liftplan.solver.progress import Cancel

MONEY = 10_000
"""Yuan per unit of flow."""

NEAR = 1.0
"""Persons of loss up to which columns are looked at where rows are left out."""

SAME = 1e-7
"""Part of a value within which two are the same."""

PENALTY, BLOCK = 200.0, 1e4
"""Persons per scaled unit of artificial shortfall of a row, and for leaving a block without a plan, at first."""


@dataclass(frozen=True)
class Scaling:
    """Rows as the LP sees them: multiplied by `row` (rows,), which brings coefficients to about 1."""

    row: Floats

    @classmethod
    def of(cls, problem: Problem) -> Scaling:
        """From the largest coefficient of each row; money counts in `MONEY`."""
        rows = problem.rows
        largest = np.zeros(len(rows.rhs))
        np.maximum.at(largest, rows.arcs.owner_of_entry(), np.abs(rows.arcs.value) * float(MONEY))
        for lists in (problem.projects.rows, problem.measures.rows, problem.households.rows):
            entries = np.zeros(len(rows.rhs))
            np.maximum.at(entries, lists.index, np.abs(lists.value).astype(np.float64))
            largest = np.where(largest > 0, largest, np.maximum(entries, largest))
        return cls(1.0 / np.maximum(largest, 1.0))


@dataclass(frozen=True)
class Mixture:
    """Solution of the restricted master."""

    value: float
    """Persons, without the problem's constant's rounding: the LP's own optimum, in floats."""
    missing: float
    """Total artificial shortfall of hard rows and blocks, scaled; 0 if the mixture keeps every hard row."""
    weights: Floats
    """(columns,) x."""
    duals: Floats
    """(rows,) u in persons per row unit, >= 0."""
    flows: Floats
    """(arcs of the merged problem,) yuan."""
    losses: Floats
    """(columns,) persons that the value falls by at least if a column is taken whole: reduced costs, >= 0."""


@dataclass(frozen=True)
class Program:
    """minimise costs @ x, x >= 0, row_lower <= A x <= row_upper, A by columns."""

    costs: Floats
    """(columns,)"""
    row_lower: Floats
    row_upper: Floats
    """(rows,)"""
    start: Ints
    """(columns + 1,)"""
    index: Ints
    value: Floats
    """Entries of each column: row and coefficient."""

    @property
    def matrix(self) -> Matrix:
        """A by columns."""
        return Matrix(self.start, self.index, self.value)


class Master:
    """The LP, kept alive. `phase_one` looks for a mixture that keeps every hard row, whatever it is worth."""

    def __init__(
        self, problem: Problem, merging: Merging | None = None, *, phase_one: bool = False, penalty: float = PENALTY
    ) -> None:
        """Without columns.

        merging: how money is merged, by default not at all. penalty: persons per scaled unit of artificial shortfall.
        """
        self._whole = problem
        self._merging = merging
        self._phase_one = phase_one
        self.penalty = 1.0 if phase_one else penalty
        self.columns: list[Column] = []
        self._keys: set[tuple[int, bytes]] = set()
        self._allowed: Bools | None = None
        self._weights: Floats | None = None
        """(columns of the last mixture,)"""
        self._build(unmerged(problem) if merging is None else merging.merged)

    def _build(self, merged: Merged) -> None:
        """A new LP over a way to merge money, with the columns there are."""
        self._merged, self._problem = merged, merged.problem
        self._scaling = Scaling.of(self._problem)
        self._hard = self._problem.rows.price == HARD
        self._lp = Lp(method="simplex", presolve=False)
        frame = self._frame()
        self._first = len(frame.costs)
        self._lp.add_rows(frame.row_lower, frame.row_upper)
        self._lp.add_cols(frame.costs, 0.0, np.inf, frame.matrix)
        self._enter(self.columns)
        if self._allowed is not None:
            self.allow(self._allowed)
        if self._weights is not None:
            self._begin_near(self._weights)

    def _enter(self, columns: Sequence[Column]) -> None:
        if columns:
            costs, starts, indices, values = self._entries(columns)
            self._lp.add_cols(costs, 0.0, np.inf, Matrix(starts, indices, values))

    def _up_to_date(self) -> None:
        """Rows that were taken back elsewhere come back here."""
        if self._merging is not None and self._merging.merged is not self._merged:
            self._build(self._merging.merged)

    def _frame(self) -> Program:
        """The linear program without block plans: arcs, then the shortfall of each row, then that of each block."""
        problem, scale = self._problem, self._scaling.row
        rows, flows = problem.rows, problem.flows
        row_count, cells, arcs = len(rows.rhs), len(flows.cell_village), len(flows.arc_cell)
        index = np.concatenate([rows.arcs.owner_of_entry(), row_count + flows.arc_cell])
        arc = np.concatenate([rows.arcs.index, np.arange(arcs)])
        value = np.concatenate([rows.arcs.value * scale[rows.arcs.owner_of_entry()] * MONEY, np.ones(arcs)])
        order = np.argsort(arc, kind="stable")
        start = np.zeros(arcs + 1, dtype=np.int64)
        np.cumsum(np.bincount(arc, minlength=arcs), out=start[1:])
        cost = 0.0 if self._phase_one else problem.arc_cost * MONEY / UNITS_PER_PERSON
        prices = np.where(self._hard, self.penalty, np.maximum(rows.price, 0) / UNITS_PER_PERSON / scale)
        if self._phase_one:
            prices = np.where(self._hard, 1.0, 0.0)
        return Program(
            np.concatenate([np.full(arcs, cost), prices, np.full(problem.blocks, self.block_penalty)]),
            np.concatenate([rows.rhs * scale, np.zeros(cells), np.ones(problem.blocks)]),
            np.concatenate([np.full(row_count, np.inf), np.zeros(cells), np.ones(problem.blocks)]),
            np.concatenate([start, start[-1] + np.arange(1, row_count + problem.blocks + 1)]),
            np.concatenate([index[order], np.arange(row_count), row_count + cells + np.arange(problem.blocks)]),
            np.concatenate([value[order], np.ones(row_count + problem.blocks)]),
        )

    @property
    def block_penalty(self) -> float:
        """Persons for leaving a block without a plan: always as much dearer than a row's shortfall."""
        return BLOCK if self._phase_one else BLOCK * self.penalty / PENALTY

    @property
    def problem(self) -> Problem:
        """The problem with its money as it is merged."""
        self._up_to_date()
        return self._problem

    @property
    def merged(self) -> Merged:
        """How money is merged in this LP."""
        self._up_to_date()
        return self._merged

    def missed(self) -> Bools:
        """(rows,) rows left out without which the mixture is worth more: all of them are in this solution."""
        merging, none = self._merging, np.zeros(len(self._whole.rows.rhs), dtype=np.bool_)
        if merging is None or not merging.left_out.any():
            return none
        mixture = self.solve()
        whole = Master(self._whole, penalty=self.penalty, phase_one=self._phase_one)
        near = np.flatnonzero((mixture.losses <= NEAR) & self._within())
        whole.add([self.columns[index] for index in near.tolist()])
        whole._begin_near(mixture.weights[near])
        other = whole.solve()
        if (
            other.value >= mixture.value - SAME * max(1.0, abs(mixture.value))
            and other.missing <= mixture.missing + SAME
        ):
            return none
        return merging.left_out & (other.duals > 0)

    def _begin_near(self, weights: Floats) -> None:
        """Start from each block's column of most weight, and from one payer for what each cell costs in a mixture.

        weights: (columns,), or of the first of them. From there it takes a third of the time that it does from nothing.
        """
        problem, flows, rows = self._problem, self._problem.flows, self._problem.rows
        demand, rest = np.zeros(len(flows.cell_village)), rows.rhs.astype(np.float64)
        heaviest: dict[int, int] = {}
        for index in np.argsort(weights, kind="stable").tolist():
            column, weight = self.columns[index], float(weights[index])
            heaviest[column.block] = index
            if weight > 0:
                cells, yuan = self._merged.demand(column.cells, column.yuan)
                own, coefficients = self._merged.effects(column.rows, column.coefficients)
                demand[cells] += weight * yuan
                np.subtract.at(rest, own, weight * coefficients)
        payers = likely_payers(
            flows.arc_cell, demand, rest, rows.arcs.owner_of_entry(), rows.arcs.index, rows.arcs.value
        )
        paid = payers >= 0
        basic = np.zeros(self._lp.columns, dtype=np.bool_)
        basic[payers[paid]] = True
        basic[[self._first + index for index in heaviest.values()]] = True
        has_column = np.isin(np.arange(problem.blocks), list(heaviest))
        self._lp.begin_with(basic, np.concatenate([np.ones(len(rows.rhs), dtype=np.bool_), ~paid, ~has_column]))

    def _within(self) -> Bools:
        """(columns,) those that are allowed; columns that came later are."""
        allowed = np.ones(len(self.columns), dtype=np.bool_)
        if self._allowed is not None:
            allowed[: len(self._allowed)] = self._allowed
        return allowed

    def _spread(self, duals: Floats) -> Floats:
        """(rows,) of the whole problem: 0 where a row is left out."""
        return np.where(self._merged.row >= 0, np.append(duals, 0.0)[self._merged.row], 0.0)

    def caps(self) -> Floats:
        """(rows of the merged problem,) the largest multiplier that the LP can give, persons per row unit."""
        rows = self._problem.rows
        soft = np.maximum(rows.price, 0) / UNITS_PER_PERSON * (0.0 if self._phase_one else 1.0)
        return np.where(self._hard, self.penalty * self._scaling.row, soft)

    def has(self, plan: BlockPlan) -> bool:
        """Whether an equal column is there."""
        return (plan.block, key_of(plan)) in self._keys

    def add(self, columns: Sequence[Column]) -> int:
        """Add columns that are not there yet; returns how many were new."""
        new = []
        for column in columns:
            key = (column.block, key_of(column))
            if key not in self._keys:
                self._keys.add(key)
                new.append(column)
        self._enter(new)
        self.columns += new
        return len(new)

    def _entries(self, columns: Sequence[Column]) -> tuple[Floats, Ints, Ints, Floats]:
        """Costs of block plans, and their entries: starts, rows, values."""
        row_count, cells = len(self._problem.rows.rhs), len(self._problem.flows.cell_village)
        starts, indices, values, costs = [0], [], [], []
        for column in columns:
            paid, yuan = self._merged.demand(column.cells, column.yuan)
            own, coefficients = self._merged.effects(column.rows, column.coefficients)
            indices += [own, row_count + paid, np.array([row_count + cells + column.block])]
            values += [
                coefficients * self._scaling.row[own],
                -yuan / MONEY,
                np.ones(1),
            ]
            starts.append(starts[-1] + len(own) + len(paid) + 1)
            costs.append(0.0 if self._phase_one else -column.worth / UNITS_PER_PERSON)
        return np.array(costs), np.array(starts), np.concatenate(indices), np.concatenate(values)

    def program(self, columns: Sequence[Column]) -> Program:
        """The linear program over some block plans only, money merged; they come last."""
        self._up_to_date()
        frame, (costs, starts, indices, values) = self._frame(), self._entries(columns)
        return Program(
            np.concatenate([frame.costs, costs]),
            frame.row_lower,
            frame.row_upper,
            np.concatenate([frame.start, frame.start[-1] + starts[1:]]),
            np.concatenate([frame.index, indices]),
            np.concatenate([frame.value, values]),
        )

    def allow(self, allowed: Bools) -> None:
        """Restrict the columns that may be used ((columns,) in order of `columns`)."""
        self._allowed = allowed
        self._lp.set_col_bounds(self._first + np.arange(len(allowed)), 0.0, np.where(allowed, np.inf, 0.0))
        self._lp.strategy("dual")

    def drops(self, restrictions: Sequence[Bools], iterations: int) -> list[float]:
        """Persons that the value falls by at least under each of some restrictions of the columns.

        As far as so many simplex steps from the present solution show. The last restriction is not taken back.
        """
        basis, value = self._lp.basis(), self._lp.solve().objective
        found = []
        for allowed in restrictions:
            self.allow(allowed)
            self._lp.set_basis(basis)
            found.append(self._lp.solve(iterations=iterations).objective - value)
        return found

    def raise_penalty(self, factor: float) -> None:
        """Make artificial shortfall dearer."""
        self.penalty *= factor
        arcs = len(self._problem.flows.arc_cell)
        self._lp.set_costs(arcs + np.flatnonzero(self._hard), self.penalty)
        blocks = arcs + len(self._problem.rows.rhs) + np.arange(self._problem.blocks)
        self._lp.set_costs(blocks, self.block_penalty)

    def solve(self, cancel: Cancel | None = None) -> Mixture:
        """Solve to optimality. Raises InternalError where the engine does not."""
        self._up_to_date()
        result = self._lp.solve(cancel=cancel)
        self._lp.strategy("primal")  # new columns leave the basis primal feasible
        if result.status not in ("optimal", "cancelled"):
            raise InternalError(f"the master LP ended as {result.status}")
        rows = len(self._problem.rows.rhs)
        arcs = len(self._problem.flows.arc_cell)
        short = result.x[arcs : arcs + rows]
        missing = float(short[self._hard].sum() + result.x[arcs + rows : self._first].sum())
        constant = 0.0 if self._phase_one else self._problem.constant / UNITS_PER_PERSON
        self._weights = result.x[self._first :]
        return Mixture(
            constant - result.objective,
            missing,
            self._weights,
            self._spread(np.clip(result.row_duals[:rows] * self._scaling.row, 0.0, self.caps())),
            result.x[:arcs] * MONEY,
            np.maximum(0.0, result.reduced_costs[self._first :]),
        )


def grid(multipliers: Floats, shift: int) -> Ints:
    """Multipliers in persons per row unit, rounded to whole units of 2^shift."""
    return np.rint(np.maximum(multipliers, 0.0) * (UNITS_PER_PERSON / 2.0**shift)).astype(np.int64)
