"""One display of several solves on standard error: a line each on a terminal, a line for what happens elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn

from liftplan.cli.bars import bars
from liftplan.cli.printing import complain
from liftplan.models.messages import Message, labelled, m
from liftplan.reports.runs import ending
from liftplan.reports.steps import sentence
from liftplan.scenarios.runs import Answer, Watcher
from liftplan.solver.progress import Event


@contextmanager
def watching(*, quiet: bool) -> Iterator[Watcher]:
    """Yield what shows how several solves go."""
    if quiet or sys.stderr is None:
        yield Silent()
    elif sys.stderr.isatty():
        with Bars() as bars:
            yield bars
    else:
        yield Lines()


class Silent:
    """Shows nothing."""

    def begins(self, scenario: str) -> None:
        """A scenario is being solved."""

    def tells(self, scenario: str, event: Event) -> None:
        """A step of its solve."""

    def ends(self, answer: Answer) -> None:
        """A scenario has its answer."""


class Lines:
    """A line when a scenario begins and when it ends; its run is in the store when that line is there."""

    def begins(self, scenario: str) -> None:
        """A scenario is being solved."""
        complain(str(labelled(scenario, m("begun"))))

    def tells(self, scenario: str, event: Event) -> None:
        """A step of its solve."""

    def ends(self, answer: Answer) -> None:
        """A scenario has its answer."""
        complain(str(labelled(answer.scenario, _told(answer))))


class Bars:
    """A line for each scenario under way, and a bar that counts those that are done."""

    def __init__(self) -> None:
        self._shown = bars(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._all = self._shown.add_task(str(m("scenarios")), total=0)
        self._tasks: dict[str, TaskID] = {}
        self._total = 0

    def __enter__(self) -> Self:
        self._shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._shown.stop()

    def begins(self, scenario: str) -> None:
        """A scenario is being solved."""
        self._total += 1
        self._shown.update(self._all, total=self._total)
        self._tasks[scenario] = self._shown.add_task(scenario, total=1)

    def tells(self, scenario: str, event: Event) -> None:
        """A step of its solve."""
        self._shown.update(self._tasks[scenario], description=str(labelled(scenario, sentence(event))))

    def ends(self, answer: Answer) -> None:
        """A scenario has its answer."""
        task = self._tasks.pop(answer.scenario, None)
        if task is not None:
            self._shown.remove_task(task)
            self._shown.advance(self._all)


def _told(answer: Answer) -> Message:
    if answer.run is None:
        return m("failed: {reason}", reason=answer.failed.error) if answer.failed else m("cancelled")
    how = m("known") if answer.found else m("done")
    return m("{how}, run {run}: {ending}", how=how, run=answer.run.id, ending=ending(answer.run))
