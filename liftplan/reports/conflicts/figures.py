"""The figures of single rules in words, and how conflicts are proved."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.names import RuleNames
from liftplan.solver.diagnose.arithmetic import Figure, Kind
from liftplan.solver.diagnose.feasible import Method
from liftplan.solver.diagnose.rules import Group

KINDS: dict[Kind, Message] = {
    "money": m("money of the funds"),
    "topups": m("funds that may pay top-ups"),
    "absorb": m("what the items can take up"),
    "committed": m("amount after the fee"),
    "share": m("most that the share allows"),
    "people": m("people who can be lifted at all"),
    "slots": m("places"),
    "maximum": m("maximum"),
}
"""What stands against a need."""

METHODS: dict[Method, Message] = {
    "arithmetic": m("proved by adding up, in whole yuan"),
    "integers": m("proved by the exact integer solver: whole items clash"),
    "prices": m("proved by the core's price bounds"),
}
"""How a conflict is proved."""

UNPROVED = m("this proof is not written down: `verify` cannot prove it again")
"""Of a conflict that carries no certificate."""

KEPT = m("kept")
"""Room of a rule that has no amount."""


def told(figure: Figure, names: RuleNames) -> Message:
    """What a figure is about."""
    what = (
        m("all that must be done")
        if (figure.rule, figure.key) == ("R12", "")
        else names.short(Group(figure.rule, figure.key, ()))
    )
    where = names.item(figure.key) if figure.rule == "R8" else figure.where and names.place(figure.where)
    if where:
        return m("{what}, {where}", what=what, where=where)
    everywhere = figure.kind == "money" and Group(figure.rule, figure.key, ()).by_village
    return m("{what}, all villages", what=what) if everywhere else what
