"""Column generation: the master gives prices, the oracle gives columns and a proved bound, until the two meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.columns import Column, make_column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.master import Master, Mixture, grid
from liftplan.solver.oracle.oracle import Answer, Effort, Oracle, total_bound
from liftplan.solver.oracle.pricing import Prices, needed_shift, price
from liftplan.solver.problem import Problem

MISSING = 1e-6
"""Scaled artificial shortfall (1 = 10,000 yuan) below which a mixture keeps the hard rows, as the engine sees it."""

SMOOTHING = 0.5
"""Share of the best prices so far in the prices asked (Wentges 1997), while the gap is wide."""


@dataclass(frozen=True)
class Generated:
    """What column generation found for one node."""

    bound: int | None
    """Proved upper bound in units, phase one: of minus the artificial shortfall. None: proved infeasible."""
    mixture: Mixture
    """Last solution of the master."""
    duals: Floats
    """(rows,) multipliers of the best bound."""
    prices: Prices | None
    """The same on the grid, as used."""
    rounds: int
    converged: bool
    """The bound has met the master's value."""


Report = Callable[[int | None, Mixture], bool]
"""Called each round with the best bound and the mixture; True stops."""


@dataclass(frozen=True)
class Limits:
    """When to stop."""

    tolerance: float
    """Persons between bound and master value that count as met."""
    rounds: int = 400
    cutoff: int | None = None
    """Stop once the bound is below this (units): the node is done with."""
    nodes: int = 200
    """Oracle's nodes per block."""


def generate(
    problem: Problem,
    oracle: Oracle,
    master: Master,
    start: Floats,
    limits: Limits,
    report: Report,
    inherited: int | None = None,
) -> Generated:
    """Solve the master over all block plans of `problem` (a node may bound decisions otherwise than the master).

    start: (rows,) multipliers to ask first. inherited: a bound known before, units. Raises InternalError if a bound
    falls below the master's value.
    """
    best, best_duals, best_prices = inherited, start, None
    asked = start
    blocks = range(problem.blocks)
    mixture = master.solve()
    width = np.inf
    for number in range(1, limits.rounds + 1):
        prices = priced_at(problem, asked)
        effort = _effort(problem, width, prices, limits)
        answers = oracle.ask(prices, effort, blocks)
        bound = total_bound(prices, answers)
        if bound is None:
            return Generated(None, mixture, asked, prices, number, True)
        if best is None or bound < best:
            best, best_duals, best_prices = bound, asked, prices
        elif best_prices is None:
            best_duals, best_prices = asked, prices
        columns = columns_from(problem, oracle, answers)
        before = mixture
        improving = master.add(columns) > 0
        if improving:
            mixture = master.solve()
        value = int(np.floor(mixture.value * UNITS_PER_PERSON))
        slack = int(1e-6 * UNITS_PER_PERSON * max(1.0, abs(mixture.value)))
        if mixture.missing < MISSING and best < value - slack:
            raise InternalError(f"the bound {best} is below the master's value {value}")
        width = max(0.0, (best - value) / UNITS_PER_PERSON)
        stop = report(best, mixture)
        met = width <= limits.tolerance and mixture.missing < MISSING
        if met or stop or (limits.cutoff is not None and best < limits.cutoff):
            return Generated(best, mixture, best_duals, best_prices, number, met)
        exact = np.array_equal(asked, before.duals)
        if not improving and exact:
            closed = width <= 1e-6 * max(1.0, abs(mixture.value))
            if closed or effort.tolerance == 0:
                # if not closed, the oracle's own gap (its node limit) is all that is left
                return Generated(best, mixture, best_duals, best_prices, number, closed and mixture.missing < MISSING)
            width = 0.0
        smoothing = SMOOTHING if improving else 0.0
        asked = smoothing * best_duals + (1.0 - smoothing) * mixture.duals if smoothing else mixture.duals
    return Generated(best, mixture, best_duals, best_prices, limits.rounds, False)


def priced_at(problem: Problem, duals: Floats) -> Prices:
    """Prices of everything at multipliers in persons per row unit, on the finest grid that cannot overflow."""
    shift = needed_shift(problem, grid(duals, 0), 0)
    return price(problem, grid(duals, shift), shift)


def _effort(problem: Problem, width: float, prices: Prices, limits: Limits) -> Effort:
    """Search as sharply as the present gap deserves."""
    if not np.isfinite(width):
        return Effort(_units(1.0, prices.shift), nodes=1)
    share = 0.05 * max(width, limits.tolerance) / max(1, problem.blocks) if width > 0 else 0.0
    return Effort(_units(share, prices.shift), nodes=limits.nodes)


def _units(persons: float, shift: int) -> int:
    return int(persons * UNITS_PER_PERSON) >> shift


def columns_from(problem: Problem, oracle: Oracle, answers: list[Answer]) -> list[Column]:
    """The plans in the oracle's answers as columns."""
    return [
        make_column(problem, oracle.static.blocks, answer.block, answer.built, answer.take, answer.topup)
        for answer in answers
        if answer.value is not None
    ]
