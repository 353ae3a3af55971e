"""Lists in one cell: entries separated by `;`, an entry that holds one between quotation marks."""

from __future__ import annotations

import re

_SEPARATORS = re.compile("[;；]")
_ENTRY = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^;；"]*?)\s*)(?:[;；]|$)')
_PLAIN = re.compile(r'[^\s;；"](?:[^;；"]*[^\s;；"])?')


def split(cell: str) -> tuple[str, ...]:
    """Entries of a cell. Blanks around entries, and empty entries, do not count; `；` separates like `;`."""
    if '"' in cell and (quoted := _quoted(cell)) is not None:
        return quoted
    return tuple(entry for part in _SEPARATORS.split(cell) if (entry := part.strip()))


def join(entries: tuple[str, ...]) -> str:
    """The cell of a list; `split` gives the same list back."""
    return ";".join(entry if _PLAIN.fullmatch(entry) else '"' + entry.replace('"', '""') + '"' for entry in entries)


def _quoted(cell: str) -> tuple[str, ...] | None:
    """Entries of a cell with quotation marks, or None if the marks do not go together."""
    entries: list[str] = []
    place = 0
    while place < len(cell):
        match = _ENTRY.match(cell, place)
        if match is None:
            return None
        if match[1] is not None:
            entries.append(match[1].replace('""', '"'))
        elif match[2]:
            entries.append(match[2])
        place = match.end()
    return tuple(entries)
