"""The figures of a conflict and of single rules, in words."""

from __future__ import annotations

from math import ceil, floor

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.names import RuleNames
from liftplan.reports.words import yuan
from liftplan.solver.diagnose.arithmetic import Figure, Kind
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.feasible import Method
from liftplan.solver.diagnose.moneyproof import MoneyProof
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


def sum_of(proof: MoneyProof) -> Message:
    """The arithmetic of a conflict in a sentence."""
    asked = ceil(proof.asked)
    short = asked - floor(proof.money) - floor(proof.absorbed)  # so that the whole yuan that are told add up
    if proof.money and proof.absorbed:
        return m(
            "needed {asked} yuan; the funds have {money} and other money can be taken up to {absorbed}: {short} short",
            asked=yuan(asked), money=yuan(floor(proof.money)), absorbed=yuan(floor(proof.absorbed)), short=yuan(short),
        )  # fmt: skip
    if proof.absorbed:
        return m("needed {asked} yuan; no more than {absorbed} can be taken up: {short} short", asked=yuan(asked),
                 absorbed=yuan(floor(proof.absorbed)), short=yuan(short))  # fmt: skip
    if proof.money > 0:
        return m("needed {asked} yuan; there are {money}: {short} short", asked=yuan(asked),
                 money=yuan(floor(proof.money)), short=yuan(short))  # fmt: skip
    return m("needed {asked} yuan; nobody may pay it: {short} short", asked=yuan(asked), short=yuan(short))


def plain(proof: MoneyProof) -> bool:
    """Whether all rules count once: the figures are sums of yuan as they stand in the tables."""
    return all(y == 1 and row.scale == 1 for row, y in proof.rows)


def why(conflict: Conflict) -> Message:
    """Why there is no plan."""
    proof = conflict.proof.money
    if proof is None:
        return METHODS[conflict.proof.method]
    if plain(proof):
        return sum_of(proof)
    return m("added up with the proof's weights: {sum}", sum=sum_of(proof))


def told(figure: Figure, names: RuleNames) -> Message:
    """What a figure is about."""
    what = (
        m("all that must be done")
        if (figure.rule, figure.key) == ("R12", "")
        else names.short(Group(figure.rule, figure.key, ()))
    )
    if not figure.where:
        return what
    return m("{what}, {where}", what=what, where=names.place(figure.where))
