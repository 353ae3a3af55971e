"""A village: people, money, minimums, and why not more of its households are lifted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.household import demands, missing
from liftplan.solver.explain.rows import RuleRow, rule_rows
from liftplan.solver.explain.values import Value
from liftplan.solver.explain.ways import ways_out

Reason = Literal["data", "never", "project", "slot", "money", "margin", "uncounted"]
"""Why a household is not lifted: nothing in the data lifts it; R12 gives it nothing; its cheapest way needs a project
that is not built, or a slot that is taken; its money does more elsewhere, at the plan's prices; at those prices it is
about worth its money, but whole measures and budgets do not fit; it has too many packages to be enumerated."""

SHOWN = 5
"""Households that are named as next."""


@dataclass(frozen=True)
class Why(Value):
    """One reason, and how many households of the village it holds for."""

    reason: Reason
    households: int
    persons: int


@dataclass(frozen=True)
class Next(Value):
    """A household that is not lifted, with its cheapest way out; worth and net at the margin, at the plan's prices."""

    household: str
    persons: int
    yuan: int
    """Of the way, its missing projects included."""
    worth: float
    net: float


@dataclass(frozen=True)
class VillageFacts(Value):
    """What is to say of a village."""

    village: str
    people_lifted: int
    households_lifted: int
    persons: int
    """Registered, without those already out."""
    households: int
    """Registered, without those already out."""
    already_out: int
    """Households that pass with nothing done."""
    yuan: int
    projects: tuple[str, ...]
    """Built."""
    padding: tuple[str, ...]
    not_built: tuple[str, ...]
    by_department: dict[str, int]
    by_fund: dict[str, int]
    demanded: tuple[str, ...]
    minimums: tuple[RuleRow, ...]
    """R3, R4 and R6 there."""
    why: tuple[Why, ...]
    """Reasons of those not lifted, the commonest first."""
    next: tuple[Next, ...]
    """Those not lifted whose way out is worth most of its cost, the first ones."""


def explain_village(case: Case, name: str) -> VillageFacts:
    """What is to say of a village of the county."""
    facts, plan = case.facts, case.plan
    homes = [home for home in facts.homes.values() if home.village == name]
    by_fund: Counter[str] = Counter()
    for fund, item, _, yuan in plan.ledger:
        household = item.removeprefix(LEDGER_TOPUP)
        village = case.spot(item).village if household == item else facts.homes[household].village
        if village == name:
            by_fund[fund] += yuan
    by_department: Counter[str] = Counter()
    for fund, yuan in by_fund.items():
        by_department[facts.purses[fund].row.department] += yuan
    poor = [home.id for home in homes if home.id not in case.lifted and home.id not in case.out]
    why, following = _poor(case, poor)
    own = sorted(one.id for one in facts.projects.values() if one.village == name)
    return VillageFacts(
        name,
        plan.totals.people_by_village[name],
        sum(home.id in case.lifted for home in homes),
        sum(home.persons for home in homes if home.id not in case.out),
        sum(home.id not in case.out for home in homes),
        sum(home.id in case.out for home in homes),
        sum(by_fund.values()),
        tuple(one for one in own if one in case.built),
        tuple(one for one in own if one in plan.padding),
        tuple(one for one in own if one not in case.built),
        dict(sorted(by_department.items())),
        dict(sorted(by_fund.items())),
        demands(case, "", name),
        tuple(row for rule in ("R3", "R4", "R6") for row in rule_rows(case, rule) if row.village == name),
        why,
        following,
    )


def reason(case: Case, name: str) -> tuple[Reason, Next | None]:
    """Why a household is not lifted, and its cheapest way out."""
    if name in case.facts.banned:
        return "never", None
    way = (ways := ways_out(case, name)).cheapest
    if not ways.counted:
        return "uncounted", None
    if way is None:
        return ("never" if case.facts.homes[name].village in case.facts.closed else "data"), None
    following = Next(name, case.facts.homes[name].persons, way.yuan, way.worth, way.net)
    kinds = {one.kind for one in missing(case, name, way)}
    if kinds & {"project", "alternative"}:
        return "project", following
    if "slot" in kinds:
        return "slot", following
    return ("money" if way.net < 0 else "margin"), following


def _poor(case: Case, poor: list[str]) -> tuple[tuple[Why, ...], tuple[Next, ...]]:
    households: Counter[Reason] = Counter()
    persons: Counter[Reason] = Counter()
    following = []
    for name in poor:
        why, after = reason(case, name)
        households[why] += 1
        persons[why] += case.facts.homes[name].persons
        following += [after] if after else []
    following.sort(key=lambda one: (-(one.net / max(1e-9, one.worth)), one.yuan, one.household))
    found = tuple(Why(why, count, persons[why]) for why, count in households.most_common())
    return found, tuple(following[:SHOWN])
