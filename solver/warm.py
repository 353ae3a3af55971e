"""What an earlier plan gives to a new solve: its prices and projects to search from, and itself if it still holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import ValidationError

from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.solver.certificate import Certificate
from liftplan.solver.columns import effects, gather, hard_topups, weigh
from liftplan.solver.compile import Compiled
from liftplan.solver.engines.highs import Floats
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import HARD, Bools, Csr, Decisions, Ints, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.shown import PRICED, RELAXED, row_units


@dataclass(frozen=True)
class Carried:
    """What of an earlier plan holds in this county."""

    decisions: Decisions
    plan: Incumbent | None
    """None: its decisions break no rule inside a village, but no money pays for them here."""


def carried(
    compiled: Compiled, plan: Plan, time_limit: float, repeatable: bool, cancel: Cancel | None
) -> Carried | None:
    """What of an earlier plan holds; None if its decisions break a rule inside a block.

    time_limit: seconds for paying it anew, or work where that is to be repeatable.
    """
    decisions = warm_decisions(compiled, plan)
    if decisions is None:
        return None
    paid = realise(compiled.problem, decisions, time_limit=time_limit, repeatable=repeatable, cancel=cancel)
    return Carried(decisions, paid)


def warm_decisions(compiled: Compiled, plan: Plan) -> Decisions | None:
    """The plan's decisions in this county, top-ups worked out anew; None if they break a rule inside a block."""
    problem = compiled.problem
    named = compiled.decisions(plan.projects, plan.measures, plan.topups)
    taken = (named.taken & ~problem.measures.automatic) | effects(problem, named.built)
    decisions = Decisions(named.built, taken, _topups(problem, taken))
    return decisions if _holds(problem, decisions) else None


def remember(oracle: Oracle, decisions: Decisions) -> None:
    """Let every block's search begin from these projects too."""
    for block, view in enumerate(oracle.views):
        oracle.remember(block, decisions.built[view.projects].astype(np.int64))


def multipliers(plan: Plan, compiled: Compiled, known: Floats | None = None) -> Floats:
    """(rows,) persons per row unit, from the prices that the plan shows.

    Rows that it does not show (slots, demands) have those of its certificate, where that has prices for the whole
    county, else those of `known` ((rows,)), else none. Any such multipliers give valid prices.
    """
    rows = compiled.problem.rows
    found = np.zeros(len(rows.rhs))
    hidden = _certified(plan, len(found)) if plan.certificate is not None or known is None else known
    for row, (rule, subject) in enumerate(compiled.problem.names.rows):
        if rule == "R1":
            found[row] = plan.prices.get(subject, 0.0) / PRICED
        elif rule in RELAXED:
            shown = plan.rule_prices.get(f"{rule} {subject}", 0.0)
            found[row] = shown / PRICED / row_units(rule, int(rows.short_scale[row]))
        else:
            found[row] = hidden[row]
    return found


def _certified(plan: Plan, rows: int) -> Floats:
    """(rows,) multipliers of the certificate's prices for the whole county, persons per row unit; zeros without."""
    found = np.zeros(rows)
    try:
        certificate = Certificate.model_validate(plan.certificate)
    except ValidationError:
        return found
    index = certificate.whole
    if index is None or index >= len(certificate.prices):
        return found
    prices = certificate.prices[index]
    for row, multiplier in prices.rows:
        if row < rows:
            found[row] = multiplier * 2.0**prices.shift / UNITS_PER_PERSON
    return found


def _topups(problem: Problem, taken: Bools) -> Ints:
    homes = np.arange(len(problem.households.block), dtype=np.int64)
    measures = np.flatnonzero(taken)
    packages = weigh(problem, homes, measures, problem.measures.household[measures], np.zeros_like(homes))
    return hard_topups(problem, homes, packages.direct)


def _holds(problem: Problem, decisions: Decisions) -> bool:
    """Whether what is not priced holds: R8, bounds of decisions, hard minimums and maximums, payable lines."""
    projects, measures, households = problem.projects, problem.measures, problem.households
    built, taken, topup = decisions.built, decisions.taken, decisions.topup
    if not (_within(built, projects.low, projects.high) and _within(taken, measures.low, measures.high)):
        return False
    for lists, chosen in ((projects.requires, built), (measures.requires, taken)):
        if not built[gather(lists, np.flatnonzero(chosen))[1]].all():
            return False
    picked = np.flatnonzero(taken)
    owner = measures.household[picked]
    groups = (
        (projects.block[built & (projects.group >= 0)] << 32) + projects.group[built & (projects.group >= 0)],
        (owner << 8)[measures.group[picked] >= 0] + measures.group[picked][measures.group[picked] >= 0],
        owner[measures.house[picked]],
    )
    if any(len(np.unique(group)) < len(group) for group in groups):
        return False
    work = np.bincount(owner, weights=measures.labour[picked], minlength=len(households.block))
    packages = weigh(problem, np.arange(len(households.block)), picked, owner, topup)
    assisted = (packages.direct > 0) | households.always_assisted
    total = packages.direct + topup
    over = assisted & (households.maximum >= 0) & (households.maximum_price == HARD) & (total > households.maximum)
    short = (packages.short > 0) & (households.minimum_price == HARD)
    unpaid = (topup > 0) & (households.topup_cell < 0)
    lifted = _within(packages.lifted, households.lift_low, households.lift_high)
    payable = all(
        _payable(problem, lists, np.flatnonzero(chosen))
        for lists, chosen in ((projects.lines, built), (measures.lines, taken))
    )
    return bool((work <= households.labour).all() and not (over | short | unpaid).any() and lifted and payable)


def _within(chosen: Bools, low: Ints, high: Ints) -> bool:
    return bool((chosen.astype(np.int64) >= low).all() and (chosen.astype(np.int64) <= high).all())


def _payable(problem: Problem, lines: Csr, owners: Ints) -> bool:
    counts = np.diff(problem.flows.cell_arcs.start)
    return bool((counts[gather(lines, owners)[1]] > 0).all())
