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
        sizes = (f"{county[size]:,}" for size in ("villages", "households", "people"))
        years = "-".join(map(str, county["years"]))
        table.add_row(county["id"], county["name"], years, *sizes, _money(county["yuan_by_year"]))
    line = "\n".join(county["id"] for county in found)
    return Outcome(details={"counties": found}, text=table, line=line)


def facts(name: str) -> dict[str, Any]:
    """What the list says of a county. `yuan_by_year`: what its funds may allocate, fees included; `yuan`: the last."""
    county = liftplan.load(name)
    head = county.head
    years = head.years
    yuan = {str(year): _allocable(county, year) for year in years}
    return {
        "id": name,
        "name": head.name_en if head.name_en and language() == "en" else head.name,
        "years": [years[0]] if len(years) == 1 else [years[0], years[-1]],
        "villages": len(county["villages"]),
        "households": len(county["households"]),
        "people": int(county["households"]["persons"].sum()),
        "yuan": yuan[str(years[-1])],
        "yuan_by_year": yuan,
    }


def _allocable(county: liftplan.County, year: int) -> int:
    """What the funds may allocate in a year: their own amounts, or those of that year's budgets."""
    funds, budgets = county["funds"], county["budgets"]
    amounts = dict(zip(funds["id"].tolist(), funds["amount"].tolist(), strict=True))
    rows = zip(budgets["fund"].tolist(), budgets["year"].tolist(), budgets["amount"].tolist(), strict=True)
    amounts |= {fund: amount for fund, of, amount in rows if of == year}
    return sum(amounts[fund] for fund in funds["id"][funds["integrable"]].tolist())


def _money(by_year: dict[str, int]) -> str:
    """Yuan of the one year, or of the last, which is named."""
    year, yuan = list(by_year.items())[-1]
    return f"{yuan:,}" if len(by_year) == 1 else f"{yuan:,} ({year})"
