"""Texts of cells as XML: each is in a workbook once, and cells say its number."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from liftplan.models.files.workbook.cells import LONGEST_TEXT

PART = "xl/sharedStrings.xml"
"""Where a workbook has the texts that cells share."""

_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("([\x00-\x08\x0b-\x1f])")
_UNWRITABLE = re.compile("[\ufffe\uffff\ud800-\udfff]")
_COUNTS = re.compile(rb'(<sst [^>]*?)count="(\d+)" uniqueCount="(\d+)">')


class SharedTexts:
    """The texts of a workbook: those that the library has written, and more."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        found = _COUNTS.search(part)
        if found is None:
            raise ValueError(PART)
        self._first = int(found[3])
        self._count = int(found[2])
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text; a new one gets the next."""
        return self._numbers.setdefault(text, self._first + len(self._numbers))

    def used(self, count: int) -> None:
        """Note that so many more cells hold a text."""
        self._count += count

    def part(self) -> bytes:
        """The part of the workbook with all of them."""
        counts = f'count="{self._count}" uniqueCount="{self._first + len(self._numbers)}">'.encode()
        head = _COUNTS.sub(lambda found: found[1] + counts, self._part, count=1)
        more = "".join(map(_entry, self._numbers)).encode()
        return head.removesuffix(b"</sst>") + more + b"</sst>"


def _entry(text: str) -> str:
    """One text, as a workbook has it."""
    text = _UNWRITABLE.sub("\ufffd", text)
    if len(text) > LONGEST_TEXT // 2:  # a sign may count twice
        text = text.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    space = ' xml:space="preserve"' if text != text.strip() else ""
    plain = _CONTROL.sub(lambda found: f"_x{ord(found[1]):04X}_", _ESCAPED.sub(r"_x005F\1", text))
    return f"<si><t{space}>{escape(plain)}</t></si>"
