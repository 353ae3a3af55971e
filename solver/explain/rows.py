"""Rules row by row: what each asks for, what the plan has, and its price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liftplan.models.base import BP
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.values import Value

Unit = Literal["yuan", "persons", "bp", "slots"]


@dataclass(frozen=True)
class RuleRow(Value):
    """One instance of a rule: `limit` is what it asks for, or allows (`at_most`), `value` what the plan has."""

    rule: str
    subject: str
    """As plans write it: fund, village, `village/row`, `fund/row` ..."""
    village: str
    """Of a row of one village; else ""."""
    limit: int
    value: int
    unit: Unit
    at_most: bool
    enforce: str
    price: float | None
    """People per 10,000 yuan (R10: per person; R8: per slot) by which it is relaxed, at the margin, at the plan's
    prices; None: it has no price of its own."""
    implied: bool
    """Other hard rules ask for as much anyway."""

    @property
    def room(self) -> int:
        """How far inside the limit the plan is; negative where a soft rule is not kept."""
        return self.limit - self.value if self.at_most else self.value - self.limit

    def as_json(self) -> dict[str, object]:
        """Field by field, with the room."""
        return {**super().as_json(), "room": self.room}


def rule_rows(case: Case, rule: str) -> tuple[RuleRow, ...]:
    """The rows of a rule that couples several decisions (R1, R3, R4, R6, R7, R8 slots, R10, R13)."""
    found = [_row(case, number) for number, name in enumerate(case.problem.names.rows) if name[0] == rule]
    return (*found, *_implied(case, rule))


def _row(case: Case, number: int) -> RuleRow:
    rule, subject = case.problem.names.rows[number]
    rows = case.problem.rows
    rhs, value = int(rows.rhs[number]), int(case.row_values[number])
    enforce = getattr(getattr(case.county.policy, rule), "enforce", "hard")
    first = subject.partition("/")[0]
    village = first if rule in {"R3", "R4", "R6", "R10"} and first in case.facts.villages else ""
    shown = case.plan.prices if rule == "R1" else case.plan.rule_prices
    price: float | None = shown.get(subject if rule == "R1" else f"{rule} {subject}", 0.0)
    if rule == "R1":
        return RuleRow(rule, subject, "", -rhs, -value, "yuan", True, enforce, price, False)
    if rule == "R7":
        return _share(case, subject, enforce, price)
    if rule == "R8":
        slots, used = case.facts.projects[subject].slots, case.slots_used[subject]
        per_slot = round(float(case.duals[number]), 6)
        return RuleRow(rule, subject, "", slots, used, "slots", True, enforce, per_slot, False)
    unit: Unit = "persons" if rule == "R10" else "yuan"
    return RuleRow(rule, subject, village, rhs, value, unit, False, enforce, price, False)


def _share(case: Case, subject: str, enforce: str, price: float | None) -> RuleRow:
    """R7 in basis points of what the fund spends, rounded against the plan."""
    fund, _, name = subject.partition("/")
    share = next(one for one in case.facts.fund_shares if one.fund == fund and one.id == name)
    lines = [line for line in case.plan.ledger if line[0] == fund]
    spent, part = sum(line[3] for line in lines), sum(line[3] for line in lines if line[2] in share.purposes)
    most = share.sense == "at_most"
    value = share.share_bp  # a fund that spends nothing keeps every share
    if spent:
        value = -(-part * BP // spent) if most else part * BP // spent
    return RuleRow("R7", subject, "", share.share_bp, value, "bp", most, enforce, price, False)


def _implied(case: Case, rule: str) -> list[RuleRow]:
    """Rows that other rules imply: R3 where R4 asks for as much."""
    found = []
    for key in case.plan.implied:
        name, _, village = key.partition(" ")
        if name == rule == "R3":
            limit = case.facts.minimums.get((village, "R3"), case.county.policy.R3.minimum)
            value, enforce = case.plan.totals.by_village[village], case.county.policy.R3.enforce
            found.append(RuleRow("R3", village, village, limit, value, "yuan", False, enforce, None, True))
    return found
