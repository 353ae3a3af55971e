"""What is asked about: a fund, a village, a household, a project, a measure or a rule, by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.nearest import Nearest
from liftplan.models.policy import RULES, Policy
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.solver.explain.values import Value

Kind = Literal["fund", "village", "household", "project", "measure", "rule"]
KINDS: tuple[Kind, ...] = get_args(Kind)

TABLES: dict[Kind, str] = {
    "fund": "funds",
    "village": "villages",
    "household": "households",
    "project": "projects",
    "measure": "measures",
}
"""Where ids are listed; rules have theirs in the policy."""

UNKNOWN: dict[Kind, Callable[[str], Message]] = {
    "fund": lambda name: m("There is no fund {name} in the county.", name=name),
    "village": lambda name: m("There is no village {name} in the county.", name=name),
    "household": lambda name: m("There is no household {name} in the county.", name=name),
    "project": lambda name: m("There is no project {name} in the county.", name=name),
    "measure": lambda name: m("There is no measure {name} in the county.", name=name),
    "rule": lambda name: m("There is no rule {name} in the county.", name=name),
}

SHOWN = 3
"""Near names offered."""


@dataclass(frozen=True)
class Question(Value):
    """One thing of the county, known to exist."""

    kind: Kind
    """What it is."""
    id: str
    """Its id; of a rule `R4`, `R4/<row>` or `R4/<village>/<row>` (`R7/<fund>/<row>`, `R13/<row>`)."""

    @property
    def rule(self) -> str:
        """The rule's number, of a rule."""
        return self.id.partition("/")[0]

    @property
    def subject(self) -> tuple[str, ...]:
        """What of the rule is meant, of a rule; empty: all of it."""
        return tuple(self.id.split("/")[1:])


def asked(county: County, kind: Kind, name: str) -> Question:
    """A question about something that the county has.

    Raises
    ------
    InputProblems
        If it does not; the names nearest to it are told.
    """
    if kind == "rule":
        return Question(kind, _rule(county, name))
    ids = [str(one) for one in county[TABLES[kind]]["id"]]
    if name not in set(ids):
        raise InputProblems([_unknown(kind, name, _near(name, ids))])
    return Question(kind, name)


def rule_subjects(county: County) -> dict[str, tuple[str, ...]]:
    """What each rule can be asked about besides all of it: parts of ids after the rule's number."""
    policy: Policy = county.policy
    villages = [str(one) for one in county["villages"]["id"]]
    rows = [row.id for row in policy.R4.rows]
    shares = county["fund_shares"]
    return {
        "R1": tuple(str(one) for one in county["funds"]["id"]),
        "R3": tuple(villages),
        "R4": (*rows, *(f"{village}/{row}" for village in villages for row in rows), *villages),
        "R6": tuple(villages),
        "R7": tuple(f"{fund}/{share}" for fund, share in zip(shares["fund"], shares["id"], strict=True)),
        "R13": tuple(row.id for row in policy.R13.rows),
    }


def _rule(county: County, name: str) -> str:
    """A rule's id in its usual form; `R4 v07/poverty` as plans write it is understood."""
    text = name.strip().replace(" ", "/")
    rule, _, subject = text.partition("/")
    rule = rule.upper()
    subjects = rule_subjects(county)
    if rule not in RULES:
        raise InputProblems([_unknown("rule", name, get_close_matches(rule, RULES, SHOWN, 0) or tuple(RULES))])
    if not subject:
        return rule
    known = subjects.get(rule, ())
    if subject not in known:
        near = [f"{rule}/{one}" for one in _near(subject, known)] or [rule]
        raise InputProblems([_unknown("rule", name, near)])
    return f"{rule}/{subject}"


def _near(name: str, ids: Iterable[str]) -> list[str]:
    """The names that were probably meant, best first."""
    ids = list(ids)
    nearest = Nearest(ids)(name)
    others = get_close_matches(name, ids, SHOWN, 0.6) if len(ids) <= 2_000 else []
    return list(dict.fromkeys([*([nearest] if nearest else []), *others]))[:SHOWN]


def _unknown(kind: Kind, name: str, near: Iterable[str]) -> Problem:
    names = ", ".join(near)
    way_out = m("Did you mean {names}?", names=names) if names else m("Use an id of the county's tables.")
    return Problem(f"{kind}-unknown", Place(), UNKNOWN[kind](name), way_out)
