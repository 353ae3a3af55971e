"""Kinds of repairs: what they are called, and why there is none of one."""

from __future__ import annotations

from math import floor
from typing import get_args

from liftplan.models.messages import Message, listed, m
from liftplan.reports.conflicts.content import Content, Mended
from liftplan.reports.counts import at_most, people
from liftplan.solver.diagnose import repairs
from liftplan.solver.diagnose.repairs import Kind
from liftplan.solver.diagnose.rules import Group
from liftplan.solver.explain.case import scored

KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are told."""

NAMES: dict[Kind, Message] = {
    "yuan": m("Fewest yuan"),
    "rules": m("Fewest rules"),
    "priorities": m("By your priorities"),
}
"""Kinds of repair."""

WITHOUT_MONEY = m("Without more money")
"""The last kind, where no priorities are given."""


def kind_name(kind: Kind, *, given: bool) -> Message:
    """What a kind is called; given: whether priorities are."""
    return WITHOUT_MONEY if kind == "priorities" and not given else NAMES[kind]


def missing(content: Content, kind: Kind) -> Message | None:
    """That a county without a plan has no repair of a kind, and why; None: it has one, or needs none."""
    if content.diagnosis.status != "infeasible" or any(one.repair.kind == kind for one in content.repairs):
        return None
    name = kind_name(kind, given=content.priorities is not None)
    return m("{kind}: none; {reason}.", kind=name, reason=_reason(content, kind))


def _reason(content: Content, kind: Kind) -> Message:
    if kind == "rules":
        fewest = content.diagnosis.found.fewest if content.diagnosis.found else None
        if fewest is None:
            return m("which rules are the fewest that suffice was not found out")
        rules = listed(content.names.short(group) for group in fewest)
        return m("by how much {rules} would have to change was not found out", rules=rules)
    stuck = _stuck(content, kind)
    if stuck is None:
        return m("whether there is one is not known")
    if kind == "yuan":
        return m("no rule of conflict {number} is about money", number=stuck)
    if content.priorities is not None:
        return m("your priorities let no rule of conflict {number} give", number=stuck)
    return m(
        "conflict {number} is between funds, commitments and demands, which stay as they are unless priorities let "
        "them give",
        number=stuck,
    )


def _stuck(content: Content, kind: Kind) -> int | None:
    """The first conflict, from 1, of which no rule may give."""
    wish = content.priorities or repairs.WITHOUT_MONEY

    def gives(group: Group) -> bool:
        return group.rule in repairs.MONEY_RULES if kind == "yuan" else wish.price(group) is not None

    return next((n for n, one in enumerate(content.conflicts, 1) if not any(map(gives, one.groups))), None)


def best(mended: Mended) -> Message:
    """The best plan under a repair, and how sure that is. Raises ValueError if nobody looked for one."""
    if mended.people is None:
        raise ValueError("no plan was looked for under this repair")
    told = people(mended.people)
    if mended.bound is None:
        return m("best plan found under it: {people}", people=told)
    if scored(mended.repair.county):
        return m("best plan found under it: {people}; no plan scores more than {bound}", people=told,
                 bound=f"{mended.bound:,.1f}")  # fmt: skip
    most = floor(at_most(mended.bound))
    if most <= mended.people:
        return m("best plan under it: {people} (proved)", people=told)
    return m("best plan found under it: {people}; no plan lifts more than {most}", people=told, most=people(most))
