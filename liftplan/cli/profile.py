"""`--profile`: time and peak memory of a solve by stage."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich import box
from rich.table import Table

from liftplan.models.messages import Message, joined, m
from liftplan.reports.words import stage_name
from liftplan.solver.progress import Event, Listener

if sys.platform != "win32":
    import resource

PARTS = dict.fromkeys(("kernels", "prices", "sets", "plan", "branch"), "search") | {"assemble": "check"}
"""Stages that the account of a solve counts to another one, or whose end no event marks."""


def peak_memory() -> float | None:
    """The most memory that this process has held so far, MiB; None where the system does not say."""
    if sys.platform == "win32":
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(most) / (2**20 if sys.platform == "darwin" else 2**10)


class Profile:
    """Listens to a solve and notes the peak of memory at the end of each stage."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._peaks: dict[str, float | None] = {}
        self._stage: str | None = None

    def listening(self, listener: Listener) -> Listener:
        """The listener, and this profile before it."""

        def both(event: Event) -> None:
            self._enter(PARTS.get(event.stage, event.stage))
            listener(event)

        return both

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage outside the solve: what the block does."""
        self._enter(name)
        begin = monotonic()
        try:
            yield
        finally:
            self._seconds[name] = monotonic() - begin
            self._enter(None)

    def solved(self, stages: Mapping[str, float]) -> None:
        """The solve is over: its own account of seconds by stage."""
        self._enter(None)
        for name, seconds in stages.items():
            name = PARTS.get(name, name)
            self._seconds[name] = self._seconds.get(name, 0.0) + seconds

    def _enter(self, stage: str | None) -> None:
        if self._stage is not None and stage != self._stage:
            self._peaks[self._stage] = peak_memory()
        self._stage = stage

    def as_json(self) -> dict[str, Any]:
        """What the JSON object says: seconds and MiB (null where the system does not say), stages in order."""
        peak = peak_memory()
        return {
            "stages": [
                {"stage": name, "seconds": round(seconds, 3), "peak_memory_mib": _rounded(self._peaks.get(name))}
                for name, seconds in self._seconds.items()
            ],
            "seconds": round(sum(self._seconds.values()), 3),
            "peak_memory_mib": _rounded(peak),
        }

    @property
    def line(self) -> Message:
        """The profile in one line."""
        stages = [
            m("{stage} {seconds} s", stage=stage_name(name), seconds=f"{s:.2f}") for name, s in self._seconds.items()
        ]
        total = m("total {seconds} s", seconds=f"{sum(self._seconds.values()):.2f}")
        return joined([*stages, total, m("peak memory {mib} MiB", mib=_told(peak_memory()))])

    def table(self) -> Table:
        """The profile for people."""
        table = Table(title=str(m("Time and memory")), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
        table.add_column(str(m("stage")))
        table.add_column(str(m("seconds")), justify="right")
        table.add_column(str(m("peak memory so far, MiB")), justify="right")
        for name, seconds in self._seconds.items():
            table.add_row(stage_name(name), f"{seconds:.2f}", _told(self._peaks.get(name)))
        table.add_row(str(m("total")), f"{sum(self._seconds.values()):.2f}", _told(peak_memory()))
        return table


def _rounded(mib: float | None) -> float | None:
    return None if mib is None else round(mib, 1)


def _told(mib: float | None) -> str:
    return "-" if mib is None else f"{mib:,.0f}"
