"""`liftplan curve`: people lifted over money, one fund, a minimum or the poverty line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.questions import CURVE_FILE, CURVE_PAGE
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.asking import NOTHING_WRITTEN, Tell, written
from liftplan.cli.common import Common
from liftplan.cli.options import County, EachGap, EachTime, Overwrite, ProcessThreads, Scenarios, Seed, Workers, whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m
from liftplan.models.problems import Place, Problem
from liftplan.reports.watching import after_points

EXAMPLES = """\
liftplan curve zigui-2015 --over money --from 80% --to 120%
liftplan curve mycounty --over fund:work_relief --from 0 --to 2000000 --points 11
liftplan curve mycounty --over minimum:R4.poverty --out curve --json"""

app = command_app()


@app.command(cls=Command, help=m("Show people lifted over one quantity.").template, epilog=EXAMPLES)
def curve(
    county: County,
    over: Annotated[
        str,
        typer.Option(
            metavar="WHAT", help=m("money, fund:ID, minimum:R3, minimum:R4.ROW, minimum:R5 or poverty_line.").template
        ),
    ] = "money",
    start: Annotated[
        str, typer.Option("--from", metavar="VALUE", help=m("First value: yuan, or a share as in 80%.").template)
    ] = "80%",
    stop: Annotated[
        str, typer.Option("--to", metavar="VALUE", help=m("Last value: yuan, or a share as in 120%.").template)
    ] = "120%",
    points: Annotated[
        int | None,
        typer.Option(parser=whole(2, 1000), metavar="N", help=m("How many points. Otherwise 20.").template),
    ] = None,
    scenario: Scenarios = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help=m("Write the curve and its page here.").template)
    ] = None,
    overwrite: Overwrite = False,
    gap: EachGap = None,
    time_limit: EachTime = None,
    workers: Workers = None,
    threads: ProcessThreads = None,
    seed: Seed = None,
) -> Job:
    """Read the line of `liftplan curve`."""
    given = {"gap": gap, "time_limit": time_limit, "workers": workers, "threads": threads, "seed": seed}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    options |= {"over": over, "start": start, "stop": stop, "points": points or 20, "scenario": tuple(scenario or ())}
    return lambda common: run(common, county, out, overwrite, options)


def run(common: Common, county: str, out: Path | None, overwrite: bool, options: dict[str, Any]) -> Outcome:
    """Trace the curve, write what was asked for, tell."""

    def ask(tell: Tell, cancel: liftplan.Cancel) -> liftplan.Curve:
        return liftplan.curve(county, watch=after_points(tell), cancel=cancel, **options)

    got = written(common, ask, out, (CURVE_FILE, CURVE_PAGE), overwrite)
    problems = []
    unknown = any(point.status == "unknown" for point in got.found.points)
    if unknown:
        way_out = m("Give it more time with --time-limit.")
        problems.append(Problem("no-plan", Place(), m("Some points have no plan yet."), way_out))
    cancelled = m("Cancelled. Points that were done are told.")
    return got.outcome(problems, end.NO_PLAN if unknown else end.OK, cancelled, NOTHING_WRITTEN)
