"""The few calls that differ between PuLP 3.3 and 4: making expressions, solving, reading back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any, Literal

import pulp

Variable = Any
"""pulp.LpVariable."""

Expression = Any
"""pulp.LpAffineExpression, or a number."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
"""As the solver claims it; optimal and infeasible are proofs only as far as its arithmetic goes."""

_PULP_3 = hasattr(pulp, "LpStatusOptimal")


@dataclass(frozen=True)
class Outcome:
    """What a PuLP solver says."""

    status: Status
    values: Mapping[str, float]
    """Column -> value; empty without a solution. PuLP leaves out columns that are in no row: they are 0."""
    objective: float
    """Of the values; nan without a solution."""
    bound: float | None
    """Bound of the objective, if the solver tells one."""


def new_problem(name: str) -> Any:
    """An empty problem that maximises."""
    return pulp.LpProblem(name, pulp.LpMaximize)


def weighted(terms: Iterable[tuple[float, Variable]]) -> Expression:
    """Sum of coefficient x variable; a variable may come twice."""
    summed: dict[Any, float] = {}
    for coefficient, variable in terms:
        summed[variable] = summed.get(variable, 0) + coefficient
    return pulp.LpAffineExpression(summed) if _PULP_3 else pulp.LpAffineExpression.from_dict(summed)


def run(problem: Any, solver: Any, scale: int = 1) -> Outcome:
    """Solve a problem with a PuLP solver, which sees the objective times `scale`."""
    stated = problem.objective
    problem.setObjective(stated * scale)
    found = problem.solve(solver)
    problem.setObjective(stated)
    if _PULP_3:
        status, held = _status_3(problem)
        info = getattr(problem.solverModel, "getInfo", None)
        bound = (
            -info().mip_dual_bound if info else getattr(problem, "bestBound", None)
        )  # PuLP 3 hands HiGHS a minimisation
    else:
        status, held = _status_4(found)
        bound = found.best_bound
    values = {variable.name: float(variable.varValue or 0.0) for variable in problem.variables()} if held else {}
    objective = float(pulp.value(problem.objective)) if held else nan
    return Outcome(status, values, objective, None if bound is None else float(bound) / scale)


def write_mps(problem: Any, path: str) -> None:
    """Write a problem as MPS, turned into a minimisation: many readers know no other, and PuLP 4 turns none itself."""
    stated = problem.objective
    problem.sense = pulp.LpMinimize
    problem.setObjective(stated * -1)
    problem.writeMPS(path)
    problem.sense = pulp.LpMaximize
    problem.setObjective(stated)


def _status_3(problem: Any) -> tuple[Status, bool]:
    if problem.status == pulp.LpStatusInfeasible:
        return "infeasible", False
    if problem.sol_status == pulp.LpSolutionOptimal:
        return "optimal", True
    if problem.sol_status == pulp.LpSolutionIntegerFeasible:
        return "feasible", True
    return "unknown", False


def _status_4(stats: Any) -> tuple[Status, bool]:
    if stats.status == pulp.LpSolveStatus.Infeasible:
        return "infeasible", False
    if not stats.has_solution:
        return "unknown", False
    return ("optimal" if stats.status == pulp.LpSolveStatus.Optimal else "feasible"), True
