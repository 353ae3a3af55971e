"""Inputs that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from liftplan.models.messages import m
from liftplan.reports.comparison.changes import PRIVATE, place_name
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid, GridRow
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import folded, section, table
from liftplan.reports.page.html import Child, Html, el

OTHER_COUNTIES = m("The plans are of different counties: things with the same id are taken for the same.")
"""What a reader of such a comparison must know."""

FEW = 30
"""Up to so many rows are shown at once; more on demand."""


def inputs(content: Content) -> Html:
    """Fields and rows that differ; rows that may name households are counted only."""
    grid = content.inputs
    title = m("Inputs that differ")
    if not grid.rows:
        return section("inputs", title, lead=m("The inputs are the same."))
    public = [row for row in grid.rows if row.texts[0] not in PRIVATE]
    sizes = Counter(row.texts[0] for row in public)
    first = [row for row in public if sizes[row.texts[0]] <= FEW]
    later = [row for row in public if sizes[row.texts[0]] > FEW]
    return section(
        "inputs",
        title,
        grid_table(content, _part(grid, first)) if first else None,
        folded(m("{count} more", count=count(len(later))), grid_table(content, _part(grid, later))) if later else None,
        _counts(content),
        lead=m("What is not named here is the same for all plans.") if _one_county(content) else OTHER_COUNTIES,
    )


def _one_county(content: Content) -> bool:
    return len({side.county.head.id for side in content.compared.sides}) == 1


def _part(grid: Grid, rows: Sequence[GridRow]) -> Grid:
    return replace(grid, rows=tuple(rows))


def _counts(content: Content) -> Html | None:
    changes = content.compared.table_changes
    if not changes:
        return None
    rows: list[list[Child]] = [
        [place_name(one.table), LETTERS[one.side], count(one.added), count(one.removed), count(one.changed)]
        for one in changes
    ]
    heads = [m("table"), m("plan"), m("rows added"), m("rows removed"), m("rows changed")]
    caption = m("Tables that differ from {name}", name=LETTERS[0])
    return el("div", table(heads, rows, texts=2, caption=caption))
