"""`liftplan documents`: the office's documents of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.common import Common
from liftplan.cli.making import making
from liftplan.cli.options import AgainstCounty, Overwrite, PlanPath
from liftplan.cli.outcome import CANCELLED, Job, Outcome
from liftplan.cli.rejecting import rejected
from liftplan.models.messages import Message, m
from liftplan.models.planreading import plan_path
from liftplan.models.problems import Place, Problem

EXAMPLES = """\
liftplan documents liftplan-out/zigui-2015-base --out documents --lang zh
liftplan documents plan.json --county mycounty --out documents --overwrite"""

app = command_app()


@app.command(cls=Command, help=m("Write the office's documents of a plan.").template, epilog=EXAMPLES)
def documents(
    plan: PlanPath,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=m("Folder of the documents; otherwise <plan>-documents.").template),
    ] = None,
    county: AgainstCounty = None,
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan documents`."""
    return lambda common: run(common, plan, out, county, overwrite)


def run(common: Common, plan: str, out: Path | None, county: str | None, overwrite: bool) -> Outcome:
    """Write the documents and say where they are."""
    place = plan_path(Path(plan)).absolute().parent
    folder = out or place.with_name(f"{place.name}-documents")
    try:
        with making(quiet=common.quiet) as watch:
            written = liftplan.documents(plan, folder, county=county, overwrite=overwrite, watch=watch)
    except KeyboardInterrupt:
        problem = Problem("cancelled", Place(), m("Cancelled. Nothing was written."), Message(""))
        return Outcome(CANCELLED, None, "cancelled", [problem])
    except liftplan.PlanRejected as error:
        return rejected(error)
    made = folder.absolute()
    line = str(m("{count} documents written: {path}", count=len(written) - 1, path=made))
    return Outcome(details={"path": str(made), "documents": [str(path) for path in written]}, text=line, line=line)
