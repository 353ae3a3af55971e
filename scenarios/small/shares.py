"""Shares of a small county: of what funds spend (R7), of people lifted (R10), of funds spent at all (R13)."""

from __future__ import annotations

from liftplan.models.base import BP
from liftplan.models.policy import Fairness, SpendMin, SpendMinRow
from liftplan.models.rows import FundShare
from liftplan.scenarios.small.draft import Draft
from liftplan.scenarios.small.levels import Levels
from liftplan.scenarios.small.planted import Planted, already_out, liftable


def fund_shares(draft: Draft, plan: Planted, factor: float, *, all_funds: bool) -> list[FundShare]:
    """R7 rows for funds with several purposes; `all_funds`: for each of them, in both directions."""
    many = [fund for fund in draft.funds if len(fund.purposes) > 1 and fund.integrable]
    rows = []
    for fund in draft.some(many, len(many) if all_funds else 1, len(many)):
        spent = dict.fromkeys(fund.purposes, 0)
        for (payer, _, purpose), yuan in plan.ledger.items():
            if payer == fund.id:
                spent[purpose] += yuan
        for sense in ("at_least", "at_most") if all_funds else (("at_least", "at_most")[draft.whole(0, 1)],):
            listed = draft.some(list(fund.purposes), 1, len(fund.purposes) - 1)
            total = sum(spent.values())
            share = sum(spent[purpose] for purpose in listed) * BP // total if total else 5_000
            if sense == "at_least":
                share = min(BP, int(share * factor))
            else:
                share = min(BP, max(0, BP - int((BP - share - 1) * factor)))
            name = f"{sense}_{fund.id}"
            rows.append(
                FundShare.model_validate(
                    {"id": name, "fund": fund.id, "sense": sense, "share_bp": share, "purposes": tuple(listed)}
                )
            )
    return rows


def fairness(draft: Draft, plan: Planted, draw: Levels) -> Fairness:
    """R10 by village, township or group, at the smallest share that the planted plan lifts; where it can, not 0."""
    enforce, factor = draw.of("R10", 0.15)
    if enforce == "off":
        return Fairness()
    reached = {by: _least_lifted(draft, plan.lifted, by) for by in ("village", "township", "group")}
    if draw.focus.of("R10") == "hard" and draft.chance(0.6):
        # What the planted plan reaches seldom binds: ask for more, at the risk that a few counties have no plan.
        most, part = liftable(draft), draft.whole(20, 50)
        reached = {by: share + (_least_lifted(draft, most, by) - share) * part // 100 for by, share in reached.items()}
    usable = [by for by, share in reached.items() if share > 0] or ["village"]
    by = usable[draft.whole(0, len(usable) - 1)]
    share = int(reached[by] * factor) + (2_500 if enforce == "soft" else 0)
    rule = {"enforce": enforce, "price": draw.price(enforce), "share_bp": min(BP, share), "by": by}
    return Fairness.model_validate(rule)


def _least_lifted(draft: Draft, helped: set[str], by: str) -> int:
    """Smallest share of people in `helped` households over villages, townships or groups, basis points."""
    closed = {row.id for row in draft.demands if (row.sense, row.target) == ("never", "village")}
    towns = {village.id: village.township for village in draft.villages}
    people: dict[str, int] = {}
    lifted: dict[str, int] = {}
    for household in draft.households:
        if household.village in closed or already_out(household):
            continue
        home = household.village
        for key in {"village": (home,), "township": (towns[home],), "group": household.groups}[by]:
            people[key] = people.get(key, 0) + household.persons
            lifted[key] = lifted.get(key, 0) + household.persons * (household.id in helped)
    return min((lifted[key] * BP // people[key] for key in people), default=0)


def spend_min(draft: Draft, plan: Planted, draw: Levels) -> SpendMin:
    """R13 for funds and now and then a department; in focus for every fund."""
    enforce, factor = draw.of("R13", 0.15)
    if enforce == "off":
        return SpendMin()
    spent = plan.by_fund()

    def share(used: int, amount: int) -> int:
        return max(0, min(BP, int(used * BP // amount * factor)))

    payers = [fund for fund in draft.funds if fund.integrable and fund.amount]
    rows = [
        SpendMinRow(id=f"spend_{fund.id}", fund=fund.id, share_bp=share(spent.get(fund.id, 0), fund.amount))
        for fund in (draft.some(payers, len(payers) if draw.focus.of("R13") else 1, len(payers)) if payers else [])
    ]
    owners = sorted({fund.department for fund in payers})
    for owner in draft.some(owners, 0, 1) if owners else []:
        total = sum(fund.amount for fund in payers if fund.department == owner)
        used = sum(spent.get(fund.id, 0) for fund in payers if fund.department == owner)
        rows.append(SpendMinRow(id=f"spend_{owner}", department=owner, share_bp=share(used, total)))
    return SpendMin.model_validate({"enforce": enforce, "price": draw.price(enforce), "rows": rows})
