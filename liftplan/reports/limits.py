"""How far a plan keeps inside the rules that name an amount: each minimum, maximum and share beside what it gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from liftplan.models.base import BP, Row
from liftplan.models.county import County, table_rows
from liftplan.models.messages import listed, m
from liftplan.models.plan import Plan
from liftplan.models.policy import RULES
from liftplan.models.rows import Baseline, Commitment, Demand, FundShare, MinimumOverride
from liftplan.reports.frames import PlanTables

R = TypeVar("R", bound=Row)

Unit = Literal["yuan", "people", "bp", "items"]


@dataclass(frozen=True)
class Limit:
    """One amount that a rule asks for (or allows), and what the plan has."""

    rule: str
    """`R3` ... `R13`."""
    row: str
    """Row of the rule: of R4, R7 or R13 its id; otherwise ""."""
    name: str
    """The rule's row in plain words, in the current language."""
    subject: str
    """Village, township, group or fund it holds for; "" for the whole county."""
    where: str
    """The subject's name."""
    value: int
    limit: int
    unit: Unit
    enforce: str
    """`hard` or `soft`."""
    at_most: bool = False

    @property
    def room(self) -> int:
        """How far inside the limit; negative where a soft rule is not kept."""
        return self.limit - self.value if self.at_most else self.value - self.limit


def limits(plan: Plan, county: County, tables: PlanTables) -> list[Limit]:
    """Every limit of the county that is not off, rule by rule; limits of 0 are left out.

    Rules over single households (R5, R9), commitments (R11) and demands (R12) are told for the county as a whole: the
    household nearest to the limit, the sum of yuan, the number kept.
    """
    found = [
        *_villages(county, tables),
        *_households(plan, county, tables),
        *_growth(plan, county, tables),
        *_shares(county, tables),
        *_fairness(county, tables),
        *_decided(plan, county, tables),
        *_spending(county, tables),
    ]
    return [one for one in found if one.limit]


def _villages(county: County, tables: PlanTables) -> Iterator[Limit]:
    """R3 and R4: villages in push that no hard demand shuts out."""
    policy = county.policy
    own = {(row.village, row.rule): row.minimum for row in _rows(county, "minimum_overrides", MinimumOverride)}
    shut = _shut(county)
    pushed = county["villages"]["id"][county["villages"]["in_push"]].tolist()
    names = dict(zip(tables.villages["village"], tables.villages["name"], strict=True))
    villages = [village for village in pushed if village not in shut]
    if policy.R3.enforce != "off":
        totals = dict(zip(tables.villages["village"], tables.villages["yuan"].tolist(), strict=True))
        for village in villages:
            limit = own.get((village, "R3"), policy.R3.minimum)
            rule = str(RULES["R3"])
            yield Limit("R3", "", rule, village, names[village], totals[village], limit, "yuan", policy.R3.enforce)
    if policy.R4.enforce == "off":
        return
    ledger = tables.ledger
    owners = tables.owners
    for row in policy.R4.rows:
        name = row.name or str(listed(owners.get(one, one) for one in row.departments))
        paid = ledger[ledger["department"].isin(row.departments)].groupby("village")["yuan"].sum().to_dict()
        for village in villages:
            limit, value = own.get((village, row.id), row.minimum), int(paid.get(village, 0))
            yield Limit("R4", row.id, name, village, names[village], value, limit, "yuan", policy.R4.enforce)


def _households(plan: Plan, county: County, tables: PlanTables) -> Iterator[Limit]:
    """R5 and R9, told by the household nearest to the limit."""
    homes = tables.households
    helped = homes["yuan"] > 0
    least, most = county.policy.R5, county.policy.R9
    if least.enforce != "off":
        least_got = [least.minimum - one.short for one in plan.shortfalls if one.rule == "R5"]
        least_got += [int(homes["yuan"][helped].min())] if helped.any() else []
        if least_got:
            yield Limit("R5", "", str(RULES["R5"]), "", "", min(least_got), least.minimum, "yuan", least.enforce)
    if most.enforce != "off" and helped.any():
        value = int(homes["yuan"].max())
        yield Limit("R9", "", str(RULES["R9"]), "", "", value, most.maximum, "yuan", most.enforce, at_most=True)


