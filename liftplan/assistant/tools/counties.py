"""Tools about counties: which there are, what is wrong with one, whether it has a plan at all."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import liftplan
from liftplan.assistant.making import Told, as_json, made
from liftplan.assistant.working import Tell, watched
from liftplan.models.messages import m
from liftplan.reports.words import DIAGNOSIS_STAGES, shown
from liftplan.solver.progress import Cancel

Name = Annotated[
    str, Field(description=m("Built-in county, or path of a county: folder, .xlsx, .json or .zip.").template)
]

Scenarios = Annotated[
    list[str], Field(description=m("Scenarios in order, such as pooled; none: the county as it is.").template)
]
Limit = Annotated[
    float, Field(ge=0, le=1e9, description=m("Tell what is known after so many seconds; 0: no limit.").template)
]


def county_tools() -> list[Tool]:
    """The tools."""
    return [
        made(list_counties, m("List the built-in counties with their size.")),
        made(validate_county, m("Check a county and list all its problems, each with its place and a way out.")),
        made(
            diagnose_county,
            m(
                "Say whether a county has a plan at all; if not, which rules clash and what the smallest changes are "
                "that repair it."
            ),
        ),
    ]


async def list_counties() -> Told:
    """Names and sizes of the built-in counties."""
    return {"counties": await asyncio.to_thread(lambda: [size(name) for name in liftplan.counties()])}


async def validate_county(county: Name) -> Told:
    """All problems of a county, and its size if it can be read."""
    found, problems = await asyncio.to_thread(liftplan.examine, county)
    return {
        "valid": found is not None,
        "problems": [as_json(one) for one in problems if not one.warning],
        "warnings": [as_json(one) for one in problems if one.warning],
        **({} if found is None else {"digest": found.digest, **sizes(found)}),
    }


async def diagnose_county(
    county: Name,
    context: Context[Any, Any],
    scenarios: Scenarios = [],  # noqa: B006 - never changed; it is the default that clients see
    time_limit: Limit = 120.0,
) -> Told:
    """Feasibility, conflicts and repairs."""

    def work(tell: Tell, cancel: Cancel) -> Told:
        found = liftplan.diagnose(
            county,
            scenario=scenarios,
            time_limit=time_limit or None,
            cancel=cancel,
            report=lambda stage: tell(str(DIAGNOSIS_STAGES[stage])),
        )
        return {"status": found.status, "headline": found.headline, **found.as_json()}

    return await watched(work, context)


def size(name: str) -> Told:
    """A built-in county in numbers."""
    county = liftplan.load(name)
    title = shown(county.head.name, county.head.name_en)
    return {"county": name, "name": title, "years": list(county.head.years), **sizes(county)}


def sizes(county: liftplan.County) -> dict[str, int]:
    """A county in numbers; `yuan` is what its funds may allocate, fees included."""
    funds = county["funds"]
    return {
        **{table: len(county[table]) for table in ("villages", "households", "projects", "measures", "funds")},
        "people": int(county["households"]["persons"].sum()),
        "yuan": int(funds["amount"][funds["integrable"]].sum()),
    }
