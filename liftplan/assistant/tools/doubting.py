"""Tools that doubt a plan: how it stands other costs, incomes and money; which other plans lift nearly as many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import liftplan
from liftplan.api.differing import files_of, name_of
from liftplan.api.outputs import refuse_files
from liftplan.assistant.making import Told, made
from liftplan.assistant.shelf import Shelf
from liftplan.assistant.tools.plans import PlanName
from liftplan.assistant.tools.searching import EachGap, EachTime
from liftplan.assistant.working import Tell, events, watched
from liftplan.models.messages import m
from liftplan.reports.steps import try_told
from liftplan.scenarios.alternatives import Try
from liftplan.solver.progress import Cancel

SHOWN = 10
"""Villages and funds that are told of a stressed plan, the worst first."""

Draws = Annotated[int, Field(ge=1, le=100_000, description=m("How many draws.").template)]
Seed = Annotated[int, Field(ge=0, lt=2**31, description=m("Seed of the draws.").template)]
Costs = Annotated[float, Field(ge=0, le=1, description=m("Spread of costs.").template)]
Incomes = Annotated[float, Field(ge=0, le=1, description=m("Spread of incomes.").template)]
Arrivals = Annotated[float, Field(ge=0, le=1, description=m("Spread of money that arrives.").template)]
Margin = Annotated[float, Field(ge=0, le=1, description=m("Also make a plan with costs higher by this.").template)]
Reserve = Annotated[
    float, Field(ge=0, le=0.99, description=m("Also make a plan that keeps this of each fund.").template)
]
IncomeMargin = Annotated[
    float, Field(ge=0, le=1, description=m("Also make a plan that passes the poverty line by this.").template)
]
Folder = Annotated[str, Field(description=m("Name of the folder of that plan; otherwise it is not written.").template)]
Count = Annotated[int, Field(ge=1, le=20, description=m("How many to look for.").template)]
Fewer = Annotated[int, Field(ge=-1, le=10**9, description=m("People that may be given up; -1: one in 200.").template)]
Apart = Annotated[
    float,
    Field(ge=0.0001, le=1, description=m("Share of the money that has to do something else.").template),
]
Overwrite = Annotated[bool, Field(description=m("Replace the plans that are there already.").template)]


@dataclass(frozen=True)
class Doubting:
    """Doubts plans of a shelf."""

    shelf: Shelf

    def tools(self) -> list[Tool]:
        """The tools."""
        return [
            made(
                self.stress_plan,
                m(
                    "How many people stay lifted when costs, incomes and arrivals of money are drawn otherwise; with "
                    "margins also for a plan made with them. The spreads are assumptions."
                ),
                writes=True,
            ),
            made(
                self.alternative_plans,
                m(
                    "Find clearly different plans that lift nearly as many people, and write their folders beside the "
                    "plan. Other tools take the names in `plans`."
                ),
                writes=True,
            ),
        ]

    async def stress_plan(
        self,
        plan: PlanName,
        context: Context[Any, Any],
        draws: Draws = 1000,
        seed: Seed = 0,
        costs: Costs = 0.1,
        incomes: Incomes = 0.05,
        arrivals: Arrivals = 0.1,
        margin: Margin = 0.0,
        reserve: Reserve = 0.0,
        income_margin: IncomeMargin = 0.0,
        folder: Folder = "",
        gap: EachGap = 1e-3,
        time_limit: EachTime = 60.0,
    ) -> Told:
        """The figures of the draws."""

        def work(tell: Tell, cancel: Cancel) -> Told:
            opened = self.shelf.opened(plan)
            if folder:
                liftplan.ready(self.shelf.place(folder), overwrite=False)
            found = liftplan.stress(
                opened.plan,
                opened.county,
                draws=draws,
                seed=seed,
                costs=costs,
                incomes=incomes,
                arrivals=arrivals,
                margin=margin,
                reserve=reserve,
                income_margin=income_margin,
                listener=events(tell),
                cancel=cancel,
                gap=gap,
                time_limit=time_limit or None,
            )
            resistant, saved = found.solution, None
            if folder and resistant is not None and resistant.has_plan:
                saved = str(resistant.save(self.shelf.place(folder)))
            told = found.as_json()
            return {
                "headline": found.headline,
                **told,
                "stressed": _small(told["stressed"]),
                "resistant": told["resistant"] and _small(told["resistant"]),
                "plan": saved,
            }

        return await watched(work, context)

    async def alternative_plans(
        self,
        plan: PlanName,
        context: Context[Any, Any],
        count: Count = 3,
        within: Fewer = -1,
        apart: Apart = 0.05,
        overwrite: Overwrite = False,
        gap: EachGap = 1e-3,
        time_limit: EachTime = 60.0,
    ) -> Told:
        """The alternatives, written."""

        def work(tell: Tell, cancel: Cancel) -> Told:
            opened, path = self.shelf.opened(plan), self.shelf.path(plan).absolute()
            place = path if path.is_dir() else path.parent
            folder = place.with_name(f"{place.name}-alternatives")
            refuse_files(files_of(folder), overwrite)

            def watch(one: Try) -> None:
                tell(str(try_told(one.spared, one.verdict, one.people, one.share)))

            found = liftplan.alternatives(
                opened.plan,
                opened.county,
                count=count,
                within=None if within < 0 else within,
                apart=apart,
                watch=watch,
                cancel=cancel,
                gap=gap,
                time_limit=time_limit or None,
            )
            if found.found:
                found.save(folder, overwrite=overwrite)
            told = found.as_json()
            rows = [
                {name: value for name, value in row.items() if name != "spared"} | {"spared": len(row["spared"])}
                for row in told["alternatives"]
            ]
            plans = [str(folder / name_of(number)) for number in range(1, len(rows) + 1)]
            tries = len(told["tries"])
            return {"headline": found.headline, **told, "alternatives": rows, "tries": tries, "plans": plans}

        return await watched(work, context)


def _small(outcome: Told) -> Told:
    """Figures of draws without the distribution, and the worst villages and funds alone."""
    worst = {name: list(outcome[name])[:SHOWN] for name in ("villages", "funds")}
    return {name: value for name, value in outcome.items() if name != "columns"} | worst
