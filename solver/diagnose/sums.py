"""Numbers that add up to about a given one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def nearest_sum(values: Sequence[int], wanted: int, *, enough: bool, most: int = 1_500) -> list[int]:
    """Places of values (positive, each used once) whose sum is nearest to `wanted`: `enough`: at least that.

    Only the first `most` values are looked at. Empty where none will do.
    """
    listed = list(values[:most])
    if wanted <= 0 or not listed:
        return []
    if enough and sum(listed) < wanted:
        return []
    size = wanted + (max(listed) if enough else 0) + 1
    last = np.full(size, -1, dtype=np.int64)
    last[0] = len(listed)
    for place, value in enumerate(listed):
        if value >= size:
            continue
        new = np.flatnonzero((last[: size - value] >= 0) & (last[value:] < 0)) + value
        last[new] = place
        if last[wanted] >= 0:
            break
    known = np.flatnonzero(last >= 0)
    ends = known[known >= wanted] if enough else known[known <= wanted]
    if not len(ends):
        return []
    end = int(ends[0] if enough else ends[-1])
    found = []
    while end > 0:
        found.append(int(last[end]))
        end -= listed[found[-1]]
    return found[::-1]
