"""Where the next point of a curve goes: into the middle of the interval at whose ends the slope changes most."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

FIRST = 5
"""Points placed evenly before slopes are looked at."""


def even(start: int, stop: int, count: int) -> list[int]:
    """So many values from start to stop, both among them, as evenly as whole numbers allow."""
    count = max(2, count)
    return sorted({start + (stop - start) * place // (count - 1) for place in range(count)})


def next_value(heights: Mapping[int, float]) -> int | None:
    """The value to look at next; None if there is no whole number between any two.

    heights: value -> people; 0 where there is no plan. An interval counts for its width times the changes of slope at
    its two ends, which is about how far the curve may leave the straight line in it.
    """
    values = sorted(heights)
    slopes = [(heights[right] - heights[left]) / (right - left) for left, right in pairwise(values)]
    bends = [0.0, *(abs(after - before) for before, after in pairwise(slopes)), 0.0]
    best: tuple[float, int, int] | None = None
    for place, (left, right) in enumerate(pairwise(values)):
        if right - left < 2:
            continue
        score = (bends[place] + bends[place + 1]) * (right - left)
        if best is None or (score, right - left) > best[:2]:
            best = (score, right - left, (left + right) // 2)
    return None if best is None else best[2]
