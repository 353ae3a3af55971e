"""`liftplan diagnose`: whether a county has a plan; if not, which rules clash and what repairs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import liftplan
from liftplan.api.diagnosing import diagnosis_ready
from liftplan.cli import outcome as end
from liftplan.cli.app import Command, command_app
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.options import County, Overwrite, Scenarios, Seed, Threads, number
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.printing import complain
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem
from liftplan.reports.words import DIAGNOSIS_STAGES

EXAMPLES = """\
liftplan diagnose mycounty
liftplan diagnose zigui-2015 --scenario poverty60.yaml --out diagnosis
liftplan diagnose mycounty --priorities priorities.yaml --best
liftplan diagnose mycounty --open --json"""

CODES = {"feasible": end.OK, "infeasible": end.INFEASIBLE, "unknown": end.NO_PLAN}

app = command_app()


@app.command(
    cls=Command, help=m("Find out whether there is a plan; if not, which rules clash.").template, epilog=EXAMPLES
)
def diagnose(
    county: County,
    scenario: Scenarios = None,
    priorities: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=m("Which rules may give, at what price, and which never.").template),
    ] = None,
    single: Annotated[
        bool, typer.Option("--open", help=m("Name single villages where a conflict is in several.").template)
    ] = False,
    best: Annotated[bool, typer.Option("--best", help=m("Find the best plan under each repair.").template)] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=m("Write diagnosis, page and scenario files of the repairs here.").template),
    ] = None,
    overwrite: Overwrite = False,
    time_limit: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1e9),
            metavar="SECONDS",
            help=m("Tell what is known after so many seconds; 0 means no limit. Otherwise 120.").template,
        ),
    ] = None,
    threads: Threads = None,
    seed: Seed = None,
) -> Job:
    """Read the line of `liftplan diagnose`."""
    options: dict[str, Any] = {"scenario": tuple(scenario or ()), "opened": single, "best": best}
    if time_limit is not None:
        options["time_limit"] = time_limit or None
    options |= {name: value for name, value in (("threads", threads), ("seed", seed)) if value is not None}
    return lambda common: run(common, county, priorities, out, overwrite, options)


def run(
    common: Common, source: str, priorities: Path | None, out: Path | None, overwrite: bool, options: dict[str, Any]
) -> Outcome:
    """Diagnose, write what was asked for, tell."""
    if out is not None:
        diagnosis_ready(out, overwrite=overwrite)
    cancel = liftplan.Cancel()

    def report(stage: str) -> None:
        if not common.quiet:
            complain(str(DIAGNOSIS_STAGES[stage]))

    with stopping(cancel.set, lambda: None):
        found = aside(lambda: liftplan.diagnose(source, priorities=priorities, cancel=cancel, report=report, **options))
    if out is not None:
        found = found.save(out, overwrite=overwrite)
    problems = []
    if cancel:
        message = m("Cancelled. What was not known by then is not told.")
        problems.append(Problem("cancelled", Place(), message, Message("")))
    elif found.status == "infeasible":
        way_out = repairing(found, written=out is not None)
        problems.append(Problem("infeasible", Place(), m("{text}", text=found.headline), way_out))
    elif found.status == "unknown":
        way_out = m("Give it more time with --time-limit.")
        problems.append(Problem("no-plan", Place(), m("{text}", text=found.headline), way_out))
    folder = None if out is None else str(out)
    return Outcome(
        end.CANCELLED if cancel else CODES[found.status],
        found.status,
        "cancelled" if cancel else "proof" if found.status == "infeasible" else None,
        problems,
        details={**(found.as_json() if common.json else {}), "folder": folder},
        text=found.summary(None if out is None else out.absolute()),
        line=found.headline,
    )


def repairing(found: liftplan.Diagnosis, *, written: bool) -> Message:
    """What to do about a county without a plan."""
    if not found.repairs:
        return m("Relax a minimum, make a rule soft, or add money.")
    if written:
        return m("Solve with the scenario file of one of the repairs.")
    return m("With --out DIR each repair is written as a scenario that solve takes.")
