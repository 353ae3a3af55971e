"""The ledger of fixed decisions, from end to end."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.messages import m
from liftplan.solver.ledger.errors import LimitReached
from liftplan.solver.ledger.flows import WholeFlows, solve_task
from liftplan.solver.ledger.lines import Commitments, Ledger, Lines, split_flows
from liftplan.solver.ledger.task import flow_task
from liftplan.solver.problem import Decisions, Ints, Problem
from liftplan.solver.progress import Cancel


@dataclass(frozen=True)
class WholeLedger:
    """A ledger that keeps every hard row to the yuan, and what its soft rows cost."""

    ledger: Ledger
    short: Ints
    """(rows,) what each soft row is short, row units; 0 for hard rows."""
    penalty: int
    """Exact penalty of the rows, units."""
    bound: int
    """Proved lower bound of the rows' penalty under these decisions."""


def whole_yuan_ledger(
    problem: Problem,
    decisions: Decisions,
    lines: Lines,
    commitments: Commitments | None = None,
    *,
    known: Ints | None = None,
    time_limit: float = 30.0,
    repeatable: bool = False,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> WholeLedger | None:
    """Who pays each yuan of the decisions: least penalty, then few lines; None if proved that no ledger exists.

    lines: every cost line of built projects and taken measures, and every top-up. commitments: on these lines. known:
    (arcs,) flows that do where none are found in time, or only dearer ones, if they honour the commitments. Limits and
    errors as in `whole_yuan_flows`.
    """
    commitments = commitments or Commitments.none()
    try:
        task = flow_task(problem, decisions, commitments.floor(len(problem.flows.arc_fund)))
        given = None if known is None or not task.keeps(known) else WholeFlows(known, task.penalty(known), 0)
        try:
            found = solve_task(task, time_limit=time_limit, repeatable=repeatable, seed=seed, cancel=cancel)
        except LimitReached:
            if given is None:
                raise
            found = given
        if found is None:
            return None
        if given is not None and given.penalty < found.penalty:
            found = WholeFlows(given.flow, given.penalty, found.bound)
        ledger = split_flows(task, found.flow, problem.flows.arc_fund, lines, commitments)
        return WholeLedger(ledger, task.short(ledger.flow), task.penalty(ledger.flow), found.bound)
    except OverflowError:
        raise LimitReached(m("the amounts of money are too large to be added up exactly")) from None
