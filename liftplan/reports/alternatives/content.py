"""What there is to tell of alternatives, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.reports.words import percent, shown
from liftplan.scenarios.alternatives import Alternative, Found
from liftplan.solver.explain.case import scored

HEADS = (
    m("people lifted"),
    m("fewer"),
    m("from the best, at most"),
    m("money that does something else"),
    m("projects dropped, added"),
    m("people dropped, added"),
)
"""What is told of an alternative."""


@dataclass(frozen=True)
class AlternativesContent:
    """A plan, its alternatives, and what was asked for."""

    county: County
    plan: Plan
    within: int
    apart: float
    found: Found

    @property
    def name(self) -> str:
        """The county's name, in the current language."""
        return shown(self.county.head.name, self.county.head.name_en)

    @property
    def counts_people(self) -> bool:
        """Whether plans are scored by the people they lift alone, so that bounds are people too."""
        return not scored(self.county)

    def named(self, number: int) -> Message:
        """What an alternative is called, from 1."""
        return m("Alternative {number}", number=number)

    def cells(self, one: Alternative) -> list[str]:
        """The figures of an alternative, as in `HEADS`."""
        far = f"{floor(one.from_best + 1e-9):,}" if self.counts_people else f"{one.from_best:,.1f}"
        apart = one.from_base
        return [
            f"{one.plan.totals.people_lifted:,}",
            f"{self.plan.totals.people_lifted - one.plan.totals.people_lifted:,}",
            far,
            percent(apart.share),
            f"{apart.projects_dropped:,}, {apart.projects_added:,}",
            f"{apart.people_dropped:,}, {apart.people_added:,}",
        ]
