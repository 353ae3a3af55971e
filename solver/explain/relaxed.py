"""Counties with a little more of one fund, or with one rule relaxed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.policy import Policy
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.rows import MinimumOverride
from liftplan.models.tables import Table
from liftplan.solver.explain.enough import with_amounts
from liftplan.solver.explain.question import Question
from liftplan.solver.explain.values import Value

Unit = Literal["yuan", "bp", "off"]
"""What a change is counted in: yuan, basis points, or the rule as a whole."""

FIXED = frozenset({"R8"})
"""Rules that nobody can relax."""


@dataclass(frozen=True)
class Target(Value):
    """A fund that may grow, or a rule that may be relaxed."""

    kind: Literal["fund", "rule"]
    id: str
    """As in `Question`."""
    unit: Unit
    amount: int
    """What it is now: the fund's amount, the minimum (of R3, R4 the policy's), the share; 1 for a rule as a whole."""


def fund_targets(county: County) -> list[Target]:
    """Every fund that allocates, with its amount in the year planned."""
    year = county.head.years[0]
    budgets = county["budgets"]
    own = {
        fund: int(amount)
        for fund, when, amount in zip(*(budgets[name].tolist() for name in ("fund", "year", "amount")), strict=True)
        if when == year
    }
    columns = (county["funds"][name].tolist() for name in ("id", "amount", "integrable"))
    return [
        Target("fund", fund, "yuan", own.get(fund, int(amount)))
        for fund, amount, integrable in zip(*columns, strict=True)
        if integrable
    ]


def rule_targets(county: County, question: Question | None = None) -> list[Target]:
    """Rules that are on and can be relaxed; those of one question if given.

    Without a question R2, R11 and R12, which are relaxed as a whole, are left out.

    Raises
    ------
    InputProblems
        If the rule asked about is off, or cannot be relaxed.
    """
    found = list(_targets(county))
    if question is None:
        return [target for target in found if target.unit != "off" and target.amount > 0]
    rule, subject = question.rule, question.subject
    if rule == "R1":
        return [one for one in fund_targets(county) if not subject or one.id == subject[0]]
    own = [target for target in found if target.id.partition("/")[0] == rule]
    if own and subject:
        same = [target for target in own if target.id == question.id]
        own = same or [Target("rule", question.id, "yuan", _minimum(county, question))]
    own = [target for target in own if target.amount > 0]
    if not own:
        message = m("The rule {rule} is off, or cannot be relaxed.", rule=question.id)
        raise InputProblems([Problem("rule-fixed", Place(), message, m("Ask about another rule."))])
    return own


def _targets(county: County) -> Iterator[Target]:
    policy = county.policy
    on = {name for name in Policy.model_fields if getattr(getattr(policy, name), "enforce", "off") != "off"} - FIXED
    if policy.R2.purpose_rule == "fixed":
        yield Target("rule", "R2", "off", 1)
    if "R3" in on:
        yield Target("rule", "R3", "yuan", policy.R3.minimum)
    for row in policy.R4.rows if "R4" in on else ():
        yield Target("rule", f"R4/{row.id}", "yuan", row.minimum)
    if "R5" in on:
        yield Target("rule", "R5", "yuan", policy.R5.minimum)
    if "R6" in on and len(county["baseline"]):
        yield Target("rule", "R6", "bp", policy.R6.growth_bp)
    shares = county["fund_shares"]
    for fund, name, sense, share in zip(
        *(shares[column].tolist() for column in ("fund", "id", "sense", "share_bp")), strict=True
    ):
        if "R7" in on:
            yield Target("rule", f"R7/{fund}/{name}", "bp", int(share) if sense == "at_least" else BP - int(share))
    if "R9" in on:
        yield Target("rule", "R9", "yuan", policy.R9.maximum)
    if "R10" in on:
        yield Target("rule", "R10", "bp", policy.R10.share_bp)
    for spend in policy.R13.rows if "R13" in on else ():
        yield Target("rule", f"R13/{spend.id}", "bp", spend.share_bp)
    if "R11" in on and len(county["commitments"]):
        yield Target("rule", "R11", "off", 1)
    if "R12" in on and len(county["demands"]):
        yield Target("rule", "R12", "off", 1)


def relaxed(county: County, target: Target, step: int) -> County:
    """The county with so much more of a fund, or with a rule that asks for so much less (allows so much more)."""
    if target.kind == "fund":
        return with_amounts(county, {target.id: target.amount + step})
    rule, *subject = target.id.split("/")
    return _RELAX[rule](county, subject, step)


def _minimum(county: County, question: Question) -> int:
    """The minimum of R3 or R4 in one village; of an R4 row in all; 0: there is none to relax."""
    *village, row = question.subject
    places = set(county["villages"]["id"].tolist())
    if question.rule == "R3":
        return _own(county, row, "R3", county.policy.R3.minimum)
    if question.rule == "R4" and village:
        return _own(county, village[0], row, next(one.minimum for one in county.policy.R4.rows if one.id == row))
    if question.rule == "R4" and row in places:
        return max((_own(county, row, one.id, one.minimum) for one in county.policy.R4.rows), default=0)
    return 0


def _own(county: County, village: str, rule: str, general: int) -> int:
    table = county["minimum_overrides"]
    found = zip(*(table[name].tolist() for name in ("village", "rule", "minimum")), strict=True)
    return next((int(minimum) for where, what, minimum in found if (where, what) == (village, rule)), general)


def _policy(county: County, rule: str, **changes: Any) -> County:
    """The county with fields of one rule changed."""
    content = county.policy.model_dump()
    content[rule] |= changes
    return county.with_policy(Policy.model_validate(content))


def _villages(county: County, minimums: dict[str, int], step: int, only: str = "") -> County:
    """Minimums (R3, or rows of R4) less by a step, in all villages or in one."""
    table = county["minimum_overrides"]
    own = {
        (village, rule): int(minimum)
        for village, rule, minimum in zip(
            *(table[name].tolist() for name in ("village", "rule", "minimum")), strict=True
        )
    }
    if only:
        for rule, general in minimums.items():
            own[only, rule] = max(0, own.get((only, rule), general) - step)
    else:
        own = {key: max(0, value - step) if key[1] in minimums else value for key, value in own.items()}
    rows = [MinimumOverride(village=key[0], rule=key[1], minimum=value) for key, value in own.items()]
    return county.with_tables(minimum_overrides=Table.from_rows(MinimumOverride, rows))


def _total(county: County, subject: Sequence[str], step: int) -> County:
    minimum = county.policy.R3.minimum
    lower = _villages(county, {"R3": minimum}, step, subject[0] if subject else "")
    return lower if subject else _policy(lower, "R3", minimum=max(0, minimum - step))


def _department(county: County, subject: Sequence[str], step: int) -> County:
    rows = {row.id: row.minimum for row in county.policy.R4.rows}
    village = subject[0] if len(subject) == 2 or subject[0] not in rows else ""
    meant = {subject[-1]: rows[subject[-1]]} if subject[-1] in rows else rows
    lower = _villages(county, meant, step, village)
    if village:
        return lower
    content = [row.model_dump() for row in county.policy.R4.rows]
    changed = [row | {"minimum": max(0, row["minimum"] - step)} if row["id"] in meant else row for row in content]
    return _policy(lower, "R4", rows=changed)


def _share(county: County, subject: Sequence[str], step: int) -> County:
    table = county["fund_shares"]
    column = table["share_bp"].copy()
    meant = (table["fund"] == subject[0]) & (table["id"] == subject[1])
    least = table["sense"] == "at_least"
    column[meant & least] -= step
    column[meant & ~least] += step
    return county.with_tables(fund_shares=table.replace(share_bp=column))


def _spend(county: County, subject: Sequence[str], step: int) -> County:
    content = [row.model_dump() for row in county.policy.R13.rows]
    changed = [row | {"share_bp": row["share_bp"] - step} if row["id"] == subject[0] else row for row in content]
    return _policy(county, "R13", rows=changed)


_RELAX: dict[str, Callable[[County, Sequence[str], int], County]] = {
    "R2": lambda county, _, __: _policy(county, "R2", purpose_rule="pooled"),
    "R3": _total,
    "R4": _department,
    "R5": lambda county, _, step: _policy(county, "R5", minimum=county.policy.R5.minimum - step),
    "R6": lambda county, _, step: _policy(county, "R6", growth_bp=county.policy.R6.growth_bp - step),
    "R7": _share,
    "R9": lambda county, _, step: _policy(county, "R9", maximum=county.policy.R9.maximum + step),
    "R10": lambda county, _, step: _policy(county, "R10", share_bp=county.policy.R10.share_bp - step),
    "R11": lambda county, _, __: _policy(county, "R11", enforce="off"),
    "R12": lambda county, _, __: _policy(county, "R12", enforce="off"),
    "R13": _spend,
}
"""How each rule is relaxed."""
