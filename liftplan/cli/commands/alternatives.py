"""`liftplan alternatives`: clearly different plans that lift nearly as many people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.checked import PlanRejected
from liftplan.api.differing import files_of, name_of
from liftplan.api.outputs import refuse_files
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import AgainstCounty, EachGap, EachTime, Overwrite, PlanPath, Seed, Threads, number, whole
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.printing import complain
from liftplan.cli.rejecting import rejected
from liftplan.models.messages import Message, m
from liftplan.models.planreading import plan_path
from liftplan.models.problems import Place, Problem
from liftplan.reports.steps import try_told
from liftplan.scenarios.alternatives import Try

EXAMPLES = """\
liftplan alternatives liftplan-out/zigui-2015-base
liftplan alternatives liftplan-out/zigui-2015-base --within 100 --apart 0.1 --count 5
liftplan alternatives plan.json --county mycounty --out others --json"""

app = command_app()


@app.command(
    cls=Command, help=m("Find clearly different plans that lift nearly as many people.").template, epilog=EXAMPLES
)
def alternatives(
    plan: PlanPath,
    county: AgainstCounty = None,
    count: Annotated[
        int | None,
        typer.Option(parser=whole(1, 20), metavar="N", help=m("How many to look for. Otherwise 3.").template),
    ] = None,
    within: Annotated[
        int | None,
        typer.Option(
            parser=whole(0, 10**9),
            metavar="PEOPLE",
            help=m("People that may be given up. Otherwise one in 200.").template,
        ),
    ] = None,
    apart: Annotated[
        float | None,
        typer.Option(
            parser=number(0.0001, 1),
            metavar="SHARE",
            help=m("Share of the money that has to do something else. Otherwise 0.05.").template,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help=m("Folder of the plans; otherwise <plan>-alternatives.").template)
    ] = None,
    overwrite: Overwrite = False,
    gap: EachGap = None,
    time_limit: EachTime = None,
    threads: Threads = None,
    seed: Seed = None,
) -> Job:
    """Read the line of `liftplan alternatives`."""
    given = {"count": count, "within": within, "apart": apart, "gap": gap, "time_limit": time_limit}
    given |= {"threads": threads, "seed": seed}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return lambda common: run(common, plan, county, out, overwrite, options)


def run(
    common: Common, plan: str, county: str | None, out: Path | None, overwrite: bool, options: dict[str, Any]
) -> Outcome:
    """Look for alternatives, write their folders, tell."""
    place = plan_path(Path(plan)).absolute().parent
    folder = (out or place.with_name(f"{place.name}-alternatives")).absolute()
    refuse_files(files_of(folder), overwrite)
    cancel = liftplan.Cancel()

    def watch(one: Try) -> None:
        if not common.quiet:
            complain(str(try_told(one.spared, one.verdict, one.people, one.share)))

    try:
        with stopping(cancel.set, lambda: None):
            found = aside(lambda: liftplan.alternatives(plan, county, watch=watch, cancel=cancel, **options))
    except PlanRejected as error:
        return rejected(error)
    problems = []
    if found.found:
        found.save(folder, overwrite=overwrite)
    elif not cancel:
        way_out = m("Give up more people with --within, or ask for less with --apart.")
        problems.append(Problem("no-plan", Place(), m("{text}", text=found.headline), way_out))
    if cancel:
        problems.append(Problem("cancelled", Place(), m("Cancelled. What was found by then is told."), Message("")))
    folders = [str(folder / name_of(number)) for number in range(1, len(found.found) + 1)]
    return Outcome(
        end.CANCELLED if cancel else end.OK if found.found else end.NO_PLAN,
        None,
        "cancelled" if cancel else None,
        problems,
        {**found.as_json(), "folder": str(folder) if folders else None, "plans": folders},
        found.summary(),
        found.headline,
    )
