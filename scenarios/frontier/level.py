"""One level of fairness: the overrides that ask for it, and what came of the solve."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.scenarios.frontier.shares import By

PRICES = (3, 10)
"""People for each person short, where a level is only wished for: the lower gives fairer plans in the same time, the
higher better bounds."""


@dataclass(frozen=True)
class Level:
    """What was solved for one level."""

    share_bp: int
    """Every group is to lift at least so much of its people, basis points."""
    overrides: tuple[str, ...]
    """What was applied to the county."""
    status: str
    """`optimal` (proved), `feasible`, `infeasible` (proved) or `unknown`: of the level, whatever was solved for it."""
    stopped_by: str | None
    people: int | None
    """People lifted by the plan found for it; None: that plan does not reach the level, or there is none."""
    bound: float | None
    """No plan that reaches the level lifts more people, proved by this solve; None: nothing proved, or no such plan."""
    seconds: float


def overrides_of(share_bp: int, by: By, price: int = 0) -> tuple[str, ...]:
    """The overrides of a level. price: people that each person short costs; 0: the level has to be kept."""
    asked = (f"policy.R10.by = {by}", f"policy.R10.share_bp = {share_bp}")
    if price:
        return ("policy.R10.enforce = soft", f"policy.R10.price = {price * 1_000_000}", *asked)
    return ("policy.R10.enforce = hard", *asked)
