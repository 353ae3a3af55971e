"""The policy of a small county: rules drawn around its planted plan, tight where a test wants them tight."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.base import BP
from liftplan.models.policy import (
    Committed,
    FundAmount,
    FundShareRule,
    GrowthMin,
    HouseholdMax,
    HouseholdMin,
    Objective,
    Policy,
    PurposeRule,
)
from liftplan.models.rows import Baseline, Demand, Enforce, Fund, MinimumOverride
from liftplan.scenarios.small.commitments import commitments
from liftplan.scenarios.small.draft import TOPUP, Draft
from liftplan.scenarios.small.levels import Focus, Levels, price_of
from liftplan.scenarios.small.minimums import minimums
from liftplan.scenarios.small.planted import Planted, already_out
from liftplan.scenarios.small.shares import fairness, fund_shares, spend_min


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
    if focus.of("R10") == "hard" and not focus.of("R5"):
        # A high minimum would make households cost the same in every village.
        minimum = (0, 2_000)[draft.whole(0, 1)]
    elif focus.of("R5"):
        minimum = (10_000, 15_000, 20_000)[draft.whole(0, 2)]
    enforced, _ = Levels(draft, focus).of("R5", 0.8)
    every = draft.chance(0.5 if focus.of("R5") else 0.1)
    maximum = max(minimum, draft.whole(9_000, 16_000)) if focus.of("R9") or draft.chance(0.1) else None
    enforce = focus.of("R12")
    if (enforce == "hard" and draft.chance(0.4)) or draft.chance(0.04):
        place = draft.villages[draft.whole(0, len(draft.villages) - 1)]
        draft.demands.append(Demand(sense="never", target="village", id=place.id))
    if enforce == "soft" or draft.chance(0.1):
        closed = {row.id for row in draft.demands}
        hopeful = [one.id for one in draft.households if one.village not in closed and not already_out(one)]
        for household in draft.some(hopeful, 1, 2):
            draft.demands.append(
                Demand(sense="must", target="household", id=household, enforce="soft", price=price_of(draft))
            )
    return Start(minimum, enforced, every, maximum)


def amounts(draft: Draft, plan: Planted, focus: Focus, tightness: float) -> list[Fund]:
    """Each fund gets what the planted plan spends from it, its fee, and some slack."""
    spent = plan.by_fund()
    tight = focus.hard & {"R1", "R3", "R4", "R5", "R6", "R7", "R10", "R11", "R13"}
    funds = []
    for fund in draft.funds:
        need = spent.get(fund.id, 0)
        if focus.of("R1") == "soft" or draft.chance(0.01):
            # Left too small on purpose: soft amounts are overspent at a price, rare hard ones leave no plan at all.
            need = need * draft.whole(60, 90) // 100
        slack = 0 if tight or draft.chance(0.3) else draft.whole(0, int(tightness * (need + 10_000)))
        amount = need + slack if fund.integrable else fund.amount
        while amount - -(-amount * fund.fee_bp // BP) < need + slack and fund.integrable:
            amount += max(1, (need + slack) * fund.fee_bp // BP // 4)
        funds.append(fund.model_copy(update={"amount": amount}))
    return funds


def policy(
    draft: Draft, plan: Planted, focus: Focus, start: Start
) -> tuple[Policy, list[MinimumOverride], list[Baseline]]:
    """All rules; minimums and shares that the planted plan keeps where they are hard, more than that where soft."""
    draw = Levels(draft, focus)
    rules: dict[str, object] = {}
    soft_r1 = focus.of("R1") == "soft"
    rules["R1"] = FundAmount(enforce="soft", price=price_of(draft)) if soft_r1 else FundAmount()
    pooled = draft.chance(0.15) and focus.of("R2") is None
    rules["R2"] = PurposeRule(purpose_rule="pooled" if pooled else "fixed")
    rows, overrides = minimums(draft, plan, draw)
    rules["R3"], rules["R4"] = rows
    rules["R5"] = HouseholdMin(
        enforce=start.enforce,
        price=draw.price(start.enforce),
        minimum=start.minimum * (3 if focus.of("R5") == "soft" else 1),
        applies_to="every" if start.every else "assisted",
        purpose=TOPUP,
    )
    total = sum(plan.ledger.values())
    enforce, factor = draw.of("R6", 0.2)
    growth = (10_000, 11_000, 10_500)[draft.whole(0, 2)]
    baseline = [Baseline(village="", yuan=max(0, int(total * factor) * BP // growth))] if enforce != "off" else []
    by_village = enforce != "off" and draft.chance(1.0 if focus.of("R6") == "hard" else 0.4)
    spent = plan.by_village_fund()
    if by_village:
        for village in draft.villages:
            here = sum(yuan for (place, _), yuan in spent.items() if place == village.id)
            if here and draft.chance(1.0 if focus.of("R6") else 0.7):
                baseline.append(Baseline(village=village.id, yuan=int(here * factor)))
    rules["R6"] = GrowthMin(enforce=enforce, price=draw.price(enforce), growth_bp=growth, villages=by_village)
    enforce, factor = draw.of("R7", 0.25)
    draft.shares += fund_shares(draft, plan, factor, all_funds=focus.of("R7") is not None) if enforce != "off" else []
    rules["R7"] = FundShareRule(enforce=enforce, price=draw.price(enforce))
    if start.maximum is not None:
        enforce, factor = draw.of("R9", 1.0)
        most = max([start.maximum, *plan.direct.values()]) if enforce == "hard" else start.maximum * 2 // 3
        rules["R9"] = HouseholdMax(enforce=enforce, price=draw.price(enforce), maximum=most)
    rules["R10"] = fairness(draft, plan, draw)
    enforce, _ = draw.of("R11", 0.2)
    draft.commitments += commitments(draft, plan, enforce) if enforce != "off" else []
    rules["R11"] = Committed(enforce=enforce, price=draw.price(enforce))
    rules["R13"] = spend_min(draft, plan, draw)
    groups = draft.some(["disabled", "illness", "minority"], 1, 2) if draft.chance(0.2) else []
    rules["objective"] = Objective(
        weights={group: draft.whole(2, 3) for group in groups},
        second="most_needs" if draft.chance(0.25) else "least_money",
    )
    return Policy.model_validate(rules), overrides, baseline
