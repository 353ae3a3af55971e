"""The two charts of the county plan: money by department, people by township."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from liftplan.models.messages import Message, language, m
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.fonts import chart_font
from liftplan.reports.documents.tables import CONTROL

DARK, PALE = "#1F3A56", "#B9C8D6"
"""Colours of what is told, and of what it is a part of: they differ in print too."""

WIDTH, BAR, MARGIN = 6.2, 0.18, 0.8
"""Inches: width of a chart, height of a bar with its gap, what title and axis take."""

DOTS = 200
"""Dots an inch."""

MOST_BARS = 30
"""More bars would not fit a page: townships are shown instead of villages, the largest ones first."""

FEW_VILLAGES = 16
"""Up to so many villages are shown one by one, more of them by township."""


@dataclass(frozen=True)
class Bar:
    """One bar: a name, its value, and the whole that the value is a part of (the value itself if there is none)."""

    name: str
    value: int
    whole: int


def money_bars(facts: Facts) -> list[Bar]:
    """Yuan that each department pays, of what it may: the largest first."""
    frame = facts.tables.departments
    rows = zip(frame["name"], frame["allocated"].tolist(), frame["amount"].tolist(), strict=True)
    found = [Bar(name, paid, amount) for name, paid, amount in rows if amount or paid]
    return sorted(found, key=lambda bar: -bar.value)[:MOST_BARS]


def people_bars(facts: Facts) -> list[Bar]:
    """People who leave poverty of those registered: by township, or by village where those are few."""
    frame = facts.tables.villages
    single = len(frame) <= FEW_VILLAGES
    places = frame.groupby("name" if single else "township", sort=False)[["lifted_people", "persons"]].sum()
    rows = zip(places.index, places["lifted_people"].tolist(), places["persons"].tolist(), strict=True)
    found = [Bar(str(name), lifted, persons) for name, lifted, persons in rows]
    return sorted(found, key=lambda bar: -bar.value)[:MOST_BARS]


def money_chart(facts: Facts) -> bytes:
    """What departments pay, as a PNG."""
    return _png(money_figure(facts))


def people_chart(facts: Facts) -> bytes:
    """Who leaves poverty where, as a PNG."""
    return _png(people_figure(facts))


def money_figure(facts: Facts) -> Figure:
    """What departments pay."""
    scale, unit = (10_000, "万元") if language() == "zh" else (1_000_000, "million yuan")
    return _bars(money_bars(facts), m("to be paid"), m("amount"), scale=scale, unit=unit)


def people_figure(facts: Facts) -> Figure:
    """Who leaves poverty where."""
    return _bars(people_bars(facts), m("leave poverty"), m("registered"), scale=1, unit=str(m("people")))


def _bars(bars: Sequence[Bar], part: Message, whole: Message, *, scale: int, unit: str) -> Figure:
    texts = [bar.name for bar in bars] + [str(part), str(whole), unit]
    figure = Figure(figsize=(WIDTH, MARGIN + BAR * max(3, len(bars))), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    font = chart_font(texts)
    places = range(len(bars))
    axes.barh(places, [bar.whole / scale for bar in bars], 0.72, color=PALE, label=str(whole))
    axes.barh(places, [bar.value / scale for bar in bars], 0.72, color=DARK, label=str(part))
    highest = max((max(bar.whole, bar.value) for bar in bars), default=1) / scale
    for place, bar in enumerate(bars):
        end = max(bar.whole, bar.value) / scale + highest * 0.012
        text = f"{_figure(bar.value, scale)} / {_figure(bar.whole, scale)}"
        axes.text(end, place, text, va="center", ha="left", fontsize=7, family=font)
    axes.set_yticks(list(places), [_label(bar.name) for bar in bars], family=font, fontsize=8)
    axes.set_xlim(0, highest * 1.28)
    axes.set_xlabel(unit, family=font, fontsize=8)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.tick_params(axis="x", labelsize=8)
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower right", frameon=False, prop={"family": font, "size": 8})
    return figure


def _png(figure: Figure) -> bytes:
    written = io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def _figure(value: int, scale: int) -> str:
    """A value beside its bar, in the chart's unit."""
    return f"{value / scale:,.{0 if scale == 1 else 1}f}"


def _label(name: str) -> str:
    """A name as a label: nothing in it is taken for a formula or a command."""
    return CONTROL.sub("", name).replace("$", r"\$")
