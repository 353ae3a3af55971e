"""How little money lifts so many people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from liftplan.api.questions import whole
from liftplan.api.scenario import Asked, Scenario
from liftplan.api.solving import settings_of
from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.curves import CurveContent, curve_table, goal_headline
from liftplan.scenarios.curve import several
from liftplan.scenarios.goal import Reached, least_money
from liftplan.scenarios.goal.search import Watch
from liftplan.solver.explain.case import scored
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

WITHIN = 0.001
"""How narrow the interval is to be, as a share of the present money."""


@dataclass(frozen=True)
class Goal:
    """The least money that lifts so many people lies above `lower`, by proof, and not above `upper`, by a plan."""

    people: int
    content: CurveContent
    """All that was solved for it."""
    reached: Reached

    @property
    def lower(self) -> int | None:
        """Yuan with which no plan lifts so many, by proof; None: nothing was proved."""
        return self.reached.lower

    @property
    def upper(self) -> int | None:
        """Yuan with which a checked plan lifts so many; None: none was found."""
        return self.reached.upper

    @property
    def headline(self) -> str:
        """The answer in one line, in the current language."""
        return goal_headline(self.content, self.people, self.reached)

    def as_json(self) -> dict[str, Any]:
        """The answer as plain values."""
        return {
            **self.content.subject,
            "people": self.people,
            "lower_yuan": self.lower,
            "upper_yuan": self.upper,
            "points": [asdict(point) for point in self.reached.points],
        }

    def summary(self) -> RenderableType:
        """The table of all solves, for `rich.print`."""
        return curve_table(self.content, self.headline)


def goal(
    county: County | Scenario | str | Path,
    people: int,
    funds: Sequence[str] = (),
    *,
    scenario: Asked | Sequence[Asked] = (),
    within: float = WITHIN,
    settings: Settings | None = None,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Goal:
    """The least money that lifts at least so many people, as an interval with proof at both ends.

    The amounts of the funds are multiplied by one factor; the rest of the county stays as it is.

    Parameters
    ----------
    county, scenario
        As for `solve`.
    people
        How many people are to be lifted.
    funds
        Funds that are multiplied; none: all money that may be allocated.
    within
        How narrow the interval is to be, as a share of the present amount of these funds.
    settings, options
        As for `solve`, of each amount that is tried.
    watch, cancel
        Told how it goes; a switch that ends it with the interval so far.

    Raises
    ------
    InputProblems
        If funds or numbers mean nothing here, or the county's rules do not allow such a proof.
    """
    begun = whole(county, scenario)
    axis = several(begun.county, funds)
    _refuse(begun.county, people, within)
    chosen = settings_of(settings, options)
    tolerance = max(1, int(axis.present * within))
    found = least_money(begun.county, axis, people, tolerance, chosen, watch=watch, cancel=cancel)
    return Goal(people, CurveContent(begun.county, begun.name, axis, found.points), found)


def _refuse(county: County, people: int, within: float) -> None:
    registered = int(county["households"]["persons"].sum())
    problems = []
    if not 1 <= people <= registered:
        message = m("{people} people cannot be the goal.", people=people)
        way_out = m("The county has {count} registered people.", count=registered)
        problems.append(_problem("people", message, way_out))
    if not 0 <= within <= 1:
        message = m("{value} is no share.", value=within)
        problems.append(_problem("within", message, m("Give a number from 0 to 1.")))
    if scored(county):
        message = m("Plans of this county are scored by weights or prices, so that bounds are no people.")
        problems.append(_problem("people", message, m("Leave out weights and prices of soft rules.")))
    if county.policy.R13.enforce != "off" and county.policy.R13.rows:
        message = m("R13 asks for more spending where there is more money, so that more money may be worse.")
        problems.append(_problem("people", message, m("Switch it off with an override.")))
    if problems:
        raise InputProblems(problems)


def _problem(column: str, message: Message, way_out: Message) -> Problem:
    return Problem("goal", Place(column=column), message, way_out)
