"""HiGHS in a thread of its own, so that whoever cancels does not wait for parts of it that do not listen.

The smaller programs that its heuristics solve hear neither callbacks nor interrupts (HiGHS 1.13).
"""

from __future__ import annotations

from concurrent.futures import wait
from functools import partial
from threading import Event

import highspy

from liftplan.solver.aside import aside
from liftplan.solver.engines.highs import EngineStatus, listen, run
from liftplan.solver.progress import Cancel

LOOK = 0.02
"""Seconds between two looks at the switch."""

PATIENCE = 0.3
"""Seconds that HiGHS gets to end by itself once it is cancelled."""


def run_aside(highs: highspy.Highs, time_limit: float | None, cancel: Cancel) -> EngineStatus | None:
    """As `run`, ended by `cancel`. None: it is still busy, and nothing may be read from `highs` any more."""
    left = Event()
    listen(highs, lambda: bool(cancel) or left.is_set())
    ended = aside(partial(run, highs, time_limit), "highs")
    try:
        while not cancel and not wait([ended], LOOK).done:
            pass
        return ended.result() if wait([ended], PATIENCE).done else None
    finally:
        left.set()
