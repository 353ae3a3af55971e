"""People lifted against fairness between villages: the frontier of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from rich.console import RenderableType

from liftplan.api.outputs import write_answer
from liftplan.api.questions import whole
from liftplan.api.scenario import Asked, Scenario, under
from liftplan.api.solving import settings_of
from liftplan.models.county import County
from liftplan.models.messages import listed, m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.frontiers import FrontierContent, frontier_headline, frontier_page, frontier_table
from liftplan.scenarios.frontier import Envelope, Found, Reached, Watch, explore, overrides_of
from liftplan.scenarios.frontier.shares import By
from liftplan.solver.explain.case import scored
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

FRONTIER_FILE, FRONTIER_PAGE = "frontier.json", "frontier.html"


@dataclass(frozen=True)
class Frontier:
    """What plans reach in people and in the worst village's share, and what is proved that none does."""

    content: FrontierContent
    found: Found

    @property
    def envelope(self) -> Envelope:
        """Levels solved and plans found; `at(share_bp)` says what is known of any level."""
        return self.found.envelope

    @property
    def points(self) -> tuple[Reached, ...]:
        """The plans that no other found is as good as in both, by share."""
        return self.envelope.frontier

    def plan(self, point: Reached) -> Plan:
        """The checked plan of a point; it is one of the county under the overrides of its level."""
        return self.found.plans[point]

    @property
    def headline(self) -> str:
        """The frontier in one line, in the current language."""
        return frontier_headline(self.content)

    def as_json(self) -> dict[str, Any]:
        """The frontier as plain values."""
        envelope = self.envelope
        return {
            **self.content.subject,
            "points": [asdict(point) for point in self.points],
            "levels": [asdict(level) for level in envelope.levels],
            "bounds": [
                {
                    "above_bp": low,
                    "to_bp": high,
                    "least": known.least,
                    "most": known.most,
                    "impossible": known.impossible,
                }
                for low, high, known in envelope.steps(0, 10_000)
            ],
            "reachable_bp": envelope.reachable,
            "impossible_bp": envelope.impossible,
        }

    def summary(self) -> RenderableType:
        """The table that the command line shows, for `rich.print`."""
        return frontier_table(self.content)

    def page(self) -> str:
        """The page with the chart: one HTML document that needs nothing outside itself."""
        return frontier_page(self.content)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write `frontier.json` and `frontier.html` into a folder. Returns it, absolute.

        Raises
        ------
        InputProblems
            If one is there already (unless `overwrite`), or cannot be written.
        """
        return write_answer(self, folder, FRONTIER_FILE, FRONTIER_PAGE, overwrite)


def frontier(
    county: County | Scenario | str | Path,
    *,
    by: By = "village",
    points: int = 12,
    scenario: Asked | Sequence[Asked] = (),
    settings: Settings | None = None,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Frontier:
    """People lifted against the share of its people that every village lifts at least (R10).

    Parameters
    ----------
    county, scenario
        As for `solve`. A fairness rule of its own is replaced.
    by
        Whose share counts: that of each `village`, `township` or household `group`.
    points
        How many levels are solved at most, 2 to 200.
    settings, options
        As for `solve`, of each level.
    watch, cancel
        Told how it goes; a switch that ends it with what is known by then.

    Raises
    ------
    InputProblems
        If plans of the county are scored by other things than people, or an argument means nothing.
    """
    begun = whole(county, scenario)
    if by not in get_args(By):
        message = m("Fairness is not counted by {name}.", name=by)
        raise InputProblems(
            [Problem("frontier-by", Place(column="by"), message, m("Use {names}.", names=listed(get_args(By))))]
        )
    if not 2 <= points <= 200:
        message = m("{count} levels cannot be solved.", count=points)
        raise InputProblems([Problem("frontier-points", Place(column="points"), message, m("Ask for 2 to 200."))])
    free = under(begun, overrides=overrides_of(0, by)).county
    if scored(free):
        message = m("Plans of this county are scored by weights or prices, so that bounds are no people.")
        raise InputProblems(
            [Problem("frontier", Place(column="county"), message, m("Leave out weights and prices of soft rules."))]
        )
    found = explore(begun.county, by, points, settings_of(settings, options), watch=watch, cancel=cancel)
    return Frontier(FrontierContent(begun.county, begun.name, by, found.envelope), found)
