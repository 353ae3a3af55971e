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
    try:
        return realised(
            problem,
            decisions,
            better_than=better_than,
            time_limit=time_limit,
            repeatable=repeatable,
            cancel=cancel,
        )
    except LimitReached:
        return None


def realised(
    problem: Problem,
    decisions: Decisions,
    *,
    better_than: int | None = None,
    time_limit: float = 10.0,
    repeatable: bool = False,
    cancel: Cancel | None = None,
) -> Incumbent | None:
    """As `realise`, but None says that it is proved. Raises LimitReached where it stays open whether flows exist."""
    whole = Decisions(
        decisions.built,
        (decisions.taken & ~problem.measures.automatic) | effects(problem, decisions.built),
        decisions.topup,
    )
    worth, people = objective_of(problem, whole)
    if better_than is not None and worth <= better_than:
        return None
    flows = whole_yuan_flows(problem, whole, time_limit=time_limit, repeatable=repeatable, cancel=cancel)
    if flows is None:
        return None
    objective = worth - flows.penalty
    if better_than is not None and objective <= better_than:
        return None
    return Incumbent(whole, flows.flow, objective, people, flows.optimal)
