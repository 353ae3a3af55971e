"""People by village: a slope chart and a schematic map."""

from __future__ import annotations

from collections.abc import Sequence

from liftplan.models.messages import m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid, GridRow
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.page.slope import Slope, slope_chart
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.comparison.page.tiles import Tile, tile_map
from liftplan.reports.page.facts import MOST_VILLAGES, folded, section
from liftplan.reports.page.html import Html, el

MOST_SLOPES = 60
"""Of more villages the slope chart draws townships: lines and labels would run into each other."""


def villages(content: Content) -> Html:
    """Slope chart beside the map; the table on demand."""
    grid, townships = content.people("village"), content.people("township")
    single = len(grid.rows) <= MOST_SLOPES
    drawn = grid if single else townships
    slopes = [Slope(row.texts[drawn.read[0]], row.values) for row in drawn.rows[:MOST_SLOPES]]
    label = m("People lifted by village, from plan to plan") if single else m("People lifted by township")
    maps = [_map(content, grid, townships, place) for place in range(1, len(content.compared.sides))]
    return section(
        "villages",
        m("People lifted by village"),
        el(
            "div",
            el("figure", el("h3", label), _key(), slope_chart(slopes, str(label)), class_="slope-figure"),
            el("div", maps),
            class_="pair-of-charts" if len(maps) == 1 else "charts-below",
        )
        if slopes
        else None,
        folded(m("The same as a table"), grid_table(content, grid)),
        lead=m(
            "One line a village, from plan to plan; and a tile a village, grouped by township: the tiles show who "
            "belongs together, not where a village lies."
        ),
    )


def _key() -> Html:
    """What the lines mean."""
    kinds = (("more", m("more people")), ("less", m("fewer")), ("same", m("equal")))
    return el("p", [el("span", el("i", class_=f"stroke key-{kind}"), words, class_="legend") for kind, words in kinds])


def _map(content: Content, grid: Grid, townships: Grid, place: int) -> Html:
    """The map of one side against the first."""
    title = m("Change from {before} to {after}", before=content.names.sides[0], after=content.names.sides[place])
    groups: dict[str, list[Tile]] = {}
    if len(grid.rows) <= MOST_VILLAGES:
        for row in _there(grid.rows, place):
            groups.setdefault(row.texts[2], []).append(Tile(row.texts[1], row.values[0], row.values[place]))
    else:
        everywhere = str(m("townships"))
        groups[everywhere] = [
            Tile(row.texts[0], row.values[0], row.values[place]) for row in _there(townships.rows, place)
        ]
    return el("div", el("h3", title), tile_map(groups, (LETTERS[0], LETTERS[place]), str(title)), class_="map-of")


def _there(rows: Sequence[GridRow], place: int) -> list[GridRow]:
    """Rows that one of the two sides has."""
    return [row for row in rows if (row.values[0], row.values[place]) != (None, None)]
