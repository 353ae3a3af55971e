"""Questions that take many solves: what people lifted depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from liftplan.api.outputs import write_answer
from liftplan.api.scenario import Asked, Scenario, under
from liftplan.api.solving import settings_of
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.curves import CurveContent, curve_headline, curve_page, curve_table
from liftplan.scenarios.curve import Axis, Point, Watch, axis_of, trace
from liftplan.scenarios.curve.axis import MOST
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings

CURVE_FILE, CURVE_PAGE = "curve.json", "curve.html"

Value = int | str
"""Yuan, or a share of the present value as in `80%`."""


@dataclass(frozen=True)
class Curve:
    """People lifted over one quantity of a county. Each point is a checked plan and a proved bound, or says why not."""

    content: CurveContent

    @property
    def points(self) -> tuple[Point, ...]:
        """The points, in order of their values."""
        return self.content.points

    @property
    def headline(self) -> str:
        """The curve in one line, in the current language."""
        return curve_headline(self.content)

    def as_json(self) -> dict[str, Any]:
        """The curve as plain values."""
        return {**self.content.subject, "points": [asdict(point) for point in self.points]}

    def summary(self) -> RenderableType:
        """The table that the command line shows, for `rich.print`."""
        return curve_table(self.content)

    def page(self) -> str:
        """The page with the chart: one HTML document that needs nothing outside itself."""
        return curve_page(self.content)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write `curve.json` and `curve.html` into a folder. Returns it, absolute.

        Raises
        ------
        InputProblems
            If one is there already (unless `overwrite`), or cannot be written.
        """
        return write_answer(self, folder, CURVE_FILE, CURVE_PAGE, overwrite)


def curve(
    county: County | Scenario | str | Path,
    over: str = "money",
    start: Value = "80%",
    stop: Value = "120%",
    points: int = 20,
    *,
    scenario: Asked | Sequence[Asked] = (),
    settings: Settings | None = None,
    workers: int = 0,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Curve:
    """People lifted over one quantity of a county: one solve a point, more points where the curve bends.

    Parameters
    ----------
    county, scenario
        As for `solve`.
    over
        `money` (all that may be allocated), `fund:ID`, `minimum:R3`, `minimum:R4.ROW`, `minimum:R5`, `poverty_line`.
    start, stop
        First and last value: yuan, or a share of the present value (`"80%"`).
    points
        How many points, 2 to 1,000.
    settings, options
        As for `solve`, of each point; with 0 threads the cores are shared among the workers.
    workers
        Processes that solve points at the same time; 0 = one a core, or this one alone for a small county. A script
        that uses several needs `if __name__ == "__main__":` around the call, as processes are started fresh.
    watch, cancel
        Told how it goes; a switch that ends it with the points that are done.

    Raises
    ------
    InputProblems
        If the county has no such quantity, or the values mean nothing.
    """
    begun = whole(county, scenario)
    axis = axis_of(begun.county, over)
    first, last = value_of(start, axis, "from"), value_of(stop, axis, "to")
    if first >= last:
        message = m("The first value, {start}, is not below the last, {stop}.", start=first, stop=last)
        raise InputProblems([Problem("curve-values", Place(column="from"), message, m("Give the lower value first."))])
    if not 2 <= points <= 1000:
        message = m("{count} points cannot be had.", count=points)
        raise InputProblems([Problem("curve-points", Place(column="points"), message, m("Ask for 2 to 1,000."))])
    chosen = settings_of(settings, options)
    found = trace(begun.county, axis, first, last, points, chosen, workers=workers, watch=watch, cancel=cancel)
    return Curve(CurveContent(begun.county, begun.name, axis, tuple(found)))


def whole(county: County | Scenario | str | Path, scenario: Asked | Sequence[Asked]) -> Scenario:
    """A county under scenarios of one decision for all. Raises `InputProblems`."""
    begun = under(county, scenario)
    if begun.separate:
        message = m("{name} is no plan of one decision: there every department decides alone.", name=begun.name)
        raise InputProblems([Problem("scenario-separate", Place(), message, m("Leave the scenario out."))])
    return begun


def value_of(value: Value, axis: Axis, name: str) -> int:
    """Whole yuan of a value as it was given; `name` is the option. Raises `InputProblems`."""
    text = str(value).strip().replace(",", "")
    try:
        number = Decimal(text.removesuffix("%"))
        if text.endswith("%"):
            number *= Decimal(axis.present) / 100
        yuan = int(number.to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        yuan = -1
    least = 1 if axis.scaled or axis.name == "poverty_line" else 0
    if not least <= yuan <= MOST:
        message = m("{value} is no value of {name}.", value=value, name=axis.name)
        way_out = m("Give whole yuan, or a share of the present value as in {example}.", example="80%")
        raise InputProblems([Problem("curve-values", Place(column=name), message, way_out)])
    return yuan
