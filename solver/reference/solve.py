"""Solve the reference model with any PuLP solver, and check what it says in exact integers."""

from __future__ import annotations

from math import ceil, isfinite
from typing import Any

import pulp

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.reference.adapter import Outcome, run
from liftplan.solver.reference.answer import NEAR, Answer, checked, decisions
from liftplan.solver.reference.build import Built, build

SCALE = 1000
"""Level 1 is handed over in thousandths of a person: what a yuan costs then stands clear of a solver's tolerances.

Tighter tolerances would not do: with them HiGHS 1.14 calls counties infeasible that have plans.
"""


def highs(time_limit: float | None = None) -> Any:
    """The default solver: HiGHS through PuLP, gap 0, silent."""
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

    Parameters
    ----------
    county
        A validated county of one year.
    solver
        A PuLP solver, with its gap set to 0; None: HiGHS.
    time_limit
        Seconds for HiGHS, None for no limit; another solver brings its own.
    first, second
        Units of level 1 and value of level 2 to be kept while the next level is improved; see `build`.

    Raises
    ------
    InputProblems
        If the county plans several years.
    InternalError
        If the checker does not accept what the solver found, or the solver's arithmetic was too far off.
    """
    built = build(county, first=first, second=second)
    outcome = run(built.problem, solver or highs(time_limit), SCALE if built.level == 1 else 1)
    if not outcome.values:
        return Answer(outcome.status, None, None, _bound(built, outcome))
    found = decisions(built, outcome.values)
    value = checked(built, found, outcome.objective)
    if first is not None and value.objective_units < first - NEAR:
        raise InternalError("the reference lost some of level 1 at a lower level")
    proved = outcome.status == "optimal" and built.level == 1
    return Answer(outcome.status, found, value, value.objective_units if proved else _bound(built, outcome))


def _bound(built: Built, outcome: Outcome) -> int | None:
    """The solver's bound of level 1, rounded up."""
    if built.level != 1 or outcome.bound is None or not isfinite(outcome.bound):
        return None
    return ceil(outcome.bound * UNITS_PER_PERSON)
