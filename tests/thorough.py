"""How many random examples tests try: a share of them in `make test`, all of them in `make thorough`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")

THOROUGH = bool(os.environ.get("THOROUGH"))
"""Whether all are tried."""


def many(whole: int, share: int = 4) -> int:
    """So many examples; elsewhere than in `make thorough` one of `share`."""
    return whole if THOROUGH else max(1, whole // share)


def some(whole: Sequence[One], share: int = 4) -> Sequence[One]:
    """These examples; elsewhere than in `make thorough` every `share`th, from the first one on."""
    return whole if THOROUGH else whole[::share]
