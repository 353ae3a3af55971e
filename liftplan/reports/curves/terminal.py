"""A curve as a table."""

from __future__ import annotations

from rich import box
from rich.table import Table

from liftplan.models.messages import m
from liftplan.reports.curves.content import CurveContent, certainty_of
from liftplan.scenarios.goal import Reached

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


def goal_headline(content: CurveContent, people: int, reached: Reached) -> str:
    """What the least money is known to be, in one line."""
    values = {"county": content.name, "people": f"{people:,}", "quantity": content.quantity}
    least = "" if reached.lower is None else f"{reached.lower:,}"
    enough = "" if reached.upper is None else f"{reached.upper:,}"
    if reached.lower is None and reached.upper is None:
        return str(m("{county}: whether {people} people can be lifted is not known ({quantity})", **values))
    if reached.upper is None:
        return str(
            m(
                "{county}: even with {least} yuan no plan lifts {people} people; proved ({quantity})",
                least=least,
                **values,
            )
        )
    if reached.lower is None:
        return str(
            m(
                "{county}: {enough} yuan are enough for {people} people, by a checked plan; what is too little is not "
                "known ({quantity})",
                enough=enough,
                **values,
            )
        )
    return str(
        m(
            "{county}: {enough} yuan are enough for {people} people, by a checked plan; {least} yuan are too little, "
            "by proof ({quantity})",
            enough=enough,
            least=least,
            **values,
        )
    )


def curve_table(content: CurveContent, title: str = "") -> Table:
    """All points, under the curve's headline or another title."""
    table = Table(title=title or curve_headline(content), title_justify="left", box=box.SIMPLE_HEAD)
    heads = (m("yuan"), m("people lifted"), m("score at most"), m("allocated, yuan"))
    if content.counts_people:
        heads = (m("yuan"), m("people lifted"), m("at most"), m("allocated, yuan"))
    for head in heads:
        table.add_column(str(head), justify="right", no_wrap=True)
    table.add_column(str(m("how sure")), overflow="fold")
    for point in content.points:
        table.add_row(
            f"{point.value:,}",
            NOTHING if point.people is None else f"{point.people:,}",
            NOTHING if point.bound is None else f"{point.bound:,.1f}".removesuffix(".0"),
            NOTHING if point.ledger_yuan is None else f"{point.ledger_yuan:,}",
            str(certainty_of(point)),
        )
    return table
