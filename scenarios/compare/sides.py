"""One side of a comparison: a checked plan, its county, and what is known of its bound."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Literal

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.models.policy import Policy

Proof = Literal["proved", "reproved", "stated"]
"""Who says the bound: the solve that just ended; its certificate, proved again; the plan alone."""


@dataclass(frozen=True)
class Side:
    """A plan that has passed the checker, and the county it was made for."""

    name: str
    """Short name, different from those of the other sides."""
    county: County
    """The county as solved, scenario applied."""
    plan: Plan
    proof: Proof = "stated"

    @property
    def in_people(self) -> bool:
        """True if the objective counts people and nothing else: no weights, no soft rule."""
        policy = self.county.policy
        return not policy.objective.weights and not softened(policy) and not self._soft_demands()

    @property
    def lowest(self) -> float:
        """Least that the best plan of this county reaches: what this plan does. People, or points with a score."""
        return self.plan.totals.people_lifted if self.in_people else self.plan.objective

    @property
    def highest(self) -> float:
        """Most that any plan of this county reaches. People, or points with a score."""
        return floor(self.plan.objective_bound) if self.in_people else self.plan.objective_bound

    def _soft_demands(self) -> bool:
        demands = self.county["demands"]
        return self.county.policy.R12.enforce != "off" and bool((demands["enforce"] == "soft").any())


def softened(policy: Policy) -> dict[str, int]:
    """Soft rules and their prices."""
    rules = {name: getattr(policy, name) for name in type(policy).model_fields if name.startswith("R")}
    return {name: rule.price for name, rule in rules.items() if rule.enforce == "soft"}
