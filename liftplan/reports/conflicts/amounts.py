"""The yuan of a conflict: what its rules ask for together, against what can be had, as far as that is proved."""

from __future__ import annotations

from math import ceil, floor

from liftplan.models.messages import Message, listed, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.figures import METHODS
from liftplan.reports.words import yuan
from liftplan.solver.diagnose.arithmetic import MINIMUMS, Figure, amount_of
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.moneyproof import MoneyProof
from liftplan.solver.diagnose.rules import Group, Instance

OVER_MONEY = MINIMUMS | {"R1"}
"""Rules whose amounts are yuan that add up."""


def why(content: Content, conflict: Conflict) -> Message:
    """Why there is no plan, in yuan where rules over money clash."""
    proof, alone = conflict.proof.money, in_all(content, conflict)
    told = _balance(content, conflict) if proof is None else added(proof)
    if told is None:
        return METHODS[conflict.proof.method]
    if alone is None:
        return told
    values = {"sum": told, "most": yuan(alone.most), "short": yuan(-alone.room)}
    if proof is None:
        return m("{sum}; all funds together can pay {most} of it at most: {short} short", **values)
    return m("{sum} by these rules alone; all funds together can pay {most} of it at most: {short} short", **values)


def in_all(content: Content, conflict: Conflict) -> Figure | None:
    """The figure of the rule that asks, where all funds together cannot pay it and the conflict's own say less."""
    proof = conflict.proof.money
    if proof is not None and not plain(proof):
        return None
    asked = _asked(content, conflict) if proof is None else {}
    for one in content.diagnosis.figures:
        group = next((group for group in conflict.groups if (group.rule, group.key) == (one.rule, one.key)), None)
        if group is None or one.kind != "money" or one.where or one.room >= 0:
            continue
        if one.needs == asked.get(group) if proof is None else one.needs == proof.asked and -one.room > proof.short:
            return one
    return None


def short_of(content: Content, conflict: Conflict) -> int:
    """Yuan that are told to be short; 0: no sum is."""
    proof, alone = conflict.proof.money, in_all(content, conflict)
    if alone is not None:
        return -alone.room
    return 0 if proof is None else _short(proof)


def _short(proof: MoneyProof) -> int:
    """Yuan that are missing, so that the whole yuan that are told add up."""
    return ceil(proof.asked) - floor(proof.money) - floor(proof.absorbed)


def added(proof: MoneyProof) -> Message:
    """What adding up shows, in a sentence."""
    return _sum(proof) if plain(proof) else m("added up with the proof's weights: {sum}", sum=_sum(proof))


def _sum(proof: MoneyProof) -> Message:
    """The arithmetic of a conflict in a sentence. It counts all villages that the proof adds up."""
    short = _short(proof)
    if proof.money and proof.absorbed:
        return m(
            "{needed}; the funds named have {money}, and other money can be taken up to {absorbed}: {short} short",
            needed=_needed(proof), money=yuan(floor(proof.money)), absorbed=yuan(floor(proof.absorbed)),
            short=yuan(short),
        )  # fmt: skip
    if proof.absorbed:
        return m("{needed}; no more than {absorbed} can be taken up: {short} short", needed=_needed(proof),
                 absorbed=yuan(floor(proof.absorbed)), short=yuan(short))  # fmt: skip
    if proof.money > 0:
        return m("{needed}; there are {money}: {short} short", needed=_needed(proof),
                 money=yuan(floor(proof.money)), short=yuan(short))  # fmt: skip
    return m("{needed}; nobody may pay it: {short} short", needed=_needed(proof), short=yuan(short))


def _needed(proof: MoneyProof) -> Message:
    """What is needed, and in how many villages where it is the sum of several."""
    asked = ceil(proof.asked)
    rows = [{one.village for one in row.instances if _of_village(one)} for row, _ in proof.rows if row.rhs > 0]
    villages = len(set().union(*rows))
    if villages > 1 and (proof.forced or not all(rows)):
        return m("needed {asked} yuan, minimums of {count} villages among them", asked=yuan(asked), count=villages)
    return in_places(asked, villages)


def _of_village(one: Instance) -> bool:
    return one.rule in {"R3", "R4"} or (one.rule == "R6" and one.subject != "county")


