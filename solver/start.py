"""First prices: every fund at one price of money, the one whose bound is best."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import QUICK_ROUNDS, add_columns, priced_at
from liftplan.solver.master import Master
from liftplan.solver.oracle.oracle import Effort, Oracle, total_value
from liftplan.solver.problem import Problem

FACTORS = (0.125, 0.25, 0.5, 1.0)
"""Prices tried first, as parts of the mean worth of all money."""

REFINEMENTS = 2
"""How often the best price is looked for between its neighbours."""


def first_prices(problem: Problem, oracle: Oracle, master: Master, over: Callable[[], bool]) -> Floats:
    """(rows,) multipliers, persons per row unit, to begin with. The plans found on the way go to the master."""
    unit = _money(problem)
    money = float(-problem.rows.rhs @ unit)
    mean = float(problem.households.worth.sum()) / UNITS_PER_PERSON / max(1.0, money)
    tried: dict[float, float] = {}
    for factor in FACTORS:
        tried[factor] = _try(problem, oracle, master, unit * (factor * mean))
        if over():
            break
    for _ in range(REFINEMENTS):
        known = sorted(tried)
        place = known.index(min(known, key=tried.__getitem__))
        for near in known[max(0, place - 1) : place + 2]:
            factor = float(np.sqrt(near * known[place]))
            if factor not in tried and not over():
                tried[factor] = _try(problem, oracle, master, unit * (factor * mean))
    return unit * (min(tried, key=tried.__getitem__) * mean)


def _money(problem: Problem) -> Floats:
    """(rows,) 1 per yuan for rows that only limit spending (R1), else 0."""
    rows = problem.rows
    unit = np.zeros(len(rows.rhs))
    for row in np.flatnonzero(rows.rhs < 0):
        coefficients = rows.arcs.of(int(row))[1]
        if len(coefficients) and (coefficients < 0).all():
            unit[row] = 1.0 / float(np.abs(coefficients).max())
    return unit


def _try(problem: Problem, oracle: Oracle, master: Master, duals: Floats) -> float:
    """What the plans found at these prices add up to, as a bound would (persons)."""
    prices = priced_at(problem, duals, oracle.room(problem))
    effort = Effort(UNITS_PER_PERSON >> prices.shift, first_rounds=QUICK_ROUNDS, nodes=1)
    answers = oracle.ask(prices, effort, range(problem.blocks))
    add_columns(problem, oracle, master, answers)
    return total_value(prices, answers) / UNITS_PER_PERSON
