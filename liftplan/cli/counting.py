"""Progress of a batch on standard error: a count on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from liftplan.api.batching import Watch
from liftplan.cli.bars import bars
from liftplan.cli.printing import complain
from liftplan.models.messages import Message, m

LINE_SECONDS = 5.0
"""Seconds between lines where there is no terminal."""


@contextmanager
def counting(*, quiet: bool) -> Iterator[Watch]:
    """Yield what is told each result."""
    count = Count()
    if quiet or sys.stderr is None:
        yield count.add
    elif sys.stderr.isatty():
        with bars(
            SpinnerColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        ) as shown:
            task = shown.add_task(str(count.told), total=None)

            def show(result: dict[str, Any], kept: bool) -> None:
                count.add(result, kept)
                shown.update(task, description=str(count.told))

            yield show
    else:
        last = monotonic()

        def line(result: dict[str, Any], kept: bool) -> None:
            nonlocal last
            count.add(result, kept)
            if monotonic() - last >= LINE_SECONDS:
                last = monotonic()
                complain(str(count.told))

        yield line


class Count:
    """How many results there are."""

    def __init__(self) -> None:
        self.results = self.kept = self.bad = 0

    def add(self, result: dict[str, Any], kept: bool) -> None:
        """One more."""
        self.results += 1
        self.kept += kept
        self.bad += result.get("status") in {"invalid", "error"}

    @property
    def told(self) -> Message:
        """The count, in words."""
        return m(
            "{results} results, {kept} of them from before, {bad} errors",
            results=f"{self.results:,}",
            kept=f"{self.kept:,}",
            bad=f"{self.bad:,}",
        )
