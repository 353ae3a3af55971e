"""Which function checks which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from liftplan.solver.check.decided import Decided
from liftplan.solver.check.demands import committed, must_never
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach
from liftplan.solver.check.funds import fund_amount, fund_share, purpose, spend_min
from liftplan.solver.check.households import household_max, household_min
from liftplan.solver.check.structure import structure
from liftplan.solver.check.villages import fairness, growth, village_department, village_total

Check = Callable[[Facts, Decided], Iterator[Breach]]
"""Yields every way in which decisions break one rule; no breach = kept."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "R1": fund_amount,
        "R2": purpose,
        "R3": village_total,
        "R4": village_department,
        "R5": household_min,
        "R6": growth,
        "R7": fund_share,
        "R8": structure,
        "R9": household_max,
        "R10": fairness,
        "R11": committed,
        "R12": must_never,
        "R13": spend_min,
    }
)
"""One function for each rule of `models.policy.RULES`."""
