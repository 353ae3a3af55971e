"""Amounts that look as if they were in 万元, and other figures a thousand times too small."""

from __future__ import annotations

import numpy as np

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.problems import POLICY

TINY = 300
"""Money that should be of the same order, and is so many times smaller, is in another unit."""

LEAST_LINE = 500
"""A poverty line below is none of a year."""

LEAST_INCOME = 100
"""If no household earns so much a person a year, incomes are in another unit."""

LEAST_MINIMUM = {"R3": 10_000, "R5": 100}
"""Minimums below, but not 0, are in another unit."""


def check_doubts(county: County, findings: Findings) -> None:
    """Warnings only."""
    _funds(county, findings)
    _policy(county, findings)
    _beyond(county, findings)
    _people(county, findings)


def _unit() -> Message:
    return m("If the figures are in 10,000 yuan (万元), write them in yuan.")


def _funds(county: County, findings: Findings) -> None:
    funds = county["funds"]
    if findings.incomplete("funds", "amount", "integrable", "purposes") or findings.incomplete("costs", "yuan"):
        return
    if not len(funds):
        return  # which has been said
    money, cost = int(funds["amount"][funds["integrable"]].sum()), int(county["costs"]["yuan"].sum())
    if money and cost > TINY * money:
        message = m(
            "All funds together have {money} yuan; the cost lines add up to {cost}.",
            money=f"{money:,}",
            cost=f"{cost:,}",
        )
        findings.add("unit", findings.at("funds", -1, "amount"), message, _unit(), warning=True)
    elif cost and money > TINY * cost:
        message = m(
            "The cost lines add up to {cost} yuan; the funds have {money}.", money=f"{money:,}", cost=f"{cost:,}"
        )
        findings.add("unit", findings.at("costs", -1, "yuan"), message, _unit(), warning=True)
    elif money and cost:
        _single_funds(county, findings)
    baseline = county["baseline"]
    last = int(baseline["yuan"][baseline["village"] == ""].sum())
    if findings.incomplete("baseline", "village", "yuan"):
        return
    if last and not 1 <= max(last, money) // max(1, min(last, money)) <= TINY:
        message = m("Last year had {last} yuan, this year has {money}.", last=f"{last:,}", money=f"{money:,}")
        findings.add("unit", findings.at("baseline", -1, "yuan"), message, _unit(), warning=True)


def _single_funds(county: County, findings: Findings) -> None:
    """Funds that could not pay a tenth of a usual line of any of their purposes."""
    purposes, yuan = county["costs"]["purpose"].tolist(), county["costs"]["yuan"]
    numbers: dict[str, int] = {}
    number = np.array([numbers.setdefault(name, len(numbers)) for name in purposes], dtype=np.int64)
    usual = {name: float(np.median(yuan[number == one])) for name, one in numbers.items()}
    funds = county["funds"]
    columns = (funds[name].tolist() for name in ("amount", "integrable", "purposes"))
    small: dict[int, tuple[int, float]] = {}
    for row, (amount, integrable, own) in enumerate(zip(*columns, strict=True)):
        least = min((usual[name] for name in own if name in usual), default=0.0)
        if integrable and 0 < amount * 10 < least:
            small[row] = amount, least
    findings.cells(
        "unit",
        "funds",
        "amount",
        sorted(small),
        lambda row: m(
            "The fund has {amount} yuan; usual lines of its purposes have {usual} and more.",
            amount=f"{small[row][0]:,}",
            usual=f"{small[row][1]:,.0f}",
        ),
        _unit(),
        warning=True,
    )


def _policy(county: County, findings: Findings) -> None:
    for name, least in LEAST_MINIMUM.items():
        rule = getattr(county.policy, name)
        if rule.enforce != "off" and 0 < rule.minimum < least and not findings.spoiled(POLICY, name):
            message = m("{rule} asks for {yuan} yuan only.", rule=name, yuan=rule.minimum)
            findings.add("unit", findings.in_policy(f"{name}.minimum"), message, _unit(), warning=True)
    if county.policy.R4.enforce != "off" and not findings.spoiled(POLICY, "R4"):
        for place, row in enumerate(county.policy.R4.rows):
            if 0 < row.minimum < LEAST_MINIMUM["R3"] // 10:
                message = m("{rule} asks for {yuan} yuan only.", rule=row.id, yuan=row.minimum)
                findings.add("unit", findings.in_policy(f"R4.rows.{place}.minimum"), message, _unit(), warning=True)


def _beyond(county: County, findings: Findings) -> None:
    """Minimums of one village or household that are more than all money of the county, those by default apart."""
    if findings.incomplete("funds", "amount", "integrable"):
        return
    funds, policy = county["funds"], county.policy
    money = int(funds["amount"][funds["integrable"]].sum())

    def told(name: str, yuan: int) -> Message:
        return m(
            "{rule} asks for {yuan} yuan at one place; all funds together have {money}.",
            rule=name,
            yuan=f"{yuan:,}",
            money=f"{money:,}",
        )

    way_out = m("Write it in yuan; if it is in yuan already, no header and no title may say 10,000 yuan (万元).")
    for name in LEAST_MINIMUM:
        rule = getattr(policy, name)
        judged = rule.enforce != "off" and not findings.spoiled(POLICY, name)
        if judged and rule.minimum > money > 0 and rule.minimum != type(rule)().minimum:
            place = findings.in_policy(f"{name}.minimum")
            findings.add("unit", place, told(name, rule.minimum), way_out, warning=True)
    if policy.R4.enforce != "off" and not findings.spoiled(POLICY, "R4"):
        default = type(policy.R4)().rows
        for number, row in enumerate(policy.R4.rows):
            if row.minimum > money > 0 and row not in default:
                spot = findings.in_policy(f"R4.rows.{number}.minimum")
                findings.add("unit", spot, told(row.id, row.minimum), way_out, warning=True)
    own = county["minimum_overrides"]
    names, yuan = own["rule"].tolist(), own["minimum"].tolist()
    rows = [row for row, least in enumerate(yuan) if least > money > 0]
    findings.cells(
        "unit", "minimum_overrides", "minimum", rows, lambda row: told(names[row], yuan[row]), way_out, warning=True
    )


def _people(county: County, findings: Findings) -> None:
    if not findings.spoiled("", "poverty_line"):
        for year, line in county.head.poverty_line.items():
            if line < LEAST_LINE:
                message = m("A poverty line of {yuan} yuan a year is very low.", yuan=line)
                way_out = m("Write it in yuan a person a year.")
                findings.add("unit", findings.in_head(f"poverty_line.{year}"), message, way_out, warning=True)
    income = county["households"]["income"]
    if len(income) and 0 < int(income.max()) < LEAST_INCOME and not findings.incomplete("households", "income"):
        message = m("No household has more than {yuan} yuan a person a year.", yuan=int(income.max()))
        way_out = m("Write incomes in yuan a person a year.")
        findings.add("unit", findings.at("households", -1, "income"), message, way_out, warning=True)
