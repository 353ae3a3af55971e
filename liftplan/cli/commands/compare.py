"""`liftplan compare`: plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.text import Text

import liftplan
from liftplan.api.comparing import Comparison, targets
from liftplan.api.failure import reproducible
from liftplan.api.outputs import refuse_files
from liftplan.api.resolving import on_disk
from liftplan.api.sides import Asked, Rejected, Unsolved
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.commands.run import STORE_HELP
from liftplan.cli.common import Common
from liftplan.cli.options import EachGap, EachTime, Overwrite, Threads
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.progress import progress
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.comparison.order import verdicts
from liftplan.scenarios.store.address import address_of

EXAMPLES = """\
liftplan compare liftplan-out/zigui-2015-base liftplan-out/zigui-2015-pooled
liftplan compare base pooled --county tiny --out comparison
liftplan compare plan-a 4c1f09 c0ffee --only-differences --json"""

app = command_app()


@app.command(cls=Command, help=m("Compare plans or scenarios side by side.").template, epilog=EXAMPLES)
def compare(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="A B [C ...]",
            help=m("Folders of plans or outcomes, or runs, two to six; with --county also scenarios.").template,
        ),
    ],
    county: Annotated[
        str | None, typer.Option(metavar="COUNTY", help=m("County of the scenarios, which are solved.").template)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR|FILE",
            help=m("Write comparison.xlsx and comparison.html there, or one file that ends so.").template,
        ),
    ] = None,
    overwrite: Overwrite = False,
    store: Annotated[str | None, typer.Option(metavar="STORE", help=STORE_HELP.template)] = None,
    only: Annotated[
        bool, typer.Option("--only-differences", help=m("Leave out what is the same in all plans.").template)
    ] = False,
    certificate: Annotated[
        bool, typer.Option("--certificate", help=m("Prove the bounds again from the plans' certificates.").template)
    ] = False,
    gap: EachGap = None,
    time_limit: EachTime = None,
    threads: Threads = None,
) -> Job:
    """Read the line of `liftplan compare`."""
    given: dict[str, Any] = {"gap": gap, "time_limit": time_limit, "threads": threads}
    options = {name: value for name, value in given.items() if value is not None}
    chosen: dict[str, Any] = {"county": county, "certificate": certificate, "only_differences": only, **options}
    if store is not None or not all(on_disk(one, Asked(county)) for one in plans):
        chosen["store"] = store or str(address_of(None).folder)
    return lambda common: run(common, plans, out, overwrite, chosen)


def run(common: Common, plans: list[str], out: Path | None, overwrite: bool, chosen: dict[str, Any]) -> Outcome:
    """Open, compare, write, tell."""
    if out is not None:
        refuse_files(targets(out), overwrite)
    gap = chosen.get("gap", liftplan.Settings().gap)
    with progress(quiet=common.quiet, gap=gap) as listener, reproducible({"arguments": plans}):
        try:
            found = aside(lambda: liftplan.compare(*plans, listener=listener, **chosen))
        except Rejected as refused:
            return rejected(refused)
        except Unsolved as refused:
            return unsolved(refused)
    files = [] if out is None else [str(file) for file in found.save(out, overwrite=overwrite)]
    return told(found, files)


def told(found: Comparison, files: list[str]) -> Outcome:
    """The outcome of a comparison."""
    written = [str(m("Written: {path}", path=file)) for file in files]
    lines = [*(str(one.sentence) for one in verdicts(found.compared)), *written]
    text = Group(found.summary(), *(Text(line, overflow="fold") for line in written))
    return Outcome(details={**found.as_json(), "files": files}, text=text, line="\n".join(lines))


def rejected(refused: Rejected) -> Outcome:
    """The outcome where a plan did not pass the checker."""
    problems = [
        Problem(one.rule, Place(file=refused.place, table=one.subject), one.message, Message(""))
        for one in refused.verification.violations
    ]
    line = str(m("{plan} is not compared: {verdict}", plan=refused.place, verdict=refused.verification.summary))
    return Outcome(end.REJECTED, "rejected", problems=problems, text=line, line=line)


def unsolved(refused: Unsolved) -> Outcome:
    """The outcome where a scenario has no plan."""
    infeasible = refused.status == "infeasible"
    message = m("The scenario {name} has no plan: {reason}", name=refused.name, reason=refused.reason)
    way_out = m("Leave it out, or relax a minimum.") if infeasible else m("Give it more time with --time-limit.")
    problem = Problem("infeasible" if infeasible else "no-plan", Place(), message, way_out)
    code = end.INFEASIBLE if infeasible else end.NO_PLAN
    return Outcome(code, refused.status, refused.stopped_by, [problem])
