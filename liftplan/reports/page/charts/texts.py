"""How wide a text is in a chart, and shortening it to a width."""

from __future__ import annotations

import unicodedata

WIDE, NARROW = 1.0, 0.56
"""Width of Chinese and of other letters, in font sizes."""


def width(text: str, size: float) -> float:
    """Estimated width of a text in pixels."""
    return size * sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW for letter in text)


def fitted(text: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis if it is wider than `room` pixels."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept, size) + size > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"
