"""What plans could do without: projects and households, by what it costs at the margin and the money it frees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from liftplan.models.plan import Plan
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.explain.case import Case

Kind = Literal["project", "household"]

KINDS: tuple[Kind, ...] = ("project", "household")

PER = 10_000
"""Yuan that prices are for."""


@dataclass(frozen=True)
class Spare:
    """A project that plans build, or a household on which they spend money."""

    kind: Kind
    id: str
    yuan: int
    """Money that the first plan spends on it."""
    loss: float
    """People that may be lost without it, at the plan's prices; >= 0. It only says what to try first: what is lost is
    found out by solving."""


def spares(case: Case, plans: Sequence[Plan]) -> list[Spare]:
    """What all plans do and nobody demands, the least loss for its money first.

    The loss of a household is its persons less its money at the prices of the funds that pay it; that of a project is
    the loss of the households that need it: its own money may find no other use.
    """
    facts, plan = case.facts, case.plan
    demanded = {row.id for row in facts.demands} | {row.item for row in facts.commitments}
    yuan: Counter[str] = Counter()
    worth: Counter[str] = Counter()
    for fund, item, _, paid in plan.ledger:
        owner = _owner(case, item)
        yuan[owner] += paid
        worth[owner] += round(paid * plan.prices.get(fund, 0.0) * PER)  # whole, so that sums do not depend on order
    lost = {name: max(0.0, facts.homes[name].persons - worth[name] / PER / PER) for name in plan.lifted}
    built = set.intersection(*(set(one.projects) for one in plans))
    lifted = set.intersection(*(set(one.lifted) for one in plans))
    found = []
    for name in built - demanded:
        users = {case.options[one].household for one in case.needed_by.get(name, ()) if one in case.taken}
        found.append(Spare("project", name, yuan[name], sum(lost.get(user, 0.0) for user in sorted(users))))
    if facts.policy.R5.enforce == "off" or facts.policy.R5.applies_to == "assisted":
        named = {case.options[one].household for one in demanded if one in case.options}
        found += [Spare("household", name, yuan[name], lost[name]) for name in lifted - demanded - named]
    return sorted((one for one in found if one.yuan), key=lambda one: (one.loss / one.yuan, one.kind, one.id))


def _owner(case: Case, item: str) -> str:
    """The project or household that a ledger item is for."""
    if item.startswith(LEDGER_TOPUP):
        return item.removeprefix(LEDGER_TOPUP)
    return item if item in case.project else case.options[item].household
