"""A question that takes many solves: asked with the display of its steps, cancelled by Ctrl-C, its answer written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from rich.console import RenderableType

import liftplan
from liftplan.api.outputs import refuse_files
from liftplan.cli import outcome as end
from liftplan.cli.aside import aside
from liftplan.cli.common import Common
from liftplan.cli.interrupts import stopping
from liftplan.cli.outcome import Outcome
from liftplan.cli.printing import complain
from liftplan.models.messages import Message, m
from liftplan.models.problems import Place, Problem

Tell = Callable[[str], None]
"""Says a step."""


class Answer(Protocol):
    """What a question brings."""

    @property
    def headline(self) -> str:
        """It in one line."""

    def as_json(self) -> dict[str, Any]:
        """It as plain values."""

    def summary(self) -> RenderableType:
        """It as a table."""


class Written(Answer, Protocol):
    """An answer that can be written into a folder."""

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write it. Returns the folder."""


Found = TypeVar("Found", bound=Answer)
Kept = TypeVar("Kept", bound=Written)


@dataclass(frozen=True)
class Asked(Generic[Found]):
    """An answer, and whether somebody cancelled before it was whole."""

    found: Found
    cancelled: bool
    values: dict[str, Any]
    """What the JSON object says of it."""

    def outcome(self, problems: Sequence[Problem], code: int, cancelled: Message, way_out: Message) -> Outcome:
        """How the command ends. code: unless it was cancelled; cancelled, way_out: what is said then."""
        ended = [Problem("cancelled", Place(), cancelled, way_out)] if self.cancelled else []
        return Outcome(
            end.CANCELLED if self.cancelled else code,
            None,
            "cancelled" if self.cancelled else None,
            [*ended, *problems],
            self.values,
            self.found.summary(),
            self.found.headline,
        )


def asked(common: Common, ask: Callable[[Tell, liftplan.Cancel], Found]) -> Asked[Found]:
    """Ask, telling each step unless it is to be quiet; the first Ctrl-C asks for what is known by then."""
    cancel = liftplan.Cancel()

    def tell(step: str) -> None:
        if not common.quiet:
            complain(step)

    with stopping(cancel.set, lambda: None):
        found = aside(lambda: ask(tell, cancel))
    return Asked(found, bool(cancel), found.as_json())


def written(
    common: Common,
    ask: Callable[[Tell, liftplan.Cancel], Kept],
    out: Path | None,
    files: Sequence[str],
    overwrite: bool,
) -> Asked[Kept]:
    """The same with `--out`: refused first if one of the files is there, written unless it was cancelled."""
    if out is not None:
        refuse_files([out / name for name in files], overwrite)
    got = asked(common, ask)
    folder = None if out is None or got.cancelled else got.found.save(out, overwrite=overwrite)
    return Asked(got.found, got.cancelled, {**got.values, "folder": None if folder is None else str(folder)})


NOTHING_WRITTEN = m("Nothing was written.")
"""The way out of a cancelled question whose answer has files."""
