"""A rule: where it binds, its price, and what relaxing it gives."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.money import price
from liftplan.solver.explain.question import Question
from liftplan.solver.explain.rows import RuleRow, rule_rows
from liftplan.solver.explain.values import Value


@dataclass(frozen=True)
class HouseholdRule(Value):
    """R5 or R9, which speak of single households."""

    limit: int
    """Whole yuan a household."""
    assisted: int
    """Households that get money."""
    at_limit: int
    """Of these, how many get exactly that."""
    topup_yuan: int
    """R5: top-ups in all."""
    cost: float
    """R5: what the top-ups would do elsewhere, in people, at the margin, at the plan's prices."""


@dataclass(frozen=True)
class Demanded(Value):
    """One row of R12, or of R11 (`committed`)."""

    sense: str
    target: str
    id: str
    enforce: str
    yuan: int
    """R11: yuan promised."""
    short: int
    """Soft: how much is not kept."""


@dataclass(frozen=True)
class RuleFacts(Value):
    """What is to say of a rule. Prices hold at the margin, at the plan's prices."""

    rule: str
    subject: str
    """What of the rule was asked about; "" is all of it."""
    enforce: str
    soft_price: int
    """Soft: millionths of a person per 10,000 yuan (person) short."""
    source: str
    purpose_rule: str
    """R2: `fixed` or `pooled`."""
    rows: tuple[RuleRow, ...]
    """Dearest first."""
    priced: int
    """Rows with a price: money that the rule asks for would do more elsewhere."""
    exact: int
    """Rows whose limit is met exactly."""
    implied: int
    """Rows that other hard rules imply."""
    price: float
    """Sum of the rows' prices: what relaxing all of them by 10,000 yuan (R10: a person) each gives."""
    household: HouseholdRule | None
    demanded: tuple[Demanded, ...]


def explain_rule(case: Case, question: Question) -> RuleFacts:
    """What is to say of a rule."""
    name, subject = question.rule, question.subject
    rule = getattr(case.county.policy, name)
    listed = name not in {"R11", "R12"} and rule.enforce != "off"
    rows = [row for row in rule_rows(case, name) if listed and _meant(row, subject)]
    rows.sort(key=lambda row: (-(row.price or 0.0), row.room, row.subject))
    return RuleFacts(
        name,
        "/".join(subject),
        rule.enforce,
        getattr(rule, "price", 0),
        rule.source,
        getattr(rule, "purpose_rule", ""),
        tuple(rows),
        sum(bool(row.price) for row in rows),
        sum(row.room == 0 for row in rows),
        sum(row.implied for row in rows),
        round(sum(row.price or 0.0 for row in rows), 9),
        _households(case, name) if rule.enforce != "off" else None,
        _demands(case, name) if rule.enforce != "off" else (),
    )


def _meant(row: RuleRow, subject: tuple[str, ...]) -> bool:
    """Whether a question about part of a rule is about this row."""
    own = row.subject.split("/")
    return not subject or list(subject) == own or (len(subject) == 1 and subject[0] in own)


def _households(case: Case, name: str) -> HouseholdRule | None:
    if name not in {"R5", "R9"}:
        return None
    yuan: dict[str, int] = {}
    for _, item, _, paid in case.plan.ledger:
        home = item.removeprefix(LEDGER_TOPUP) if item.startswith(LEDGER_TOPUP) else ""
        home = home or (case.options[item].household if item in case.options else "")
        if home:
            yuan[home] = yuan.get(home, 0) + paid
    policy, topups = case.county.policy, case.plan.topups
    limit = policy.R5.minimum if name == "R5" else policy.R9.maximum
    at_limit = sum(paid == limit for paid in yuan.values())
    if name == "R9":
        return HouseholdRule(limit, len(yuan), at_limit, 0, 0.0)
    purpose = policy.R5.purpose
    cost = sum((price(case, LEDGER_TOPUP + home, purpose) or 0.0) * paid / 10_000 for home, paid in topups.items())
    return HouseholdRule(limit, len(yuan), at_limit, sum(topups.values()), round(cost, 6))


def _demands(case: Case, name: str) -> tuple[Demanded, ...]:
    short = {(one.rule, one.subject): one.short for one in case.plan.shortfalls}
    if name == "R11":
        enforce = case.county.policy.R11.enforce
        return tuple(
            Demanded(
                "committed",
                one.fund,
                f"{one.item}/{one.purpose}",
                enforce,
                one.yuan,
                short.get(("R11", f"{one.fund}/{one.item}/{one.purpose}"), 0),
            )
            for one in case.facts.commitments
        )
    if name == "R12":
        return tuple(
            Demanded(one.sense, one.target, one.id, one.enforce, 0, short.get(("R12", f"{one.target}:{one.id}"), 0))
            for one in case.facts.demands
        )
    return ()
