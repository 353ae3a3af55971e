"""From whole decisions and flows to the plan that people see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from liftplan.models.plan import (
    UNITS_PER_PERSON,
    Applied,
    CountyRef,
    FundUse,
    LedgerLine,
    Plan,
    PlanBody,
    SecondLevel,
    StoppedBy,
)
from liftplan.models.problems import InternalError
from liftplan.solver.check import Evaluation, shown_bound, shown_gap
from liftplan.solver.compile import Compiled, Named
from liftplan.solver.engines.highs import Floats
from liftplan.solver.problem import HARD, Decisions
from liftplan.solver.shown import fund_prices, rule_prices

LIBRARIES = ("liftplan", "highspy", "numba", "numpy", "ortools")
"""Packages that touch numbers."""


@dataclass(frozen=True)
class Origin:
    """Where a plan comes from, besides the county."""

    scenario: str
    applied: tuple[Applied, ...]
    """What the scenario's overrides did."""
    settings: Mapping[str, Any]


def assemble(
    compiled: Compiled,
    decisions: Decisions,
    named: Named,
    ledger: tuple[LedgerLine, ...],
    bound: int,
    duals: Floats,
    origin: Origin,
    stopped_by: StoppedBy,
    second_bound: int | None,
    certificate: dict[str, Any] | None,
    value: Evaluation,
) -> Plan:
    """A sealed plan. Raises InternalError if the plan is worth more than its bound.

    bound: proved, units. duals: (rows,) at the bound, persons per row unit. second_bound: proved bound of level 2, or
    None. stopped_by "proof" is kept only if the bound proves the plan optimal, "gap" otherwise. named, value:
    the decisions by id, and what the checker finds them worth.
    """
    county = compiled.county
    if value.objective_units > bound:
        raise InternalError(f"the bound {bound} is below the plan, which is worth {value.objective_units}")
    objective, objective_bound = value.objective, shown_bound(bound)
    status = value.status(objective_bound)
    goal = county.policy.objective.second
    second = value.totals.ledger_yuan if goal == "least_money" else value.person_needs_met
    rows = compiled.problem.rows
    asked = np.where(rows.price == HARD, duals, np.minimum(duals, rows.price / UNITS_PER_PERSON))  # as bounds do
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
            ledger=ledger,
            funds=_fund_uses(compiled, decisions, value),
            shortfalls=value.shortfalls,
            totals=value.totals,
            objective=objective,
            objective_bound=objective_bound,
            gap=shown_gap(objective, objective_bound),
            second=SecondLevel(goal=goal, value=second, bound=second_bound),
            prices=fund_prices(compiled, asked),
            rule_prices=rule_prices(compiled, asked),
            implied=tuple(f"{rule} {subject}" for rule, subject in sorted(compiled.implied)),
            certificate=certificate,
        )
    )


def _fund_uses(compiled: Compiled, decisions: Decisions, value: Evaluation) -> tuple[FundUse, ...]:
    """Every fund with what is left and why."""
    problem, lines = compiled.problem, compiled.lines
    open_line = np.where(
        lines.project >= 0,
        ~decisions.built[lines.project] if len(decisions.built) else False,
        ~decisions.taken[lines.measure] if len(decisions.taken) else False,
    )
    open_cells = np.zeros(len(problem.flows.cell_village), dtype=np.bool_)
    open_cells[lines.cell[open_line]] = True
    useful = np.zeros(len(problem.names.funds), dtype=np.bool_)
    useful[problem.flows.arc_fund[open_cells[problem.flows.arc_cell]]] = True
    could = {name for name, flag in zip(problem.names.funds, useful.tolist(), strict=True) if flag}
    allocating = set(problem.names.funds)
    uses = []
    for fund in value.funds:
        if fund.fund not in allocating:
            reason = "ring_fenced"
        elif fund.left <= 0:
            reason = "reserved" if fund.left == 0 and fund.fee else "none_left"
        else:
            reason = "not_worth_it" if fund.fund in could else "no_eligible_use"
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
