"""What a plan states besides its decisions: prices, implied rules and overrides, as far as the county bears on them.

A price is a property of the bound's proof, which is not looked at here; here it only has to be a price of something
that has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.policy import Policy
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Violation
from liftplan.solver.check.villages import COUNTY

OVERRIDE = re.compile(r"(?:must|never) [a-z]+ \S+|(?:[^\s\[\]]|\[[^\[\]\n]*\])+ [=x+-] \S.*")
"""An override: `SELECTOR OP VALUE`, with blanks in the selector between brackets only, or a demand."""

BASE = "base"
"""Scenario of a plan without overrides."""


def stated(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Prices of what has none, implied rules that are not, overrides that the county does not show."""
    yield from _fund_prices(facts, plan)
    yield from _rule_prices(facts, plan)
    yield from _implied(facts, plan)
    yield from _overrides(facts, plan)
    yield from _applied(plan)


def _fund_prices(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Prices >= 0 of funds that pay."""
    for fund, price in sorted(plan.prices.items()):
        if fund not in facts.purses:
            yield Violation("prices", fund, m("The county has no fund {fund}.", fund=fund), fund, None)
        elif not facts.purses[fund].row.integrable:
            yield Violation("prices", fund, m("Fund {fund} is ring-fenced: it pays nothing.", fund=fund), price, None)
        elif not (isfinite(price) and price >= 0):
            yield Violation("prices", fund, m("A price cannot be {value}.", value=price), price, 0)


def _rule_prices(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Prices > 0 of rules that are in force, each for something that the rule is about."""
    for name, price in sorted(plan.rule_prices.items()):
        rule, _, subject = name.partition(" ")
        parts = subject.split(" + ") if rule == "R11" else [subject]  # commitments of one fund and class share a price
        if not _subjects(facts, rule).issuperset(parts):
            yield Violation("prices", name, m("No rule in force is called {name}.", name=name), name, None)
        elif not (isfinite(price) and price > 0):
            yield Violation("prices", name, m("A price cannot be {value}.", value=price), price, 0)


def _subjects(facts: Facts, rule: str) -> set[str]:
    """Subjects of a rule that can be relaxed; R1 has its prices by fund, R2 and R8 hold always."""
    policy = facts.policy
    if getattr(getattr(policy, rule, None), "enforce", "off") == "off":
        return set()
    if rule in {"R3", "R10"}:
        homes = facts.homes.values()
        return {
            *facts.villages,
            *(village.township for village in facts.villages.values()),
            *(group for home in homes for group in home.groups),
        }
    if rule == "R4":
        return {f"{village}/{row.id}" for village in facts.villages for row in policy.R4.rows}
    if rule == "R6":
        return {row.village or COUNTY for row in facts.baseline}
    if rule == "R7":
        return {f"{row.fund}/{row.id}" for row in facts.fund_shares}
    if rule == "R11":
        return {f"{row.fund}/{row.item}/{row.purpose}" for row in facts.commitments}
    return {row.id for row in policy.R13.rows} if rule == "R13" else set()


def _implied(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Exactly the rules that follow from others."""
    implied = implied_rules(facts)
    for name in sorted(implied.symmetric_difference(plan.implied)):
        message = (
            m("{name} follows from other rules, but is not listed as such.", name=name)
            if name in implied
            else m("{name} does not follow from other rules.", name=name)
        )
        yield Violation("implied", name, message, int(name not in implied), int(name in implied))


def implied_rules(facts: Facts) -> set[str]:
    """R3 of each village where hard rows of R4, taken in order and no department twice, ask for as much."""
    return {f"R3 {village}" for village in facts.villages if _follows(facts, village)}


def _follows(facts: Facts, village: str) -> bool:
    total, rule = facts.policy.R3, facts.policy.R4
    here = facts.villages[village]
    minimum = facts.minimum(here, "R3", total.minimum)
    if (
        minimum <= 0
        or rule.enforce != "hard"
        or total.enforce == "off"
        or (total.enforce == "soft" and not total.price)
    ):
        return False
    seen: set[str] = set()
    together = 0
    for row in rule.rows:
        if seen.isdisjoint(row.departments):
            seen.update(row.departments)
            together += facts.minimum(here, row.id, row.minimum)
    return minimum <= together


def _overrides(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Overrides are written as such; what the last one says of a field of the policy is so in the county."""
    if plan.overrides and plan.scenario == BASE:
        message = m("A plan of the scenario {name} has no overrides.", name=BASE)
        yield Violation("overrides", "scenario", message, plan.scenario, None)
    last: dict[str, str] = {}
    for line in plan.overrides:
        if not OVERRIDE.fullmatch(line):
            yield Violation("overrides", line, m("This is no override: {line}.", line=line), line, None)
        selector, _, value = line.partition(" = ")
        last[line.split(" ")[0]] = value if selector.startswith("policy.") else ""
    for selector, value in last.items():
        found = _field(facts.policy, selector)
        if value and found is not None and found != value:
            message = m(
                "The plan says that {selector} was set to {value}; in its county it is {limit}.",
                selector=selector,
                value=value,
                limit=found,
            )
            yield Violation("overrides", selector, message, value, found)


def _applied(plan: Plan) -> Iterator[Violation]:
    """What overrides did is told of each of them, in order; how much it was only the county before them can tell."""
    told = [one.override for one in plan.applied]
    if told != list(plan.overrides):
        message = m(
            "The plan has {limit} overrides, but tells of {value} what they did.",
            value=len(told),
            limit=len(plan.overrides),
        )
        yield Violation("overrides", "applied", message, len(told), len(plan.overrides))
    for one in plan.applied:
        if not 0 <= one.rounded <= one.cells or one.cells < 1:
            message = m("An override cannot have rounded {value} of {limit} cells.", value=one.rounded, limit=one.cells)
            yield Violation("overrides", one.override, message, one.rounded, one.cells)


def _field(policy: Policy, selector: str) -> str | None:
    """A text, number or truth value of the policy as overrides write it; None if the selector names none."""
    found: Any = policy
    for part in selector.split(".")[1:]:
        found = getattr(found, part, None)
    if found == "":
        return '""'  # as overrides write it
    return str(found).lower() if isinstance(found, bool) else str(found) if isinstance(found, str | int) else None
