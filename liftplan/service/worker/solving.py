"""Solving a county: the plan folder, what may be shown to everybody, and what the page shows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import liftplan
from liftplan.models.planfiles import LEDGER_FILE
from liftplan.service.jobs import PLAN
from liftplan.service.kinds import SolveRequest
from liftplan.service.public.cells import escaped
from liftplan.service.public.write import write_public
from liftplan.service.texts import Noted, Text
from liftplan.service.worker.display import Display
from liftplan.service.worker.reading import describe
from liftplan.service.worker.task import Task, Teller

SMALL = "tiny"
"""A county that is solved in no time."""


def solve(task: Task) -> dict[str, Any]:
    """Solve; every plan has passed the checker before anything of it is written."""
    asked = SolveRequest.model_validate(task.asked)
    task.teller.event(liftplan.Event(0.0, "read", None, None))
    begun = task.shelf.under(task.sources[0], asked.scenario, asked.overrides, asked.name)
    settings = liftplan.Settings(**asked.settings.model_dump())
    with Display(begun.county, task.teller) as display:
        solution = liftplan.solve(begun, settings, listener=display.listen, cancel=task.cancel, found=display.found)
        task.teller.flush()
        if solution.has_plan:
            display.end(solution)
    if solution.has_plan:
        totals = solution.plan.totals
        bound = solution.objective_bound
        task.teller.event(
            liftplan.Event(solution.seconds, "write", solution.plan.objective, bound, totals.people_lifted)
        )
        task.teller.flush()
        with liftplan.speaking(asked.language):
            folder = solution.save(Path(PLAN), overwrite=True)
            write_public(solution.tables, Path())
        Path(LEDGER_FILE).write_bytes(escaped((folder / LEDGER_FILE).read_bytes()))
        shutil.make_archive(PLAN, "zip", folder)
    plan = solution.plan if solution.has_plan else None
    return {
        "status": solution.status,
        "stopped_by": solution.stopped_by,
        "scenario": begun.name,
        "people_lifted": plan and plan.totals.people_lifted,
        "households_lifted": plan and plan.totals.households_lifted,
        "objective": plan and plan.objective,
        "objective_bound": solution.objective_bound,
        "gap": solution.gap,
        "ledger_yuan": plan and plan.totals.ledger_yuan,
        "leveraged_yuan": plan and plan.totals.leveraged_yuan,
        "seconds": round(solution.seconds, 3),
        "certainty": Text.of(solution.certainty).model_dump(),
        "warnings": [Noted.of(problem).model_dump(mode="json") for problem in solution.warnings],
    }


def warm(task: Task) -> dict[str, Any]:
    """Get ready, so that the next solve starts at full speed.

    Counties are read and told, the last one is the one that stays longest; the numerical kernels are compiled if need
    be, and `tiny` goes all the way to its files.
    """
    describe(task)
    seconds = liftplan.warm()
    solve(replace(task, sources=(SMALL,), asked={"kind": "solve", "county": SMALL}, teller=Teller(len)))
    return {"seconds": seconds}
