"""Which way people go with a quantity, where theory says so."""

from __future__ import annotations

from typing import Literal

from liftplan.models.county import County
from liftplan.scenarios.curve.axis import FUND, MINIMUM, MONEY

Direction = Literal[-1, 0, 1]

COUNTS_TOPUPS = ("R3", "R4", "R6", "R7", "R13")
"""Rules that a top-up helps to keep, as its money counts there."""


def direction(county: County, name: str) -> Direction:
    """1: a larger value never makes the best plan worse; -1: a smaller one never does; 0: it may go either way.

    Every plan of a county is a plan of the same county with more money, unless R13 then asks for more spending, and of
    one with lower minimums R3 and R4. R5 is different, as a top-up is exactly what is missing: with a lower minimum it
    is smaller, and what it had brought towards other minimums and shares is missing there. The poverty line decides
    who counts.
    """
    policy = county.policy
    kind, _, rest = name.partition(":")
    if kind in {MONEY, FUND}:
        return 1 if policy.R13.enforce == "off" or not policy.R13.rows else 0
    if kind == MINIMUM and rest == "R5":
        return -1 if all(getattr(policy, rule).enforce == "off" for rule in COUNTS_TOPUPS) else 0
    return -1 if kind == MINIMUM else 0
