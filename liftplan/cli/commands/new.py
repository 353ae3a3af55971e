"""`liftplan new`: an example county to overwrite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.commands.convert import told
from liftplan.cli.options import Overwrite
from liftplan.cli.outcome import Job
from liftplan.models.messages import m

EXAMPLES = """\
liftplan new mycounty.xlsx
liftplan validate mycounty.xlsx
liftplan solve mycounty.xlsx"""

app = command_app()


@app.command(cls=Command, help=m("Write a small example county to start from.").template, epilog=EXAMPLES)
def new(
    target: Annotated[
        Path,
        typer.Argument(metavar="PATH", help=m("Where to write it: folder, .xlsx, .json or .zip.").template),
    ],
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan new`."""
    return lambda _: told(liftplan.new(target, overwrite=overwrite))
