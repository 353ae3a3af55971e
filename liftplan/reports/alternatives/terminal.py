"""Alternatives as a table."""

from __future__ import annotations

from rich import box
from rich.table import Table

from liftplan.models.messages import m
from liftplan.reports.alternatives.content import HEADS, AlternativesContent
from liftplan.reports.words import percent


def alternatives_headline(content: AlternativesContent) -> str:
    """What was found, in one line."""
    found = content.found.alternatives
    values = {
        "county": content.name,
        "count": len(found),
        "people": f"{content.plan.totals.people_lifted:,}",
        "within": f"{content.within:,}",
        "apart": percent(content.apart),
    }
    if not found:
        text = m(
            "{county}: no plan within {within} of {people} people was found that uses {apart} of the money otherwise",
            **values,
        )
    else:
        text = m(
            "{county}: plans within {within} of {people} people, each with at least {apart} of the money used otherwise"
            ": {count}",
            **values,
        )
    return str(text)


def alternatives_table(content: AlternativesContent) -> Table:
    """A row for each alternative."""
    table = Table(title=alternatives_headline(content), title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("", overflow="fold")
    for head in HEADS:
        table.add_column(str(head), justify="right")
    for number, one in enumerate(content.found.alternatives, start=1):
        table.add_row(str(content.named(number)), *content.cells(one))
    return table