def plain(proof: MoneyProof) -> bool:
    """Whether all rules count once: the figures are sums of yuan as they stand in the tables."""
    return all(y == 1 and row.scale == 1 for row, y in proof.rows)


def _balance(content: Content, conflict: Conflict) -> Message | None:
    """Where no sum proves it: what its rules ask for against what its funds have; None where neither is money.

    That what is missing is not found elsewhere is proved with the conflict: no plan keeps its rules.
    """
    amounts, asked = yuan_of(content, conflict), _asked(content, conflict)
    funds = [group for group in conflict.groups if group.rule == "R1"]
    if not all(group in amounts for group in funds):
        return None
    asking = [group for group in conflict.groups if group.rule != "R1"]
    have, needed = sum(amounts[group] for group in funds), sum(asked.values())
    if len(asking) == len(asked) == 1 and funds:
        values = {"needed": in_places(needed, _places(asking[0])), "money": yuan(have)}
        if needed > have:
            return m(
                "{needed}; the funds named have {money} after fees, and no plan finds all of the other {short} "
                "elsewhere",
                short=yuan(needed - have),
                **values,
            )
        return m("{needed}; the funds named have {money} after fees, yet no plan keeps both", **values)
    told = listed(
        m("{rule}: {amount} yuan", rule=content.names.short(group), amount=yuan(amount))
        for group, amount in asked.items()
    )
    if asked and funds:
        return m("needed by {rules}; the funds named have {money} after fees, yet no plan keeps all of that",
                 rules=told, money=yuan(have))  # fmt: skip
    if funds:
        return m("the funds named have {money} yuan after fees, and no plan makes do with that", money=yuan(have))
    return m("needed by {rules}; no plan brings that", rules=told) if asked else None


def _asked(content: Content, conflict: Conflict) -> dict[Group, int]:
    """Of rules that ask for money what they ask for."""
    return {group: amount for group, amount in yuan_of(content, conflict).items() if group.rule != "R1"}


def yuan_of(content: Content, conflict: Conflict) -> dict[Group, int]:
    """Yuan that each rule over money allows (after fees) or asks for, in all places of the conflict."""
    judge = content.diagnosis.judge
    if judge is None:
        return {}
    return {group: amount_of(judge.ground, group) for group in conflict.groups if group.rule in OVER_MONEY}


def in_places(amount: int, villages: int) -> Message:
    """Yuan that are needed, of several villages together."""
    if villages > 1:
        return m("needed {asked} yuan in {count} villages together", asked=yuan(amount), count=villages)
    return m("needed {asked} yuan", asked=yuan(amount))


def _places(group: Group) -> int:
    return len(group.parts) if group.by_village else 1


def beside(content: Content) -> Message | None:
    """Why the smallest repair gives other yuan than the conflicts are short of; None: it gives as much."""
    fewest = next((one.repair for one in content.repairs if one.repair.kind == "yuan"), None)
    short = sum(short_of(content, conflict) for conflict in content.conflicts)
    if fewest is None or not short:
        return None
    least = fewest.yuan if fewest.least is None else fewest.least
    if least > short and len(content.conflicts) == 1:
        return m(
            "Repairs give more than the {short} yuan that are short above: those count the conflict's rules alone; "
            "repairs keep all other rules, too, fees included.",
            short=yuan(short),
        )
    if least > short:
        return m(
            "Repairs give more than the {short} yuan that are short above: those count each conflict's rules alone; "
            "repairs mend all conflicts and keep all other rules, too, fees included.",
            short=yuan(short),
        )
    if least < short and any(group.rule == "R7" for conflict in content.conflicts for group in conflict.groups):
        return m(
            "Repairs give less than the {short} yuan that are short above: a yuan by which a share gives way frees "
            "more than one.",
            short=yuan(short),
        )
    if least < short and any(group.rule == "R5" for conflict in content.conflicts for group in conflict.groups):
        return m(
            "Repairs give less than the {short} yuan that are short above: where a rule that gives way needs nobody to "
            "be helped any more, a whole minimum of R5 is freed.",
            short=yuan(short),
        )
    if least < short and len(content.conflicts) > 1:
        return m(
            "Repairs give less than the {short} yuan that are short above: one change serves several conflicts.",
            short=yuan(short),
        )
    return None
