"""Solve the reference model with any PuLP solver, and check what it says in exact integers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any

import pulp

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.check import Evaluation
from liftplan.solver.reference.adapter import Outcome, Status, run
from liftplan.solver.reference.answer import NEAR, Answer, Decisions, checked, decisions
from liftplan.solver.reference.build import Built, build

SCALE = 1000
"""Level 1 is handed over in thousandths of a person: what a yuan costs then stands clear of a solver's tolerances."""


def highs(time_limit: float | None = None) -> Any:
    """The default solver: HiGHS through PuLP, gap 0, silent.

    Tolerances stay as they are: with 1e-9 HiGHS calls counties infeasible that have plans.
    """
    return pulp.HiGHS(msg=False, gapRel=0.0, gapAbs=0.0, timeLimit=time_limit)


def solve(
    county: County,
    solver: Any = None,
    time_limit: float | None = None,
    *,
    first: int | None = None,
    second: int | None = None,
) -> Answer:
    """Solve a small county whole.

    Fractions of yuan first: their optimum is a bound. If the same yes and no can be paid in whole yuan at that value,
    they are best; otherwise the whole problem is solved in whole yuan. That comes last, for HiGHS 1.13 and 1.14 now and
    then cut off the best plan where integers are as large as yuan.

    Parameters
    ----------
    county
        A validated county of one year.
    solver
        A PuLP solver, with its gap set to 0; None: HiGHS.
    time_limit
        Seconds for each of at most three runs of HiGHS, None for no limit; another solver brings its own.
    first, second
        Units of level 1 and value of level 2 to be kept while the next level is improved; see `build`.

    Raises
    ------
    InputProblems
        If the county plans several years.
    InternalError
        If the checker does not accept what the solver found, or the solver contradicts itself.
    """
    solver = solver or highs(time_limit)
    loose = build(county, first=first, second=second, whole_yuan=False)
    fractions = _run(loose, solver)
    bound = _bound(loose, fractions)
    if not fractions.values:
        return Answer(fractions.status, None, None, bound)
    kept = build(county, first=first, second=second)
    _keep(kept, loose, fractions)
    paid = _found(kept, _run(kept, solver), first)
    if fractions.status == "optimal" and (paid is None or fractions.objective - paid.claimed > _STEP[kept.level]):
        whole = build(county, first=first, second=second)
        return _better(paid, whole, _run(whole, solver), first, bound)
    if paid is None:
        return Answer("unknown", None, None, bound)
    return paid.answer(fractions.status, kept.level, bound)


def _better(paid: _Found | None, whole: Built, outcome: Outcome, first: int | None, bound: int | None) -> Answer:
    """The better of a plan, if there is one, and what the whole problem in whole yuan has to say."""
    found = _found(whole, outcome, first)
    best = max((plan for plan in (paid, found) if plan is not None), key=lambda plan: plan.claimed, default=None)
    if best is None:
        return Answer(outcome.status, None, None, bound)
    if paid is not None and (found is None or found.claimed < paid.claimed - _STEP[1]):
        if outcome.status in {"optimal", "infeasible"}:
            raise InternalError(f"the solver had a plan of {paid.claimed} and claims that there is none so good")
        return paid.answer("feasible", whole.level, bound)
    return best.answer(outcome.status, whole.level, bound)


_STEP = {1: 1e-6, 2: 1.0 - 1e-6, 3: 1.0 - 1e-6}
"""By how much less than a bound of its level a plan may be and is best all the same: a millionth of a person; yuan,
needs met and lines are whole."""


@dataclass(frozen=True)
class _Found:
    decisions: Decisions
    value: Evaluation
    claimed: float
    """What the solver maximised."""

    def answer(self, status: Status, level: int, bound: int | None = None) -> Answer:
        """The bound of a proved optimum of level 1 is its own value."""
        if level == 1 and status == "optimal":
            bound = self.value.objective_units
        return Answer(status, self.decisions, self.value, bound)


def _run(built: Built, solver: Any) -> Outcome:
    return run(built.problem, solver, SCALE if built.level == 1 else 1)


def _found(built: Built, outcome: Outcome, first: int | None) -> _Found | None:
    """The plan of a run in whole yuan, checked."""
    if not outcome.values:
        return None
    made = decisions(built, outcome.values)
    value = checked(built, made, outcome.objective)
    if first is not None and value.objective_units < first - NEAR:
        raise InternalError("the reference lost some of level 1 at a lower level")
    return _Found(made, value, outcome.objective)


def _keep(kept: Built, loose: Built, outcome: Outcome) -> None:
    """Keep what is built and taken; yuan and all else stay free."""
    for columns, others in ((kept.model.built, loose.model.built), (kept.model.taken, loose.model.taken)):
        for name, variable in columns.items():
            kept.model.row(variable == round(outcome.values.get(others[name].name, 0.0)), "keep", name)


def _bound(built: Built, outcome: Outcome) -> int | None:
    """The solver's bound of level 1, rounded up."""
    if built.level != 1 or outcome.bound is None or not isfinite(outcome.bound):
        return None
    return ceil(outcome.bound * UNITS_PER_PERSON)
