"""A plan in whole decisions and whole yuan, with its exact objective."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.solver.columns import effects, objective_of
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.flows import whole_yuan_flows
from liftplan.solver.problem import Decisions, Ints, Problem
from liftplan.solver.progress import Cancel


@dataclass(frozen=True)
class Incumbent:
    """The best plan so far."""

    decisions: Decisions
    flows: Ints
    """(arcs,) whole yuan."""
    objective: int
    """Level 1, units."""
    people: int
    """Persons lifted, those already out not among them."""
    final: bool
    """No flows of these decisions have a smaller penalty (proved)."""


def has_flows(
    problem: Problem, decisions: Decisions, *, time_limit: float = 10.0, repeatable: bool = False, cancel: Cancel
) -> bool | None:
    """Whether whole-yuan flows exist for decisions: True, False (proved), or None where that stays open."""
    try:
        flows = whole_yuan_flows(problem, decisions, time_limit=time_limit, repeatable=repeatable, cancel=cancel)
    except LimitReached:
        return None
    return flows is not None


def realise(
    problem: Problem,
    decisions: Decisions,
    *,
    better_than: int | None = None,
    time_limit: float = 10.0,
    repeatable: bool = False,
    cancel: Cancel | None = None,
) -> Incumbent | None:
    """Whole-yuan flows for decisions; None if none exist or are found, or if they cannot beat `better_than` (units)."""
    whole = Decisions(
        decisions.built,
        (decisions.taken & ~problem.measures.automatic) | effects(problem, decisions.built),
        decisions.topup,
    )
    worth, people = objective_of(problem, whole)
    if better_than is not None and worth <= better_than:
        return None
    try:
        flows = whole_yuan_flows(problem, whole, time_limit=time_limit, repeatable=repeatable, cancel=cancel)
    except LimitReached:
        return None
    if flows is None:
        return None
    objective = worth - flows.penalty
    if better_than is not None and objective <= better_than:
        return None
    return Incumbent(whole, flows.flow, objective, people, flows.optimal)
