"""Lines that sum to an amount: subset sums over bit sets."""

from __future__ import annotations

from math import gcd

LINES = 28
"""Smallest lines among which sums are searched exhaustively; larger ones are taken greedily first."""

BITS = 1 << 22
"""Longest bit set."""


def nearest_subset(yuan: list[int], target: int, low: int, high: int) -> list[int] | None:
    """Positions of lines whose sum lies in [low, high], as near to `target` as found, or None if none was found.

    yuan: > 0 each; low <= target <= high. A search, not a proof: among many lines it may miss a sum that exists.
    """
    order = sorted(range(len(yuan)), key=lambda position: (yuan[position], position))
    small = _searched(yuan, order)
    # sums of the small lines lie densest around their half: leave the search at least a quarter to hit
    reserve = sum(yuan[position] for position in small) // 4
    taken: list[int] = []
    left = target
    for position in reversed(order[len(small) :]):
        if yuan[position] <= left - reserve:
            taken.append(position)
            left -= yuan[position]
    offset = target - left
    found = _nearest(yuan, small, left, max(0, low - offset), high - offset)
    return None if found is None else sorted(taken + found)


def _searched(yuan: list[int], order: list[int]) -> list[int]:
    """The smallest lines whose sums fit into a bit set."""
    small: list[int] = []
    total, common = 0, 0
    for position in order[:LINES]:
        total, common = total + yuan[position], gcd(common, yuan[position])
        if total // common > BITS:
            break
        small.append(position)
    return small


def _nearest(yuan: list[int], small: list[int], target: int, low: int, high: int) -> list[int] | None:
    step = gcd(*(yuan[position] for position in small)) or 1
    reach = 1
    before: list[int] = []
    for position in small:
        before.append(reach)
        reach |= reach << (yuan[position] // step)
    first, last = -(-low // step), min(high // step, reach.bit_length() - 1)
    if first > last:
        return None
    window = (reach >> first) & ((1 << (last - first + 1)) - 1)
    total = _closest_bit(window, target, first, step)
    if total is None:
        return None
    chosen: list[int] = []
    for position, sums in zip(reversed(small), reversed(before), strict=True):
        if not (sums >> total) & 1:
            chosen.append(position)
            total -= yuan[position] // step
    return chosen


def _closest_bit(window: int, target: int, first: int, step: int) -> int | None:
    """The sum (in steps) in `window`, which begins at `first`, that is closest to `target` (in yuan)."""
    if not window:
        return None
    middle = min(max(0, target // step - first), window.bit_length())
    sums: list[int] = []
    below = window & ((1 << (middle + 1)) - 1)
    if below:
        sums.append(first + below.bit_length() - 1)
    above = window >> middle
    if above:
        sums.append(first + middle + (above & -above).bit_length() - 1)
    return min(sums, key=lambda total: (abs(total * step - target), total))
