"""Labels beside a chart, spread so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def spread(wanted: Sequence[float], apart: Sequence[float], low: float, high: float) -> list[float]:
    """Positions within [low, high], as near as can be to those wanted (ascending), each far enough from the next.

    apart: least distance of each from the one after it, one fewer than positions. Groups of labels that would overlap
    share their mean place (pool adjacent violators). Where there is too little room they go on beyond `high`.
    """
    steps = [0.0, *accumulate(apart)][: len(wanted)]
    groups: list[tuple[float, int]] = []
    for one, step in zip(wanted, steps, strict=True):
        groups.append((one - step, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (last, many), (before, few) = groups.pop(), groups.pop()
            groups.append(((last * many + before * few) / (many + few), many + few))
    top = max(low, high - (steps[-1] if steps else 0.0))
    bases = [min(max(mean, low), top) for mean, size in groups for _ in range(size)]
    return [base + step for base, step in zip(bases, steps, strict=True)]
