"""Level 2 of the objective, for at least the plan's own level 1: a better plan, and a bound of its own.

For any price e > 0 of the goal, a bound U(e) of "level 1 plus e times the goal" gives for every plan worth at least v

    least_money:  v - e money <= U(e)   =>   money >= (v - U(e)) / e
    most_needs:   v + e needs <= U(e)   =>   needs <= (U(e) - v) / e

so that the bound is proved by prices like that of level 1; a few e are tried, and the best bound is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.clock import Clock
from liftplan.solver.columns import Column, reweighed
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Limits, generate
from liftplan.solver.incumbent import Incumbent, realise
from liftplan.solver.master import Master
from liftplan.solver.merging import Merging
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Problem
from liftplan.solver.rounding.second import Goal, refined, second_value
from liftplan.solver.settings import Settings

FACTORS = (0.25, 0.08, 0.7)
"""Prices of the goal that are tried, in terms of the mean price of money (of a person, for needs)."""

WORK = 2.0
"""Deterministic seconds of the integer program where limits count work."""

SLACK = 0.05
"""Persons within which other packages are considered."""

SECONDS = (1.5, 0.15, 10.0)
"""Time for a better plan, and as much again for the bound: at least, as a share of what level 1 took, and at most."""

LOOSE, HURRIED = 2e-4, 0.4
"""Gap beyond which an answer soon is worth more: one price of the goal, and such a part of the time for a better plan.
"""

TOLERANCE, PART = 0.02, 0.1
"""Persons to which the bound is taken, and the same as a part of the gap asked for, whichever is more."""

ROUNDS = 25
"""Rounds of column generation a price of the goal may take."""


@dataclass(frozen=True)
class Second:
    """What level 2 brought."""

    best: Incumbent
    bound: int | None
    """Proved bound of the goal in yuan (lower) or person-needs (upper); None if none was proved."""


def second_level(
    problem: Problem,
    goal: Goal,
    best: Incumbent,
    oracle: Oracle,
    columns: list[Column],
    duals: Floats,
    merging: Merging,
    settings: Settings,
    clock: Clock,
) -> Second:
    """Improve a plan by level 2 and bound it, as far as the clock lets.

    columns: block plans to start from. duals: (rows,) multipliers of level 1's bound. merging: how level 1 merged
    money.
    """
    if clock.over:
        return Second(best, None)
    least, share, most = SECONDS
    seconds = min(most, max(least, share * clock.seconds))
    loose = settings.gap > LOOSE
    patience = seconds * (HURRIED if loose else 1.0)
    best = improved(problem, goal, best, oracle, duals, merging, settings, clock, patience) or best
    bound: int | None = None
    end = clock.seconds + seconds
    limits = Limits(max(TOLERANCE, PART * settings.gap * best.objective / UNITS_PER_PERSON), rounds=ROUNDS)

    def over() -> bool:
        return clock.over is not None or (clock.seconds > end and not settings.reproducible)

    for factor in FACTORS[:1] if loose else FACTORS:
        if over():
            break
        found = _bound(problem, goal, best.objective, oracle, columns, duals, merging, factor, limits, over)
        if found is not None:
            bound = found if bound is None else max(bound, found) if goal == "least_money" else min(bound, found)
    return Second(best, bound)


def improved(
    problem: Problem,
    goal: Goal,
    best: Incumbent,
    oracle: Oracle,
    duals: Floats,
    merging: Merging,
    settings: Settings,
    clock: Clock,
    seconds: float,
) -> Incumbent | None:
    """A plan worth as much that is better by level 2; None if none is found in so many seconds."""
    decisions = refined(
        problem,
        oracle,
        best.decisions,
        best.objective,
        goal,
        duals,
        merging.merged,
        slack=SLACK,
        time_limit=None if settings.reproducible else clock.left(seconds),
        work_limit=WORK if settings.reproducible else None,
        workers=1 if settings.reproducible else oracle.threads,
        seed=settings.seed,
        cancel=clock.cancel,
    )
    if decisions is None or clock.cancel:
        return None
    sign = -1 if goal == "least_money" else 1
    old = second_value(problem, best.decisions, goal)
    if sign * second_value(problem, decisions, goal) <= sign * old:
        return None
    return realise(
        problem,
        decisions,
        better_than=best.objective - 1,
        time_limit=clock.left(seconds),
        repeatable=settings.reproducible,
        cancel=clock.cancel,
    )


def _bound(
    problem: Problem,
    goal: Goal,
    least: int,
    oracle: Oracle,
    columns: list[Column],
    duals: Floats,
    merging: Merging,
    factor: float,
    limits: Limits,
    over: Callable[[], bool],
) -> int | None:
    """The goal's bound at one price of it."""
    households = problem.households
    if goal == "least_money":
        price = max(1, int(factor * _mean_price(problem, duals) * UNITS_PER_PERSON))
        priced = replace(problem, arc_cost=price, granularity=1)
    else:
        price = max(1, int(factor * UNITS_PER_PERSON))
        priced = replace(problem, households=replace(households, need_worth=households.persons * price), granularity=1)
        columns = [reweighed(priced, oracle.static.blocks, column) for column in columns]
    master = Master(priced, merging.of(priced))
    master.add(columns)
    found = generate(priced, oracle, master, duals, limits, lambda *_: over())
    if found.bound is None:
        return None
    if goal == "least_money":
        return max(0, -((found.bound - least) // price))
    return max(0, (found.bound - least) // price)


def _mean_price(problem: Problem, duals: Floats) -> float:
    """Persons per yuan that money is worth on average at the multipliers of the rows that limit it."""
    limits = problem.rows.rhs < 0
    money = float(-problem.rows.rhs[limits].sum())
    value = float(-(problem.rows.rhs[limits] * duals[limits]).sum())
    everyone = float(problem.households.worth.sum()) / UNITS_PER_PERSON
    return value / money if money and value > 0 else everyone / max(1.0, money)
