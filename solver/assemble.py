"""From whole decisions and flows to the plan that people see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from liftplan.models.county import County
from liftplan.models.plan import (
    Applied,
    CountyRef,
    FundUse,
    Plan,
    PlanBody,
    SecondLevel,
)
from liftplan.models.problems import InternalError
from liftplan.solver.check import Evaluation, shown_bound, shown_gap
from liftplan.solver.draft import Draft

LIBRARIES = ("liftplan", "highspy", "numba", "numpy", "ortools")
"""Packages that touch numbers."""


@dataclass(frozen=True)
class Origin:
    """Where a plan comes from, besides the county."""

    scenario: str
    applied: tuple[Applied, ...]
    """What the scenario's overrides did."""
    settings: Mapping[str, Any]


def assemble(county: County, draft: Draft, origin: Origin, value: Evaluation) -> Plan:
    """A sealed plan. Raises InternalError if the plan is worth more than its bound.

    The draft's stopped_by "proof" is kept only if the bound proves the plan optimal, "gap" otherwise. value: what the
    checker finds the decisions worth.
    """
    if value.objective_units > draft.bound:
        raise InternalError(f"the bound {draft.bound} is below the plan, which is worth {value.objective_units}")
    objective, objective_bound = value.objective, shown_bound(draft.bound)
    status, stopped_by, named = value.status(objective_bound), draft.stopped_by, draft.named
    goal = county.policy.objective.second
    second = value.totals.ledger_yuan if goal == "least_money" else value.person_needs_met
    if status == "optimal" and stopped_by == "gap":
        stopped_by = "proof"
    return Plan.sealed(
        PlanBody(
            county=CountyRef(id=county.head.id, name=county.head.name, digest=county.digest),
            scenario=origin.scenario,
            overrides=tuple(one.override for one in origin.applied),
            applied=origin.applied,
            settings=dict(origin.settings),
            versions={name: version(name) for name in LIBRARIES},
            status=status,
            stopped_by=stopped_by,
            projects=named.projects,
            padding=value.padding,
            measures=named.measures,
            topups=named.topups,
            lifted=value.lifted,
            already_out=value.already_out,
            ledger=draft.ledger,
            funds=_fund_uses(draft, value),
            shortfalls=value.shortfalls,
            totals=value.totals,
            objective=objective,
            objective_bound=objective_bound,
            gap=shown_gap(objective, objective_bound),
            second=SecondLevel(goal=goal, value=second, bound=draft.second_bound),
            prices=draft.prices,
            rule_prices=draft.rule_prices,
            implied=draft.implied,
            certificate=draft.certificate,
        )
    )


def _fund_uses(draft: Draft, value: Evaluation) -> tuple[FundUse, ...]:
    """Every fund with what is left and why."""
    uses = []
    for fund in value.funds:
        if fund.fund not in draft.allocating:
            reason = "ring_fenced"
        elif fund.left <= 0:
            reason = "reserved" if fund.left == 0 and fund.fee else "none_left"
        else:
            reason = "not_worth_it" if fund.fund in draft.wanted else "no_eligible_use"
        uses.append(
            FundUse(
                fund=fund.fund,
                amount=fund.amount,
                fee=fund.fee,
                allocated=fund.allocated,
                left=fund.left,
                reason=reason,
            )
        )
    return tuple(uses)
