"""`liftplan export`: the readable model of a county for other solvers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.naming import typed_name
from liftplan.cli.options import County, Overwrite, choice
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m

EXAMPLES = """\
liftplan export tiny --out tiny.mps
liftplan export mycounty --format lp --overwrite"""

app = command_app()


@app.command(cls=Command, help=m("Write a county's model as LP or MPS for other solvers.").template, epilog=EXAMPLES)
def export(
    county: County,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            parser=choice("lp", "mps"),
            metavar="lp|mps",
            help=m("Format; otherwise as the file's name ends, or lp.").template,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=m("File; otherwise ./<county>.lp or .mps.").template)
    ] = None,
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan export`."""
    return lambda _: run(county, form, out, overwrite)


def run(source: str, form: str | None, out: Path | None, overwrite: bool) -> Outcome:
    """Write the model."""
    county = liftplan.load(source)
    known: Literal["lp", "mps"] | None = "mps" if form == "mps" else "lp" if form == "lp" else None
    target = out or Path(f"{typed_name(source, county)}.{known or 'lp'}")
    path = liftplan.export(county, target, form=known or (None if target.suffix else "lp"), overwrite=overwrite)
    line = str(m("Written: {path}", path=path))
    return Outcome(details={"path": str(path)}, text=line, line=line)
