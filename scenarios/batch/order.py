"""Jobs read lazily, done in any order, answered in theirs; never more than a window of them in memory."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable
from queue import Empty, Full, Queue

from liftplan.scenarios.batch.executor import Executor, Finished
from liftplan.solver.progress import Cancel

LOOK_SECONDS = 0.1
"""How often it is looked whether a job has come in, or somebody has cancelled."""


def in_order(
    jobs: Iterable[tuple[int, bytes]], executor: Executor, *, window: int, cancel: Cancel | None = None
) -> Generator[Finished]:
    """What comes of jobs, in their order.

    Parameters
    ----------
    jobs
        Number and text of each. They are read in a thread, so that a slow writer does not hold back what is done.
    executor
        Does them. It stays open.
    window
        Jobs handed in and not yet answered, at most, while the oldest of them goes on; as many again are read ahead.
    cancel
        A switch that ends it: nothing more is answered.
    """
    queue: Queue[tuple[int, bytes] | BaseException | None] = Queue(maxsize=window)
    left = threading.Event()
    threading.Thread(target=_feed, args=(jobs, queue, left), daemon=True, name="liftplan-jobs").start()
    under_way: dict[int, Finished | None] = {}  # in the order in which they were read
    reading = True
    try:
        while (reading or under_way) and not cancel:
            while reading and len(under_way) < window:
                try:
                    read = queue.get(timeout=0.0 if under_way else LOOK_SECONDS)
                except Empty:
                    break
                if read is None:
                    reading = False
                elif isinstance(read, BaseException):
                    raise read
                else:
                    under_way[read[0]] = None
                    executor.submit(*read)
            for one in executor.finished(LOOK_SECONDS if under_way else 0.0):
                under_way[one.number] = one
            while under_way:
                number = next(iter(under_way))
                first = under_way[number]
                if first is None:
                    break
                del under_way[number]
                yield first
    finally:
        left.set()


def _feed(
    jobs: Iterable[tuple[int, bytes]], queue: Queue[tuple[int, bytes] | BaseException | None], left: threading.Event
) -> None:
    """Put jobs into the queue, then None, or what reading them raised."""
    try:
        for job in jobs:
            if not _put(job, queue, left):
                return
        _put(None, queue, left)
    except BaseException as error:  # noqa: BLE001 - raised again where answers are waited for
        _put(error, queue, left)


def _put(
    what: tuple[int, bytes] | BaseException | None,
    queue: Queue[tuple[int, bytes] | BaseException | None],
    left: threading.Event,
) -> bool:
    """Put one in when there is room; False if nobody waits any more."""
    while not left.is_set():
        try:
            queue.put(what, timeout=LOOK_SECONDS)
        except Full:
            continue
        return True
    return False
