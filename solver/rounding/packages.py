"""With the projects decided: which package each household gets. Near-tied packages go to the choice problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at, units
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.merging import Merged, Merging
from liftplan.solver.oracle.oracle import Oracle
from liftplan.solver.problem import Bools, Decisions, Problem, reachable
from liftplan.solver.progress import Cancel
from liftplan.solver.rounding.choice import Alternatives, Chosen, relax
from liftplan.solver.rounding.deciding import decide
from liftplan.solver.rounding.pool import (
    Pool,
    alternatives_of,
    decisions_from,
    joined,
    narrowed,
    nearest,
    packages_of,
    plain_packages,
    pool_of,
)

WIDTHS = (200, 800, 6_000)
"""Households besides the split ones that the integer program decides, narrow first."""

NEAR = 1e-4
"""Part of the goal within which a plan ends the search for a better one with the same projects, unless told."""

GOOD = 3.0
"""Persons below the goal that are good enough once `patience` is over, unless told."""

WIDE = 1.0
"""Persons within which other packages of the undecided households are considered, so that money can be fitted."""

MOST_PACKAGES = 150
"""Packages per household that are considered then."""

TIED, MOST_TIED = 0.02, 12
"""Persons within which packages of the undecided households count as tied whatever they spend, and how many of each."""

MOST_WIDE = 2_000
"""Undecided households up to which they are."""

MISSING = 1e-7
"""Scaled shortfall of hard rows up to which a choice is a plan."""

TOLERANCE = 1e-4
"""Persons by which an engine's value may miss a whole number."""


Pay = Callable[[Decisions], Incumbent | None]
"""Pays for decisions in whole yuan; None where that was not possible, or they are no better than what there is."""


def best_packages(
    problem: Problem,
    oracle: Oracle,
    built: Bools,
    duals: Floats,
    merging: Merging,
    pay: Pay,
    *,
    support: Sequence[Column] = (),
    slack: float,
    most: int,
    goal: float = np.inf,
    least: float = -np.inf,
    near: float = NEAR,
    widths: tuple[int, ...] = WIDTHS,
    within: float = 0.0,
    time_limit: float | None = None,
    patience: float | None = None,
    good: float = GOOD,
    work_limit: float | None = None,
    margin: int = 0,
    seed: int = 0,
    workers: int = 1,
    cancel: Cancel | None = None,
) -> Incumbent | None:
    """A plan with these projects (projects,), or None if none was found.

    duals: multipliers that fit the projects. merging: how money is merged; rows that a plan turns out to break are
    taken back. pay: called with every choice of packages. support: block plans with these projects of which a mixture
    keeps the rows; their packages take part, so that the relaxation keeps them too. slack, most: persons within which
    packages count as tied at these prices, and how many of a household at most. goal: persons that are good enough, or
    less by its part `near`. least: persons below which plans are of no interest. within: persons by which each program
    may miss its own best. patience: seconds after which a program's plan will do that is `good` persons below its goal;
    0: any such plan ends it. work_limit: deterministic seconds of each program, which repeat exactly with one worker.
    The relaxation over these decides most households; the integer program runs over those that it splits and the
    nearest others, as many as `widths` says and with more packages of each, wider until the goal is reached.
    """
    prices = priced_at(problem, duals, oracle.room(problem))
    wide = pool_of(problem, oracle, built, prices, WIDE, MOST_PACKAGES)
    if wide is None:
        return None
    pool = joined(nearest(wide, units(slack, prices), most), packages_of(oracle, support))
    program = partial(
        decide,
        margin=margin,
        within=within,
        patience=patience,
        work_limit=work_limit,
        seed=seed,
        workers=workers,
        cancel=cancel,
    )
    relaxed = _relaxed(merging.merged.problem, built, pool, time_limit, cancel)
    if relaxed is None:
        return None
    weights, reached_at_most = relaxed
    soon = goal - good
    goal = min(goal, reached_at_most)
    if goal < least - TOLERANCE:
        return None
    best: tuple[float, Incumbent] | None = None
    begun = monotonic()

    def left() -> float | None:
        """Seconds left for programs: all of them for each, where there is no plan yet."""
        if time_limit is None or not np.isfinite(least):
            return time_limit
        return time_limit - (monotonic() - begun)

    for width in widths:
        narrow, free = narrowed(pool, weights, width)
        narrow = joined(narrow, nearest(wide, units(TIED, prices), MOST_TIED).of(free))
        if int(free.sum()) <= MOST_WIDE:
            narrow = joined(narrow, plain_packages(problem, wide.of(free)))
        found, paid, clashed, floats = None, None, False, True
        while not cancel and ((seconds := left()) is None or seconds > 0):
            limited = partial(program, floats=floats, time_limit=seconds)
            found = _chosen(problem, merging.merged, built, narrow, (least, goal, min(soon, goal)), limited)
            paid = None if found is None else pay(found[1])
            if found is None or paid is not None:
                break
            if merging.take_back_clashing(found[1], time_limit, cancel):
                clashed = True
            elif floats:
                floats = False  # they may lack part of a yuan
            else:
                break
        if found is not None and paid is not None and (best is None or found[0] > best[0]):
            best = found[0], paid
        if paid is None and clashed:
            break  # other projects suit the rows that came back
        if cancel or (best is not None and best[0] >= goal - max(2 * TOLERANCE, near * abs(goal))):
            break
    return None if best is None else best[1]


def _chosen(
    problem: Problem,
    money: Merged,
    built: Bools,
    pool: Pool,
    goals: tuple[float, float, float],
    program: Callable[..., Chosen | None],
) -> tuple[float, Decisions] | None:
    """Persons and decisions of the best choice among a pool, the rows left out of `money` perhaps broken.

    goals: persons below which plans are of no interest, that are good enough, and that are so after a while.
    """
    alternatives, _ = alternatives_of(money.problem, built, pool)
    base = decided_worth(problem, alternatives, built)
    least, best, good = (goal - base - TOLERANCE for goal in goals)
    chosen = program(money.problem, alternatives, least=least, target=best, good=good)
    if chosen is None:
        return None
    return base + chosen.value, decisions_from(problem, built, pool, chosen.chosen, chosen.topup[money.cell])


def _relaxed(
    problem: Problem, built: Bools, pool: Pool, time_limit: float | None, cancel: Cancel | None
) -> tuple[Floats, float] | None:
    """(packages,) weights of the relaxation over a pool, and persons it reaches at most; None: the engine failed."""
    alternatives, number = alternatives_of(problem, built, pool)
    weights = np.ones(len(pool.home))
    if not len(alternatives.group):
        return weights, np.inf
    relaxed = relax(problem, alternatives, None, time_limit, cancel)
    if relaxed is None:
        return None
    weights[number >= 0] = relaxed.weights
    if relaxed.missing > MISSING:
        return weights, np.inf
    value = decided_worth(problem, alternatives, built) + relaxed.value + TOLERANCE
    return weights, reachable(problem, int(value * UNITS_PER_PERSON)) / UNITS_PER_PERSON


def decided_worth(problem: Problem, alternatives: Alternatives, built: Bools) -> float:
    """Persons of what is decided, the problem's constant included."""
    units = problem.constant + int(problem.projects.worth[built].sum()) + alternatives.base_worth
    return units / UNITS_PER_PERSON
