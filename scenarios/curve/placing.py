"""Where the next point of a curve goes: into the middle of the interval at whose ends the slope changes most."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

FIRST = 5
"""Points placed evenly before slopes are looked at."""

EDGE_PARTS = 32
"""Between a value with a plan and one without, intervals are halved until they are no wider than such a part of all."""


def even(start: int, stop: int, count: int) -> list[int]:
    """So many values from start to stop, both among them, as evenly as whole numbers allow."""
    count = max(2, count)
    return sorted({start + (stop - start) * place // (count - 1) for place in range(count)})


def next_value(heights: Mapping[int, float | None]) -> int | None:
    """The value to look at next; None if there is no whole number between any two.

    heights: value -> people; None where there is no plan. Where both ends of an interval have a plan, it counts for its
    width times the changes of slope at its two ends, which is about how far the curve may leave the straight line in
    it. Where only one has, the edge at which plans begin is somewhere in it: it is halved first, until it is narrow.
    Where none has, nothing is expected.
    """
    values = sorted(heights)
    slopes = [_slope(heights, left, right) for left, right in pairwise(values)]
    bends = [0.0, *(_bend(before, after) for before, after in pairwise(slopes)), 0.0]
    best: tuple[int, float, int, int] | None = None
    for place, (left, right) in enumerate(pairwise(values)):
        width = right - left
        if width < 2:
            continue
        plans = (heights[left] is not None) + (heights[right] is not None)
        edge = plans == 1
        if edge and width * EDGE_PARTS > values[-1] - values[0]:
            rank, score = 2, float(width)
        elif edge or not plans:
            rank, score = 0, float(edge)
        else:
            rank, score = 1, (bends[place] + bends[place + 1]) * width
        if best is None or (rank, score, width) > best[:3]:
            best = (rank, score, width, (left + right) // 2)
    return None if best is None else best[3]


def between(heights: Mapping[int, float | None], value: int) -> float | None:
    """What is expected at a value: on the straight line between its neighbours, if both have a plan."""
    below = max((one for one in heights if one <= value), default=None)
    above = min((one for one in heights if one >= value), default=None)
    ends = [heights[one] for one in (below, above) if one is not None]
    known = [end for end in ends if end is not None]
    if len(known) < 2 or below is None or above is None:
        return None
    if below == above:
        return known[0]
    return known[0] + (known[1] - known[0]) * (value - below) / (above - below)


def _slope(heights: Mapping[int, float | None], left: int, right: int) -> float | None:
    low, high = heights[left], heights[right]
    return None if low is None or high is None else (high - low) / (right - left)


def _bend(before: float | None, after: float | None) -> float:
    """Change of slope; none where one side has no slope."""
    return 0.0 if before is None or after is None else abs(after - before)
