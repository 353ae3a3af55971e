"""The sides of a conflict that adding up proves: its rows' amounts, with the proof's weights."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.amounts import added
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page.demanded import cost, items
from liftplan.reports.conflicts.page.sides import Block, Sides, other_funds, other_rules, together, whole
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.moneyproof import MoneyProof


def proved(content: Content, conflict: Conflict) -> Sides | None:
    """Means and needs of the proof; None if the money alone does not prove the conflict."""
    proof = conflict.proof.money
    if proof is None:
        return None
    means, needs = _means(content, conflict, proof), _needs(content, conflict, proof)
    return Sides(tuple(means), tuple(needs), added(proof), _note(conflict))


def _means(content: Content, conflict: Conflict, proof: MoneyProof) -> list[Block]:
    """Funds with what they have, then what can be taken up besides."""
    names, amounts = [], []
    for group in conflict.groups:
        own = sum((-y * row.rhs for row, y in proof.rows if row.rhs < 0 and set(row.instances) <= set(group.parts)),
                  Fraction(0))  # fmt: skip
        if own > 0:
            names.append(content.names.of("funds", group.key) if group.rule == "R1" else content.names.short(group))
            amounts.append(own)
    funds = [Block(str(name), yuan, "plain") for name, yuan in zip(names, whole(amounts), strict=True)]
    other = floor(proof.absorbed)
    besides = [Block(str(_taken(conflict, alone=not funds)), other, "left")] if other else []
    return [*together(funds, other_funds), *besides]


def _taken(conflict: Conflict, *, alone: bool) -> Message:
    """What limits money that no fund of the conflict limits."""
    if any(group.rule == "R7" for group in conflict.groups):
        return m("what the share lets the items take up")
    return m("what the items can take up") if alone else m("what items can take up besides")


def _needs(content: Content, conflict: Conflict, proof: MoneyProof) -> list[Block]:
    """What each group asks for in the proof, and what must be done."""
    names: list[Message | str] = []
    amounts: list[Fraction] = []
    left = [(row, y) for row, y in proof.rows if row.rhs > 0]
    for group in conflict.groups:
        asked = sum((y * row.rhs for row, y in left if set(row.instances) & set(group.parts)), Fraction(0))
        left = [(row, y) for row, y in left if not set(row.instances) & set(group.parts)]
        if asked > 0:
            names.append(content.names.short(group))
            amounts.append(asked)
    forced = -sum((y * yuan for _, y, yuan in proof.cells if y < 0), Fraction(0))
    if forced:
        done = _done(content, conflict, forced)
        names += [name for name, _ in done]
        amounts += [yuan for _, yuan in done]
    found = [Block(str(name), yuan, "exact") for name, yuan in zip(names, whole(amounts, ceil), strict=True)]
    return together(found, other_rules)


def _done(content: Content, conflict: Conflict, forced: Fraction) -> list[tuple[Message | str, Fraction]]:
    """What must be done: each item with its cost where these are the whole of it."""
    named = items(content, conflict)
    costs = {name: cost(content.county, name) for name in named}
    if sum(costs.values()) == forced:
        return [(named[name], Fraction(yuan)) for name, yuan in costs.items()]
    if len(named) == 1:
        (item,) = named.values()
        return [(m("{item}, and what it requires", item=item), forced)]
    return [(m("what must be done"), forced)]


def _note(conflict: Conflict) -> Message | None:
    """Shares count a yuan more or less than once: repairs do not."""
    if any(group.rule == "R7" for group in conflict.groups):
        return m("One yuan within the share stands for several in all, so that a repair may give less than is short.")
    return None
