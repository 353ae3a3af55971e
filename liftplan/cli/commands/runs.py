"""`liftplan runs`: what the store keeps - list, show, remove, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group

from liftplan.api.running import export_run, pick
from liftplan.cli.app import Command, command_app
from liftplan.cli.commands.run import STORE_HELP
from liftplan.cli.options import Overwrite, choice
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import listed, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.runs import run_in_full, runs_table
from liftplan.scenarios.store import Run, RunStore

EXAMPLES = """\
liftplan runs
liftplan runs show 4c1f09
liftplan runs export pooled --out pooled-plan
liftplan runs remove 4c1f09 c0ffee"""

ACTIONS = ("list", "show", "remove", "export")

app = command_app()


@app.command(cls=Command, help=m("List, show, remove or export the runs that are kept.").template, epilog=EXAMPLES)
def runs(
    action: Annotated[
        str,
        typer.Argument(
            parser=choice(*ACTIONS),
            metavar="[ACTION]",
            help=m("list, show, remove or export; otherwise list.").template,
        ),
    ] = "list",
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RUN...]",
            help=m("Runs: identifiers, their beginnings, or scenarios (the newest run of it).").template,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help=m("Folder of the plan; otherwise ./liftplan-out/<county>-<scenario>.").template
        ),
    ] = None,
    overwrite: Overwrite = False,
    store: Annotated[str | None, typer.Option(metavar="STORE", help=STORE_HELP.template)] = None,
) -> Job:
    """Read the line of `liftplan runs`."""
    return lambda _: managed(action, tuple(names or ()), out, overwrite, store)


def managed(action: str, names: Sequence[str], out: Path | None, overwrite: bool, store: str | None) -> Outcome:
    """Do what was asked with the store."""
    opened = RunStore(store)
    opened.sweep()
    details = {"store": opened.address}
    if action == "list":
        found = opened.runs() if not names else pick(opened, names)
        line = str(m("{count} runs", count=len(found)))
        return Outcome(details={**details, "runs": _json(found)}, text=runs_table(found), line=line)
    found = pick(opened, names)
    if action == "show":
        line = str(listed(run.id for run in found))
        return Outcome(details={**details, "runs": _json(found)}, text=Group(*map(run_in_full, found)), line=line)
    if action == "remove":
        opened.remove(found)
        line = str(m("Removed: {names}", names=listed(run.id for run in found)))
        return Outcome(details={**details, "runs": _json(found)}, text=line, line=line)
    if out is not None and len(found) > 1:
        message = m("{count} plans do not fit into one folder.", count=len(found))
        raise InputProblems([Problem("usage", Place(), message, m("Export them one by one, or leave --out out."))])
    folders = [
        export_run(run, opened, out or Path("liftplan-out") / f"{run.county}-{run.scenario}", overwrite=overwrite)
        for run in found
    ]
    line = str(m("Written: {path}", path=listed(folders)))
    return Outcome(
        details={**details, "runs": _json(found), "paths": [str(folder) for folder in folders]}, text=line, line=line
    )


def _json(found: Sequence[Run]) -> list[dict[str, object]]:
    return [run.model_dump(mode="json") for run in found]
