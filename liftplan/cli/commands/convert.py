"""`liftplan convert`: the same county in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.options import County, Overwrite, choice
from liftplan.cli.outcome import Job, Outcome
from liftplan.cli.rows import rows_shown
from liftplan.models.messages import m

Tables = Annotated[
    str, typer.Option(parser=choice("csv", "parquet"), metavar="csv|parquet", help=m("Format of tables.").template)
]

EXAMPLES = """\
liftplan convert zigui-2015 zigui
liftplan convert mycounty mycounty.xlsx
liftplan convert mycounty.json mycounty --tables parquet"""

app = command_app()


@app.command(cls=Command, help=m("Write a county in another format.").template, epilog=EXAMPLES)
def convert(
    county: County,
    target: Annotated[
        Path,
        typer.Argument(metavar="PATH", help=m("Where to write it: folder, .xlsx, .json or .zip.").template),
    ],
    tables: Tables = "csv",
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan convert`."""
    return lambda common: written(county, target, tables, overwrite, quiet=common.quiet)


def written(county: liftplan.County | str, target: Path, tables: str, overwrite: bool, *, quiet: bool) -> Outcome:
    """Write a county and say where it is."""
    form: Literal["csv", "parquet"] = "parquet" if tables == "parquet" else "csv"
    with rows_shown(quiet=quiet) as progress:
        path = liftplan.convert(county, target, table_format=form, overwrite=overwrite, progress=progress)
    return told(path)


def told(path: Path) -> Outcome:
    """The end of a command that wrote a county."""
    line = str(m("Written: {path}", path=path))
    return Outcome(details={"path": str(path)}, text=line, line=line)
