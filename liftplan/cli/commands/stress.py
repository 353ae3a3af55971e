"""`liftplan stress`: how a plan stands draws of costs, incomes and arrivals of money."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.checked import PlanRejected
from liftplan.api.outputs import refuse_files
from liftplan.api.stressing import FILE, PAGE
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import AgainstCounty, Gap, Overwrite, PlanPath, Seed, Threads, number, whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.progress import progress
from liftplan.cli.rejecting import rejected
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem

EXAMPLES = """\
liftplan stress liftplan-out/zigui-2015-base
liftplan stress liftplan-out/zigui-2015-base --reserve 0.05 --income-margin 0.05 --out stress
liftplan stress plan.json --county mycounty --costs 0.2 --arrivals 0 --json"""

app = command_app()


@app.command(cls=Command, help=m("Show how a plan stands draws of costs, incomes and money.").template, epilog=EXAMPLES)
def stress(
    plan: PlanPath,
    county: AgainstCounty = None,
    draws: Annotated[
        int | None,
        typer.Option(parser=whole(1, 100_000), metavar="N", help=m("How many draws. Otherwise 1,000.").template),
    ] = None,
    costs: Annotated[
        float | None,
        typer.Option(parser=number(0, 1), metavar="SHARE", help=m("Spread of costs. Otherwise 0.1.").template),
    ] = None,
    incomes: Annotated[
        float | None,
        typer.Option(parser=number(0, 1), metavar="SHARE", help=m("Spread of incomes. Otherwise 0.05.").template),
    ] = None,
    arrivals: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1), metavar="SHARE", help=m("Spread of money that arrives. Otherwise 0.1.").template
        ),
    ] = None,
    margin: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1), metavar="SHARE", help=m("Also make a plan with costs higher by this.").template
        ),
    ] = None,
    reserve: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 0.99), metavar="SHARE", help=m("Also make a plan that keeps this of each fund.").template
        ),
    ] = None,
    income_margin: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1),
            metavar="SHARE",
            help=m("Also make a plan that passes the poverty line by this.").template,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help=m("Write the figures, the page and that plan here.").template)
    ] = None,
    overwrite: Overwrite = False,
    gap: Gap = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1e9),
            metavar="SECONDS",
            help=m("Time for that plan; 0 means no limit. Otherwise 60.").template,
        ),
    ] = None,
    threads: Threads = None,
    seed: Seed = None,
) -> Job:
    """Read the line of `liftplan stress`."""
    given = {"draws": draws, "costs": costs, "incomes": incomes, "arrivals": arrivals, "margin": margin}
    given |= {"reserve": reserve, "income_margin": income_margin, "gap": gap, "time_limit": time_limit}
    given |= {"threads": threads, "seed": seed}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return lambda common: run(common, plan, county, out, overwrite, options)


def run(
    common: Common, plan: str, county: str | None, out: Path | None, overwrite: bool, options: dict[str, Any]
) -> Outcome:
    """Draw, make the plan with margins, write what was asked for, tell."""
    if out is not None:
        refuse_files([out / FILE, out / PAGE], overwrite)
    cancel = liftplan.Cancel()
    gap = options.get("gap", liftplan.Settings().gap)
    try:
        with stopping(cancel.set, lambda: None), progress(quiet=common.quiet, gap=gap) as listener:
            found = aside(lambda: liftplan.stress(plan, county, listener=listener, cancel=cancel, **options))
    except PlanRejected as error:
        return rejected(error)
    folder = None if out is None or cancel else found.save(out, overwrite=overwrite)
    problems = []
    if cancel:
        problems.append(Problem("cancelled", Place(), m("Cancelled. Nothing was written."), Message("")))
    solution = found.solution
    missing = solution is not None and not solution.has_plan
    if solution is not None and missing and not cancel:
        message = m("There is no plan with these margins: {reason}", reason=solution.certainty)
        way_out = m("Ask for smaller margins, or give it more time with --time-limit.")
        problems.append(
            Problem("infeasible" if solution.status == "infeasible" else "no-plan", Place(), message, way_out)
        )
    plain = end.OK
    if solution is not None and missing:
        plain = end.INFEASIBLE if solution.status == "infeasible" else end.NO_PLAN
    return Outcome(
        end.CANCELLED if cancel else plain,
        None,
        "cancelled" if cancel else None,
        problems,
        {**found.as_json(), "folder": None if folder is None else str(folder)},
        found.summary(),
        found.headline,
    )
