"""Tools that solve a county many times: a curve, a goal, a frontier."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import liftplan
from liftplan.assistant.making import Told, made
from liftplan.assistant.tools.counties import Name, Scenarios
from liftplan.assistant.working import Tell, watched
from liftplan.models.messages import m
from liftplan.reports.watching import after_amounts, after_levels, after_points
from liftplan.solver.progress import Cancel

Over = Annotated[
    str,
    Field(description=m("money, fund:ID, minimum:R3, minimum:R4.ROW, minimum:R5 or poverty_line.").template),
]
First = Annotated[str, Field(description=m("First value: yuan, or a share as in 80%.").template)]
Last = Annotated[str, Field(description=m("Last value: yuan, or a share as in 120%.").template)]
Points = Annotated[int, Field(ge=2, le=100, description=m("How many points.").template)]
Levels = Annotated[int, Field(ge=2, le=100, description=m("How many levels at most.").template)]
People = Annotated[int, Field(ge=1, le=10**9, description=m("How many people are to be lifted.").template)]
Funds = Annotated[list[str], Field(description=m("Change these funds only; none: all money.").template)]
Within = Annotated[
    float,
    Field(ge=0, le=1, description=m("How narrow the answer is to be, as a share of the present money.").template),
]
By = Annotated[Literal["village", "township", "group"], Field(description=m("Whose share counts.").template)]
EachGap = Annotated[float, Field(ge=0, le=1, description=m("Proved gap of each solve.").template)]
EachTime = Annotated[float, Field(ge=0, le=1e9, description=m("Seconds for each solve; 0: no limit.").template)]

POINT = ("value", "people", "bound", "ledger_yuan", "status")
"""What is told of a point."""

LEVEL = ("share_bp", "people", "bound", "status")
"""What is told of a level."""


def searching_tools() -> list[Tool]:
    """The tools."""
    return [
        made(
            curve_county,
            m(
                "People lifted over one quantity: all money, one fund, a minimum or the poverty line. A solve a point; "
                "each has a checked plan and a proved bound, or says why not."
            ),
        ),
        made(
            goal_county,
            m(
                "The least money that lifts so many people: no plan does with lower_yuan, a checked plan does with "
                "upper_yuan."
            ),
        ),
        made(
            frontier_county,
            m(
                "People lifted against the share of its poor people that every village lifts at least: checked plans, "
                "and proved bounds for all shares."
            ),
        ),
    ]


async def curve_county(
    county: Name,
    context: Context[Any, Any],
    over: Over = "money",
    start: First = "80%",
    stop: Last = "120%",
    points: Points = 9,
    scenarios: Scenarios = [],  # noqa: B006 - never changed; it is the default that clients see
    gap: EachGap = 1e-3,
    time_limit: EachTime = 60.0,
) -> Told:
    """The points of the curve."""

    def work(tell: Tell, cancel: Cancel) -> Told:
        found = liftplan.curve(
            county,
            over,
            start,
            stop,
            points,
            scenario=scenarios,
            gap=gap,
            time_limit=time_limit or None,
            watch=after_points(tell),
            cancel=cancel,
        )
        rows = [_part(asdict(point), POINT) for point in found.points]
        return {"headline": found.headline, **found.content.subject, "points": rows}

    return await watched(work, context)


async def goal_county(
    county: Name,
    people: People,
    context: Context[Any, Any],
    funds: Funds = [],  # noqa: B006 - never changed; it is the default that clients see
    within: Within = 1e-3,
    scenarios: Scenarios = [],  # noqa: B006 - never changed; it is the default that clients see
    gap: EachGap = 1e-4,
    time_limit: EachTime = 60.0,
) -> Told:
    """The interval of money."""

    def work(tell: Tell, cancel: Cancel) -> Told:
        found = liftplan.goal(
            county,
            people,
            funds,
            scenario=scenarios,
            within=within,
            gap=gap,
            time_limit=time_limit or None,
            watch=after_amounts(tell),
            cancel=cancel,
        )
        told = {name: value for name, value in found.as_json().items() if name != "points"}
        return {"headline": found.headline, **told, "solves": len(found.reached.points)}

    return await watched(work, context)


async def frontier_county(
    county: Name,
    context: Context[Any, Any],
    by: By = "village",
    points: Levels = 8,
    scenarios: Scenarios = [],  # noqa: B006 - never changed; it is the default that clients see
    gap: EachGap = 1e-3,
    time_limit: EachTime = 60.0,
) -> Told:
    """Plans, levels and what is proved."""

    def work(tell: Tell, cancel: Cancel) -> Told:
        found = liftplan.frontier(
            county,
            by=by,
            points=points,
            scenario=scenarios,
            gap=gap,
            time_limit=time_limit or None,
            watch=after_levels(tell),
            cancel=cancel,
        )
        levels = [_part(asdict(level), LEVEL) for level in found.envelope.levels]
        return {"headline": found.headline, **found.as_json(), "levels": levels}

    return await watched(work, context)


def _part(row: Told, names: tuple[str, ...]) -> Told:
    return {name: row[name] for name in names}
