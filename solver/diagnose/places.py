"""In how many villages the rules of a conflict clash: any so many of them, where the money's proof says so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from liftplan.solver.diagnose.builder import SOON
from liftplan.solver.diagnose.conflicts import Conflict, Places
from liftplan.solver.diagnose.feasible import Judge, Refuted, Witness
from liftplan.solver.diagnose.money import Money
from liftplan.solver.diagnose.moneyproof import MoneyProof
from liftplan.solver.diagnose.rules import Group, Instance, Kept


def placed(judge: Judge, conflict: Conflict) -> Conflict:
    """The conflict with the places that it needs; unchanged if all its rules hold in one place.

    The rules of its groups elsewhere are left out of it.
    """
    scattered = [group for group in conflict.groups if group.scattered]
    if not scattered:
        return conflict
    villages = all(group.by_village for group in scattered)
    if conflict.proof.money is not None and not conflict.proof.money.forced and villages:
        found = _any_of(judge, conflict, conflict.proof.money)
    else:
        every = {_name(part, villages) for group in scattered for part in group.parts}
        found = _these(judge, conflict, sorted(every), villages=villages)
    names = set(found.names)
    members = tuple(
        replace(member, group=member.group.only(part for part in member.group.parts if _name(part, villages) in names))
        if member.group.scattered
        else member
        for member in conflict.members
    )
    narrowed = replace(conflict, members=members, places=found)
    if conflict.proof.money is None or conflict.proof.kept <= narrowed.instances:
        return narrowed
    return replace(narrowed, proof=judge.by_arithmetic(narrowed.instances) or conflict.proof)


def _any_of(judge: Judge, conflict: Conflict, proof: MoneyProof) -> Places:
    """By the proof itself: what each village adds to what is short. What is left must be short in any case."""
    money = judge.money(conflict.instances)
    adds = _added(money, conflict, proof)
    names = sorted(adds, key=lambda village: (adds[village], village))
    least = _least(proof.short, [adds[village] for village in names])
    opened, short = list(reversed(names)), proof.short
    for village in names:  # those that add least are left out as long as it stays short
        if short - adds[village] <= 0:
            break
        short -= adds[village]
        opened.remove(village)
    opened = sorted(opened)
    if least == len(names):  # not any of them: those that suffice
        names, least = opened, len(opened)
    place = opened.index(min(opened, key=lambda village: (adds[village], village)))
    others = [*opened[:place], *opened[place + 1 :]]
    verdict = judge.decide(_within(conflict, others, villages=True), soon=SOON)
    if isinstance(verdict, Refuted):  # whole items are in the way sooner than the money
        return _these(judge, conflict, others, villages=True)
    return Places(tuple(sorted(names)), least, tuple(opened), isinstance(verdict, Witness))


def _added(money: Money, conflict: Conflict, proof: MoneyProof) -> dict[str, Fraction]:
    """Village -> yuan that its rules in the proof add to what is short."""
    mine = {part for group in conflict.groups if group.scattered for part in group.parts}
    numbers = {id(row): number for number, row in enumerate(money.rows)}
    multipliers = {numbers[id(row)]: y for row, y in proof.rows if id(row) in numbers}
    found: dict[str, Fraction] = {}
    for village in sorted({one.village for row, _ in proof.rows for one in row.instances if one in mine}):
        rest = {
            number: y
            for number, y in multipliers.items()
            if not any(one in mine and one.village == village for one in money.rows[number].instances)
        }
        found[village] = proof.short - money.added(rest).short
    return found


def _least(short: Fraction, adds: list[Fraction]) -> int:
    """Fewest villages such that any so many are short; adds: ascending."""
    left, least = short, len(adds)
    for add in reversed(adds):
        if left - add <= 0:
            break
        left -= add
        least -= 1
    return max(1, least)


def _these(judge: Judge, conflict: Conflict, names: list[str], *, villages: bool) -> Places:
    """By asking: places are left out, many at a time, as long as no plan keeps the rest."""
    size = max(1, len(names) // 2)
    sharp = True
    while True:
        start = 0
        while start < len(names) > 1:
            rest = [*names[:start], *names[start + size :]]
            found = judge.decide(_within(conflict, rest, villages=villages))
            if isinstance(found, Refuted):
                names = rest
            else:
                sharp = sharp and (size > 1 or isinstance(found, Witness))
                start += size
        if size == 1:
            return Places(tuple(names), len(names), tuple(names), sharp)
        size //= 2


def _within(conflict: Conflict, names: list[str], *, villages: bool) -> Kept:
    """The conflict's rules where those that hold in several places count in these only."""
    chosen = set(names)
    kept: set[Instance] = set()
    for group in conflict.groups:
        kept |= _inside(group, chosen, villages=villages) if group.scattered else set(group.parts)
    return frozenset(kept)


def _inside(group: Group, chosen: set[str], *, villages: bool) -> set[Instance]:
    return {part for part in group.parts if _name(part, villages) in chosen}


def _name(part: Instance, villages: bool) -> str:
    return part.village if villages else part.subject
