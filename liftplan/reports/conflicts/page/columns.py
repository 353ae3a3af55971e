"""Two columns for wide screens and paper: means left, needs right, both to one scale, and what is short in red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from liftplan.models.messages import m
from liftplan.reports.conflicts.page.sides import Block, Sides
from liftplan.reports.page.charts.spreading import spread
from liftplan.reports.page.charts.texts import width, wrapped
from liftplan.reports.page.html import Html, el

BAR, BETWEEN, LEADER = 26.0, 250.0, 14.0
"""Pixels: width of a column, between both, from a column to its labels."""

WIDEST = 330.0
"""Most room for the labels of a side."""

SHORTEST, SEEN = 168.0, 6.0
"""Least height of the columns, and of what is short, so that it is seen."""

SIZE, LINE, SPACE = 14.0, 18.0, 7.0
"""Font size, height of a line, and least space between labels, pixels."""

SLACK = 1.15
"""How much wider than estimated letters may be."""


@dataclass(frozen=True)
class _Label:
    """What stands beside a block: its name in one or two lines, its amount in the last."""

    lines: tuple[str, ...]
    look: str

    @property
    def tall(self) -> float:
        return LINE * len(self.lines)

    @property
    def wide(self) -> float:
        return SLACK * max(width(line, SIZE) for line in self.lines)


@dataclass(frozen=True)
class _Side:
    """One column: its edges across, its head, the blocks' labels."""

    number: int
    x: float
    head: tuple[str, ...]
    labels: tuple[_Label, ...]

    @property
    def beside(self) -> tuple[float, float, str]:
        """Where labels begin or end, the column's edge towards them, the anchor."""
        if self.number == 0:
            return self.x - LEADER, self.x, "end"
        return self.x + BAR + LEADER, self.x + BAR, "start"

    @property
    def tall(self) -> float:
        """Room that the labels need below one another."""
        return sum(label.tall + SPACE for label in self.labels) - SPACE


@dataclass(frozen=True)
class _Scale:
    """Amounts to pixels: in proportion, but for a small lack, which is drawn as large as it has to be to be seen."""

    there: int
    asked: int
    tall: float

    def at(self, amount: int) -> float:
        """Pixels from the top of a column to where so much ends."""
        short, whole = self.asked - self.there, max(self.there, self.asked, 1)
        if short <= 0:
            return self.tall * amount / whole
        seen = max(SEEN, self.tall * short / whole)
        if amount <= self.there:
            return (self.tall - seen) * amount / max(1, self.there)
        return self.tall - seen + seen * (amount - self.there) / short

    def places(self, blocks: Sequence[Block]) -> list[tuple[float, float]]:
        """Top and foot of blocks that stand on one another."""
        ends = [0]
        for block in blocks:
            ends.append(ends[-1] + block.amount)
        return list(pairwise(map(self.at, ends)))


def columns(sides: Sides) -> Html:
    """The chart. What is short stands below the means, beside the part of the needs that nothing covers."""
    means, needs = _labels(sides, sides.means), _labels(sides, sides.needs)
    if sides.short:
        means = (*means, _Label((str(m("short")), str(sides.told(sides.short))), "bad"))
    heads: list[tuple[str, ...]] = [(str(m("what there is")),), (str(m("what rules ask for")),)]
    if len(sides.means) != 1 or len(sides.needs) != 1:  # otherwise the blocks' own amounts say it
        heads = [(*head, str(sides.told(total))) for head, total in zip(heads, (sides.there, sides.asked), strict=True)]
    margins = [_margin(head, labels) for head, labels in zip(heads, (means, needs), strict=True)]
    left = _Side(0, margins[0], heads[0], means)
    right = _Side(1, margins[0] + BAR + BETWEEN, heads[1], needs)
    scale = _Scale(sides.there, sides.asked, max(SHORTEST, left.tall, right.tall))
    places = [scale.places(sides.means), scale.places(sides.needs)]
    if sides.short:
        places[0].append((scale.at(sides.there), scale.at(sides.asked)))
    top, across = LINE * len(heads[0]) + 12, right.x + BAR + margins[1]
    shapes: list[Html] = [
        el("g", _bands(places, left, right, short=bool(sides.short))),
        *(_column(side, ends) for side, ends in zip((left, right), places, strict=True)),
        _rect(right.x, *places[0][-1], "uncovered") if sides.short else Html(""),
        *(_beside(side, ends, scale.tall) for side, ends in zip((left, right), places, strict=True)),
    ]
    return el(
        "svg",
        el("title", m("Means and needs")),
        [_head(side) for side in (left, right)],
        el("g", shapes, transform=f"translate(0 {top:.0f})"),
        class_="choke",
        width=f"{across:.0f}",
        viewBox=f"0 0 {across:.0f} {top + scale.tall + 4:.0f}",
        role="img",
    )


