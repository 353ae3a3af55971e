"""A slope chart: one line a thing, from side to side; labels are spread so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liftplan.models.messages import m
from liftplan.reports.comparison.grids import MINUS
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.page.charts.spreading import spread
from liftplan.reports.page.charts.texts import fitted, width
from liftplan.reports.page.html import Html, el

SIZE = 11.0
"""Font size, pixels of a chart as wide as a narrow screen; wide screens enlarge it."""

STEP = 13.0
"""Least distance between labels."""

PLOT, LEADER, HEAD = 130.0, 14.0, 20.0
"""Pixels: between the first and the last column, from a label to its point, above the lines."""

COLUMN = 70.0
"""Pixels that each further column adds."""

SLACK = 1.12
"""How much wider than estimated letters may be."""

WIDEST = 92.0
"""Most room for a name."""


@dataclass(frozen=True)
class Slope:
    """One line: a name, a value a side (None: it is not there)."""

    name: str
    values: tuple[int | None, ...]

    @property
    def change(self) -> int | None:
        """The last value less the first; None if either is missing."""
        first, last = self.values[0], self.values[-1]
        return None if first is None or last is None else last - first


def slope_chart(slopes: Sequence[Slope], label: str) -> Html:
    """The chart; `label` says what it shows."""
    columns = max(len(slope.values) for slope in slopes)
    lefts = {place: _left(slope) for place, slope in enumerate(slopes) if slope.values[0] is not None}
    rights = {place: _right(slope) for place, slope in enumerate(slopes) if slope.values[-1] is not None}
    left, right = _room(lefts.values()), _room(rights.values())
    plot = PLOT + COLUMN * (columns - 2)
    height = max(240.0, STEP * max(len(lefts), len(rights)) + HEAD + 16)
    scale = _Scale.of(slopes, HEAD + 10, height - 12)
    start = left + LEADER
    across = [start + plot * column / (columns - 1) for column in range(columns)]
    total = start + plot + LEADER + right
    parts = [_line(slope, across, scale) for slope in sorted(slopes, key=lambda one: abs(one.change or 0))]
    parts += _labels(lefts, slopes, 0, scale, (left, start), height)
    parts += _labels(rights, slopes, -1, scale, (start + plot + LEADER, start + plot), height)
    heads = [
        el("text", LETTERS[column], x=x, y=12.0, class_=f"head text-{LETTERS[column].lower()}")
        for column, x in enumerate(across)
    ]
    axes = [el("line", x1=x, x2=x, y1=HEAD, y2=height - 4, class_="axis") for x in across]
    return el(
        "svg",
        axes,
        heads,
        parts,
        class_="slope" if columns == 2 else "slope broad",
        viewBox=f"0 0 {total:.0f} {height:.0f}",
        role="img",
        aria_label=label,
    )


@dataclass(frozen=True)
class _Scale:
    """Values to pixels from the top."""

    least: int
    most: int
    top: float
    foot: float

    @classmethod
    def of(cls, slopes: Sequence[Slope], top: float, foot: float) -> _Scale:
        values = [value for slope in slopes for value in slope.values if value is not None]
        return cls(min(values, default=0), max(values, default=1), top, foot)

    def at(self, value: int) -> float:
        span = max(1, self.most - self.least)
        return self.foot - (self.foot - self.top) * (value - self.least) / span


def _line(slope: Slope, across: Sequence[float], scale: _Scale) -> Html:
    points = [(x, scale.at(value)) for x, value in zip(across, slope.values, strict=True) if value is not None]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = [el("circle", cx=x, cy=y, r=2.0) for x, y in points]
    told = m("{name}: {values}", name=slope.name, values=" → ".join(map(_told, slope.values)))
    return el("g", el("title", told), el("path", d=path), dots, class_=f"slope-{_kind(slope)}")


def _labels(
    texts: dict[int, str],
    slopes: Sequence[Slope],
    side: int,
    scale: _Scale,
    ends: tuple[float, float],
    height: float,
) -> list[Html]:
    """Labels of one side with lines to their points. ends: x of the label's end, x of the points."""
    order = sorted(texts, key=lambda place: scale.at(slopes[place].values[side] or 0))
    wanted = [scale.at(slopes[place].values[side] or 0) for place in order]
    placed = spread(wanted, [STEP] * (len(wanted) - 1), HEAD + 8, height - 8)
    parts = []
    for place, y, point in zip(order, placed, wanted, strict=True):
        kind = _kind(slopes[place])
        inward = 2.0 if side == 0 else -2.0
        parts.append(el("line", x1=ends[0] + inward, y1=y, x2=ends[1] - inward, y2=point, class_="leader"))
        at = ends[0] if side == 0 else ends[0] + 2
        parts.append(
            el(
                "text",
                texts[place],
                x=at,
                y=y + 0.35 * SIZE,
                class_=f"{'before' if side == 0 else 'after'} name-{kind}",
            )
        )
    return parts


def _room(texts: Iterable[str]) -> float:
    """Room for the longest label, in wide fonts too."""
    return max((SLACK * width(text, SIZE) for text in texts), default=0.0) + 4


def _kind(slope: Slope) -> str:
    if slope.change is None:
        return "alone"
    return "more" if slope.change > 0 else "less" if slope.change < 0 else "same"


def _left(slope: Slope) -> str:
    return f"{fitted(slope.name, SIZE, WIDEST)} {_told(slope.values[0])}"


def _right(slope: Slope) -> str:
    text = f"{_told(slope.values[-1])} {fitted(slope.name, SIZE, WIDEST)}"
    if not slope.change:
        return text
    return f"{text} {'+' if slope.change > 0 else MINUS}{abs(slope.change):,}"


def _told(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"
