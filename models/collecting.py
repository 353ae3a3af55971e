"""How often a process looks for garbage: counties are read at once, and what solves make is seldom in circles."""

from __future__ import annotations

import gc

THRESHOLDS = (100_000, 20, 100)
"""Of Python's garbage collector."""


def collect_seldom() -> None:
    """Look for garbage seldom, in all of this process."""
    gc.set_threshold(*THRESHOLDS)


def keep_what_is_there() -> None:
    """The same, and never among what is there by now: for processes that are ready and do nothing but solve."""
    gc.collect()
    gc.freeze()
    collect_seldom()
