"""Names of columns and rows that every LP and MPS reader takes."""

from __future__ import annotations

import re

LONGEST = 90
"""Characters; some readers stop at 100."""


class Names:
    """Hands out names, each once: ASCII letters, digits, `_` and `.`, beginning with the kind."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def new(self, kind: str, *ids: str) -> str:
        """`kind_id_id`; letters of other scripts become code points, and a number is added to what is not unique."""
        plain = re.sub(r"[^\x00-\x7f]", lambda letter: f"u{ord(letter.group()):x}", "_".join([kind, *ids]))
        wanted = re.sub(r"[^A-Za-z0-9_.]", "_", plain)[:LONGEST]
        name, number = wanted, 1
        while name in self._used:
            number += 1
            name = f"{wanted}_{number}"
        self._used.add(name)
        return name
