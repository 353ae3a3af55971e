"""A frontier as a table."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table

from liftplan.models.messages import m
from liftplan.reports.curves.terminal import NOTHING
from liftplan.reports.frontiers.content import FrontierContent, known_of, share


def frontier_headline(content: FrontierContent) -> str:
    """The frontier in one line."""
    points = content.envelope.frontier
    if not points:
        return str(
            m("{county}: no plan at any of {count} levels", county=content.name, count=len(content.envelope.levels))
        )
    first, last = points[0], points[-1]
    values = {
        "county": content.name,
        "most": f"{first.people:,}",
        "low": share(first.share_bp),
        "fewest": f"{last.people:,}",
        "high": share(last.share_bp),
        "worst": content.worst,
    }
    impossible = content.envelope.impossible
    if impossible is None:
        text = m("{county}: from {most} people with {worst} {low} to {fewest} people with {high}", **values)
    else:
        text = m(
            "{county}: from {most} people with {worst} {low} to {fewest} people with {high}; {limit} is proved to be "
            "out of reach",
            limit=share(impossible),
            **values,
        )
    return str(text)


def frontier_table(content: FrontierContent) -> RenderableType:
    """The plans on the frontier, and the levels that were solved."""
    return Group(_points(content), _levels(content))


def _points(content: FrontierContent) -> Table:
    table = Table(title=frontier_headline(content), title_justify="left", box=box.SIMPLE_HEAD)
    for head in (content.worst, m("people lifted"), m("people given up"), m("allocated, yuan")):
        table.add_column(str(head), justify="right")
    table.add_column(str(m("worst off")), overflow="fold")
    points = content.envelope.frontier
    for point in points:
        table.add_row(
            share(point.share_bp),
            f"{point.people:,}",
            f"{points[0].people - point.people:,}",
            f"{point.ledger_yuan:,}",
            content.groups(point.groups),
        )
    return table


def _levels(content: FrontierContent) -> Table:
    table = Table(title=str(m("Levels solved")), title_justify="left", box=box.SIMPLE_HEAD)
    for head in (m("at least"), m("people lifted"), m("at most")):
        table.add_column(str(head), justify="right")
    table.add_column(str(m("how sure")), overflow="fold")
    for level in content.envelope.levels:
        known = content.envelope.at(level.share_bp)
        table.add_row(
            share(level.share_bp),
            NOTHING if known.least is None else f"{known.least:,}",
            NOTHING if known.most is None else f"{known.most:,}",
            str(known_of(level)),
        )
    return table
