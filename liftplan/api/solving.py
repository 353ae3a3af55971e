"""Solving: a county in, a checked plan out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from time import monotonic
from typing import Any

from pydantic import ValidationError

from liftplan.api.failure import reproducible
from liftplan.api.reuse import reuse
from liftplan.api.scenario import Asked, Scenario, under
from liftplan.api.solution import Solution
from liftplan.api.verifying import read_plan
from liftplan.models.county import County
from liftplan.models.messages import listed, m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.solver.exercise import exercise, exercise_rare
from liftplan.solver.progress import Cancel, Listener
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve as solve_county


def solve(
    county: County | Scenario | str | Path,
    settings: Settings | None = None,
    *,
    scenario: Asked | Sequence[Asked] = (),
    listener: Listener | None = None,
    cancel: Cancel | None = None,
    warm_start: Plan | Solution | str | Path | None = None,
    found: Callable[[Plan], None] | None = None,
    **options: Any,
) -> Solution:
    """Find the plan that lifts the most people, and prove how good it is.

    It may be called from any thread, several times at once, and inside a running event loop; it holds no state.

    Parameters
    ----------
    county
        A county, what `load` takes, or what `under` returns.
    settings, options
        `Settings`, or its fields one by one: `gap`, `time_limit` (seconds, 0 or None for no limit), `threads`, `seed`,
        `reproducible`.
    scenario
        A scenario (built-in name, scenario file, definition), or several in order.
    listener
        Called with an `Event` after each step, in the thread that solves; what it raises reaches the caller.
    cancel
        A switch that another thread may set: the best checked plan is returned within about two seconds.
    warm_start
        A plan to begin with, of this county or of one like it; `Solution.warnings` tells what of it was used.

    found
        Called with plans on the way, each of which has passed the independent checker: the first one, and better ones
        as long as finishing them takes less than a twentieth of the time. Their last levels are not improved yet.

    Raises
    ------
    InputProblems
        If the county, the scenario or a setting is not valid, or the plan to begin with has nothing of this county.
    InternalError
        If the solver contradicts itself: a bug, never a result. What repeats it is saved in a folder that it names.
    """
    chosen = settings_of(settings, options)
    begun = under(county, scenario)
    if begun.separate:
        message = m("{name} is no plan of one decision: there every department decides alone.", name=begun.name)
        raise InputProblems([Problem("scenario-separate", Place(), message, m("Call liftplan.separate."))])
    first = _plan(warm_start)
    reused = None if first is None else reuse(first, begun.county)
    facts = {"county": begun.county.head.id, "scenario": begun.name, **chosen.model_dump()}
    with reproducible(facts, begun.county, first, own=True):
        result = solve_county(
            begun.county,
            chosen,
            listener=listener,
            cancel=cancel,
            warm_start=first,
            scenario=begun.name,
            applied=begun.applied,
            found=found,
        )
    return Solution(result, begun.county, reused, begun.warnings)


def warm() -> float:
    """Compile the numerical kernels, once for this machine, by using each. Returns the seconds it took.

    The first solve on a machine does so otherwise, and hears no cancel meanwhile.
    """
    begin = monotonic()
    exercise()
    exercise_rare()
    solve("tiny", time_limit=None)
    return monotonic() - begin


def settings_of(settings: Settings | None, options: dict[str, Any]) -> Settings:
    """Settings, some of them given one by one. Raises `InputProblems`."""
    given = {**(settings.model_dump() if settings else {}), **options}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise InputProblems([_bad(one) for one in error.errors(include_url=False)]) from None


def _bad(error: Any) -> Problem:
    """The problem of a setting that does not exist or fit; error: pydantic's."""
    name = ".".join(str(part) for part in error["loc"])
    way_out = m("Settings: {names}.", names=listed(Settings.model_fields))
    if error["type"] != "extra_forbidden":
        return Problem(
            "setting", Place(column=name), m("The setting cannot be {value}.", value=error["input"]), way_out
        )
    near = get_close_matches(name, Settings.model_fields, n=1)
    if near:
        way_out = m("Did you mean {name}?", name=near[0])
    return Problem("setting", Place(), m("There is no setting {name}.", name=name), way_out)


def _plan(start: Plan | Solution | str | Path | None) -> Plan | None:
    if isinstance(start, Solution):
        return start.plan
    return start if start is None or isinstance(start, Plan) else read_plan(start)
