"""One side of a comparison: what is decided, its county, and what is known of the best that could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal, Protocol

from liftplan.models.county import County
from liftplan.models.plan import CountyRef, LedgerLine, Plan, Totals
from liftplan.models.policy import Policy
from liftplan.solver.check import Violation

Proof = Literal["proved", "kept", "reproved", "stated", "none"]
"""Who says the bound: the solve that just ended; the store, of an earlier one; the certificate, proved again; the plan
alone; there is none."""


class Money(Protocol):
    """What happened to one fund: amount = fee + allocated + left, whole yuan."""

    @property
    def fund(self) -> str:
        """Fund."""

    @property
    def amount(self) -> int:
        """Amount."""

    @property
    def fee(self) -> int:
        """Reserved before allocation."""

    @property
    def left(self) -> int:
        """Neither allocated nor fee."""


class Decided(Protocol):
    """What plans have in common with outcomes of no optimisation; fields are those of `Plan`."""

    @property
    def county(self) -> CountyRef:
        """Which county it is for."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""

    @property
    def overrides(self) -> tuple[str, ...]:
        """Overrides applied, in order."""

    @property
    def projects(self) -> tuple[str, ...]:
        """Projects built."""

    @property
    def padding(self) -> tuple[str, ...]:
        """Projects built without users."""

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures taken, direct effects included."""

    @property
    def lifted(self) -> tuple[str, ...]:
        """Households lifted."""

    @property
    def already_out(self) -> tuple[str, ...]:
        """Households that pass with nothing done."""

    @property
    def ledger(self) -> tuple[LedgerLine, ...]:
        """Who pays which yuan for what."""

    @property
    def funds(self) -> Sequence[Money]:
        """What happened to each fund."""

    @property
    def totals(self) -> Totals:
        """Sums."""


@dataclass(frozen=True)
class Side:
    """A plan that has passed the checker, or an outcome with the rules it breaks; and its county."""

    name: str
    """Short name, different from those of the other sides."""
    county: County
    """The county as solved, scenario applied."""
    decided: Decided
    proof: Proof = "stated"
    broken: tuple[Violation, ...] = ()
    """Hard rules that an outcome breaks; a plan breaks none."""

    @property
    def plan(self) -> Plan | None:
        """The plan; None if the side is an outcome of no optimisation, of which nothing has to be proved."""
        return self.decided if isinstance(self.decided, Plan) else None

    @property
    def in_people(self) -> bool:
        """True if the objective counts people and nothing else: no weights, no soft rule."""
        policy = self.county.policy
        return not policy.objective.weights and not softened(policy) and not self._soft_demands()

    @property
    def lowest(self) -> float:
        """Least that the best plan of this county reaches: what this plan does. People, or points with a score."""
        if self.plan is None or self.in_people:
            return self.decided.totals.people_lifted
        return self.plan.objective

    @property
    def highest(self) -> float:
        """Most that any plan of this county reaches; an outcome is what it is. People, or points with a score."""
        if self.plan is None:
            return self.decided.totals.people_lifted
        return floor(self.plan.objective_bound) if self.in_people else self.plan.objective_bound

    def _soft_demands(self) -> bool:
        demands = self.county["demands"]
        return self.county.policy.R12.enforce != "off" and bool((demands["enforce"] == "soft").any())


def softened(policy: Policy) -> dict[str, int]:
    """Soft rules and their prices."""
    rules = {name: getattr(policy, name) for name in type(policy).model_fields if name.startswith("R")}
    return {name: rule.price for name, rule in rules.items() if rule.enforce == "soft"}
