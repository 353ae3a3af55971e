"""Running many scenarios, and looking after the store that keeps what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from liftplan.api.opening import load
from liftplan.api.saving import save_plan
from liftplan.api.scenario import overridden
from liftplan.api.solving import settings_of
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, InternalError, Place, Problem
from liftplan.scenarios import definition as reading
from liftplan.scenarios.definition import Definition
from liftplan.scenarios.runs import Answer, Asked, Watcher, run_all
from liftplan.scenarios.separate import write_outcome
from liftplan.scenarios.store import Run, RunStore
from liftplan.solver.check import check_plan
from liftplan.solver.progress import Cancel
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings

COUNTY = "zigui-2015"
"""The county of scenarios that come without one."""


def run(
    scenarios: str | Path | Definition | Sequence[str | Path | Definition],
    county: County | str | Path = COUNTY,
    settings: Settings | None = None,
    *,
    store: RunStore | str | Path | None = None,
    workers: int = 0,
    again: bool = False,
    watcher: Watcher | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> list[Answer]:
    """Solve scenarios of a county in several processes, and keep each as a run; what is known is not solved again.

    A script that calls it needs `if __name__ == "__main__":` around the call, as processes are started fresh.

    Parameters
    ----------
    scenarios
        Built-in names, scenario files, definitions; a file with a matrix stands for all its scenarios.
    county
        A county, or what `load` takes.
    settings, options
        As for `solve`; with 0 threads the cores are shared among the workers.
    store
        A store, or its address: a folder, or `postgresql://...`. None: the user's own.
    workers
        Processes; 0 = one a core.
    again
        Solve what is known too.
    watcher, cancel
        Told how it goes; a switch that ends it with the best plans so far.

    Returns
    -------
    list
        An answer for each scenario, in order: its run, or why there is none.

    Raises
    ------
    InputProblems
        With all problems of county, scenarios, settings and store, before anything is solved.
    """
    given = [scenarios] if isinstance(scenarios, str | Path | Definition) else list(scenarios)
    found = _expanded(given)
    return run_all(
        load(county),
        [Asked(one.name, one.lines, one.separate) for one in found],
        store if isinstance(store, RunStore) else RunStore(store),
        settings_of(settings, options),
        workers=workers,
        again=again,
        watcher=watcher,
        cancel=cancel,
    )


def _expanded(given: Sequence[str | Path | Definition]) -> list[Definition]:
    found: list[Definition] = []
    problems: list[Problem] = []
    for one in given:
        try:
            found += [one] if isinstance(one, Definition) else reading.definitions(one)
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    return found


def export_run(run_: Run, store: RunStore, folder: str | Path, *, overwrite: bool = False) -> Path:
    """Write the plan folder of a run (of `separate`: that of its outcome). The plan is checked first.

    Raises
    ------
    InputProblems
        If the run has no plan, or the folder is in the way.
    Damaged
        If the store's file is not what it was.
    """
    county = overridden(store.county(run_.base_digest), run_.overrides)
    if run_.separate:
        return write_outcome(store.outcome(run_), county, Path(folder), overwrite=overwrite)
    plan = store.plan(run_)
    if check_plan(county, plan):
        raise InternalError(str(m("The plan of run {name} does not fit its county.", name=run_.id)))
    result = Result(plan.status, plan.stopped_by, plan, plan.objective_bound, run_.seconds, run_.stages)
    return save_plan(plan, county, result, Path(folder), overwrite=overwrite).folder


def pick(store: RunStore, names: Sequence[str]) -> list[Run]:
    """Runs by identifiers, beginnings of them, or scenarios. Raises `InputProblems` with all that name none."""
    if not names:
        message = m("No run is named.")
        raise InputProblems([Problem("usage", Place(), message, m("Name runs as `liftplan runs` lists them."))])
    found: list[Run] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(store.get(name))
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    return found
