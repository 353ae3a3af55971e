"""The policy of a small county: rules drawn around its planted plan, tight where a test wants them tight."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from liftplan.models.base import BP
from liftplan.models.policy import (
    Committed,
    DepartmentMin,
    Fairness,
    FundAmount,
    FundShareRule,
    GrowthMin,
    HouseholdMax,
    HouseholdMin,
    Objective,
    Policy,
    PurposeRule,
    SpendMin,
    SpendMinRow,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import Baseline, Commitment, Demand, Enforce, Fund, FundShare, MinimumOverride
from liftplan.scenarios.small.draft import TOPUP, Draft
from liftplan.scenarios.small.planted import Planted, already_out


@dataclass(frozen=True)
class Focus:
    """Which rules a test wants tight, hard or soft."""

    hard: frozenset[str]
    soft: frozenset[str]

    def of(self, rule: str) -> Enforce | None:
        """hard, soft, or None if the rule is left to chance."""
        return "hard" if rule in self.hard else "soft" if rule in self.soft else None


@dataclass(frozen=True)
class Start:
    """What must be known before the planted plan: household minimum and maximum, musts and nevers of villages."""

    minimum: int
    """R5 minimum in yuan."""
    enforce: Enforce
    """How R5 is enforced."""
    every: bool
    """R5 for every household."""
    maximum: int | None
    """R9 maximum in yuan; None if the rule is off."""


def begin(draft: Draft, focus: Focus) -> Start:
    """Draw the household rules, and demands that the planted plan must know of."""
    minimum = (0, 3_000, 5_000, 10_000)[draft.whole(0, 3)]
    if focus.of("R5"):
        minimum = (5_000, 10_000)[draft.whole(0, 1)]
    enforced, _ = _Levels(draft, focus).of("R5", 0.8)
    every = draft.chance(0.5 if focus.of("R5") else 0.1)
    maximum = max(minimum, draft.whole(9_000, 16_000)) if focus.of("R9") or draft.chance(0.1) else None
    enforce = focus.of("R12")
    if (enforce == "hard" and draft.chance(0.4)) or draft.chance(0.04):
        place = draft.villages[draft.whole(0, len(draft.villages) - 1)]
        draft.demands.append(Demand(sense="never", target="village", id=place.id))
    if enforce or draft.chance(0.1):
        closed = {row.id for row in draft.demands}
        hopeful = [one.id for one in draft.households if one.village not in closed and not already_out(one)]
        for household in draft.some(hopeful, 1, 2):
            draft.demands.append(
                Demand(sense="must", target="household", id=household, enforce="soft", price=_price(draft))
            )
    return Start(minimum, enforced, every, maximum)


def amounts(draft: Draft, plan: Planted, focus: Focus, tightness: float) -> list[Fund]:
    """Each fund gets what the planted plan spends from it, its fee, and some slack."""
    spent = plan.by_fund()
    funds = []
    for fund in draft.funds:
        need = spent.get(fund.id, 0)
        if focus.of("R1") == "soft" or draft.chance(0.01):
            # Left too small on purpose: soft amounts are overspent at a price, rare hard ones leave no plan at all.
            need = need * draft.whole(60, 90) // 100
        slack = 0 if focus.of("R1") == "hard" or draft.chance(0.3) else draft.whole(0, int(tightness * (need + 10_000)))
        amount = need + slack if fund.integrable else fund.amount
        while amount - -(-amount * fund.fee_bp // BP) < need + slack and fund.integrable:
            amount += max(1, (need + slack) * fund.fee_bp // BP // 4)
        funds.append(fund.model_copy(update={"amount": amount}))
    return funds


def policy(
    draft: Draft, plan: Planted, focus: Focus, start: Start
) -> tuple[Policy, list[MinimumOverride], list[Baseline]]:
    """All rules; minimums and shares that the planted plan keeps where they are hard, more than that where soft."""
    draw = _Levels(draft, focus)
    rules: dict[str, object] = {}
    soft_r1 = focus.of("R1") == "soft"
    rules["R1"] = FundAmount(enforce="soft", price=_price(draft)) if soft_r1 else FundAmount()
    pooled = draft.chance(0.15) and focus.of("R2") is None
    rules["R2"] = PurposeRule(purpose_rule="pooled" if pooled else "fixed")
    rows, overrides = _minimums(draft, plan, focus, draw)
    rules["R3"], rules["R4"] = rows
    rules["R5"] = HouseholdMin(
        enforce=start.enforce,
        price=draw.price(start.enforce),
        minimum=start.minimum * (150 if focus.of("R5") == "soft" else 100) // 100,
        applies_to="every" if start.every else "assisted",
        purpose=TOPUP,
    )
    total = sum(plan.ledger.values())
    enforce, factor = draw.of("R6", 0.2)
    growth = (10_000, 11_000, 10_500)[draft.whole(0, 2)]
    baseline = [Baseline(village="", yuan=max(0, int(total * factor) * BP // growth))] if enforce != "off" else []
    by_village = enforce != "off" and draft.chance(0.4)
    spent = plan.by_village_fund()
    if by_village:
        for village in draft.villages:
            here = sum(yuan for (place, _), yuan in spent.items() if place == village.id)
            if draft.chance(0.7) and here:
                baseline.append(Baseline(village=village.id, yuan=int(here * factor)))
    rules["R6"] = GrowthMin(enforce=enforce, price=draw.price(enforce), growth_bp=growth, villages=by_village)
    enforce, factor = draw.of("R7", 0.25)
    draft.shares += _shares(draft, plan, factor) if enforce != "off" else []
    rules["R7"] = FundShareRule(enforce=enforce, price=draw.price(enforce))
    if start.maximum is not None:
        enforce, factor = draw.of("R9", 1.0)
        most = max([start.maximum, *plan.direct.values()]) if enforce == "hard" else start.maximum * 2 // 3
        rules["R9"] = HouseholdMax(enforce=enforce, price=draw.price(enforce), maximum=most)
    rules["R10"] = _fairness(draft, plan, draw)
    enforce, _ = draw.of("R11", 0.2)
    draft.commitments += _commitments(draft, plan, enforce) if enforce != "off" else []
    rules["R11"] = Committed(enforce=enforce, price=draw.price(enforce))
    rules["R13"] = _spend(draft, plan, draw)
    groups = draft.some(["disabled", "illness", "minority"], 1, 2) if draft.chance(0.2) else []
    rules["objective"] = Objective(
        weights={group: draft.whole(2, 3) for group in groups},
        second="most_needs" if draft.chance(0.25) else "least_money",
    )
    return Policy.model_validate(rules), overrides, baseline


class _Levels:
    """How each rule is enforced, and how far its level lies from what the planted plan reaches."""

    def __init__(self, draft: Draft, focus: Focus) -> None:
        self.draft, self.focus = draft, focus

    def of(self, rule: str, otherwise: float = 0.5) -> tuple[Enforce, float]:
        """Enforcement and factor: 1 at the planted level, above for soft ones, below for ones left to chance."""
        enforce = self.focus.of(rule)
        if enforce == "hard":
            return "hard", 1.02 if self.draft.chance(0.02) else 1.0
        if enforce == "soft":
            return "soft", 1.0 + self.draft.whole(10, 60) / 100
        if self.draft.chance(otherwise):
            return ("soft", 1.1) if self.draft.chance(0.2) else ("hard", self.draft.whole(50, 95) / 100)
        return "off", 1.0

    def price(self, enforce: Enforce) -> int:
        """Millionths of a person; 0 where there is nothing to price."""
        return _price(self.draft) if enforce == "soft" else 0


def _price(draft: Draft) -> int:
    return (50_000, 400_000, 1_000_000, 2_345_678, 5_000_000)[draft.whole(0, 4)]


def _minimums(
    draft: Draft, plan: Planted, focus: Focus, draw: _Levels
) -> tuple[tuple[VillageTotalMin, VillageDepartmentMin], list[MinimumOverride]]:
    closed = {row.id for row in draft.demands if row.sense == "never" and row.target == "village"}
    push = [village.id for village in draft.villages if village.in_push and village.id not in closed]
    spent = plan.by_village_fund()
    overrides: list[MinimumOverride] = []

    def level(rule: str, funds: Collection[str], factor: float) -> int:
        sums = {place: sum(spent.get((place, fund), 0) for fund in funds) for place in push}
        general = int((max(sums.values()) if draft.chance(0.5) else min(sums.values())) * factor) if sums else 0
        for place, reached in sums.items():
            if reached * factor < general:
                overrides.append(MinimumOverride(village=place, rule=rule, minimum=int(reached * factor)))
        return general

    enforce, factor = draw.of("R3")
    total = VillageTotalMin(
        enforce=enforce,
        price=draw.price(enforce),
        minimum=level("R3", [fund.id for fund in draft.funds], factor) if enforce != "off" else 0,
    )
    enforce, factor = draw.of("R4")
    rows = []
    if enforce != "off":
        owners = sorted({fund.department for fund in draft.funds if fund.integrable})
        for departments in ([owner] for owner in draft.some(owners, 1, 3)):
            funds = [fund.id for fund in draft.funds if fund.department in departments]
            rows.append(
                DepartmentMin(
                    id=departments[0], departments=tuple(departments), minimum=level(departments[0], funds, factor)
                )
            )
        if len(owners) > 2:
            pair = draft.some(owners, 2, 3)
            funds = [fund.id for fund in draft.funds if fund.department in pair]
            rows.append(DepartmentMin(id="line", departments=tuple(pair), minimum=level("line", funds, factor)))
    per_department = VillageDepartmentMin(enforce=enforce, price=draw.price(enforce), rows=tuple(rows))
    return (total, per_department), overrides


def _shares(draft: Draft, plan: Planted, factor: float) -> list[FundShare]:
    rows = []
    for fund in draft.some([one for one in draft.funds if len(one.purposes) > 1 and one.integrable], 1, 2):
        purposes = draft.some(list(fund.purposes), 1, len(fund.purposes) - 1)
        total = sum(yuan for (payer, _, _), yuan in plan.ledger.items() if payer == fund.id)
        listed = sum(
            yuan for (payer, _, purpose), yuan in plan.ledger.items() if payer == fund.id and purpose in purposes
        )
        least = draft.chance(0.5)
        share = listed * BP // total if total else 5_000
        share = int(share * factor) if least else BP - int((BP - share) * factor)
        share = min(BP, max(0, share if least or factor > 1 else share + 1))
        rows.append(
            FundShare(
                id=f"share_{fund.id}",
                fund=fund.id,
                sense="at_least" if least else "at_most",
                share_bp=share,
                purposes=tuple(purposes),
            )
        )
    return rows


def _fairness(draft: Draft, plan: Planted, draw: _Levels) -> Fairness:
    by = ("village", "township", "group")[draft.whole(0, 2)]
    closed = {
        row.id for row in draft.demands if row.sense == "never" and row.target == "village" and row.enforce == "hard"
    }
    towns = {village.id: village.township for village in draft.villages}
    people: dict[str, int] = {}
    lifted: dict[str, int] = {}
    for household in draft.households:
        if household.village in closed or already_out(household):
            continue
        keys = {"village": (household.village,), "township": (towns[household.village],), "group": household.groups}[by]
        for key in keys:
            people[key] = people.get(key, 0) + household.persons
            lifted[key] = lifted.get(key, 0) + household.persons * (household.id in plan.lifted)
    enforce, factor = draw.of("R10", 0.15)
    if enforce == "off" or not people:
        return Fairness()
    share = min(lifted[key] * BP // people[key] for key in people)
    share = min(BP, int(share * factor) if enforce == "hard" else int(share * factor) + 2_500)
    return Fairness.model_validate({"enforce": enforce, "price": draw.price(enforce), "share_bp": share, "by": by})


def _commitments(draft: Draft, plan: Planted, enforce: Enforce) -> list[Commitment]:
    lines = sorted(key for key in plan.ledger if not key[1].startswith("topup:"))
    rows = [
        Commitment(
            fund=fund,
            item=item,
            purpose=purpose,
            yuan=max(1, plan.ledger[fund, item, purpose] * draft.whole(50, 100) // 100),
        )
        for fund, item, purpose in (draft.some(lines, 1, 4) if lines else [])
    ]
    done = {row.item for row in rows} | plan.built | plan.taken
    if enforce == "soft":
        rows += _other_commitments(draft, done)
    return rows


def _other_commitments(draft: Draft, done: set[str]) -> list[Commitment]:
    """Commitments to items that the planted plan leaves out."""
    villages = {village.id: village for village in draft.villages}
    homes = {household.id: household for household in draft.households}
    lines = draft.lines()
    found = []
    for project in draft.projects:
        if project.id not in done and not project.requires:
            for line in lines[project.id][:1]:
                payers = draft.payers(line.purpose, villages[project.village], project.mode, None)
                found += [
                    Commitment(fund=payer, item=project.id, purpose=line.purpose, yuan=line.yuan)
                    for payer in payers[:1]
                ]
    for measure in draft.measures:
        home = homes[measure.household]
        if measure.id not in done:
            for line in lines[measure.id][:1]:
                payers = draft.payers(line.purpose, villages[home.village], measure.mode, home)
                found += [
                    Commitment(fund=payer, item=measure.id, purpose=line.purpose, yuan=line.yuan)
                    for payer in payers[:1]
                ]
    return draft.some(found, 1, 3) if found else []


def _spend(draft: Draft, plan: Planted, draw: _Levels) -> SpendMin:
    enforce, factor = draw.of("R13", 0.15)
    if enforce == "off":
        return SpendMin()
    spent = plan.by_fund()
    whole: Callable[[int], int] = lambda share: max(0, min(BP, int(share * factor)))  # noqa: E731
    payers = [fund for fund in draft.funds if fund.integrable and fund.amount]
    rows = [
        SpendMinRow(id=f"spend_{fund.id}", fund=fund.id, share_bp=whole(spent.get(fund.id, 0) * BP // fund.amount))
        for fund in (draft.some(payers, 1, 3) if payers else [])
    ]
    owners = sorted({fund.department for fund in payers})
    for owner in draft.some(owners, 0, 1) if owners else []:
        total = sum(fund.amount for fund in payers if fund.department == owner)
        used = sum(spent.get(fund.id, 0) for fund in payers if fund.department == owner)
        rows.append(SpendMinRow(id=f"spend_{owner}", department=owner, share_bp=whole(used * BP // total)))
    return SpendMin.model_validate({"enforce": enforce, "price": draw.price(enforce), "rows": rows})
