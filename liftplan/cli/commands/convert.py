"""`liftplan convert`: the same county in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.options import County, Overwrite, choice
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m

TABLES = ("csv", "parquet")
"""Formats of tables in a folder or zip."""

EXAMPLES = """\
liftplan convert zigui-2015 zigui
liftplan convert mycounty mycounty.json
liftplan convert mycounty.json mycounty --tables parquet"""

app = command_app()


@app.command(cls=Command, help=m("Write a county in another format.").template, epilog=EXAMPLES)
def convert(
    county: County,
    target: Annotated[
        Path, typer.Argument(metavar="PATH", help=m("Where to write it: a folder, a .json or a .zip.").template)
    ],
    tables: Annotated[
        str, typer.Option(parser=choice(*TABLES), metavar="csv|parquet", help=m("Format of tables.").template)
    ] = "csv",
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan convert`."""
    return lambda _: written(liftplan.convert(county, target, table_format=tables, overwrite=overwrite))


def written(path: Path) -> Outcome:
    """The end of a command that wrote a county."""
    line = str(m("Written: {path}", path=path))
    return Outcome(status="valid", details={"path": str(path)}, text=line, line=line)
