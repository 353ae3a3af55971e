"""What a plan says twice: each part of the file against the value derived from its decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Any

from liftplan.models.messages import m
from liftplan.models.plan import UNITS_PER_PERSON, Plan, Shortfall
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import SHOWN, Evaluation, Value, Violation, shown_gap
from liftplan.solver.check.reasons import Reasons

ROUNDING = Fraction(51, 100 * SHOWN)
"""Half a step of 10^-9 and a little: how far a shown number may lie from the exact one."""


def redundant(decided: Decided, plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Everything in the plan that its decisions and ledger do not bear out."""
    facts = decided.facts
    yield from _order(plan)
    yield from _count(plan, evaluation)
    yield from _totals(plan, evaluation)
    yield from _funds(decided, plan, evaluation)
    yield from _shortfalls(plan, evaluation)
    if not all(map(isfinite, (plan.objective, plan.objective_bound, plan.gap))):
        message = m("The objective, its bound or the gap is not a number.")
        yield Violation("objective", "objective", message, None, None)
        return
    yield from _objective(plan, evaluation)
    yield from _bound(plan, evaluation)
    yield from _second(facts, plan, evaluation)


def _differs(rule: str, subject: str, value: Value, limit: Value) -> Iterator[Violation]:
    if value != limit:
        message = m("The plan says {value}, its decisions give {limit}.", value=value, limit=limit)
        yield Violation(rule, subject, message, value, limit)


def _lists_differ(rule: str, subject: str, value: Sequence[str], limit: Sequence[str]) -> Iterator[Violation]:
    if value == limit:
        return  # without sets of all names
    for name in sorted(set(value) - set(limit)):
        yield Violation(
            rule, name, m("{name} is listed under {list} and should not be.", name=name, list=subject), 1, 0
        )
    for name in sorted(set(limit) - set(value)):
        yield Violation(rule, name, m("{name} is missing under {list}.", name=name, list=subject), 0, 1)


def _order(plan: Plan) -> Iterator[Violation]:
    """Lists are sorted and name nothing twice."""
    lists: dict[str, Sequence[Any]] = {
        "projects": plan.projects,
        "padding": plan.padding,
        "measures": plan.measures,
        "lifted": plan.lifted,
        "already_out": plan.already_out,
        "ledger": plan.ledger,
        "funds": [use.fund for use in plan.funds],
        "implied": plan.implied,
        "shortfalls": [(one.rule, one.subject) for one in plan.shortfalls],
    }
    for name, entries in lists.items():
        if any(first >= second for first, second in pairwise(entries)):
            message = m("The list {list} is not in order, or names something twice.", list=name)
            yield Violation("order", name, message, None, None)


def _count(plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Who is lifted, who was out before, how many people that is."""
    yield from _lists_differ("count", "lifted", plan.lifted, evaluation.lifted)
    yield from _lists_differ("count", "already_out", plan.already_out, evaluation.already_out)
    for name in ("people_lifted", "households_lifted"):
        yield from _differs("count", name, getattr(plan.totals, name), getattr(evaluation.totals, name))
    yield from _lists_differ("padding", "padding", plan.padding, evaluation.padding)


def _totals(plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Sums of money and people; an id that is missing counts as 0."""
    for name in ("ledger_yuan", "leveraged_yuan", "ledger_lines"):
        yield from _differs("totals", name, getattr(plan.totals, name), getattr(evaluation.totals, name))
    for name in ("by_fund", "by_department", "by_channel", "by_village", "by_purpose", "people_by_village"):
        told, derived = getattr(plan.totals, name), getattr(evaluation.totals, name)
        for key in sorted(told.keys() | derived.keys()):
            yield from _differs(
                "totals", f"{name}/{key}", told.get(key, 0 if key in derived else None), derived.get(key)
            )


def _funds(decided: Decided, plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Each fund: amount = fee + allocated + left, and a reason that can be true."""
    derived, reasons = {money.fund: money for money in evaluation.funds}, Reasons(decided)
    yield from _lists_differ("funds", "funds", [use.fund for use in plan.funds], list(derived))
    for use in plan.funds:
        if use.fund not in derived:
            continue
        money = derived[use.fund]
        for name in ("amount", "fee", "allocated", "left"):
            yield from _differs("funds", f"{use.fund}/{name}", getattr(use, name), getattr(money, name))
        possible = reasons.of(use.fund, money.left)
        if use.reason not in possible:
            yield from _differs("funds", f"{use.fund}/reason", use.reason, possible[0])


def _shortfalls(plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Exactly the soft rules that are not kept, with amounts and penalties."""
    told = {(one.rule, one.subject): one for one in plan.shortfalls}
    derived = {(one.rule, one.subject): one for one in evaluation.shortfalls}
    for key in sorted(told.keys() | derived.keys()):
        if told.get(key) != derived.get(key):
            message = m("The shortfall of {rule} is not the one that the decisions give.", rule=key[0])
            subject = f"{key[0]} {key[1]}"
            yield Violation("shortfalls", subject, message, _short(told.get(key)), _short(derived.get(key)))


def _short(one: Shortfall | None) -> str:
    return f"{one.short} {one.unit}, {one.penalty}" if one else "0"


def _objective(plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Weighted people lifted minus penalties, shown to 10^-9 persons."""
    exact = Fraction(evaluation.objective_units, UNITS_PER_PERSON)
    if abs(Fraction(plan.objective) - exact) > ROUNDING or plan.objective != round(plan.objective, 9):
        yield from _differs("objective", "objective", plan.objective, evaluation.objective)


def _bound(plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """The bound is not below the objective, gap and status follow from the two."""
    if plan.objective_bound < plan.objective:
        message = m(
            "The bound {value} is below the objective {limit}.", value=plan.objective_bound, limit=plan.objective
        )
        yield Violation("bound", "objective_bound", message, plan.objective_bound, plan.objective)
        return
    if plan.objective_bound != round(plan.objective_bound, 9):
        yield from _differs("bound", "objective_bound", plan.objective_bound, round(plan.objective_bound, 9))
    gap = shown_gap(plan.objective, plan.objective_bound)
    if abs(Fraction(plan.gap) - Fraction(gap)) > ROUNDING:
        yield from _differs("gap", "gap", plan.gap, gap)
    status = evaluation.status(plan.objective_bound)
    yield from _differs("status", "status", plan.status, status)
    if plan.stopped_by == "proof" and status != "optimal":
        early = m("The plan was not stopped by a proof: its bound leaves room for a better one.")
        yield Violation("status", "stopped_by", early, plan.stopped_by, None)


def _second(facts: Facts, plan: Plan, evaluation: Evaluation) -> Iterator[Violation]:
    """Level 2: the policy's goal, its value, and a bound on the right side of it."""
    if plan.second is None:
        return
    goal, second = facts.policy.objective.second, plan.second
    yield from _differs("second", "goal", second.goal, goal)
    value = evaluation.totals.ledger_yuan if goal == "least_money" else evaluation.person_needs_met
    yield from _differs("second", "value", second.value, value)
    if second.bound is not None and (second.bound > value if goal == "least_money" else second.bound < value):
        message = m(
            "The bound {value} of the second goal excludes the plan's own {limit}.", value=second.bound, limit=value
        )
        yield Violation("second", "bound", message, second.bound, value)
