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


def wrapped(text: str, size: float, room: float, most: int = 2) -> list[str]:
    """The text in at most so many lines of `room` pixels; parted at spaces if it has them, the last line cut."""
    lines: list[str] = []
    rest = text.strip()
    while width(rest, size) > room and len(lines) < most - 1:
        fits = next(end for end in range(len(rest), 0, -1) if end == 1 or width(rest[:end], size) <= room)
        space = rest.rfind(" ", 0, fits + 1)
        at = space if space > fits // 3 else fits
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*lines, fitted(rest, size, room)]
