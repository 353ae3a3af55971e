"""The name that somebody probably meant."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher

FEW = 400
"""So many names are all compared; of more only those that begin or end alike."""

BESIDE = 40
"""Names compared before and after the place where a name would stand."""

LIKE = 0.6
"""Least likeness (`SequenceMatcher.ratio`) of a name that is offered."""

SHORT = 4
"""Words of so few signs, none of them ASCII, are like others of their length of which half the signs are the same."""


class Nearest:
    """Finds the nearest of many names; built once, asked for a few."""

    def __init__(self, names: Iterable[str]) -> None:
        self._plain = {plain(name): name for name in names}
        self._sorted = sorted(self._plain)
        self._mirrored = sorted(name[::-1] for name in self._plain) if len(self._plain) > FEW else []

    def __call__(self, name: str) -> str:
        """The nearest name, or "" if none is near."""
        wanted = plain(name)
        if wanted in self._plain:
            return self._plain[wanted]
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        best, found = LIKE, ""
        for candidate in self._candidates(wanted):
            matcher.set_seq1(candidate)
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                best, found = matcher.ratio(), candidate
        return self._plain.get(found or self._short(wanted), "")

    def _short(self, wanted: str) -> str:
        """The name that differs in the fewest of the few signs of a Chinese word; "" if none, or several, do."""
        if not 2 <= len(wanted) <= SHORT or any(sign < "\x80" for sign in wanted):
            return ""
        same = {
            name: sum(one == other for one, other in zip(name, wanted, strict=True))
            for name in self._candidates(wanted)
            if len(name) == len(wanted)
        }
        best = max(same.values(), default=0)
        nearest = [name for name, count in same.items() if count == best]
        return nearest[0] if 2 * best >= len(wanted) and len(nearest) == 1 else ""

    def _candidates(self, wanted: str) -> list[str]:
        if len(self._sorted) <= FEW:
            return self._sorted
        beside = _around(self._sorted, wanted)
        return beside + [name[::-1] for name in _around(self._mirrored, wanted[::-1])]


def plain(name: str) -> str:
    """A name without what people do not see: full width, case, blanks, kinds of dashes."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join("-" if unicodedata.category(sign) == "Pd" or sign == "_" else sign for sign in text if sign > " ")


def _around(names: list[str], wanted: str) -> list[str]:
    place = bisect_left(names, wanted)
    return names[max(0, place - BESIDE) : place + BESIDE]
