"""The rules of a county one by one: instances as plans name them, and the groups that people speak of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from liftplan.models.county import County, table_rows
from liftplan.models.rows import Commitment, Demand
from liftplan.solver.problem import Problem

FEW = 12
"""Up to so many commitments are rules of their own; more are taken together by fund."""

ROW_RULES = ("R1", "R3", "R4", "R6", "R7", "R10", "R13")
"""Rules whose instances are rows of the flat problem that may be left out one by one."""

LIST_RULES = ("R11", "R12")
"""Rules whose instances are rows of the county's tables."""

HOUSEHOLD_RULES = ("R5", "R9")
"""Rules over all households at once."""

ORDER = ("R12", "R11", "R10", "R13", "R7", "R9", "R6", "R5", "R3", "R4", "R1")
"""Rules in the order in which a conflict tries to do without them."""

EVERYBODY = "household"
"""Subject of R5 and R9, which are not told household by household."""


class Instance(NamedTuple):
    """One rule for one subject, as plans and the checker name it: ("R4", "v07/finance")."""

    rule: str
    subject: str

    @property
    def village(self) -> str:
        """Village that an instance of a rule over villages holds in."""
        return self.subject.partition("/")[0]


Kept = frozenset[Instance]
"""Instances that must be kept; all others may be broken."""


@dataclass(frozen=True)
class Group:
    """Instances that stand and fall together at first sight: a row of R4 over all villages, R1 of a fund ..."""

    rule: str
    key: str
    """Fund (R1), row (R4, R13), `fund/share` (R7), `county` or `villages` (R6), demand (R12), commitment (R11)."""
    parts: tuple[Instance, ...]

    @property
    def scattered(self) -> bool:
        """Whether it holds in several places, so that a conflict may need it in some of them only."""
        return len(self.parts) > 1

    @property
    def by_village(self) -> bool:
        """Whether its parts are villages."""
        return self.rule in {"R3", "R4"} or (self.rule == "R6" and self.key == "villages")

    def only(self, parts: Iterable[Instance]) -> Group:
        """The same group with some of its parts."""
        wanted = set(parts)
        return Group(self.rule, self.key, tuple(part for part in self.parts if part in wanted))


def instances(groups: Iterable[Group]) -> Kept:
    """All instances of groups."""
    return frozenset(part for group in groups for part in group.parts)


def groups_of(county: County, problem: Problem) -> tuple[Group, ...]:
    """Every hard rule of a county that may give, in groups, in the order of `ORDER`.

    problem: of this county with every row in it, implied ones too.
    """
    policy = county.policy
    found: dict[tuple[str, str], list[Instance]] = {}
    for rule, subject in problem.names.rows:
        if rule in ROW_RULES and getattr(policy, rule).enforce == "hard":
            found.setdefault((rule, _key(rule, subject)), []).append(Instance(rule, subject))
    if policy.R5.enforce == "hard" and policy.R5.minimum:
        found["R5", ""] = [Instance("R5", EVERYBODY)]
    if policy.R9.enforce == "hard":
        found["R9", ""] = [Instance("R9", EVERYBODY)]
    for instance in listed_instances(county):
        many = instance.rule == "R11" and len(county["commitments"]) > FEW
        key = instance.subject.partition("/")[0] if many else instance.subject
        found.setdefault((instance.rule, key), []).append(instance)
    groups = [Group(rule, key, tuple(sorted(parts))) for (rule, key), parts in found.items()]
    return tuple(sorted(groups, key=lambda group: (ORDER.index(group.rule), group.key)))


def listed_instances(county: County) -> Kept:
    """Hard commitments and demands: the rules that are rows of the county's tables."""
    found: set[Instance] = set()
    if county.policy.R11.enforce == "hard":
        for row in table_rows(county, "commitments"):
            if isinstance(row, Commitment):
                found.add(Instance("R11", f"{row.fund}/{row.item}/{row.purpose}"))
    if county.policy.R12.enforce == "hard":
        for demand in table_rows(county, "demands"):
            if isinstance(demand, Demand) and demand.enforce == "hard":
                found.add(Instance("R12", f"{demand.sense} {demand.target}:{demand.id}"))
    return frozenset(found)


def _key(rule: str, subject: str) -> str:
    match rule:
        case "R4":
            return subject.partition("/")[2]
        case "R6":
            return "county" if subject == "county" else "villages"
        case "R3" | "R10":
            return ""
        case _:
            return subject
