"""Progress of writing a large workbook, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.progress import BarColumn, TextColumn

from liftplan.cli.bars import bars
from liftplan.cli.printing import complain
from liftplan.cli.progress import LINE_SECONDS
from liftplan.models.files import Progress as Listener
from liftplan.models.messages import Message, m


@contextmanager
def rows_shown(*, quiet: bool) -> Iterator[Listener | None]:
    """Yield what shows how many rows are written: a bar on a terminal, a line every few seconds elsewhere."""
    if quiet or sys.stderr is None:
        yield None
    elif sys.stderr.isatty():
        with bars(BarColumn(bar_width=24), TextColumn("{task.description}", markup=False)) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, total: bar.update(
                task, description=str(_sentence(done, total)), completed=done, total=total
            )
    else:
        yield Lines()


class Lines:
    """A line every few seconds, none for what is quick."""

    def __init__(self) -> None:
        self._next = monotonic() + LINE_SECONDS

    def __call__(self, done: int, total: int) -> None:
        """Print how far it is, unless that was done a moment ago."""
        if monotonic() >= self._next:
            self._next = monotonic() + LINE_SECONDS
            complain(str(_sentence(done, total)))


def _sentence(done: int, total: int) -> Message:
    return m("{done} of {total} rows written", done=f"{done:,}", total=f"{total:,}")
