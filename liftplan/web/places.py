"""The schematic map: townships as fields, villages in them as tiles, as large as they have people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from liftplan.models.messages import Message, m
from liftplan.reports.page.html import Html, el
from liftplan.reports.words import percent
from liftplan.service.outlines import Outline, VillageFacts
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
    people: int
    lifted: int | None
    """None without a plan."""
    concerned: int
    """People registered who are not out already; all, without a plan."""
    tiles: tuple[Tile, ...]


def fields(outline: Outline, gets: Mapping[str, VillageLine] | None = None) -> list[Field]:
    """The map of a county; with what villages get in a plan it shows how many people leave poverty."""
    townships: dict[str, list[VillageFacts]] = {}
    for one in outline.villages:
        townships.setdefault(one.township, []).append(one)
    most = max((one.people for one in outline.villages), default=1) or 1
    tiled = len(outline.villages) <= MOST_TILES
    found = []
    for name, villages in townships.items():
        people = sum(one.people for one in villages)
        lines = [gets[one.id] for one in villages] if gets is not None else []
        lifted = sum(line.lifted for line in lines) if gets is not None else None
        tiles = tuple(_tile(one, most, gets[one.id] if gets is not None else None) for one in villages if tiled)
        found.append(Field(name, people, lifted, people - sum(line.out for line in lines), tiles))
    return sorted(found, key=lambda field: -field.people)


def _tile(village: VillageFacts, most: int, line: VillageLine | None) -> Tile:
    name = spoken(village.name)
    side = max(SMALLEST, LARGEST * sqrt(village.people / most))
    words: Message = m(
        "{name}: {people} people in {households} households",
        name=name,
        people=f"{village.people:,}",
        households=f"{village.households:,}",
    )
    share = 0.0
    if line is not None:
        concerned = line.people - line.out
        share = line.lifted / max(1, concerned)
        words = m(
            "{name}: {lifted} of {people} people leave poverty ({share})",
            name=name,
            lifted=f"{line.lifted:,}",
            people=f"{concerned:,}",
            share=percent(share, 0),
        )
    whole = "poor" if line is not None else "plain" if village.in_push else "out"
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
