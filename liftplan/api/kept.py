"""Runs of a store, to be compared: found by identifier or by their question; what is missing is solved and kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from liftplan.api.opening import load
from liftplan.api.resolving import on_disk, outcome, plan, scenario, solution
from liftplan.api.scenario import Scenario, definitions_of, under
from liftplan.api.sides import Asked, Given, Opened, Rejected, Resolver, Unsolved, opened_as
from liftplan.api.solution import Solution
from liftplan.api.solving import settings_of
from liftplan.api.verifying import verify
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, InternalError
from liftplan.reports.certainty import without_plan
from liftplan.scenarios.definition import Definition
from liftplan.scenarios.runs import Answer, run_all
from liftplan.scenarios.runs import Asked as Wanted
from liftplan.scenarios.separate import decide_separately
from liftplan.scenarios.store import CANCELLED, Run, RunStore
from liftplan.solver.progress import Event, Listener

IDENTIFIER = re.compile(r"[0-9a-f]{6,16}")
"""What may be a run's identifier, or the beginning of one, where a name may also be a scenario's."""


def kept_in(store: RunStore, plans: Sequence[Given], asked: Asked) -> Sequence[Resolver]:
    """Resolvers that know a store: its runs, and scenarios, of which those that are missing are solved now, and kept.

    Raises
    ------
    InputProblems
        If a scenario is not there, or means nothing in the county.
    """
    wanted: list[str | Path | Definition] = []
    for one in plans if asked.county is not None else ():
        if isinstance(one, Solution | Scenario) or on_disk(one, asked) or _run(store, one, asked) or one in wanted:
            continue
        wanted.append(one)
    if not wanted:
        return (solution, plan, outcome, partial(run, store), scenario)
    jobs = [Wanted(one.name, one.lines, one.separate) for one in definitions_of(wanted)]
    settings = settings_of(None, dict(asked.options))
    answers = run_all(load(asked.county or ""), jobs, store, settings, watcher=_Watcher(asked.listener))
    found: dict[Given, Answer] = dict(zip(wanted, answers, strict=True))
    return (solution, plan, outcome, partial(run, store), partial(answered, store, found), scenario)


def run(store: RunStore, given: Given, asked: Asked) -> Opened | None:
    """A run of the store, by identifier; where no county is given also the newest of a scenario."""
    found = _run(store, given, asked)
    if found is None:
        return None
    return _opened(store, found, under(store.county(found.base_digest), overrides=found.overrides))


def answered(store: RunStore, answers: Mapping[Given, Answer], given: Given, asked: Asked) -> Opened | None:
    """A scenario whose question the store answers."""
    if isinstance(given, Solution) or given not in answers or asked.county is None:
        return None
    answer = answers[given]
    if answer.failed is not None:
        raise InternalError(f"{answer.scenario}: {answer.failed.error}")
    if answer.run is None:
        raise Unsolved(answer.scenario, "unknown", CANCELLED, without_plan("unknown", CANCELLED, None))
    return _opened(store, answer.run, under(asked.county, given))


def _run(store: RunStore, given: Given, asked: Asked) -> Run | None:
    """The run that is named, if one is."""
    if not isinstance(given, str) or (asked.county is not None and not IDENTIFIER.fullmatch(given)):
        return None
    try:
        return store.get(given)
    except InputProblems as error:
        if any(problem.code != "run-unknown" for problem in error.problems):
            raise
        return None


def _opened(store: RunStore, kept: Run, begun: Scenario) -> Opened:
    """A run's plan, checked again; departments that decide alone decide again.

    begun: the county under the run's overrides.
    """
    if kept.separate:
        outcome, violations = decide_separately(begun.county, kept.scenario, begun.applied)
        return opened_as(begun.county, outcome, "none", kept.id, violations)
    if kept.content is None:
        reason = without_plan(kept.status or "unknown", kept.stopped_by, kept.objective_bound)
        raise Unsolved(kept.scenario, kept.status or "unknown", kept.stopped_by, reason)
    read = store.plan(kept)
    verdict = verify(read, begun.county)
    if not verdict.accepted:
        raise Rejected(str(m("run {name}", name=kept.id)), verdict)
    return opened_as(begun.county, read, "kept", kept.id)


class _Watcher:
    """Passes the steps of all solves on to one listener."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener = listener

    def begins(self, scenario: str) -> None:
        """Nothing is told of it."""

    def tells(self, scenario: str, event: Event) -> None:  # noqa: ARG002 - a listener knows of one solve
        """Pass a step on."""
        if self._listener is not None:
            self._listener(event)

    def ends(self, answer: Answer) -> None:
        """Nothing is told of it."""
