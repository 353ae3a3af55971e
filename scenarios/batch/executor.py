"""What does the jobs of a batch: told a job, it says some time later what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Finished:
    """A job that is done with."""

    number: int
    answer: str | None
    """What came of it; None: every worker that tried died of it."""
    tries: int = 1
    """How many workers tried."""
    exit_code: int | None = None
    """How the last of them died; negative = the signal that ended it."""


class Executor(Protocol):
    """Does jobs in any order. Nothing is lost: each job handed in comes out once."""

    def submit(self, number: int, job: bytes) -> None:
        """Hand a job in; returns at once."""

    def finished(self, seconds: float) -> Sequence[Finished]:
        """Jobs done since the last call, waited for as long as that."""

    def close(self) -> None:
        """End it at once; jobs under way are given up."""
