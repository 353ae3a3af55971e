"""A schematic map: villages as tiles, grouped by township. It knows no places, only who belongs to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liftplan.models.messages import m
from liftplan.reports.comparison.grids import MINUS
from liftplan.reports.page.html import Html, el

LEVELS = 3
"""Shades of more, and of less."""


@dataclass(frozen=True)
class Tile:
    """One place: its name, and people lifted on two sides (None: it is not there)."""

    name: str
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """After - before; None if either is missing."""
        return None if self.before is None or self.after is None else self.after - self.before


def tile_map(groups: Mapping[str, Sequence[Tile]], letters: tuple[str, str], label: str) -> Html:
    """The map. groups: township -> its tiles; letters: of the two sides; label: what it shows."""
    most = max((abs(tile.change or 0) for tiles in groups.values() for tile in tiles), default=0)
    boxes = [
        el(
            "div",
            el("h4", name, " ", el("span", _sum(tiles), class_="small")),
            el("div", [_tile(tile, most, letters) for tile in tiles], class_="tiles"),
            class_="box",
        )
        for name, tiles in groups.items()
    ]
    return el(
        "figure", _legend(most), el("div", boxes, class_="map", role="group", aria_label=label), class_="map-figure"
    )


def _tile(tile: Tile, most: int, letters: tuple[str, str]) -> Html:
    if tile.change is None:
        there = letters[0] if tile.after is None else letters[1]
        return el(
            "span",
            el("b", tile.name),
            el("span", f"{tile.before if tile.after is None else tile.after:,}", class_="figures-of"),
            el("span", m("only in {name}", name=there), class_="change"),
            class_="tile alone",
        )
    return el(
        "span",
        el("b", tile.name),
        el("span", f"{tile.before:,} → {tile.after:,}", class_="figures-of"),
        el("span", _signed(tile.change), class_="change"),
        class_=f"tile {_level(tile.change, most)}",
    )


def _level(change: int, most: int) -> str:
    """Class of a change: `more-1` ... `more-3`, `less-1` ... `less-3`, `even`."""
    if not change:
        return "even"
    level = next(level for level in range(1, LEVELS + 1) if abs(change) <= most * level // LEVELS)
    return f"{'more' if change > 0 else 'less'}-{level}"


def _legend(most: int) -> Html:
    """The shades and what they stand for."""
    steps = [(most * level // LEVELS, level) for level in range(1, LEVELS + 1)]
    steps = [(upper, level) for upper, level in steps if upper]
    shades = [(f"less-{level}", f"{MINUS}{upper:,}") for upper, level in reversed(steps)]
    shades += [("even", "0"), *((f"more-{level}", f"+{upper:,}") for upper, level in steps)]
    return el("p", [el("span", text, class_=f"shade {name}") for name, text in shades], class_="shades")


def _sum(tiles: Sequence[Tile]) -> str:
    return _signed(sum((tile.after or 0) - (tile.before or 0) for tile in tiles))


def _signed(change: int) -> str:
    return "0" if not change else f"{'+' if change > 0 else MINUS}{abs(change):,}"
