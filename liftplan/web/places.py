"""The schematic map: townships as fields, villages in them as tiles, as large as they have people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from liftplan.models.messages import Message, m
from liftplan.reports.counts import households, people
from liftplan.reports.page.html import Html, el
from liftplan.reports.words import percent
from liftplan.service.outlines import Outline, VillageFacts
from liftplan.service.public.viewing import Sums
from liftplan.service.views import VillageLine
from liftplan.web.showing import spoken

LARGEST, SMALLEST = 52.0, 16.0
"""Pixels of a tile's side."""

MOST_TILES = 400
"""Of more villages only the townships are drawn; the table has them all."""


@dataclass(frozen=True)
class Tile:
    """A village on the map."""

    id: str
    name: str
    words: str
    """What it shows, for those who point at it or do not see it."""
    drawing: Html


@dataclass(frozen=True)
class Field:
    """A township on the map."""

    name: str
    people: int | None
    """None is left out."""
    lifted: int | None
    """None without a plan."""
    concerned: int
    """People registered who are not out already; all, without a plan."""
    tiles: tuple[Tile, ...]


def fields(
    outline: Outline, sums: Mapping[str, Sums | None], gets: Mapping[str, VillageLine] | None = None
) -> list[Field]:
    """The map of a county; with what villages get in a plan it shows how many people leave poverty.

    sums: people of the townships.
    """
    townships: dict[str, list[VillageFacts]] = {}
    for one in outline.villages:
        townships.setdefault(one.township, []).append(one)
    most = max((one.people or 0 for one in outline.villages), default=1) or 1
    tiled = len(outline.villages) <= MOST_TILES
    found = []
    for name, villages in townships.items():
        tiles = tuple(_tile(one, most, gets[one.id] if gets is not None else None) for one in villages if tiled)
        all_of = sums[name]
        if all_of is None:
            found.append(Field(name, None, None, 0, tiles))
        else:
            lifted = all_of.lifted if gets is not None else None
            found.append(Field(name, all_of.people, lifted, all_of.people - all_of.out, tiles))
    return sorted(found, key=lambda field: -(field.people or 0))


def _tile(village: VillageFacts, most: int, line: VillageLine | None) -> Tile:
    name = spoken(village.name)
    side = max(SMALLEST, LARGEST * sqrt((village.people or 0) / most))
    share, words = _filled(name, line) if line is not None else (0.0, _words(name, village))
    whole = "poor" if line is not None and line.people is not None else "plain" if village.in_push else "out"
    drawing = el(
        "svg",
        el("rect", class_=f"fill-{whole}", x=0, y=0, width=100, height=100),
        el("rect", class_="fill-lifted", x=0, y=100 * (1 - share), width=100, height=100 * share) if share else None,
        viewBox="0 0 100 100",
        width=side,
        height=side,
        class_="tile",
        aria_hidden="true",
    )
    return Tile(village.id, name, str(words), drawing)


def _words(name: str, village: VillageFacts) -> Message:
    if village.people is None or village.households is None:
        return m("{name}: figures about few people are not shown", name=name)
    return m(
        "{name}: {people} in {households}",
        name=name,
        people=people(village.people),
        households=households(village.households),
    )


def _filled(name: str, line: VillageLine) -> tuple[float, Message]:
    """How much of a tile is filled, and what it says."""
    if line.people is None or line.lifted is None or line.out is None:
        return 0.0, m("{name}: figures about few people are not shown", name=name)
    concerned = line.people - line.out
    share = line.lifted / max(1, concerned)
    return share, m(
        "{name}: {lifted} of {people} people leave poverty ({share})",
        name=name,
        lifted=f"{line.lifted:,}",
        people=f"{concerned:,}",
        share=percent(share, 0),
    )
