"""R1, R2, R7, R13: what a fund may spend, on what, and what it must spend."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.base import BP
from liftplan.models.messages import Message, m
from liftplan.models.rows import Fund
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts, Purse, Spot
from liftplan.solver.check.findings import Breach


def fund_amount(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R1: for each fund, sum of ledger yuan + fee <= amount."""
    rule = facts.policy.R1
    for fund, purse in facts.purses.items():
        spent, limit = decided.by_fund[fund], purse.amount - purse.fee
        if spent > limit:
            yield Breach(
                "R1",
                fund,
                m(
                    "Fund {fund} spends {value} yuan and has only {limit} yuan after its fee.",
                    fund=fund,
                    value=spent,
                    limit=limit,
                ),
                spent,
                limit,
                short=spent - limit,
                enforce=rule.enforce,
                price=rule.price,
            )


def purpose(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R2: each ledger line is one that its fund may pay."""
    for fund, item, use, yuan in decided.ledger:
        spot, purse = decided.spots[item], facts.purses.get(fund)
        if spot is not None and purse is not None and (message := refusal(facts, purse, item, use, spot)):
            yield Breach("R2", f"{fund}/{item}/{use}", message, yuan, 0)


def refusal(facts: Facts, purse: Purse, item: str, use: str, spot: Spot) -> Message | None:
    """What of R2 keeps a fund from paying a purpose of an item; None if it may."""
    fund = purse.row
    if not fund.integrable:
        return m("Fund {fund} is ring-fenced: it pays nothing.", fund=fund.id)
    if use not in purse.purposes:
        return m("Fund {fund} may not pay purpose {purpose}.", fund=fund.id, purpose=use)
    if spot.mode not in fund.modes:
        return m("Fund {fund} may not pay in the mode of {item}.", fund=fund.id, item=item)
    if ("measures" if spot.home else "projects") not in fund.recipients:
        return m("Fund {fund} does not pay this kind of item ({item}).", fund=fund.id, item=item)
    if not _in_scope(facts, fund, spot):
        return m("Item {item} is outside the scope of fund {fund}.", item=item, fund=fund.id)
    return None


def fund_share(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R7: with spend S of the fund and P of it on the purposes: 10000 P >= share S (at least), <= (at most)."""
    rule = facts.policy.R7
    if rule.enforce == "off":
        return
    for row in facts.fund_shares:
        part = BP * sum(decided.by_fund_purpose[row.fund, use] for use in set(row.purposes))
        limit = row.share_bp * decided.by_fund[row.fund]
        short = limit - part if row.sense == "at_least" else part - limit
        if short > 0:
            message = (
                m("Fund {fund} spends too small a share on the purposes of {row}.", fund=row.fund, row=row.id)
                if row.sense == "at_least"
                else m("Fund {fund} spends too large a share on the purposes of {row}.", fund=row.fund, row=row.id)
            )
            subject = f"{row.fund}/{row.id}"
            yield Breach("R7", subject, message, part, limit, short, "yuan/10000", rule.enforce, rule.price)


def spend_min(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R13: for each row, ledger yuan of its funds >= ceil(share * amount / 10000), fee included in the amount."""
    rule = facts.policy.R13
    if rule.enforce == "off":
        return
    for row in rule.rows:
        purses = [
            purse
            for fund, purse in facts.purses.items()
            if purse.row.integrable and (fund == row.fund or purse.row.department == row.department)
        ]
        spent = sum(decided.by_fund[purse.row.id] for purse in purses)
        limit = -(-row.share_bp * sum(purse.amount for purse in purses) // BP)
        if spent < limit:
            message = m(
                "{who} spends {value} yuan, less than the {limit} yuan it must.",
                who=row.fund or row.department,
                value=spent,
                limit=limit,
            )
            yield Breach("R13", row.id, message, spent, limit, limit - spent, "yuan", rule.enforce, rule.price)


def _in_scope(facts: Facts, fund: Fund, spot: Spot) -> bool:
    """AND between the kinds of scope, OR within one; household groups shut out every project."""
    if fund.villages and spot.village not in fund.villages:
        return False
    if fund.village_tags and not set(fund.village_tags) & set(facts.villages[spot.village].tags):
        return False
    if fund.household_groups:
        return bool(spot.home) and bool(set(fund.household_groups) & set(facts.homes[spot.home].groups))
    return True
