"""The priorities of a repair: a small file that says which rules may give, at what price, and which never."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from liftplan.models.county import County
from liftplan.models.files.texts import Unreadable
from liftplan.models.files.yamlfile import fields_of
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, listed, m
from liftplan.models.policy import RULES
from liftplan.models.problems import InputProblems, Place
from liftplan.models.reasons import system_reason
from liftplan.scenarios.overrides.fault import near
from liftplan.solver.diagnose.elastic import STEP
from liftplan.solver.diagnose.ground import Ground
from liftplan.solver.diagnose.repairs import Priorities

FIELDS = ("prices", "never")
"""Fields of the file."""

DEAREST = 1_000_000
"""Largest price: yuan for one that is given."""

_WAY_OUT = m("Write it as in {example}.", example="prices: {R4: 1, R1: 5}")


def read_priorities(path: Path, county: County) -> Priorities:
    """Priorities from a YAML file: `prices` (name of a rule: yuan's price) and `never` (a list of names).

    Raises
    ------
    InputProblems
        With all problems: what is no YAML, names of rules that the county does not have, prices out of range.
    """
    findings, file = Findings(), str(path)
    try:
        values, lines = fields_of(path.read_bytes(), file, findings, _WAY_OUT, _WAY_OUT)
    except OSError as error:
        findings.add("unreadable", Place(file=file), m("Cannot be read: {reason}.", reason=system_reason(error)),
                     m("Check the name, and that you may read it."))  # fmt: skip
        raise InputProblems(findings.problems) from None
    except Unreadable as error:
        findings.add(*error.problem)
        raise InputProblems(findings.problems) from None

    def refuse(field: str, message: Message, way_out: Message = _WAY_OUT) -> None:
        findings.add("priorities", Place(row=lines.get(field, 0), column=field, file=file), message, way_out)

    for name in values:
        if name not in FIELDS:
            refuse(name, m("there is no field {field}", field=name), m("Use {names}.", names=listed(FIELDS)))
    known = _names(county)
    prices = values.get("prices") or {}
    never = values.get("never") or []
    if not isinstance(prices, dict):
        refuse("prices", m("this is no list of rules with prices"))
        prices = {}
    if not isinstance(never, list):
        refuse("never", m("this is no list of rules"), m("Write it as in {example}.", example="never: [R1, R12]"))
        never = []
    found: dict[str, int] = {}
    for name, price in prices.items():
        _known(str(name), known, f"prices.{name}", refuse)
        if isinstance(price, bool) or not isinstance(price, int | float) or not 0 < price <= DEAREST:
            refuse(f"prices.{name}", m("the price of {rule} cannot be {value}", rule=name, value=price),
                   m("Use a number above 0, at most {most}.", most=f"{DEAREST:,}"))  # fmt: skip
        else:
            found[str(name)] = max(1, round(price * STEP))
    for name in never:
        _known(str(name), known, "never", refuse)
    if findings.problems:
        raise InputProblems(findings.problems)
    return Priorities(found, frozenset(map(str, never)))


def _known(name: str, known: set[str], field: str, refuse: Any) -> None:
    if name not in known:
        rule = name.partition(" ")[0]
        of_rule = sorted(one for one in known if one.partition(" ")[0] == rule)
        refuse(field, m("the county has no hard rule {rule}", rule=name), near(name, of_rule or sorted(known)))


def _names(county: County) -> set[str]:
    """Names of rules and of their groups."""
    groups = Ground(county).groups
    return set(RULES) - {"R2", "R8"} | {f"{group.rule} {group.key}" for group in groups if group.key}
