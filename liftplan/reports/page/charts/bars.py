"""Horizontal bars that fill their container's width."""

from __future__ import annotations

from collections.abc import Iterable

from liftplan.reports.page.html import Html, el

HEIGHT = 14
"""Pixels; the width is stretched from 0 ... 1000."""


def bar(parts: Iterable[tuple[str, float]], whole: float, label: str, *, thick: bool = False) -> Html:
    """One bar of several parts.

    Parameters
    ----------
    parts
        Class (colour) and amount of each part, from the left.
    whole
        Amount that would fill the whole width, > 0.
    label
        What the bar shows, for those who do not see it; the figures stand beside it as text.
    thick
        True for a tall bar.
    """
    rects, left = [], 0.0
    for name, amount in parts:
        wide = 1000 * max(0.0, amount) / whole
        if wide:
            rects.append(el("rect", class_=f"fill-{name}", x=left, y=0, width=wide, height=HEIGHT))
        left += wide
    return el(
        "svg",
        el("title", label),
        rects,
        class_="bar thick" if thick else "bar",
        viewBox=f"0 0 1000 {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
    )
