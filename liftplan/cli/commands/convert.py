"""`liftplan convert`: the same county in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.options import County, Overwrite, choice
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import m

Tables = Annotated[
    str, typer.Option(parser=choice("csv", "parquet"), metavar="csv|parquet", help=m("Format of tables.").template)
]

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
    tables: Tables = "csv",
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan convert`."""
    return lambda _: written(county, target, tables, overwrite)


def written(county: liftplan.County | str, target: Path, tables: str, overwrite: bool) -> Outcome:
    """Write a county and say where it is."""
    form: Literal["csv", "parquet"] = "parquet" if tables == "parquet" else "csv"
    return told(liftplan.convert(county, target, table_format=form, overwrite=overwrite))


def told(path: Path) -> Outcome:
    """The end of a command that wrote a county."""
    line = str(m("Written: {path}", path=path))
    return Outcome(details={"path": str(path)}, text=line, line=line)
