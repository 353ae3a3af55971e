"""What there is to tell of a frontier, and the words for its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liftplan.models.county import County
from liftplan.models.messages import Message, listed, m
from liftplan.reports.curves.content import NO_PLAN
from liftplan.reports.words import STATUS, shown
from liftplan.scenarios.frontier import Envelope, Level
from liftplan.scenarios.frontier.shares import By

SHOWN = 3
"""Villages that are named where several are the worst."""


@dataclass(frozen=True)
class FrontierContent:
    """A frontier of a county."""

    county: County
    """As it is, without any level's overrides."""
    scenario: str
    by: By
    envelope: Envelope

    @property
    def subject(self) -> dict[str, Any]:
        """What it is a frontier of, as plain values."""
        return {
            "county": self.county.head.id,
            "county_digest": self.county.digest,
            "scenario": self.scenario,
            "by": self.by,
        }

    @property
    def name(self) -> str:
        """The county's name, in the current language."""
        return shown(self.county.head.name, self.county.head.name_en)

    @property
    def worst(self) -> Message:
        """Whose share it is."""
        if self.by == "village":
            return m("the worst village's share")
        return m("the worst township's share") if self.by == "township" else m("the worst household group's share")

    def groups(self, names: Sequence[str]) -> str:
        """The names of the worst groups, in the current language; the first ones where they are many."""
        known: dict[str, str] = {}
        if self.by == "village":
            table = self.county["villages"]
            columns = (table[name].tolist() for name in ("id", "name", "name_en"))
            known = {one: shown(name, english) for one, name, english in zip(*columns, strict=True)}
        told = [known.get(name, name) for name in names[:SHOWN]]
        return str(listed(told)) + (f" +{len(names) - SHOWN}" if len(names) > SHOWN else "")


def share(points: int) -> str:
    """Basis points as a percentage, without digits that say nothing."""
    return f"{points / 100:.2f}".rstrip("0").rstrip(".") + " %"


def known_of(level: Level) -> Message:
    """How sure a level is."""
    return STATUS.get(level.status) or NO_PLAN[level.status]
