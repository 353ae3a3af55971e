"""What a scenario is once its file is read: a name, and overrides in the order in which they apply."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.scenarios.overrides import Line


@dataclass(frozen=True)
class Definition:
    """One scenario, not yet applied to a county."""

    name: str
    lines: tuple[Line, ...] = ()
    """Overrides, those of what it extends first."""
    separate: bool = False
    """Each department decides alone (model.md section 6), instead of the best plan for all."""
    note: str = ""
    """What it is about, in a sentence."""

    @property
    def overrides(self) -> tuple[str, ...]:
        """The overrides as they are written."""
        return tuple(line.text for line in self.lines)
