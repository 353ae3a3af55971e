"""A fund: what it paid, why money of it is left over or what more of it would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from liftplan.solver.explain.case import Case
from liftplan.solver.explain.money import bar, cost_lines
from liftplan.solver.explain.priced import gains
from liftplan.solver.explain.project import worth
from liftplan.solver.explain.rows import RuleRow, rule_rows
from liftplan.solver.explain.values import Value
from liftplan.solver.explain.ways import ways_out

SHOWN = 10
"""Uses that are named."""


@dataclass(frozen=True)
class Use(Value):
    """What the fund could pay next: a household's cheapest way out, or a project. At the margin, at the prices."""

    kind: Literal["household", "project"]
    id: str
    village: str
    persons: int
    """Of the household; of a project those to whom it is worth something."""
    yuan: int
    """Of the whole use."""
    payable: int
    """Yuan of it that the fund may pay."""
    worth: float
    cost: float

    @property
    def net(self) -> float:
        """Worth less cost."""
        return round(self.worth - self.cost, 9)

    @property
    def cost_share(self) -> float | None:
        """Cost over worth, by which uses are sorted: up to 1 it is worth its money; None: it is worth nothing."""
        return round(self.cost / self.worth, 9) + 0.0 if self.worth > 0 else None

    @property
    def rank(self) -> tuple[bool, float, int, str]:
        """The less it costs for what it is worth the lower; what is worth nothing comes last, by what it costs."""
        share = self.cost_share
        return share is None, -self.net if share is None else share, self.yuan, self.id

    def as_json(self) -> dict[str, object]:
        """Field by field, with the net worth and what uses are sorted by."""
        return {**super().as_json(), "net": self.net, "cost_share": self.cost_share}


@dataclass(frozen=True)
class FundFacts(Value):
    """What is to say of a fund."""

    fund: str
    department: str
    channel: str
    amount: int
    fee: int
    allocated: int
    left: int
    reason: str
    """As in the plan: `none_left`, `reserved`, `ring_fenced`, `no_eligible_use`, `not_worth_it`."""
    price: float | None
    """People per extra 10,000 yuan, at the margin, at the plan's prices; None: it is never allocated."""
    purposes: tuple[str, ...]
    """That it may pay, pooled ones included."""
    recipients: tuple[str, ...]
    villages: tuple[str, ...]
    village_tags: tuple[str, ...]
    household_groups: tuple[str, ...]
    modes: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    """R7 and R13 on it."""
    open_lines: int
    """Cost lines of what is not funded that it may pay."""
    open_yuan: int
    barred: dict[str, int]
    """Yuan of cost lines not funded that it may not pay, by the reason."""
    uses: tuple[Use, ...]
    """What it could pay next, what costs least for what it is worth first."""


def explain_fund(case: Case, name: str) -> FundFacts:
    """What is to say of a fund of the county."""
    purse = case.facts.purses[name]
    row = purse.row
    use = next(one for one in case.plan.funds if one.fund == name)
    lines, yuan, barred = _open(case, name)
    uses = sorted(_uses(case, name), key=lambda one: one.rank)
    own = {f"{one.fund}/{one.id}" for one in case.facts.fund_shares if one.fund == name}
    spend = {one.id for one in case.county.policy.R13.rows if one.fund == name or one.department == row.department}
    rules = [one for one in rule_rows(case, "R7") if one.subject in own]
    rules += [one for one in rule_rows(case, "R13") if one.subject in spend]
    return FundFacts(
        name,
        row.department,
        row.channel,
        use.amount,
        use.fee,
        use.allocated,
        use.left,
        use.reason,
        case.plan.prices.get(name, 0.0) if row.integrable else None,
        tuple(sorted(purse.purposes)),
        row.recipients,
        row.villages,
        row.village_tags,
        row.household_groups,
        row.modes,
        tuple(rules),
        lines,
        yuan,
        barred,
        tuple(uses[:SHOWN]),
    )


def _open(case: Case, name: str) -> tuple[int, int, dict[str, int]]:
    """Lines not funded that the fund may pay: their number and yuan; and what keeps it from paying the others."""
    purse = case.facts.purses[name]
    lines, yuan = 0, 0
    barred: dict[str, int] = {}
    for item, purposes in case.facts.lines.items():
        if item in case.built or item in case.taken:
            continue
        spot = case.spot(item)
        for purpose, cost in purposes.items():
            why = bar(case.facts, purse, spot, purpose)
            if why is None:
                lines, yuan = lines + 1, yuan + cost
            else:
                barred[why] = barred.get(why, 0) + cost
    return lines, yuan, dict(sorted(barred.items(), key=lambda pair: -pair[1]))


def _uses(case: Case, name: str) -> Iterator[Use]:
    """What the fund could pay: the households nearest to being worth it, and projects."""
    if not case.facts.purses[name].row.integrable:
        return
    known = [one for block in range(case.problem.blocks) for one in gains(case, block).values()]
    known.sort(key=lambda one: (-one.net / max(1e-9, one.worth), one.household))
    found = 0
    for one in known:
        way = ways_out(case, one.household).cheapest
        payable = sum(line.yuan for line in way.lines if name in line.payers) if way else 0
        if way and payable:
            village = case.facts.homes[one.household].village
            yield Use("household", one.household, village, one.persons, way.yuan, payable, way.worth, way.cost)
            found += 1
        if found == SHOWN:
            break
    for project in case.facts.projects.values():
        index = case.project[project.id]
        if project.id in case.built or not case.problem.projects.high[index]:
            continue
        lines = list(cost_lines(case, (project.id,)))
        payable = sum(line.yuan for line in lines if name in line.payers)
        if payable:
            balance = worth(case, project.id)
            persons = sum(one.persons for one in balance.gainers)
            total = sum(line.yuan for line in lines)
            yield Use("project", project.id, project.village, persons, total, payable, balance.gain, balance.cost)