def _labels(sides: Sides, blocks: Sequence[Block]) -> tuple[_Label, ...]:
    return tuple(
        _Label((*wrapped(block.name, SIZE, WIDEST / SLACK), str(sides.told(block.amount))), block.kind)
        for block in blocks
    )


def _margin(head: Sequence[str], labels: Sequence[_Label]) -> float:
    """Room beside a column."""
    return LEADER + max([SLACK * width(line, SIZE) for line in head] + [label.wide for label in labels])


def _rect(x: float, top: float, foot: float, class_: str) -> Html:
    """A part of a column, with a line of the paper below it where it is tall enough."""
    tall = foot - top - 1 if foot - top > 4 else max(foot - top, 1.0)
    return el("rect", x=x, y=top, width=BAR, height=tall, class_=class_)


def _column(side: _Side, places: Sequence[tuple[float, float]]) -> Html:
    return el("g", [
        _rect(side.x, top, foot, f"fill-{label.look}")
        for label, (top, foot) in zip(side.labels, places, strict=True)
    ])  # fmt: skip


def _bands(places: Sequence[Sequence[tuple[float, float]]], left: _Side, right: _Side, *, short: bool) -> list[Html]:
    """Each part of the means beside what it covers; where the sums would do, one band with a cross."""
    start, end = left.x + BAR, right.x
    if short:
        return [
            el("rect", x=start, y=top, width=end - start, height=max(1.0, foot - top - 1), class_=f"band-{label.look}")
            for label, (top, foot) in zip(left.labels, places[0], strict=True)
        ]
    lows = [ends[-1][1] for ends in places]
    middle, down = (start + end) / 2, min(lows) / 2
    points = [(start, 0.0), (end, 0.0), (end, lows[1]), (start, lows[0])]
    return [
        el("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_="band-bad"),
        el("text", "✕", x=middle, y=down, text_anchor="middle", class_="cross"),
        el("text", m("no whole items fit"), x=middle, y=down + 21, text_anchor="middle", class_="bad-text"),
    ]


def _head(side: _Side) -> Html:
    x, _, anchor = side.beside
    return el("g", [
        el("text", line, x=x, y=14 + LINE * number, text_anchor=anchor, class_="total" if number else "soft")
        for number, line in enumerate(side.head)
    ])  # fmt: skip


def _beside(side: _Side, places: Sequence[tuple[float, float]], tall: float) -> Html:
    """Names and amounts beside a column, with lines to their blocks."""
    talls = [label.tall for label in side.labels]
    middles = [(top + foot) / 2 for top, foot in places]
    apart = [(one + other) / 2 + SPACE for one, other in pairwise(talls)]
    placed = spread(middles, apart, talls[0] / 2, tall - talls[-1] / 2)
    return el("g", [
        _written(side, label, middle, at) for label, middle, at in zip(side.labels, middles, placed, strict=True)
    ])  # fmt: skip


def _written(side: _Side, label: _Label, middle: float, at: float) -> Html:
    """A label at its place; middle: of its block."""
    x, edge, anchor = side.beside
    inward = 3.0 if x < edge else -3.0
    last, first = len(label.lines) - 1, at - label.tall / 2 + 0.76 * LINE
    spans = [
        el("tspan", line, x=x, y=first + LINE * number, class_="amount" if number == last else None)
        for number, line in enumerate(label.lines)
    ]
    return el(
        "g",
        el("line", x1=x + inward, y1=at, x2=edge - inward / 3, y2=middle, class_="leader"),
        el("text", spans, text_anchor=anchor, class_="bad-text" if label.look == "bad" else None),
    )
