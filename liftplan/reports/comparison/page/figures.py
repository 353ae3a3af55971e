"""Tables of the page that need no chart: figures of whole plans, money left over, prices."""

from __future__ import annotations

from dataclasses import replace

from liftplan.models.messages import m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.page.facts import folded, section
from liftplan.reports.page.html import Html

FIRST_PRICES = 15
"""Prices shown at once, the dearest; the others on demand."""


def figures(content: Content) -> Html:
    """Figures of whole plans."""
    return section("figures", m("The whole plans"), grid_table(content, content.totals))


def leftover(content: Content) -> Html | None:
    """Money left over, and why."""
    if not content.unspent.rows:
        return None
    lead = m("Whole yuan, fund by fund. Ring-fenced money is in none of these figures.")
    return section("left", m("Money left over"), grid_table(content, content.unspent), lead=lead)


def prices(content: Content) -> Html | None:
    """Prices of funds and rules; none that names a household."""
    grid = content.prices
    private = {
        key
        for side in content.compared.sides
        for table in ("households", "measures")
        for key in side.county[table]["id"].tolist()
    }
    names = [set(row.texts[1].replace(":", "/").split("/")) for row in grid.rows]
    rows = tuple(row for row, parts in zip(grid.rows, names, strict=True) if not parts & private)
    if not rows:
        return None
    first, later = replace(grid, rows=rows[:FIRST_PRICES]), replace(grid, rows=rows[FIRST_PRICES:])
    return section(
        "prices",
        m("What more money or a weaker rule would bring"),
        grid_table(content, first),
        folded(m("{count} more", count=len(later.rows)), grid_table(content, replace(later, note=None)))
        if later.rows
        else None,
    )
