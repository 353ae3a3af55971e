"""What a check finds: breaches of rules, violations, and the plan's value derived from scratch."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from liftplan.models.messages import Message
from liftplan.models.plan import UNITS_PER_PERSON, Shortfall, Totals

Value = int | float | str | None
Unit = Literal["yuan", "yuan/10000", "person", "item"]

PENALTY: dict[Unit, int] = {"yuan": 10**4, "yuan/10000": 1, "person": 10**8, "item": 10**8}
"""Units of the objective (10^-14 persons) that one millionth of a person costs, by what is short."""

SHOWN = 10**9
"""Objective and bound are shown in steps of 10^-9 persons."""

SOFT_PROVED = Fraction(1, 10**6)
"""With priced soft rules a plan is optimal if its proved gap is at most this many persons."""


@dataclass(frozen=True)
class Breach:
    """A rule that is not kept, hard or soft."""

    rule: str
    subject: str
    message: Message
    value: Value
    limit: Value
    short: int = 0
    """Amount short (over) in `unit`s, > 0 where the rule is soft."""
    unit: Unit = "yuan"
    enforce: str = "hard"
    price: int = 0
    """Millionths of a person."""

    @property
    def shortfall(self) -> Shortfall:
        """The breach of a soft rule as plans list it."""
        return Shortfall(
            rule=self.rule,
            subject=self.subject,
            short=self.short,
            unit=self.unit,
            penalty=self.price * self.short * PENALTY[self.unit],
        )


@dataclass(frozen=True)
class Violation:
    """Something in a plan that is not so, or not allowed.

    `rule` is R1 ... R13, or a part of the plan: `ledger`, `county`, `digest`, `order`, `count`, `totals`, `funds`,
    `shortfalls`, `objective`, `bound`, `gap`, `status`, `padding`, `second`, `prices`, `implied`, `overrides`. `value`
    is what the plan has, `limit` what it should have.
    """

    rule: str
    subject: str
    message: Message
    value: Value
    limit: Value

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}: {self.message}"


class FundMoney(NamedTuple):
    """What happened to one fund, whole yuan: amount = fee + allocated + left."""

    fund: str
    amount: int
    fee: int
    allocated: int
    left: int


@dataclass(frozen=True)
class Evaluation:
    """What decisions are worth, derived from the county alone; all lists sorted, all numbers exact.

    `totals` has an entry for every fund, department, channel, village and purpose of the county, zeros included.
    """

    lifted: tuple[str, ...]
    """Households lifted, those already out not among them."""
    already_out: tuple[str, ...]
    padding: tuple[str, ...]
    """Projects built that no taken measure needs, directly or through other projects, and that nobody demanded."""
    totals: Totals
    funds: tuple[FundMoney, ...]
    """Every fund of the county."""
    shortfalls: tuple[Shortfall, ...]
    """Sorted by (rule, subject)."""
    penalty_units: int
    objective_units: int
    """Level 1 in 10^-14 persons: weighted people lifted minus penalties."""
    person_needs_met: int
    """Persons times needs met, over households not lifted (level 2, `most_needs`)."""
    granularity: int
    """Persons by which two plans' objectives differ at least; 0 = they are continuous (priced soft rules)."""

    @property
    def objective(self) -> float:
        """Level 1 in persons, rounded to 10^-9 (half to even)."""
        return round(Fraction(self.objective_units * SHOWN, UNITS_PER_PERSON)) / SHOWN

    def status(self, objective_bound: float) -> Literal["optimal", "feasible"]:
        """`optimal` if the bound (as shown, in persons) leaves no room for a better plan."""
        room = Fraction(objective_bound) - Fraction(self.objective)
        proved = room < self.granularity if self.granularity else room <= SOFT_PROVED
        return "optimal" if proved else "feasible"


@dataclass(frozen=True)
class Findings:
    """All violations of decisions, and what the decisions are worth (meaningful only without violations)."""

    violations: tuple[Violation, ...]
    evaluation: Evaluation

    @property
    def accepted(self) -> bool:
        """True if no rule is broken."""
        return not self.violations


def shown_bound(units: int) -> float:
    """A bound in 10^-14 persons as persons, rounded up to 10^-9."""
    return -(-units * SHOWN // UNITS_PER_PERSON) / SHOWN


def shown_gap(objective: float, objective_bound: float) -> float:
    """(bound - objective) / max(1, objective)."""
    return float((Fraction(objective_bound) - Fraction(objective)) / max(Fraction(1), Fraction(objective)))
