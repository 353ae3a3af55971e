"""What is known of how good a side is, in words."""

from __future__ import annotations

from liftplan.models.messages import Message, listed, m
from liftplan.reports.certainty import sure
from liftplan.reports.comparison.names import Names
from liftplan.reports.comparison.order import amount
from liftplan.reports.words import percent
from liftplan.scenarios.compare import Side

RULES_TOLD = 4
"""At most so many rules are told in a sentence."""


def known(side: Side) -> Message:
    """How sure it is that the side is the best that can be done."""
    if side.plan is None:
        return m("no optimum: what comes of it is what it is")
    if side.proof == "stated":
        return m(
            "at most {bound} by the bound that the plan states (gap {gap})",
            bound=amount(side.highest),
            gap=percent(side.plan.gap, 3),
        )
    return sure(side.plan)


def at_most(side: Side) -> str:
    """The most that any plan can reach; "" of an outcome."""
    return "" if side.plan is None else amount(side.highest)


def gap(side: Side) -> str:
    """The gap as a percentage; "" of an outcome."""
    return "" if side.plan is None else percent(side.plan.gap, 3)


def broken(side: Side, names: Names) -> Message | None:
    """Which hard rules an outcome breaks, and how often."""
    if not side.broken:
        return None
    counts: dict[str, int] = {}
    for one in side.broken:
        counts[one.rule] = counts.get(one.rule, 0) + 1
    told = sorted(counts, key=lambda rule: -counts[rule])[:RULES_TOLD]
    rules = [m("{rule} ({count} times)", rule=names.rule(rule), count=f"{counts[rule]:,}") for rule in told]
    return m("{name} breaks hard rules: {rules}.", name=side.name, rules=listed(rules))