def _growth(plan: Plan, county: County, tables: PlanTables) -> Iterator[Limit]:
    """R6: the county, and its villages if the policy asks."""
    rule, shut, name = county.policy.R6, _shut(county), str(RULES["R6"])
    villages = tables.villages.set_index("village")
    for row in _rows(county, "baseline", Baseline) if rule.enforce != "off" else ():
        if not row.village:
            value, limit = plan.totals.ledger_yuan, -(-rule.growth_bp * row.yuan // BP)
            yield Limit("R6", "", name, "", "", value, limit, "yuan", rule.enforce)
        elif rule.villages and row.village not in shut:
            value, where = int(villages["yuan"][row.village]), str(villages["name"][row.village])
            yield Limit("R6", "village", name, row.village, where, value, row.yuan, "yuan", rule.enforce)


def _shares(county: County, tables: PlanTables) -> Iterator[Limit]:
    """R7: shares of what each fund spends, in basis points, rounded against the plan. Idle funds are left out."""
    rule = county.policy.R7
    funds = tables.funds.set_index("fund")
    purposes = dict(zip(tables.purposes["purpose"], tables.purposes["name"], strict=True))
    for row in _rows(county, "fund_shares", FundShare) if rule.enforce != "off" else ():
        spent = int(funds["allocated"][row.fund])
        if not spent:
            continue
        ledger = tables.ledger
        part = int(ledger["yuan"][(ledger["fund"] == row.fund) & ledger["purpose"].isin(row.purposes)].sum())
        most = row.sense == "at_most"
        value = -(-part * BP // spent) if most else part * BP // spent
        name = str(listed(purposes.get(one, one) for one in row.purposes)) if row.purposes else ""
        where = str(funds["name"][row.fund])
        yield Limit("R7", row.id, name, row.fund, where, value, row.share_bp, "bp", rule.enforce, most)


def _fairness(county: County, tables: PlanTables) -> Iterator[Limit]:
    """R10: people lifted of each village, township or group, against its share of those not already out."""
    rule = county.policy.R10
    if rule.enforce == "off":
        return
    homes = tables.households
    counted = homes[~homes["already_out"] & ~homes["village"].isin(_shut(county))]
    persons, lifted = counted["persons"].tolist(), (counted["persons"] * counted["lifted"]).tolist()
    all_groups = county["households"]["groups"].tolist()
    groups: Mapping[str, Iterable[str]] = dict(zip(county["households"]["id"].tolist(), all_groups, strict=True))
    villages = tables.villages.set_index("village")
    totals: dict[str, list[int]] = {}
    for home, village, people, out in zip(counted["household"], counted["village"], persons, lifted, strict=True):
        if rule.by == "group":
            subjects: Iterable[str] = set(groups[home])
        else:
            subjects = [village if rule.by == "village" else villages["township"][village]]
        for subject in subjects:
            total = totals.setdefault(subject, [0, 0])
            total[0] += people
            total[1] += out
    for subject, (people, out) in totals.items():
        where = str(villages["name"][subject]) if rule.by == "village" else subject
        limit = -(-rule.share_bp * people // BP)
        yield Limit("R10", "", str(RULES["R10"]), subject, where, out, limit, "people", rule.enforce)


def _decided(plan: Plan, county: County, tables: PlanTables) -> Iterator[Limit]:
    """R11: yuan that committed ledger lines have, or up to their commitments if one falls short. R12: demands kept."""
    broken = {
        rule: [one for one in plan.shortfalls if one.rule == rule and one.unit in {"yuan", "item"}]
        for rule in ("R11", "R12")
    }
    commitments = _rows(county, "commitments", Commitment)
    committed = sum(row.yuan for row in commitments)
    if county.policy.R11.enforce != "off" and committed:
        value = committed - sum(one.short for one in broken["R11"])
        if not broken["R11"]:
            lines = tables.ledger.set_index(["fund", "item", "purpose"])["yuan"]
            value = int(lines[lines.index.isin([(row.fund, row.item, row.purpose) for row in commitments])].sum())
        yield Limit("R11", "", str(RULES["R11"]), "", "", value, committed, "yuan", county.policy.R11.enforce)
    demands = [row for row in _rows(county, "demands", Demand) if row.enforce != "off"]
    if county.policy.R12.enforce != "off" and demands:
        enforce = "hard" if all(row.enforce == "hard" for row in demands) else "soft"
        value = len(demands) - len(broken["R12"])
        yield Limit("R12", "", str(RULES["R12"]), "", "", value, len(demands), "items", enforce)


def _spending(county: County, tables: PlanTables) -> Iterator[Limit]:
    """R13: what named funds, or departments' funds, spend."""
    rule = county.policy.R13
    funds = tables.funds[tables.funds["reason"] != "ring_fenced"]
    departments = tables.owners
    for row in rule.rows if rule.enforce != "off" else ():
        own = funds[funds["fund"] == row.fund] if row.fund else funds[funds["department"] == row.department]
        where = str(own["name"].iloc[0]) if row.fund and len(own) else departments.get(row.department, row.department)
        value, limit = int(own["allocated"].sum()), -(-row.share_bp * int(own["amount"].sum()) // BP)
        subject = row.fund or row.department
        name = str(m("spends at least {share} of its money", share=f"{row.share_bp / 100:g} %"))
        yield Limit("R13", row.id, name, subject, where, value, limit, "yuan", rule.enforce)


def _shut(county: County) -> set[str]:
    """Villages that a hard demand gives nothing: R3, R4 and R10 do not apply there."""
    if county.policy.R12.enforce == "off":
        return set()
    rows = _rows(county, "demands", Demand)
    return {row.id for row in rows if (row.sense, row.target, row.enforce) == ("never", "village", "hard")}


def _rows(county: County, table: str, kind: type[R]) -> list[R]:
    return [row for row in table_rows(county, table) if isinstance(row, kind)]
