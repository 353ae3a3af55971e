"""R3, R4, R6, R10: what villages and the county must get, and whom they must lift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from liftplan.models.base import BP
from liftplan.models.messages import listed, m
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts, Home
from liftplan.solver.check.findings import Breach

COUNTY = "county"
"""Subject of the county's own R6."""


def village_total(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R3: for each village in push, ledger yuan >= minimum."""
    rule = facts.policy.R3
    if rule.enforce == "off":
        return
    for village in facts.villages.values():
        value, limit = decided.by_village[village.id], facts.minimum(village, "R3", rule.minimum)
        if value < limit:
            message = m(
                "Village {village} gets {value} yuan, less than {limit} yuan.",
                village=village.id,
                value=value,
                limit=limit,
            )
            yield Breach("R3", village.id, message, value, limit, limit - value, "yuan", rule.enforce, rule.price)


def village_department(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R4: for each village in push and row, ledger yuan of the funds of the row's departments >= minimum."""
    rule = facts.policy.R4
    if rule.enforce == "off":
        return
    for row in rule.rows:
        owners = listed(facts.departments[one] for one in row.departments)
        funds = [fund for fund, purse in facts.purses.items() if purse.row.department in row.departments]
        for village in facts.villages.values():
            value = sum(decided.by_village_fund[village.id, fund] for fund in funds)
            limit = facts.minimum(village, row.id, row.minimum)
            if value < limit:
                message = m(
                    "Village {village} gets {value} yuan from {row}, less than {limit} yuan.",
                    village=village.id,
                    row=owners,
                    value=value,
                    limit=limit,
                )
                subject = f"{village.id}/{row.id}"
                yield Breach("R4", subject, message, value, limit, limit - value, "yuan", rule.enforce, rule.price)


def growth(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R6: ledger yuan >= ceil(growth * last year's / 10000); if asked, each village >= last year's."""
    rule = facts.policy.R6
    if rule.enforce == "off":
        return
    for row in facts.baseline:
        if not row.village:
            value, limit = sum(decided.by_fund.values()), -(-rule.growth_bp * row.yuan // BP)
        elif rule.villages and row.village not in facts.closed:
            value, limit = decided.by_village[row.village], row.yuan
        else:
            continue
        if value < limit:
            subject = row.village or COUNTY
            message = m(
                "{place} gets {value} yuan; last year's money asks for {limit} yuan.",
                place=subject,
                value=value,
                limit=limit,
            )
            yield Breach("R6", subject, message, value, limit, limit - value, "yuan", rule.enforce, rule.price)


def fairness(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R10: in each group, persons lifted >= ceil(share * persons not already out / 10000)."""
    rule = facts.policy.R10
    if rule.enforce == "off":
        return
    persons: Counter[str] = Counter()
    lifted: Counter[str] = Counter()
    for home in facts.homes.values():
        if home.id in decided.already_out or home.village in facts.closed:
            continue
        for group in _groups(facts, home):
            persons[group] += home.persons
            lifted[group] += home.persons if home.id in decided.lifted else 0
    for group, count in persons.items():
        value, limit = lifted[group], -(-rule.share_bp * count // BP)
        if value < limit:
            message = m(
                "In {group} {value} people are lifted, fewer than {limit}.", group=group, value=value, limit=limit
            )
            yield Breach("R10", group, message, value, limit, limit - value, "person", rule.enforce, rule.price)


def _groups(facts: Facts, home: Home) -> set[str]:
    by = facts.policy.R10.by
    if by == "village":
        return {home.village}
    if by == "township":
        return {facts.villages[home.village].township}
    return set(home.groups)
