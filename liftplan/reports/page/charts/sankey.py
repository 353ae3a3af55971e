"""Drawing a flow chart: money from departments through purposes to places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from liftplan.models.messages import m
from liftplan.reports.page.charts.flows import Band, Flow, Layout, Node, lay_out
from liftplan.reports.page.charts.texts import fitted, width
from liftplan.reports.page.html import Html, el

WIDTH, BAR, SPACE = 1080.0, 10.0, 8.0
"""Pixels: of the chart, of a node, between a node and its label."""

SIZE = 13.0
"""Font size of labels, pixels."""

SIGN = 11.0
"""Font size of signs, pixels."""

SLACK = 1.1
"""How much wider than estimated the letters of some fonts are."""

SIGNED = 10.0
"""Pixels: bands as thick as that have the sign of their kind."""

WIDEST = 340.0
"""Most room for the labels at a side, pixels."""


@dataclass(frozen=True)
class Labels:
    """Words of a chart."""

    chart: str
    """What it shows."""
    names: Mapping[tuple[int, str], str]
    """(column, key) -> name of a node."""
    short: Callable[[int], str]
    """An amount as labels say it."""

    def needed(self, node: Node) -> float:
        """Pixels that a node's whole label would need."""
        return SLACK * width(f"{self.names[node.column, node.key]} {self.short(node.amount)}", SIZE) + SPACE


def sankey(
    flows: Iterable[Flow],
    labels: Labels,
    height: float,
    *,
    plain_end: bool = False,
    targets: Mapping[str, str] | None = None,
    signs: Mapping[str, str] | None = None,
) -> Html:
    """The chart. The page's script says what flows through a band or a node where one points.

    Parameters
    ----------
    flows
        What goes where; each kind has a colour.
    labels
        Its words.
    height
        Pixels it should have; labels may need more.
    plain_end
        True: the second half has one colour, where many kinds would be too fine to follow.
    targets
        Key of the last column -> address within the page that its label leads to.
    signs
        Kind -> what stands at the beginning of its bands in the first half, for those who cannot tell the colours.
    """
    layout = lay_out(flows, height, plain_end=plain_end)
    lefts = _lefts(layout, labels)
    numbers = {(node.column, node.key): number for number, node in enumerate(layout.nodes)}
    by_kind = groupby(sorted(layout.bands, key=lambda band: band.kind), key=lambda band: band.kind)
    bands = [
        el("g", [_band(band, lefts, numbers) for band in same], class_=f"line-{kind or 'plain'}")
        for kind, same in by_kind
    ]
    beside = [
        el("text", signs[band.kind], x=lefts[0] + BAR + 4, y=band.start + 0.35 * SIGN, class_="sign")
        for band in layout.bands
        if signs and band.column == 0 and band.thickness >= SIGNED
    ]
    nodes = [
        el("g", [_node(node, numbers, lefts, labels, targets or {}) for node in same], class_=f"column-{column}")
        for column, same in groupby(layout.nodes, key=lambda node: node.column)
    ]
    return el(
        "svg",
        el("g", bands),
        beside,
        nodes,
        class_="sankey",
        viewBox=f"0 0 {WIDTH:.0f} {layout.height:.0f}",
        role="group",
        aria_label=labels.chart,
        data_band=m("{source} → {target}: {amount} yuan", source="%1", target="%2", amount="%3"),
        data_words=m("{name}: {amount} yuan", name="%1", amount="%3"),
    )


def _lefts(layout: Layout, labels: Labels) -> tuple[float, float, float]:
    """Left edges of the columns' nodes: at the sides there is the room that labels need."""
    first, last = (
        min(WIDEST, max((labels.needed(node) for node in layout.nodes if node.column == column), default=0.0))
        for column in (0, 2)
    )
    right = WIDTH - last - BAR
    return first, first + (right - first) * 0.46, right


def _band(band: Band, lefts: tuple[float, float, float], numbers: Mapping[tuple[int, str], int]) -> Html:
    start, end = lefts[band.column] + BAR, lefts[band.column + 1]
    middle, top, foot = (start + end) / 2, f"{band.start:.1f}", f"{band.end:.1f}"
    return el(
        "path",
        d=f"M{start:.0f} {top}C{middle:.0f} {top} {middle:.0f} {foot} {end:.0f} {foot}",
        stroke_width=max(0.5, band.thickness),
        data_a=numbers[band.column, band.source],
        data_b=numbers[band.column + 1, band.target],
        data_y=band.amount,
    )


def _node(
    node: Node,
    numbers: Mapping[tuple[int, str], int],
    lefts: tuple[float, float, float],
    labels: Labels,
    targets: Mapping[str, str],
) -> Html:
    left, figure, name = lefts[node.column], labels.short(node.amount), labels.names[node.column, node.key]
    room = (lefts[0], (lefts[2] - lefts[1]) * 0.9, WIDTH - lefts[2] - BAR)[node.column]
    shown = fitted(name, SIZE, room - SPACE - width(f" {figure}", SIZE))
    at = left - SPACE if node.column == 0 else left + BAR + SPACE
    text = el("text", shown, el("tspan", figure, dx=4), x=at, y=node.middle + 0.35 * SIZE)
    shape = el("rect", x=left, y=node.top, width=BAR, height=node.height)
    target = targets.get(node.key) if node.column == 2 else None
    number = numbers[node.column, node.key]
    whole = None if shown == name else name
    return el("a" if target else "g", shape, text, href=target, data_node=number, data_y=node.amount, data_name=whole)
