"""How amounts lie above a limit: one column per step, those exactly at the limit or below it apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from liftplan.reports.page.html import Html, el

WIDTH, HEIGHT, STEPS = 420, 56, 24
"""Pixels of the chart; columns above the limit."""

FOOT = 14
"""Pixels below the columns, for the axis."""


def histogram(rooms: Sequence[int], label: str, told: Callable[[int, int, int], str]) -> Html:
    """The histogram of rooms (amounts above the limit).

    Parameters
    ----------
    rooms
        Amount above the limit of each subject; negative where it is not kept.
    label
        What the chart shows.
    told
        Words for a column: how many subjects, from which room to which.
    """
    top = max(1, *rooms)
    step = -(-top // STEPS)
    above = Counter((room - 1) // step for room in rooms if room > 0)
    below, exact = [room for room in rooms if room < 0], sum(room == 0 for room in rooms)
    tallest = max(len(below), exact, *above.values(), 1)
    slot = WIDTH / (STEPS + 3)
    columns = []

    def column(place: float, number: int, name: str, words: str) -> None:
        if number:
            high = max(2.0, (HEIGHT - FOOT) * number / tallest)
            shape = el(
                "rect", el("title", words), class_=name, x=place, y=HEIGHT - FOOT - high, width=slot - 2.0, height=high
            )
            columns.append(shape)

    column(0.0, len(below), "fill-bad", told(len(below), min(below, default=0), -1))
    column(slot * 1.5, exact, "fill-exact", told(exact, 0, 0))
    for place, number in sorted(above.items()):
        column(slot * (2.5 + place), number, "fill-plain", told(number, place * step + 1, (place + 1) * step))
    limit = slot * 1.5 - 2.0
    return el(
        "svg",
        el("title", label),
        columns,
        el("line", class_="axis", x1=0, x2=WIDTH, y1=HEIGHT - FOOT, y2=HEIGHT - FOOT),
        el("line", class_="limit", x1=limit, x2=limit, y1=2, y2=HEIGHT - FOOT + 5),
        class_="histogram",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
    )
