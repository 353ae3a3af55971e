"""Tables of the page: a row a thing, a column a side, then what differs from the first."""

from __future__ import annotations

from typing import Any

from liftplan.models.messages import m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid, GridRow
from liftplan.reports.page.facts import FEW_COLUMNS
from liftplan.reports.page.html import Child, Html, el, join

MOST_ROWS = 400
"""At most so many rows of a table are on the page; the workbook has them all."""


def grid_table(content: Content, grid: Grid) -> Html:
    """A table; rows in which the sides agree are marked, so that the page can hide them."""
    sides = content.names.sides
    differences = [] if grid.kind == "text" else content.names.against
    named = _named(grid)
    heads: list[Child] = [*(grid.labels[place].head for place in named), *sides, *differences]
    texts = len(named)
    rows = [_row(grid, row, numbers=bool(differences)) for row in grid.rows[:MOST_ROWS]]
    if grid.total and grid.rows:
        rows.append(_sums(grid))
    number = None if grid.kind == "text" else "n"
    head = [el("th", text, scope="col", class_=None if at < texts else number) for at, text in enumerate(heads)]
    whole = el("table", el("caption", grid.title), el("thead", el("tr", head)), el("tbody", rows))
    more = len(grid.rows) - MOST_ROWS
    return join(
        el(
            "div",
            whole,
            class_=" ".join(_classes_of(grid, len(heads))),
            tabindex="0",
            role="region",
            aria_label=grid.title,
        ),
        el("p", m("{count} more rows are in the workbook.", count=f"{more:,}"), class_="small") if more > 0 else None,
        el("p", grid.note, class_="small") if grid.note else None,
    )


def _classes_of(grid: Grid, columns: int) -> list[str]:
    """Classes of a table: `many` columns scroll on narrow screens, `raw` names keep their letters."""
    many, raw = columns > FEW_COLUMNS, grid.kind == "text"
    return ["scroll", "plans", *["many"][:many], *["raw"][:raw]]


def _named(grid: Grid) -> list[int]:
    """Positions of the labels that have columns of their own."""
    return [place for place in grid.read if place not in grid.remarks]


def change_class(value: Any) -> str | None:
    """Class of a difference: more, less, or neither."""
    return None if not value else "more" if value > 0 else "less"


def _row(grid: Grid, row: GridRow, *, numbers: bool) -> Html:
    first, *others = (row.texts[place] for place in _named(grid))
    remarks = [el("span", row.texts[place], class_="small under") for place in grid.remarks]
    cells = [el("th", first, remarks, scope="row"), *(el("td", text) for text in others)]
    cells += [el("td", grid.told(value), class_="n" if numbers else None) for value in row.values]
    if numbers:
        cells += [el("td", grid.change(value), class_=_classes(value)) for value in row.changes]
    return el("tr", cells, class_=None if row.differs else "same")


def _sums(grid: Grid) -> Html:
    first, *others = grid.sums()
    blanks = [el("td") for _ in _named(grid)[1:]]
    sums = [el("td", f"{value:,}", class_="n") for value in (first, *others)]
    changes = [el("td", grid.change(value - first), class_=_classes(value - first)) for value in others]
    return el("tr", el("th", m("total"), scope="row"), blanks, sums, changes, class_="total")


def _classes(value: Any) -> str:
    kind = change_class(value)
    return f"n {kind}" if kind else "n"
