"""Progress of a solve on standard error: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, log
from typing import Protocol, Self

from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

from liftplan.cli.bars import bars
from liftplan.cli.printing import complain
from liftplan.reports.steps import sentence
from liftplan.reports.words import stage_name
from liftplan.solver.progress import Event

LINE_SECONDS = 5.0
"""Seconds between lines where there is no terminal."""

STAGE_SECONDS = 1.0
"""Seconds after a line within which a new stage has none of its own."""


class Shown(Protocol):
    """Where events go."""

    def __call__(self, event: Event) -> None:
        """Take an event; called in the solving thread."""


@contextmanager
def progress(*, quiet: bool, gap: float) -> Iterator[Shown]:
    """Yield a listener that shows how a solve goes; `gap` is the one asked for."""
    if quiet or sys.stderr is None:
        yield lambda event: None  # noqa: ARG005
    elif sys.stderr.isatty():
        with Bar(gap) as bar:
            yield bar
    else:
        with Lines() as lines:
            yield lines


class Lines:
    """A line at once, one every few seconds and with each new stage that does not pass in a moment, and the last."""

    def __init__(self) -> None:
        self._shown: float | None = None
        self._stages: set[str] = set()
        self._waiting: Event | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting is not None:
            self._print(self._waiting)

    def __call__(self, event: Event) -> None:
        """Print the event unless one was printed a moment ago."""
        self._waiting = event
        passed = inf if self._shown is None else event.seconds - self._shown
        if passed >= (LINE_SECONDS if event.stage in self._stages else STAGE_SECONDS):
            self._print(event)

    def _print(self, event: Event) -> None:
        self._waiting = None
        self._shown = event.seconds
        self._stages.add(event.stage)
        complain(f"[{event.seconds:5.1f} s] {sentence(event)}")


class Bar:
    """A bar that fills as the gap closes, on a logarithmic scale."""

    def __init__(self, gap: float) -> None:
        self._aim = max(gap, 1e-6)
        self._widest: float | None = None
        self._bar = bars(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        self._task = self._bar.add_task(stage_name("read"), total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, event: Event) -> None:
        """Show the event."""
        if event.gap is None:
            self._bar.update(self._task, description=sentence(event))
            return
        self._widest = max(self._widest or 0.0, event.gap)
        self._bar.update(self._task, description=sentence(event), total=1.0, completed=self._closed(event.gap))

    def _closed(self, gap: float) -> float:
        if gap <= self._aim or self._widest is None or self._widest <= self._aim:
            return 1.0 if gap <= self._aim else 0.0
        return log(self._widest / gap) / log(self._widest / self._aim)
