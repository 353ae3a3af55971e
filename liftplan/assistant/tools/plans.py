"""Tools about one plan: verifying it, its tables, why it is as it is, the office's documents."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import liftplan
from liftplan.assistant.making import Told, made
from liftplan.assistant.shelf import Shelf
from liftplan.assistant.working import Stopped, Tell, events, watched
from liftplan.models.messages import LANGUAGES, listed, m, speaking
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.solver.explain.proved import Step
from liftplan.solver.progress import Cancel

MOST_ROWS = 500
"""Rows that one call returns at most."""

TableName = Literal[
    "ledger",
    "projects",
    "measures",
    "households",
    "villages",
    "funds",
    "departments",
    "channels",
    "purposes",
    "prices",
]
Kind = Literal["household", "village", "project", "fund", "rule"]

PlanName = Annotated[str, Field(description=m("Plan: its folder as solve_county names it, or a path.").template)]
Certificate = Annotated[bool, Field(description=m("Prove the bound again from the plan's certificate.").template)]
Which = Annotated[TableName, Field(description=m("Table of the plan.").template)]
Where = Annotated[
    dict[str, str | int | bool],
    Field(description=m("Only rows in which these columns have these values.").template),
]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description=m("Rows at most.").template)]
Offset = Annotated[int, Field(ge=0, description=m("Rows to pass over.").template)]
About = Annotated[Kind, Field(description=m("Kind of thing asked about.").template)]
Id = Annotated[str, Field(description=m("Its id: of a household as v01-h0001, of a rule as R4, R4/poverty.").template)]
Prove = Annotated[
    bool, Field(description=m("Force the opposite and solve again: what it costs, proved. Slow.").template)
]
Out = Annotated[str, Field(description=m("Folder of the documents; otherwise <plan>-documents.").template)]
Language = Annotated[Literal["", "en", "zh"], Field(description=m("Language; otherwise that of the server.").template)]
Overwrite = Annotated[bool, Field(description=m("Replace the documents that are there already.").template)]


@dataclass(frozen=True)
class Plans:
    """Tools over the plans of a shelf."""

    shelf: Shelf

    def tools(self) -> list[Tool]:
        """The tools."""
        return [
            made(
                self.verify_plan,
                m("Check a plan independently of what made it, and on request prove its bound again."),
            ),
            made(
                self.plan_table,
                m(
                    "Rows of one table of a plan: who pays what (ledger), projects, measures, households (whether they "
                    "leave poverty), villages, funds with what is left and why, departments, prices."
                ),
            ),
            made(
                self.explain_plan,
                m("Say why a household is not lifted, a project not built, a village or fund or rule as it is."),
            ),
            made(
                self.write_documents,
                m("Write the office's documents of a plan: county plan, notices, village minutes, accounts."),
                writes=True,
            ),
        ]

    async def verify_plan(self, plan: PlanName, certificate: Certificate = False) -> Told:
        """The checker's verdict."""
        verdict = await asyncio.to_thread(liftplan.verify, self.shelf.path(plan), certificate=certificate)
        totals = verdict.plan.totals
        return {
            "accepted": verdict.accepted,
            "status": verdict.status,
            "summary": str(verdict.summary),
            "bound_reproved": verdict.bound_reproved,
            "objective_bound": verdict.objective_bound,
            "stated_bound": verdict.plan.objective_bound,
            "gap": verdict.gap,
            "not_checked": list(verdict.not_checked),
            "people_lifted": totals.people_lifted if verdict.accepted else None,
            "ledger_yuan": totals.ledger_yuan if verdict.accepted else None,
            "violations": [
                {"rule": one.rule, "subject": one.subject, "message": str(one.message)} for one in verdict.violations
            ],
        }

    async def plan_table(
        self,
        plan: PlanName,
        table: Which,
        where: Where = {},  # noqa: B006 - never changed; it is the default that clients see
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Told:
        """Rows of a table; money is whole yuan."""

        def read() -> Told:
            frame = getattr(self.shelf.opened(plan).tables, table)
            unknown = [name for name in where if name not in frame.columns]
            if unknown:
                message = m("The table {table} has no column {name}.", table=table, name=listed(unknown))
                way_out = m("Use one of {names}.", names=listed(frame.columns))
                raise InputProblems([Problem("column-unknown", Place(), message, way_out)])
            for name, value in where.items():
                frame = frame[frame[name] == value]
            part = frame.iloc[offset : offset + limit]
            rows = json.loads(part.to_json(orient="records", double_precision=15))
            return {"table": table, "rows_in_all": len(frame), "offset": offset, "rows": rows}

        return await asyncio.to_thread(read)

    async def explain_plan(
        self,
        plan: PlanName,
        kind: About,
        name: Id,
        context: Context[Any, Any],
        prove: Prove = False,
    ) -> Told:
        """The explanation in words and in numbers."""

        def work(tell: Tell, cancel: Cancel) -> Told:
            opened, listener = self.shelf.opened(plan), events(tell)

            def watcher(step: Step) -> None:
                if step.event is not None:
                    listener(step.event)

            asked: dict[str, Any] = {kind: name}
            found = liftplan.explain(opened.plan, opened.county, **asked, prove=prove, watcher=watcher, cancel=cancel)
            return {"text": found.text, "facts": found.as_json()}

        return await watched(work, context)

    async def write_documents(
        self,
        plan: PlanName,
        context: Context[Any, Any],
        out: Out = "",
        language: Language = "",
        overwrite: Overwrite = False,
    ) -> Told:
        """The files written."""
        path = self.shelf.path(plan).absolute()
        place = path if path.is_dir() else path.parent
        folder = Path(out).expanduser() if out else place.with_name(f"{place.name}-documents")

        def work(tell: Tell, cancel: Cancel) -> Told:
            def watch(done: int, count: int) -> None:
                if cancel:
                    raise Stopped
                tell(str(m("{done} of {count} documents made", done=done, count=count)))

            with speaking(language) if language in LANGUAGES else nullcontext():
                written = liftplan.documents(path, folder, overwrite=overwrite, watch=watch)
            return {"folder": str(folder.absolute()), "documents": [str(one) for one in written]}

        return await watched(work, context)
