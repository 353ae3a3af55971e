"""Widths of a table's columns that suit what stands in them: numbers and words stay whole, as few lines as possible."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

POINT = 25.4 / 72
"""Millimetres of a point."""

MARGIN = 2.6
"""Millimetres of a cell that are no text: its margins and half its borders."""

NARROW, BOLD = 0.64, 1.1
"""Width of a letter or digit in parts of a Chinese character, on the safe side; how much wider bold is."""

KEPT, KEPT_HEAD = 6.0, 3.0
"""Chinese characters of a text, and of a head, that stay on one line at least."""


def fitted(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    strong: Sequence[bool],
    numbers: Sequence[bool],
    parts: Sequence[float],
    width: float,
    points: float,
) -> list[float]:
    """Widths in millimetres that add up to `width`.

    Parameters
    ----------
    heads, rows
        Texts; None continues the cell to the left, and a cell that is continued asks for nothing.
    strong
        For each row: it is bold.
    numbers
        For each column: its texts are never broken.
    parts
        What each column gets of the room that is left over.
    points
        Size of the letters.
    """
    most, least = [0.0] * len(heads), [0.0] * len(heads)
    for place, head in enumerate(heads):
        most[place], least[place] = _ems(head), _whole(head, KEPT_HEAD)
    for row, bold in zip(rows, strong, strict=True):
        for place, text in enumerate(row):
            if not text or (place + 1 < len(row) and row[place + 1] is None):
                continue
            wide = _ems(text) * (BOLD if bold else 1.0)
            most[place] = max(most[place], wide)
            least[place] = max(least[place], wide if numbers[place] else _whole(text, KEPT))
    scale = points * POINT
    wanted = [ems * scale + MARGIN for ems in most]
    needed = [ems * scale + MARGIN for ems in least]
    if sum(wanted) <= width:
        room = width - sum(wanted)
        return [want + room * part / sum(parts) for want, part in zip(wanted, parts, strict=True)]
    if sum(needed) >= width:
        return [need * width / sum(needed) for need in needed]
    share = (width - sum(needed)) / (sum(wanted) - sum(needed))
    return [need + (want - need) * share for want, need in zip(wanted, needed, strict=True)]


@lru_cache(maxsize=20_000)
def _ems(text: str) -> float:
    """Width of a text on one line, in Chinese characters."""
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + NARROW * (len(text) - wide)


def _whole(text: str, kept: float) -> float:
    """Width of what is not to be broken: the longest word; in Chinese a few characters."""
    if text.isascii():
        return max(map(_ems, text.split()), default=0.0)
    return min(_ems(text), kept)
