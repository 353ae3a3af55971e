"""The tool that solves: a county in, a plan folder out, with progress, stopped when the call is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import liftplan
from liftplan.assistant.making import Told, as_json, made
from liftplan.assistant.shelf import Shelf
from liftplan.assistant.tools.counties import Name, Scenarios
from liftplan.assistant.working import Tell, events, watched
from liftplan.models.messages import m
from liftplan.solver.progress import Cancel

Folder = Annotated[str, Field(description=m("Name of the plan's folder; otherwise <county>-<scenario>.").template)]
Overwrite = Annotated[bool, Field(description=m("Replace the plan that is in the folder already.").template)]
Gap = Annotated[
    float, Field(ge=0, le=1, description=m("Stop at this proved gap; 0 asks for proved optimality.").template)
]
Seconds = Annotated[
    float, Field(ge=0, le=1e9, description=m("Stop with the best plan after so many seconds; 0: no limit.").template)
]
Threads = Annotated[int, Field(ge=0, le=256, description=m("Threads; 0: all cores.").template)]
Seed = Annotated[int, Field(ge=0, lt=2**31, description=m("Seed of random choices.").template)]


@dataclass(frozen=True)
class Solving:
    """Solves into the folder of a shelf."""

    shelf: Shelf

    def tools(self) -> list[Tool]:
        """The tool."""
        what = m(
            "Find the plan that lifts the most people, prove how good it is, and write its folder. The answer names "
            "the folder (`plan`); other tools take that name. If the call is cancelled, the best checked plan so far "
            "is written there."
        )
        return [made(self.solve_county, what, writes=True)]

    async def solve_county(
        self,
        county: Name,
        context: Context[Any, Any],
        scenarios: Scenarios = [],  # noqa: B006 - never changed; it is the default that clients see
        folder: Folder = "",
        overwrite: Overwrite = False,
        gap: Gap = 1e-4,
        time_limit: Seconds = 60.0,
        threads: Threads = 0,
        seed: Seed = 0,
    ) -> Told:
        """Solve, save, tell."""
        settings = liftplan.Settings(gap=gap, time_limit=time_limit or None, threads=threads, seed=seed)

        def work(tell: Tell, cancel: Cancel) -> Told:
            begun = liftplan.under(county, scenarios)
            place = self.shelf.place(folder or f"{typed(county)}-{begun.name}")
            liftplan.ready(place, overwrite=overwrite)
            solution = liftplan.solve(begun, settings, listener=events(tell), cancel=cancel)
            saved = solution.save(place, overwrite=overwrite) if solution.has_plan else None
            return outcome(solution, saved)

        return await watched(work, context)


def typed(county: str) -> str:
    """A county's name as it was given, without folders and ending."""
    return county if county in liftplan.counties() else Path(county).stem or "county"


def outcome(solution: liftplan.Solution, saved: Path | None) -> Told:
    """How a solve ended; figures are null where there is no plan."""
    totals = solution.plan.totals if solution.has_plan else None
    return {
        "status": solution.status,
        "stopped_by": solution.stopped_by,
        "people_lifted": totals and totals.people_lifted,
        "households_lifted": totals and totals.households_lifted,
        "objective": solution.objective if totals else None,
        "objective_bound": solution.objective_bound,
        "gap": solution.gap,
        "ledger_yuan": totals and totals.ledger_yuan,
        "leveraged_yuan": totals and totals.leveraged_yuan,
        "seconds": round(solution.seconds, 3),
        "plan": None if saved is None else str(saved),
        "certainty": str(solution.certainty),
        "warnings": [as_json(one) for one in solution.warnings],
    }
