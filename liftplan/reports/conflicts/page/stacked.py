"""Means and needs for narrow screens: a row each, every bar beginning where the one before it ends."""

from __future__ import annotations

from collections.abc import Sequence

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.page.sides import Block, Sides
from liftplan.reports.page.html import Html, el

WHOLE, HEIGHT = 1000, 10
"""A bar's own units: width and height."""

SEEN = 14.0
"""Least width of a bar, in those units, so that it is seen."""


def stacked(sides: Sides) -> Html:
    """The rows: what there is, what is short, what rules ask for."""
    summed = len(sides.means) != 1 or len(sides.needs) != 1
    whole = max(sides.there, sides.asked, 1)
    means = _rows(sides, sides.means, whole)
    if sides.short:
        bar = _bar([("bad", sides.there / whole, 1.0)])
        means.append(_row(m("short"), sides.told(sides.short), bar, class_="bad"))
    cross = None if sides.short else el("p", "✕ ", m("no whole items fit"), class_="bad cross")
    return el(
        "div",
        _head(m("what there is"), sides.told(sides.there) if summed else None),
        el("ul", means),
        cross,
        _head(m("what rules ask for"), sides.told(sides.asked) if summed else None),
        el("ul", _rows(sides, sides.needs, whole)),
        class_="stacked",
    )


def _head(head: Message, total: Message | None) -> Html:
    return el("p", el("span", head), total and el("b", total), class_="head")


def _rows(sides: Sides, blocks: Sequence[Block], whole: int) -> list[Html]:
    """A row each; what goes beyond the means is red."""
    rows, before = [], 0
    for block in blocks:
        after, covered = before + block.amount, min(max(before, sides.there), before + block.amount)
        parts = [(block.kind, before / whole, covered / whole), ("over", covered / whole, after / whole)]
        rows.append(_row(block.name, sides.told(block.amount), _bar(parts)))
        before = after
    return rows


def _bar(parts: Sequence[tuple[str, float, float]]) -> Html:
    """A bar of parts from share to share of the whole width."""
    rects = []
    for look, start, end in parts:
        if end > start:
            wide = max(SEEN, WHOLE * (end - start))
            left = min(WHOLE * start, WHOLE - wide)
            rects.append(el("rect", x=left, y=0, width=wide, height=HEIGHT, class_=f"fill-{look}"))
    return el(
        "svg",
        el("rect", x=0, y=0, width=WHOLE, height=HEIGHT, class_="track"),
        rects,
        viewBox=f"0 0 {WHOLE} {HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _row(name: Message | str, told: Message, bar: Html, class_: str | None = None) -> Html:
    return el("li", el("span", name), el("b", told), bar, class_=class_)
