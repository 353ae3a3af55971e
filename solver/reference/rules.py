"""Which function states which rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from liftplan.solver.reference.demands import committed, must_never
from liftplan.solver.reference.funds import fund_amount, fund_share, spend_min
from liftplan.solver.reference.households import household_max, household_min
from liftplan.solver.reference.model import Model
from liftplan.solver.reference.payers import purpose
from liftplan.solver.reference.structure import structure
from liftplan.solver.reference.villages import fairness, growth, village_department, village_total

RULES: Mapping[str, Callable[[Model], None]] = MappingProxyType(
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

COLUMNS_FIRST = ("R2", "R5")
"""Rules that make the columns of ledger and top-ups, which others add up."""
