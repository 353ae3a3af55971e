"""`liftplan generate`: a synthetic county of any size."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.commands.convert import Tables, written
from liftplan.cli.options import Overwrite, number, whole
from liftplan.cli.outcome import Job
from liftplan.models.messages import m

EXAMPLES = """\
liftplan generate --villages 48 --seed 7 --out synthetic
liftplan generate --villages 200 --tightness 0.8 --out synthetic.zip"""

app = command_app()


@app.command(cls=Command, help=m("Make a synthetic county.").template, epilog=EXAMPLES)
def generate(
    out: Annotated[
        Path, typer.Option(metavar="PATH", help=m("Where to write it: folder, .xlsx, .json or .zip.").template)
    ],
    villages: Annotated[
        int | None, typer.Option(parser=whole(1, 200_000), metavar="N", help=m("Number of villages.").template)
    ] = None,
    households: Annotated[
        float | None,
        typer.Option(parser=number(1, 5_000), metavar="N", help=m("Mean number of households a village.").template),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(parser=whole(0, 2**31 - 1), metavar="N", help=m("Seed of random choices.").template)
    ] = None,
    tightness: Annotated[
        float | None,
        typer.Option(parser=number(0.01, 100), metavar="X", help=m("Multiplies all budgets.").template),
    ] = None,
    ring_fenced: Annotated[
        float | None,
        typer.Option(parser=number(0, 1), metavar="SHARE", help=m("Share of ring-fenced money, 0 to 1.").template),
    ] = None,
    interdependence: Annotated[
        float | None,
        typer.Option(
            parser=number(0, 1), metavar="SHARE", help=m("Share of measures that need projects, 0 to 1.").template
        ),
    ] = None,
    tables: Tables = "csv",
    overwrite: Overwrite = False,
) -> Job:
    """Read the line of `liftplan generate`."""
    given = {
        "villages": villages,
        "households_per_village": households,
        "seed": seed,
        "tightness": tightness,
        "ring_fenced_share": ring_fenced,
        "interdependence": interdependence,
    }
    knobs = {name: value for name, value in given.items() if value is not None}
    return lambda common: written(liftplan.generate(**knobs), out, tables, overwrite, quiet=common.quiet)
