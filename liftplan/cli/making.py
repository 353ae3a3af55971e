"""How far documents are, on standard error: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

from liftplan.cli.bars import bars
from liftplan.cli.printing import complain
from liftplan.models.messages import Message, m

LINE_SECONDS = 5.0
"""Seconds between lines where there is no terminal."""

Watch = Callable[[int, int], None]
"""Takes how many are made, and how many there will be."""


@contextmanager
def making(*, quiet: bool) -> Iterator[Watch]:
    """Yield what is told how far the documents are."""
    if quiet or sys.stderr is None:
        yield lambda _done, _count: None
    elif sys.stderr.isatty():
        with bars(
            BarColumn(bar_width=24), TimeElapsedColumn(), TextColumn("{task.description}", markup=False)
        ) as shown:
            task = shown.add_task(str(m("checking the plan")), total=None)

            def show(done: int, count: int) -> None:
                shown.update(task, description=str(_told(done, count)), total=count, completed=done)

            yield show
    else:
        last = float("-inf")

        def line(done: int, count: int) -> None:
            nonlocal last
            if monotonic() - last >= LINE_SECONDS:
                last = monotonic()
                complain(str(_told(done, count)))

        yield line


def _told(done: int, count: int) -> Message:
    return m("{done} of {count} documents made", done=done, count=count)
