"""Prices as plans show them: people per 10,000 yuan of funds and rules."""

from __future__ import annotations

from liftplan.solver.compile import Compiled
from liftplan.solver.engines.highs import Floats

RELAXED = frozenset({"R3", "R4", "R6", "R7", "R10", "R11", "R13"})
"""Rules with rows of their own that a planner may relax; R1 has its prices by fund."""

PRICED = 10_000
"""Yuan that a price shown is for."""


def fund_prices(compiled: Compiled, duals: Floats) -> dict[str, float]:
    """People per extra 10,000 yuan of each allocating fund, at the bound's multipliers (rounded to 1e-9)."""
    return {
        subject: round(float(duals[row]) * PRICED, 9)
        for row, (rule, subject) in enumerate(compiled.problem.names.rows)
        if rule == "R1"
    }


def rule_prices(compiled: Compiled, duals: Floats) -> dict[str, float]:
    """People per 10,000 yuan by which each rule is relaxed (R10: per person), at the bound's multipliers."""
    rows = compiled.problem.rows
    found = {}
    for row, (rule, subject) in enumerate(compiled.problem.names.rows):
        if rule in RELAXED and duals[row] > 0:
            price = round(float(duals[row]) * row_units(rule, int(rows.short_scale[row])) * PRICED, 9)
            if price:
                found[f"{rule} {subject}"] = price
    return found


def row_units(rule: str, scale: int) -> float:
    """Units of a rule's row that one yuan is (R10: a ten-thousandth of a person)."""
    return {"R7": 10_000 / scale, "R10": 1e-4}.get(rule, 1.0)
