"""A curve as a table."""

from __future__ import annotations

from rich import box
from rich.table import Table

from liftplan.models.messages import m
from liftplan.reports.curves.content import CurveContent, certainty_of

NOTHING = "-"


def curve_headline(content: CurveContent) -> str:
    """The curve in one line."""
    found = [point for point in content.points if point.people is not None]
    if not found:
        return str(m("{county}: no plan at any of {count} points", county=content.name, count=len(content.points)))
    first, last = found[0], found[-1]
    return str(
        m(
            "{county}: {least} people at {start} yuan, {most} people at {stop} yuan ({quantity}, {count} points)",
            county=content.name,
            least=f"{first.people:,}",
            start=f"{first.value:,}",
            most=f"{last.people:,}",
            stop=f"{last.value:,}",
            quantity=content.quantity,
            count=len(content.points),
        )
    )


def curve_table(content: CurveContent) -> Table:
    """All points."""
    table = Table(title=curve_headline(content), title_justify="left", box=box.SIMPLE_HEAD)
    heads = (m("yuan"), m("people lifted"), m("score at most"), m("allocated, yuan"))
    if content.counts_people:
        heads = (m("yuan"), m("people lifted"), m("at most"), m("allocated, yuan"))
    for head in heads:
        table.add_column(str(head), justify="right", no_wrap=True)
    table.add_column(str(m("how sure")))
    for point in content.points:
        table.add_row(
            f"{point.value:,}",
            NOTHING if point.people is None else f"{point.people:,}",
            NOTHING if point.bound is None else f"{point.bound:,.1f}".removesuffix(".0"),
            NOTHING if point.ledger_yuan is None else f"{point.ledger_yuan:,}",
            str(certainty_of(point)),
        )
    return table
