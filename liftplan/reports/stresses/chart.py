"""The distribution of people who stay lifted: columns for each plan, on one scale."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.curves.chart import Scale, ticks
from liftplan.reports.page.html import Html, el
from liftplan.reports.stresses.content import StressContent
from liftplan.scenarios.stress import Outcome

WIDTH, ROW, FOOT, SIDE = 720.0, 130.0, 46.0, 20.0
"""Pixels: width, height of each plan's columns, the axis, room at the sides."""

TOP = 26.0
"""Room above the columns, for the plan's name."""


def stress_chart(content: StressContent) -> Html:
    """Columns of draws over people; the dark line is what was planned, the dashed one what a bad draw reaches."""
    sides = content.sides
    low = min(one.least for _, one in sides)
    high = max(1 + max(one.planned, one.columns[-1][1]) for _, one in sides)
    wide = max(1, high - low)
    height = ROW * len(sides) + FOOT

    def x(people: float) -> float:
        return SIDE + (WIDTH - 2 * SIDE) * (people - low) / wide

    parts: list[Html] = []
    for place, (name, one) in enumerate(sides):
        foot = ROW * (place + 1)
        parts.append(el("text", name, x=SIDE, y=foot - ROW + 16, class_="name"))
        parts += _columns(one, x, foot)
        for people, kind in ((one.planned, "planned"), (one.quantiles["0.05"], "worst")):
            parts.append(el("line", x1=x(people + 0.5), x2=x(people + 0.5), y1=foot - ROW + TOP, y2=foot, class_=kind))
        parts.append(el("line", x1=SIDE, x2=WIDTH - SIDE, y1=foot, y2=foot, class_="axis"))
    for value in ticks(low, high):
        parts.append(el("line", x1=x(value), x2=x(value), y1=height - FOOT, y2=height - FOOT + 5, class_="axis"))
        parts.append(el("text", f"{value:,}", x=x(value), y=height - FOOT + 20, text_anchor="middle"))
    parts.append(el("text", m("people who stay lifted"), x=WIDTH / 2, y=height - 6, text_anchor="middle"))
    label = m("People who stay lifted in {count} draws", count=f"{content.plan.draws:,}")
    return el(
        "svg", parts, class_="stress-chart", viewBox=f"0 0 {WIDTH:.0f} {height:.0f}", role="img", aria_label=label
    )


def _columns(one: Outcome, x: Scale, foot: float) -> list[Html]:
    tallest = max(draws for _, _, draws in one.columns)
    found = []
    for low, high, draws in one.columns:
        if not draws:
            continue
        tall = max(1.0, (ROW - TOP) * draws / tallest)
        left, right = x(low), x(high + 1)
        words = m("{low} to {high} people: {draws} draws", low=f"{low:,}", high=f"{high:,}", draws=f"{draws:,}")
        shape = el("rect", el("title", words), x=left, y=foot - tall, width=max(1.0, right - left - 1), height=tall)
        found.append(shape)
    return found
