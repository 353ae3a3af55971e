"""`liftplan frontier`: people lifted against the worst village's share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.fairness import FRONTIER_FILE, FRONTIER_PAGE
from liftplan.api.outputs import refuse_files
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import County, EachGap, EachTime, Overwrite, Scenarios, Seed, Threads, choice, whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.printing import complain
from liftplan.models.messages import m
from liftplan.models.problems import Place, Problem
from liftplan.reports.frontiers.content import share
from liftplan.reports.steps import level_told
from liftplan.scenarios.frontier import Level
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
    if out is not None:
        refuse_files([out / FRONTIER_FILE, out / FRONTIER_PAGE], overwrite)
    cancel = liftplan.Cancel()

    def watch(done: int, count: int, level: Level | None) -> None:
        if level is not None and not common.quiet:
            complain(str(level_told(done, count, share(level.share_bp), level.people)))

    with stopping(cancel.set, lambda: None):
        found = aside(lambda: liftplan.frontier(county, watch=watch, cancel=cancel, **options))
    folder = None if out is None or cancel else found.save(out, overwrite=overwrite)
    problems = []
    if cancel:
        message, way_out = m("Cancelled. What was known by then is told."), m("Nothing was written.")
        problems.append(Problem("cancelled", Place(), message, way_out))
    levels = found.envelope.levels
    infeasible = bool(levels) and levels[0].status == "infeasible"
    if not found.points and not cancel:
        way_out = m("See {command}.", command="liftplan diagnose")
        problems.append(
            Problem("infeasible" if infeasible else "no-plan", Place(), m("{text}", text=found.headline), way_out)
        )
    plain = end.OK if found.points else end.INFEASIBLE if infeasible else end.NO_PLAN
    return Outcome(
        end.CANCELLED if cancel else plain,
        None,
        "cancelled" if cancel else None,
        problems,
        {**found.as_json(), "folder": None if folder is None else str(folder)},
        found.summary(),
        found.headline,
    )
