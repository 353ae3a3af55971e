"""The rules of a county in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liftplan.models.messages import Message, listed, m
from liftplan.models.policy import RULES, Policy
from liftplan.reports.page.amounts import exact
from liftplan.reports.words import percent
from liftplan.service.outlines import Outline
from liftplan.service.texts import Text
from liftplan.web.showing import spoken

ENFORCED: dict[str, Message] = {"hard": m("must hold"), "soft": m("may give way, at a price"), "off": m("off")}
"""How strictly a rule holds."""


@dataclass(frozen=True)
class RuleShown:
    """A rule as the page tells it."""

    id: str
    name: Message
    asks: tuple[Message, ...]
    """What it asks for, a line each."""
    enforce: str
    source: str


def rules(outline: Outline) -> list[RuleShown]:
    """All rules of a county, in order."""
    policy = Policy.model_validate(outline.policy)
    names = {one.id: one.name for one in outline.departments}
    asks = _asks(policy, names, {one.id: one.name for one in outline.funds})
    return [
        RuleShown(rule, RULES[rule], asks[rule], part.enforce, part.source)
        for rule, part in ((rule, _part(policy, rule)) for rule in RULES)
    ]


def _part(policy: Policy, rule: str) -> Any:
    return getattr(policy, rule)


def _asks(policy: Policy, departments: Mapping[str, Text], funds: Mapping[str, Text]) -> dict[str, tuple[Message, ...]]:
    pooled = policy.R2.purpose_rule == "pooled"
    over = {
        "village": m("in each village"),
        "township": m("in each township"),
        "group": m("in each household group"),
    }[policy.R10.by]
    assisted = policy.R5.applies_to == "assisted"
    return {
        "R1": (m("No fund pays more than its amount, fee included."),),
        "R2": (
            m("Poolable funds may pay every poolable purpose.")
            if pooled
            else m("Each fund pays only for its own purposes."),
        ),
        "R3": (m("Each village in the programme gets at least {yuan}.", yuan=exact(policy.R3.minimum)),),
        "R4": tuple(
            m(
                "From {departments} each village in the programme gets at least {yuan}.",
                departments=row.name or listed(_name(departments, one) for one in row.departments),
                yuan=exact(row.minimum),
            )
            for row in policy.R4.rows
        ),
        "R5": (
            m("Each assisted household gets at least {yuan}.", yuan=exact(policy.R5.minimum))
            if assisted
            else m("Every registered household gets at least {yuan}.", yuan=exact(policy.R5.minimum)),
        ),
        "R6": (m("Integrated money is at least {share} of last year's.", share=percent(policy.R6.growth_bp / 10_000)),),
        "R7": (m("Shares of some funds are set aside for some purposes."),),
        "R8": (m("What needs something else waits for it; one main house a household; places and labour suffice."),),
        "R9": (m("No household gets more than {yuan}.", yuan=exact(policy.R9.maximum)),),
        "R10": (
            m(
                "At least {share} of the people leave poverty {where}.",
                share=percent(policy.R10.share_bp / 10_000),
                where=over,
            ),
        ),
        "R11": (m("Money that is promised already is paid."),),
        "R12": (m("What must be done is done, and what must not be done is not."),),
        "R13": tuple(
            m(
                "{name} spends at least {share} of its amount.",
                name=_name(funds, row.fund) if row.fund else _name(departments, row.department),
                share=percent(row.share_bp / 10_000),
            )
            for row in policy.R13.rows
        )
        or (m("Funds spend at least a share of their amount."),),
    }


def _name(names: Mapping[str, Text], one: str) -> str:
    return spoken(names[one]) if one in names else one
