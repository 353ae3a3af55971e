"""Grouped bars: for each thing one bar a side, with its letter and its figure."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.models.messages import Message, m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import MINUS, Grid, GridRow
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.page.tables import change_class
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.html import Html, el, join

MOST_GROUPS = 30
"""At most so many groups are drawn, the largest; tables have the others."""


def grouped(
    content: Content, grid: Grid, figure: Callable[[int], str], small: Callable[[int], Message | str] | None = None
) -> Html:
    """The chart of a table. figure: how amounts are told; small: how differences are, if otherwise."""
    rows = sorted(grid.rows, key=lambda row: -_largest(row))
    kept = [row for row in rows[:MOST_GROUPS] if _largest(row)]
    widest = max((_largest(row) for row in kept), default=1)
    more = len([row for row in rows[MOST_GROUPS:] if _largest(row)])
    groups = [_group(grid, row, widest, figure, small or figure) for row in kept]
    return el(
        "figure",
        legend(content),
        el("div", groups, class_="groups"),
        el("p", m("{count} smaller ones are in the tables.", count=more), class_="small") if more else None,
    )


def legend(content: Content) -> Html:
    """Letters, colours and names of the sides."""
    return el(
        "p", [el("span", badge(at), side.name, class_="legend") for at, side in enumerate(content.compared.sides)]
    )


def badge(place: int) -> Html:
    """The letter of a side on its colour."""
    return el("i", LETTERS[place], class_=f"badge side-{LETTERS[place].lower()}")


def _group(
    grid: Grid, row: GridRow, widest: int, figure: Callable[[int], str], small: Callable[[int], Message | str]
) -> Html:
    name = row.texts[grid.read[0]]
    changes = [None, *row.changes]
    signs = ["" if not change else f"{'+' if change > 0 else MINUS}{small(abs(change))}" for change in changes]
    lines = [
        _line(LETTERS[place], value, widest, name, str(m("not there")) if value is None else figure(value))
        + el("span", sign, class_=f"n change {change_class(change) or ''}".rstrip())
        for place, (value, change, sign) in enumerate(zip(row.values, changes, signs, strict=True))
    ]
    return el(
        "div",
        el("span", name, class_="name"),
        el("span", [el("span", Html(line), class_="line") for line in lines], class_="lines"),
        class_="group",
    )


def _line(letter: str, value: int | None, widest: int, name: str, told: str) -> Html:
    """Letter, bar and figure of one side."""
    return join(
        el("i", letter, class_=f"letter text-{letter.lower()}"),
        bar([(f"side-{letter.lower()}", max(0, value or 0))], max(1, widest), f"{letter} {name}: {told}"),
        el("span", told, class_="n"),
    )


def _largest(row: GridRow) -> int:
    return max((value or 0 for value in row.values), default=0)
