"""`liftplan frontier`: people lifted against the worst village's share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.fairness import FRONTIER_FILE, FRONTIER_PAGE
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.asking import NOTHING_WRITTEN, Tell, written
from liftplan.cli.common import Common
from liftplan.cli.options import County, EachGap, EachTime, Overwrite, Scenarios, Seed, Threads, choice, whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m
from liftplan.models.problems import Place, Problem
from liftplan.reports.watching import after_levels
from liftplan.scenarios.frontier.shares import BY

EXAMPLES = """\
liftplan frontier zigui-2015 --gap 0.001
liftplan frontier mycounty --by township --points 8
liftplan frontier mycounty --scenario pooled --out frontier --json"""

app = command_app()


@app.command(cls=Command, help=m("Show people lifted against the worst village's share.").template, epilog=EXAMPLES)
def frontier(
    county: County,
    by: Annotated[
        str,
        typer.Option(
            parser=choice(*BY), metavar="|".join(BY), help=m("Whose share counts. Otherwise village.").template
        ),
    ] = "village",
    points: Annotated[
        int | None,
        typer.Option(parser=whole(2, 200), metavar="N", help=m("How many levels at most. Otherwise 12.").template),
    ] = None,
    scenario: Scenarios = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help=m("Write the frontier and its page here.").template)
    ] = None,
    overwrite: Overwrite = False,
    gap: EachGap = None,
    time_limit: EachTime = None,
    threads: Threads = None,
    seed: Seed = None,
) -> Job:
    """Read the line of `liftplan frontier`."""
    given = {"points": points, "gap": gap, "time_limit": time_limit, "threads": threads, "seed": seed}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    options |= {"by": by, "scenario": tuple(scenario or ())}
    return lambda common: run(common, county, out, overwrite, options)


def run(common: Common, county: str, out: Path | None, overwrite: bool, options: dict[str, Any]) -> Outcome:
    """Look for the frontier, write what was asked for, tell."""

    def ask(tell: Tell, cancel: liftplan.Cancel) -> liftplan.Frontier:
        return liftplan.frontier(county, watch=after_levels(tell), cancel=cancel, **options)

    got = written(common, ask, out, (FRONTIER_FILE, FRONTIER_PAGE), overwrite)
    found, problems = got.found, []
    levels = found.envelope.levels
    infeasible = bool(levels) and levels[0].status == "infeasible"
    if not found.points and not got.cancelled:
        way_out = m("See {command}.", command="liftplan diagnose")
        problems.append(
            Problem("infeasible" if infeasible else "no-plan", Place(), m("{text}", text=found.headline), way_out)
        )
    plain = end.OK if found.points else end.INFEASIBLE if infeasible else end.NO_PLAN
    return got.outcome(problems, plain, m("Cancelled. What was known by then is told."), NOTHING_WRITTEN)
