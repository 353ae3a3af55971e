"""Is a plan what it says it is? The checker's verdict, and on request its bound proved again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.solver.check import Violation, check_plan

Reprove = Callable[[County, Plan], Sequence[Violation]]
"""Proves the bound of a plan again from its certificate; what it cannot prove comes back as violations."""


@dataclass(frozen=True)
class Verification:
    """Verdict on a plan."""

    violations: tuple[Violation, ...]
    bound_reproved: bool
    """True if the bound was proved again; False says nothing against it."""

    @property
    def accepted(self) -> bool:
        """True if nothing is wrong with the plan."""
        return not self.violations

    @property
    def summary(self) -> Message:
        """The verdict in one line."""
        if self.violations:
            return m("rejected: {count} violations", count=len(self.violations))
        if self.bound_reproved:
            return m("verified; bound proved again")
        return m("verified; bound not re-proved")


def verify(plan: Plan, county: County, *, reprove: Reprove | None = None) -> Verification:
    """Check a plan against its county: rules, ledger, counts, totals, digest.

    Parameters
    ----------
    plan, county
        The plan and a validated county.
    reprove
        Proves the bound again; None leaves it as claimed.
    """
    violations = check_plan(county, plan)
    if reprove is None or violations:
        return Verification(tuple(violations), bound_reproved=False)
    unproved = tuple(reprove(county, plan))
    return Verification(unproved, bound_reproved=not unproved)
