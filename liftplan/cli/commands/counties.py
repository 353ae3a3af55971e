"""`liftplan counties`: the built-in counties."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.table import Table

import liftplan
from liftplan.cli.app import Command, command_app
from liftplan.cli.outcome import Job, Outcome
from liftplan.models.messages import language, m

EXAMPLES = """\
liftplan counties
liftplan counties --json"""

app = command_app()


@app.command(cls=Command, help=m("List the built-in counties.").template, epilog=EXAMPLES)
def counties() -> Job:
    """Read the line of `liftplan counties`."""
    return lambda _: run()


def run() -> Outcome:
    """List the built-in counties with their size."""
    found = [facts(name) for name in liftplan.counties()]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    heads = (m("county"), m("name"), m("years"), m("villages"), m("households"), m("people"), m("yuan a year"))
    for index, head in enumerate(heads):
        table.add_column(str(head), justify="left" if index < 3 else "right", no_wrap=True)
    for county in found:
        sizes = (county["villages"], county["households"], county["people"], county["yuan"])
        table.add_row(
            county["id"], county["name"], "-".join(map(str, county["years"])), *(f"{size:,}" for size in sizes)
        )
    line = "\n".join(county["id"] for county in found)
    return Outcome(details={"counties": found}, text=table, line=line)


def facts(name: str) -> dict[str, Any]:
    """What the list says of a county. `yuan`: what its funds may allocate, fees included."""
    county = liftplan.load(name)
    head, funds = county.head, county["funds"]
    years = head.years
    return {
        "id": name,
        "name": head.name_en if head.name_en and language() == "en" else head.name,
        "years": [years[0]] if len(years) == 1 else [years[0], years[-1]],
        "villages": len(county["villages"]),
        "households": len(county["households"]),
        "people": int(county["households"]["persons"].sum()),
        "yuan": int(funds["amount"][funds["integrable"]].sum()),
    }
