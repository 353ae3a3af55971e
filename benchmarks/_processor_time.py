"""Processor time: what engines are measured and stopped by, so that other work on the machine does not count.

A limit is kept by looking at the clock from outside the engine, and by asking it to stop. Engines do not hear that
everywhere; one that is still deaf `PATIENCE` seconds later is left behind, and what it had found until then counts.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import process_time

import liftplan.solver.clock
import liftplan.solver.solve

LOOK = 0.1
"""Seconds between two looks at the clock."""

PATIENCE = 60.0
"""Processor seconds that an engine gets to end by itself once it is asked to."""


class Stopwatch:
    """Processor seconds of this process, all its threads, since the stopwatch was made."""

    def __init__(self) -> None:
        self._begin = process_time()

    @property
    def seconds(self) -> float:
        """So far."""
        return process_time() - self._begin


def within(watch: Stopwatch, limit: float, work: Callable[[], None], stop: Callable[[], None]) -> bool:
    """Run `work` in a thread of its own and call `stop` at the limit. Whether it ended; what it raised is raised."""
    done, failed = Event(), list[BaseException]()

    def working() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            failed.append(error)
        finally:
            done.set()

    Thread(target=working, daemon=True).start()
    while not done.wait(LOOK):
        if watch.seconds > limit:
            stop()
        if watch.seconds > limit + PATIENCE:
            return False
    if failed:
        raise failed[0]
    return True


def core_counts_processor_time() -> None:
    """From now on, time limits and times of the core in this process are processor time."""
    liftplan.solver.clock.monotonic = process_time  # type: ignore[attr-defined]
    liftplan.solver.solve.monotonic = process_time  # type: ignore[attr-defined]
