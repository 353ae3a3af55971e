"""Is a plan what it says it is? The checker's verdict, and on request its bound proved again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.solver.check import Violation, check_plan

Reprove = Callable[[County, Plan], Sequence[Violation]]
"""Proves the bound of a plan again from its certificate; what it cannot prove comes back as violations."""

Bound = Literal["reproved", "failed", "not asked", "no certificate"]
"""What became of a plan's bound."""


@dataclass(frozen=True)
class Verification:
    """Verdict on a plan."""

    plan: Plan
    """The plan as it was read: what it states."""
    violations: tuple[Violation, ...]
    bound: Bound = "not asked"
    """Whether the bound was proved again; a bound that was not is only stated by the plan, and nothing speaks against
    it."""
    seconds: float = 0.0
    """Tables loaded -> plan checked."""
    not_checked: tuple[str, ...] = ()
    """Files beside the plan that nobody compared with it."""

    @property
    def accepted(self) -> bool:
        """True if nothing is wrong with the plan."""
        return not self.violations

    @property
    def bound_reproved(self) -> bool:
        """True if the bound was proved again; False says nothing against it."""
        return self.bound == "reproved"

    @property
    def status(self) -> Literal["optimal", "feasible", "rejected"]:
        """`rejected`; `feasible` if the plan holds; `optimal` only if its bound was proved again and says so."""
        if self.violations:
            return "rejected"
        return self.plan.status if self.bound_reproved else "feasible"

    @property
    def objective_bound(self) -> float | None:
        """Upper bound of the objective, persons; None unless the plan holds and its bound was proved again."""
        return self.plan.objective_bound if self.accepted and self.bound_reproved else None

    @property
    def gap(self) -> float | None:
        """(objective_bound - objective) / max(1, objective); None without the bound."""
        return None if self.objective_bound is None else self.plan.gap

    def with_violations(self, more: Iterable[Violation]) -> Verification:
        """The verdict with violations found elsewhere, if there are any."""
        return replace(self, violations=(*self.violations, *more))

    def without(self, files: Sequence[str]) -> Verification:
        """The verdict, which says nothing of some files."""
        return replace(self, not_checked=(*self.not_checked, *files))

    @property
    def summary(self) -> Message:
        """The verdict in one line."""
        if self.violations:
            return m("rejected; violations: {count}", count=len(self.violations))
        if self.bound_reproved:
            return m("verified; bound proved again")
        if self.bound == "no certificate":
            return m("verified; bound not re-proved: the plan carries no certificate")
        return m("verified; bound not re-proved")


def verify(plan: Plan, county: County, *, reprove: Reprove | None = None) -> Verification:
    """Check a plan against its county: rules, ledger, counts, totals, digest.

    Parameters
    ----------
    plan, county
        The plan and a validated county.
    reprove
        Proves the bound again, if the plan carries a certificate; None leaves it as stated.
    """
    begin = monotonic()
    bound: Bound = "not asked"
    violations = tuple(check_plan(county, plan))
    if reprove is not None and not violations:
        if plan.certificate is None:
            bound = "no certificate"
        else:
            violations = tuple(reprove(county, plan))
            bound = "failed" if violations else "reproved"
    return Verification(plan, violations, bound, monotonic() - begin)
