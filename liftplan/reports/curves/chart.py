"""The chart of a curve: people over the quantity, what no plan can exceed as a band above."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10
from typing import NamedTuple

from liftplan.models.messages import m
from liftplan.reports.curves.content import CurveContent
from liftplan.reports.page.amounts import unit
from liftplan.reports.page.html import Html, el
from liftplan.scenarios.curve import Point

WIDTH, HEIGHT = 720.0, 380.0
LEFT, RIGHT, TOP, FOOT = 64.0, 36.0, 16.0, 52.0
"""Pixels of the chart, and around the plot."""

Scale = Callable[[float], float]
"""Pixels of a value."""

ROOM = 0.15
"""Room below the lowest point, of the height between lowest and highest."""

TICKS = 5
"""Ticks of an axis, about."""


class Place(NamedTuple):
    """A point with a plan."""

    value: int
    people: int
    most: int
    """People that no plan exceeds; `people` where nothing is proved."""


def curve_chart(content: CurveContent) -> Html:
    """The chart. Where there is no plan the line stops, and a mark stands on the axis.

    People do not begin at 0 where all points are far above it, as the axis shows.
    """
    points = content.points
    low, high = points[0].value, points[-1].value
    tops = [floor(one.bound) for one in points if one.bound is not None] if content.counts_people else []
    people = [one.people for one in points if one.people is not None]
    highest = max([1, *tops, *people])
    lowest = lowest_shown(min(people, default=0), highest)

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / max(1, high - low)

    def y(people: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * (people - lowest) / max(1, highest - lowest)

    runs = _runs(points)
    parts: list[Html] = _grid(x, y, (low, high), (lowest, highest))
    if content.counts_people:
        parts += [_band(run, x, y) for run in runs if len(run) > 1]
    for run in runs:
        path = " ".join(f"{x(one.value):.1f},{y(one.people):.1f}" for one in run)
        parts.append(el("polyline", points=path, class_="curve"))
    parts += [_mark(content, one, x, y) for one in points]
    label = m("People lifted over {quantity}", quantity=content.quantity)
    return el("svg", parts, class_="curve-chart", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", aria_label=label)


def lowest_shown(least: int, highest: int) -> int:
    """Where the axis of people begins: 0, or a little below the least where that is more than half of the highest."""
    lowest = int(least - max(ROOM * (highest - least), 0.02 * highest))
    return lowest if 2 * lowest > highest else 0


def ticks(low: float, high: float) -> list[int]:
    """Round numbers from low to high."""
    raw = max(1.0, (high - low) / TICKS)
    power = 10 ** floor(log10(raw))
    step = int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw))
    first = -(-int(low) // step) * step
    return list(range(first, int(high) + 1, step))


def _runs(points: tuple[Point, ...]) -> list[list[Place]]:
    """Neighbours that all have plans."""
    runs: list[list[Place]] = [[]]
    for one in points:
        if one.people is None:
            runs.append([])
        else:
            most = one.people if one.bound is None else floor(one.bound)
            runs[-1].append(Place(one.value, one.people, most))
    return [run for run in runs if run]


def _band(run: list[Place], x: Scale, y: Scale) -> Html:
    below = [f"{x(one.value):.1f},{y(one.people):.1f}" for one in run]
    above = [f"{x(one.value):.1f},{y(one.most):.1f}" for one in reversed(run)]
    return el("polygon", points=" ".join([*below, *above]), class_="band")


def _grid(x: Scale, y: Scale, across: tuple[int, int], up: tuple[int, int]) -> list[Html]:
    money = unit(across[1])
    foot = HEIGHT - FOOT
    parts = [el("line", x1=LEFT, x2=WIDTH - RIGHT, y1=foot, y2=foot, class_="axis")]
    for people in ticks(*up):
        parts.append(el("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y(people), y2=y(people), class_="grid"))
        parts.append(el("text", f"{people:,}", x=LEFT - 8, y=y(people) + 4, text_anchor="end"))
    for value in ticks(*across):
        parts.append(el("line", x1=x(value), x2=x(value), y1=foot, y2=foot + 5, class_="axis"))
        parts.append(el("text", money.figure(value), x=x(value), y=foot + 20, text_anchor="middle"))
    parts.append(el("text", money.word, x=(LEFT + WIDTH - RIGHT) / 2, y=foot + 42, text_anchor="middle"))
    return parts


def _mark(content: CurveContent, one: Point, x: Scale, y: Scale) -> Html:
    if one.people is None:
        words = m("{value} yuan: no plan", value=f"{one.value:,}")
        return el("circle", el("title", words), cx=x(one.value), cy=HEIGHT - FOOT, r=4, class_="none")
    words = m("{value} yuan: {people} people", value=f"{one.value:,}", people=f"{one.people:,}")
    name = "now" if one.value == content.axis.present else "point"
    return el("circle", el("title", words), cx=x(one.value), cy=y(one.people), r=4, class_=name)
