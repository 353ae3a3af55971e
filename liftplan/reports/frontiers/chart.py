"""The chart of a frontier: people over the worst share, what plans reach and what none can as steps."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.curves.chart import Scale, ticks
from liftplan.reports.frontiers.content import FrontierContent, share
from liftplan.reports.page.html import Html, el

WIDTH, HEIGHT = 720.0, 380.0
LEFT, RIGHT, TOP, FOOT = 64.0, 20.0, 16.0, 52.0
"""Pixels of the chart, and around the plot."""

ROOM = 0.15
"""Room below the lowest point, of the height between lowest and highest."""


def frontier_chart(content: FrontierContent) -> Html:
    """The chart. People do not begin at 0 where all points are far above it, as the axis shows."""
    envelope = content.envelope
    points = envelope.frontier
    impossible = envelope.impossible
    right = min(10_000, max((impossible or 10_000) + 200, 1_000))
    left = max(0, min((point.share_bp for point in points), default=0) // 1_000 * 1_000 - 1_000)
    steps = envelope.steps(left, right)
    tops = [known.most for _, _, known in steps if known.most is not None]
    highest = max([1, *tops, *(point.people for point in points)])
    least = min([*tops, *(point.people for point in points)], default=0)
    lowest = max(0.0, least - max(ROOM * (highest - least), 0.02 * highest))

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - left) / (right - left)

    def y(people: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * (max(people, lowest) - lowest) / max(1.0, highest - lowest)

    parts: list[Html] = _grid(content, x, y, (left, right), (lowest, highest))
    for low, high, known in steps:
        wide = {"x": x(low), "width": max(0.5, x(high) - x(low))}
        if known.impossible:
            parts.append(el("rect", class_="never", y=TOP, height=HEIGHT - FOOT - TOP, **wide))
        elif known.most is not None:
            foot = y(known.least) if known.least is not None else HEIGHT - FOOT
            name = "band" if known.least is not None else "open"
            parts.append(el("rect", class_=name, y=y(known.most), height=max(1.0, foot - y(known.most)), **wide))
    parts.append(el("path", d=_stairs(content, x, y, left), class_="curve"))
    for point in points:
        words = m(
            "{share}: {people} people, {groups}",
            share=share(point.share_bp),
            people=f"{point.people:,}",
            groups=content.groups(point.groups),
        )
        parts.append(el("circle", el("title", words), cx=x(point.share_bp), cy=y(point.people), r=4, class_="point"))
    label = m("People lifted against {worst}", worst=content.worst)
    return el("svg", parts, class_="curve-chart", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", aria_label=label)


def _stairs(content: FrontierContent, x: Scale, y: Scale, left: int) -> str:
    """What plans reach at each level: level until a plan's share, then down to the next plan."""
    path, at = [], left
    for point in content.envelope.frontier:
        path += [f"{x(at):.1f},{y(point.people):.1f}", f"{x(point.share_bp):.1f},{y(point.people):.1f}"]
        at = point.share_bp
    return "M" + " L".join(path) if path else "M0,0"


def _grid(content: FrontierContent, x: Scale, y: Scale, across: tuple[int, int], up: tuple[float, float]) -> list[Html]:
    foot = HEIGHT - FOOT
    parts = []
    for people in ticks(*up):
        parts.append(el("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y(people), y2=y(people), class_="grid"))
        parts.append(el("text", f"{people:,}", x=LEFT - 8, y=y(people) + 4, text_anchor="end"))
    for value in ticks(*across):
        parts.append(el("line", x1=x(value), x2=x(value), y1=foot, y2=foot + 5, class_="axis"))
        parts.append(el("text", share(value), x=x(value), y=foot + 20, text_anchor="middle"))
    parts.append(el("text", content.worst, x=(LEFT + WIDTH - RIGHT) / 2, y=foot + 42, text_anchor="middle"))
    return parts
