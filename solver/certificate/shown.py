"""Whether the prices that a plan shows are those of its certificate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from liftplan.models.messages import m
from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.solver.certificate.form import Certificate
from liftplan.solver.check import Violation
from liftplan.solver.compile import Compiled
from liftplan.solver.shown import fund_prices, rule_prices

STEP = 1e-9
"""Prices are shown in steps of this, persons."""


def other_prices(compiled: Compiled, certificate: Certificate, plan: Plan) -> Iterator[Violation]:
    """Prices of the plan that are not those of the whole county's multipliers.

    A certificate of several parts, none of them about the whole county, has no such multipliers: nothing is said then.
    """
    index = certificate.whole
    if index is None:
        return
    prices = certificate.prices[index]
    numbers = np.zeros(len(compiled.problem.names.rows))
    for row, multiplier in prices.rows:
        numbers[row] = multiplier
    unit = 2.0**prices.shift / UNITS_PER_PERSON
    least, most = np.maximum(0, numbers - 1) * unit, (numbers + 1) * unit  # multipliers are rounded
    for told, shown in ((plan.prices, fund_prices), (plan.rule_prices, rule_prices)):
        low, exact, high = (shown(compiled, duals) for duals in (least, numbers * unit, most))
        for name in sorted(told.keys() | exact.keys()):
            value, limit = told.get(name, 0.0), exact.get(name, 0.0)
            if not low.get(name, 0.0) - STEP <= value <= high.get(name, 0.0) + STEP:
                message = m(
                    "The plan shows the price {value} for {name}, its certificate {limit}.",
                    value=value,
                    name=name,
                    limit=limit,
                )
                yield Violation("prices", name, message, value, limit)
