"""When a rule binds: were it free of charge, there would be a better plan.

Free of charge means soft at price 0; R2: every fund that allocates may pay everything; R8: nothing requires, excludes
or ties up anything; R12: no demands.
"""

from __future__ import annotations

import numpy as np
import pulp

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.rows import Fund
from liftplan.models.tables import Table
from liftplan.solver import reference
from liftplan.solver.check import check_decisions
from liftplan.solver.reference.adapter import run
from liftplan.solver.reference.answer import decisions

BETTER = UNITS_PER_PERSON // 1000
"""Units by which a plan must be better to count."""

EVERYTHING = Fund(id="all", name="all", department="all", channel="fiscal", amount=0, purposes=())
"""Defaults of a fund: both recipients, every mode, no scope."""


def binds(county: County, rule: str, best: int, seconds: float) -> bool | None:
    """Whether a rule binds: without it there is a plan better by a thousandth of a person, which the checker accepts.

    None if that was not found out in time, or the plan found does not stand up.

    Parameters
    ----------
    county
        The county under its rules.
    rule
        R1 ... R13.
    best
        Units of its best plan.
    seconds
        Limit for finding a better plan without the rule.
    """
    free = without(county, rule)
    built = reference.build(free, first=best + BETTER)
    built.problem.setObjective(pulp.lpSum([]))
    found = run(built.problem, reference.highs(seconds))
    if not found.values:
        return False if found.status == "infeasible" else None
    plan = decisions(built, found.values)
    findings = check_decisions(free, plan.projects, plan.measures, plan.topups, plan.ledger)
    return True if findings.accepted and findings.evaluation.objective_units > best else None


def without(county: County, rule: str) -> County:
    """The county with a rule made free of charge."""
    if rule == "R2":
        return county.with_tables(funds=_paying_all(county))
    if rule == "R8":
        return county.with_tables(projects=_loose(county, "projects"), measures=_loose(county, "measures"))
    change = {"enforce": "off"} if rule == "R12" else {"enforce": "soft", "price": 0}
    changed = getattr(county.policy, rule).model_copy(update=change)
    return county.with_policy(county.policy.model_copy(update={rule: changed}))


def _paying_all(county: County) -> Table:
    purposes = tuple(county["purposes"]["id"].tolist())
    scope = ("recipients", "modes", "villages", "village_tags", "household_groups")
    change = {"purposes": purposes, **{name: getattr(EVERYTHING, name) for name in scope}}
    funds = [row.model_copy(update=change) for row in county["funds"].rows()]
    return Table.from_rows(Fund, funds)


def _loose(county: County, name: str) -> Table:
    """Projects or measures that nothing holds back; measures keep to what they cost and do."""
    table = county[name]
    size = len(table)
    nothing = np.empty(size, dtype=object)
    nothing[:] = [()] * size
    changes = {"requires": nothing, "alternative_group": np.full(size, "", dtype=object)}
    if name == "measures":
        changes["uses_slot"] = np.full(size, "", dtype=object)
        changes["labour"] = np.zeros(size, dtype=np.int64)
        changes["main_house"] = np.zeros(size, dtype=np.bool_)
    return table.replace(**changes)
