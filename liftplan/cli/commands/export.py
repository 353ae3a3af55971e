"""`liftplan export`: the readable model of a county for other solvers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.options import County, Overwrite, choice
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m

EXAMPLES = """\
liftplan export tiny --format lp --out tiny.lp
liftplan export mycounty --format mps"""

app = command_app()


@app.command(cls=Command, help=m("Write a county's model as LP or MPS for other solvers.").template, epilog=EXAMPLES)
def export(
    county: County,
    form: Annotated[
        str, typer.Option("--format", parser=choice("lp", "mps"), metavar="lp|mps", help=m("Format.").template)
    ] = "lp",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=m("File; otherwise ./<county>.lp or .mps.").template)
    ] = None,
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan export`."""
    return lambda _: run(county, form, out, overwrite)


def run(source: str, form: str, out: Path | None, overwrite: bool) -> Outcome:
    """Write the model."""
    county = liftplan.load(source)
    path = liftplan.export(
        county,
        out or Path(f"{county.head.id}.{form}"),
        form="mps" if form == "mps" else "lp",
        overwrite=overwrite,
    )
    line = str(m("Written: {path}", path=path))
    return Outcome(status="valid", details={"path": str(path)}, text=line, line=line)
