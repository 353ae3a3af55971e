"""What gives in a repair: one rule in one place, by how much, and what it is afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from liftplan.models.base import BP
from liftplan.models.county import County, table_rows
from liftplan.models.policy import Policy
from liftplan.models.rows import Baseline, Fund, MinimumOverride
from liftplan.models.tables import Table
from liftplan.solver.diagnose.rules import Instance
from liftplan.solver.problem import Bools

What = Literal[
    "amount", "minimum", "growth", "baseline", "share", "household_min", "household_max", "fairness", "commitment",
    "spend", "demand", "committed",
]  # fmt: skip
"""Field that changes: of a fund its amount, of a village its minimum ..."""


BROKEN = 1_000_000
"""Price of breaking a commitment once one of them must be: a person per 10,000 yuan, so that the others are kept."""


@dataclass(frozen=True)
class Give:
    """One change."""

    instance: Instance
    what: What
    before: int
    after: int
    """Whole yuan; basis points for growth, shares, fairness, spending; 1 and 0: whether a demand holds."""
    yuan: int
    """Yuan that it gives; 0 where it counts no money (fairness, demands)."""


def amended(county: County, gives: Iterable[Give]) -> County:
    """The county after the changes."""
    for give in gives:
        county = _amended(county, give)
    return county


def _amended(county: County, give: Give) -> County:
    rule, subject = give.instance
    policy = county.policy
    match give.what:
        case "amount":
            return _added(_added(county, "funds", "id", give), "budgets", "fund", give)
        case "minimum":
            village, _, row = subject.partition("/")
            return _minimum(county, village, row or rule, give.after)
        case "baseline":
            return _set(county, "baseline", "yuan", {"village": subject}, give.after)
        case "share":
            fund, _, row = subject.partition("/")
            return _set(county, "fund_shares", "share_bp", {"fund": fund, "id": row}, give.after)
        case "commitment":
            names = ("fund", "item", "purpose")
            return _set(county, "commitments", "yuan", dict(zip(names, subject.split("/"), strict=True)), give.after)
        case "demand":
            sense, _, rest = subject.partition(" ")
            target, _, name = rest.partition(":")
            return _set(county, "demands", "enforce", {"sense": sense, "target": target, "id": name}, "off")
        case "committed":
            return _rule(county, "R11", enforce="soft", price=BROKEN)
        case "growth":
            return _rule(county, "R6", growth_bp=give.after)
        case "household_min":
            return _rule(county, "R5", minimum=give.after)
        case "household_max":
            return _rule(county, "R9", maximum=give.after)
        case "fairness":
            return _rule(county, "R10", share_bp=give.after)
        case "spend":
            rows = tuple(
                row.model_copy(update={"share_bp": give.after}) if row.id == subject else row for row in policy.R13.rows
            )
            return _rule(county, "R13", rows=rows)


def _rule(county: County, name: str, **changes: object) -> County:
    rule = getattr(county.policy, name).model_copy(update=changes)
    return county.with_policy(Policy.model_validate(county.policy.model_copy(update={name: rule})))


def _matching(table: Table, where: Mapping[str, object]) -> Bools:
    chosen: Bools = np.ones(len(table), dtype=np.bool_)
    for column, value in where.items():
        chosen &= np.array([one == value for one in table[column].tolist()], dtype=np.bool_)
    return chosen


def _set(county: County, name: str, column: str, where: Mapping[str, object], value: object) -> County:
    table = county[name]
    new = table[column].copy()
    new[_matching(table, where)] = value
    return county.with_tables(**{name: table.replace(**{column: new})})


def _added(county: County, name: str, column: str, give: Give) -> County:
    """What a fund has more, in its own row and in those of all years."""
    table = county[name]
    new = table["amount"].copy()
    new[_matching(table, {column: give.instance.subject})] += give.after - give.before
    return county.with_tables(**{name: table.replace(amount=new)})


def _minimum(county: County, village: str, rule: str, value: int) -> County:
    rows = [row for row in table_rows(county, "minimum_overrides") if isinstance(row, MinimumOverride)]
    place = next((at for at, row in enumerate(rows) if (row.village, row.rule) == (village, rule)), None)
    new = MinimumOverride(village=village, rule=rule, minimum=value)
    if place is None:
        rows.append(new)
    else:
        rows[place] = new
    return county.with_tables(minimum_overrides=Table.from_rows(MinimumOverride, rows))


def raised(county: County, fund: str, short: int) -> Give:
    """The least amount of a fund that leaves so many yuan more after its fee."""
    row = next(row for row in table_rows(county, "funds") if isinstance(row, Fund) and row.id == fund)
    year = county.head.years[0]
    budgets = county["budgets"]
    own = _matching(budgets, {"fund": fund, "year": year})
    before = int(budgets["amount"][own][0]) if own.any() else row.amount
    wanted = before - _fee(before, row.fee_bp) + short
    after = before + short
    while after - _fee(after, row.fee_bp) < wanted:
        after += wanted - (after - _fee(after, row.fee_bp))
    return Give(Instance("R1", fund), "amount", before, after, after - before)


def _fee(amount: int, fee_bp: int) -> int:
    return -(-amount * fee_bp // BP)


def lowered(county: County, instance: Instance, short: int) -> Give:
    """A minimum (R3, R4), growth (R6), commitment (R11) or spending (R13) that asks for so many yuan less."""
    rule, subject = instance
    policy = county.policy
    if rule in {"R3", "R4"}:
        village, _, row = subject.partition("/")
        general = policy.R3.minimum if rule == "R3" else next(one.minimum for one in policy.R4.rows if one.id == row)
        rows = table_rows(county, "minimum_overrides")
        own = {(one.village, one.rule): one.minimum for one in rows if isinstance(one, MinimumOverride)}
        before = own.get((village, row or rule), general)
        return Give(instance, "minimum", before, max(0, before - short), short)
    if rule == "R6":
        rows = table_rows(county, "baseline")
        wanted = "" if subject == "county" else subject
        yuan = next(one.yuan for one in rows if isinstance(one, Baseline) and one.village == wanted)
        if subject != "county":
            return Give(instance, "baseline", yuan, max(0, yuan - short), short)
        before = policy.R6.growth_bp
        least = -(-yuan * before // BP)
        after = max(0, least - short) * BP // max(1, yuan)
        return Give(instance, "growth", before, after, least - -(-yuan * after // BP))
    if rule == "R11":
        table = county["commitments"]
        where = dict(zip(("fund", "item", "purpose"), subject.split("/"), strict=True))
        before = int(table["yuan"][_matching(table, where)][0])
        return Give(instance, "commitment", before, max(1, before - short), min(short, before - 1))
    spend = next(one for one in policy.R13.rows if one.id == subject)
    amount = spendable(county, spend.fund, spend.department)
    least = -(-spend.share_bp * amount // BP)
    after = max(0, least - short) * BP // max(1, amount)
    return Give(instance, "spend", spend.share_bp, after, least - -(-after * amount // BP))


def spendable(county: County, fund: str, department: str) -> int:
    """Amounts of a fund, or of a department's funds, as R13 counts them."""
    year = county.head.years[0]
    budgets = county["budgets"]
    columns = (budgets[name].tolist() for name in ("fund", "year", "amount"))
    own = {one: amount for one, when, amount in zip(*columns, strict=True) if when == year}
    rows = [row for row in table_rows(county, "funds") if isinstance(row, Fund) and row.integrable]
    return sum(own.get(row.id, row.amount) for row in rows if row.id == fund or row.department == department)
