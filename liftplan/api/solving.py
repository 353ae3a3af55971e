"""Solving: a county in, a checked plan out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from liftplan.api.opening import load
from liftplan.api.scenario import BASE, Scenario, under
from liftplan.api.solution import Solution
from liftplan.api.verifying import read_plan
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.solver.progress import Cancel, Listener
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve as solve_county


def solve(
    county: County | str | Path,
    settings: Settings | None = None,
    *,
    scenario: str | Sequence[str] | Scenario = BASE,
    listener: Listener | None = None,
    cancel: Cancel | None = None,
    warm_start: Plan | Solution | str | Path | None = None,
    **options: Any,
) -> Solution:
    """Find the plan that lifts the most people, and prove how good it is.

    It may be called from any thread, several times at once, and inside a running event loop; it holds no state.

    Parameters
    ----------
    county
        A county, or what `load` takes.
    settings, options
        `Settings`, or its fields one by one: `gap`, `time_limit` (seconds, None for no limit), `threads`, `seed`,
        `reproducible`.
    scenario
        Built-in scenario, or several in order; or what `under` returned for this county.
    listener
        Called with an `Event` after each step, in the thread that solves; what it raises reaches the caller.
    cancel
        A switch that another thread may set: the best checked plan is returned within about two seconds.
    warm_start
        A plan to begin with.

    Raises
    ------
    InputProblems
        If the county, the scenario or a setting is not valid.
    InternalError
        If the solver contradicts itself: a bug, never a result.
    """
    chosen = _settings(settings, options)
    begun = scenario if isinstance(scenario, Scenario) else under(load(county), _names(scenario))
    result = solve_county(
        begun.county,
        chosen,
        listener=listener,
        cancel=cancel,
        warm_start=_plan(warm_start),
        scenario=begun.name,
        overrides=begun.overrides,
    )
    return Solution(result, begun.county)


def warm() -> float:
    """Compile the numerical kernels, once for this machine, by solving `tiny`. Returns the seconds it took."""
    return solve("tiny", time_limit=None).seconds


def _settings(settings: Settings | None, options: dict[str, Any]) -> Settings:
    given = {**(settings.model_dump() if settings else {}), **options}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise InputProblems(
            [
                Problem(
                    "setting",
                    Place(column=".".join(str(part) for part in one["loc"])),
                    m("The setting cannot be {value}.", value=one["input"]),
                    m("Settings: {names}.", names=", ".join(Settings.model_fields)),
                )
                for one in error.errors(include_url=False)
            ]
        ) from None


def _names(scenario: str | Sequence[str]) -> tuple[str, ...]:
    return (scenario,) if isinstance(scenario, str) else tuple(scenario)


def _plan(start: Plan | Solution | str | Path | None) -> Plan | None:
    if isinstance(start, Solution):
        return start.plan
    return start if start is None or isinstance(start, Plan) else read_plan(start)
