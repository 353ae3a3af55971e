"""The sides of a conflict of one rule over money with limits of funds, as the county stands.

A conflict names the funds whose limits it needs; all others might have any money. The diagram has the money that these
do have, so that what is short is what is missing, and not what they would have to pay.
"""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page.sides import Block, Kind, Sides, other_funds, together
from liftplan.reports.page.amounts import exact
from liftplan.reports.words import yuan
from liftplan.solver.diagnose.arithmetic import amount_of, paying
from liftplan.solver.diagnose.conflicts import Conflict


def paid(content: Content, conflict: Conflict) -> Sides | None:
    """What one rule asks for against what each fund can pay for it at most; None for other conflicts."""
    judge = content.diagnosis.judge
    asking = [group for group in conflict.groups if group.rule != "R1"]
    limited = {group.key for group in conflict.groups if group.rule == "R1"}
    if judge is None or len(asking) != 1 or not limited:
        return None
    most = paying(judge.ground, asking[0])
    if not most:
        return None
    own = together((_block(content, name, most.get(name, 0), "plain") for name in sorted(limited)), other_funds)
    more = [_block(content, name, yuan, "left") for name, yuan in most.items() if yuan and name not in limited]
    if len(more) > 1:
        more = [Block(str(other_funds(len(more))), sum(block.amount for block in more), "left")]
    needs = Block(str(content.names.short(asking[0])), amount_of(judge.ground, asking[0]), "exact")
    there = sum(block.amount for block in (*own, *more))
    return Sides((*own, *more), (needs,), _why(needs.amount, there), _note(more[0]) if more else None)


def _block(content: Content, fund: str, yuan: int, kind: Kind) -> Block:
    return Block(content.names.of("funds", fund), yuan, kind)


def _why(needed: int, there: int) -> Message:
    if needed > there:
        return m("needed {asked} yuan; all funds together can pay {money} at most: at least {short} short",
                 asked=yuan(needed), money=yuan(there), short=yuan(needed - there))  # fmt: skip
    return m("needed {asked} yuan; there are {money}: the sums would do, but no choice of whole items fits",
             asked=yuan(needed), money=yuan(there))  # fmt: skip


def _note(others: Block) -> Message:
    """Why there is money that no rule of the conflict limits."""
    return m(
        "Not among the rules that clash: {fund}, {amount}. Even with more money there, there would be no plan.",
        fund=others.name,
        amount=exact(others.amount),
    )
