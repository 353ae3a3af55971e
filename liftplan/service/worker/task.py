"""One task of a worker: what it is asked, and how it tells what it does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import liftplan
from liftplan.service.texts import Noted
from liftplan.service.worker.shelf import Shelf

PAUSE = 0.1
"""Seconds between two events that are told, but for the last one of a task."""


class Teller:
    """Tells the server, one JSON object a line."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._next = 0.0
        self._held: liftplan.Event | None = None
        self._begun = monotonic()

    def begin(self) -> None:
        """A task begins: steps tell their seconds from now on."""
        self._begun = monotonic()

    def step(self, stage: str, **more: Any) -> None:
        """Tell that a stage begins, of a task that is not one solve; `more` are fields of its own."""
        self.flush()
        seconds = round(monotonic() - self._begun, 3)
        nothing = dict.fromkeys(("objective", "bound", "people", "gap"))
        self.say(event={"seconds": seconds, "stage": stage, **nothing, **more})

    def say(self, **content: Any) -> None:
        """Tell something."""
        with self._lock:
            self._write(json.dumps(content) + "\n")

    def event(self, event: liftplan.Event) -> None:
        """Tell a step of a solve, unless one was told a moment ago."""
        self._held = event
        if monotonic() >= self._next:
            self.flush()

    def flush(self) -> None:
        """Tell the step that was held back."""
        held, self._held = self._held, None
        if held is not None:
            self._next = monotonic() + PAUSE
            self.tell(held)

    def tell(self, event: liftplan.Event) -> None:
        """Tell a step of a solve now; from any thread."""
        self.say(
            event={
                "seconds": round(event.seconds, 3),
                "stage": event.stage,
                "objective": event.objective,
                "bound": event.bound,
                "people": event.people,
                "gap": event.gap,
            }
        )


class Unsound(Exception):
    """Bad input, with its problems as they are told."""

    def __init__(self, problems: Sequence[Noted]) -> None:
        super().__init__("unsound")
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Task:
    """A task; the process works inside the task's own folder."""

    sources: tuple[str, ...]
    """County to open (a built-in name or a path), or plan folders."""
    asked: dict[str, Any]
    """Parameters of the job's kind."""
    limits: dict[str, int]
    """`rows` and `unpacked_bytes` of uploads."""
    teller: Teller
    """Tells steps."""
    cancel: liftplan.Cancel
    """Set when the job is to end."""
    shelf: Shelf
    """The counties that this process has read."""
