"""What there is to tell of a curve, and the words for its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from liftplan.models.county import County
from liftplan.models.messages import Message, listed, m
from liftplan.reports.words import STATUS, shown
from liftplan.scenarios.curve import Axis, Point
from liftplan.solver.explain.case import scored

NO_PLAN: dict[str, Message] = {
    "infeasible": m("no plan keeps all hard rules (proved)"),
    "unknown": m("no plan found, nothing proved"),
}


@dataclass(frozen=True)
class CurveContent:
    """A curve of a county."""

    county: County
    """As it is without the curve's own overrides."""
    scenario: str
    axis: Axis
    points: tuple[Point, ...]

    @property
    def subject(self) -> dict[str, Any]:
        """What it is a curve of, as plain values."""
        return {
            "county": self.county.head.id,
            "county_digest": self.county.digest,
            "scenario": self.scenario,
            "over": self.axis.name,
            "present": self.axis.present,
        }

    @property
    def name(self) -> str:
        """The county's name, in the current language."""
        return shown(self.county.head.name, self.county.head.name_en)

    @property
    def quantity(self) -> Message:
        """What the curve runs over."""
        kind, _, rest = self.axis.name.partition(":")
        if kind == "money":
            return m("all money that may be allocated")
        if kind == "fund":
            funds = self.county["funds"]
            columns = (funds[column].tolist() for column in ("id", "name", "name_en"))
            named = {one: shown(name, name_en) for one, name, name_en in zip(*columns, strict=True)}
            return m("the fund “{name}”", name=listed(named[one] for one in rest.split("|")))
        if kind == "minimum":
            return m("minimum {name}", name=rest)
        return m("poverty line")

    @property
    def counts_people(self) -> bool:
        """Whether plans are scored by the people they lift alone, so that bounds are people too."""
        return not scored(self.county)


def certainty_of(point: Point) -> Message:
    """How sure a point is."""
    return STATUS.get(point.status) or NO_PLAN[point.status]
