"""Clearly different plans that lift nearly as many people as a plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from rich.console import RenderableType

from liftplan.api.checked import checked
from liftplan.api.comparing import Comparison
from liftplan.api.failure import reproducible
from liftplan.api.outputs import refuse_files, write_answer
from liftplan.api.saving import ready, save_plan
from liftplan.api.solution import Solution
from liftplan.api.solving import settings_of
from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.models.planfiles import PLAN_FILE
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.alternatives import (
    AlternativesContent,
    alternatives_headline,
    alternatives_page,
    alternatives_table,
)
from liftplan.scenarios.alternatives import Alternative, Found, Watch
from liftplan.scenarios.alternatives import alternatives as search
from liftplan.scenarios.compare import MOST_SIDES, Compared, Side
from liftplan.solver.progress import Cancel
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings

FILE, PAGE, COMPARISON = "alternatives.json", "alternatives.html", "comparison.html"

PREFIX = "alternative-"
"""What names of alternatives' folders begin with."""

WITHIN = 0.005
"""People that may be given up, as a share of the plan's."""

APART = 0.05
"""Share of the money that has to do something else."""


@dataclass(frozen=True)
class Alternatives:
    """A plan and others that differ from it and from each other."""

    content: AlternativesContent

    @property
    def plan(self) -> Plan:
        """The plan that was given."""
        return self.content.plan

    @property
    def found(self) -> tuple[Alternative, ...]:
        """The alternatives: checked plans, with the bound of the plan."""
        return self.content.found.alternatives

    @property
    def headline(self) -> str:
        """The outcome in one line, in the current language."""
        return alternatives_headline(self.content)

    def comparison(self) -> Comparison:
        """The plan and its first five alternatives side by side."""
        county = self.content.county
        sides = [Side(str(m("plan")), county, self.plan)]
        sides += [Side(name_of(number), county, one.plan) for number, one in enumerate(self.found, start=1)]
        return Comparison(Compared(tuple(sides[:MOST_SIDES])))

    def as_json(self) -> dict[str, Any]:
        """All as plain values; plans are told by what they reach."""
        content = self.content
        return {
            "county": content.county.head.id,
            "county_digest": content.county.digest,
            "scenario": self.plan.scenario,
            "people": self.plan.totals.people_lifted,
            "objective": self.plan.objective,
            "objective_bound": self.plan.objective_bound,
            "within": content.within,
            "apart": content.apart,
            "alternatives": [
                {
                    "people": one.plan.totals.people_lifted,
                    "people_fewer": self.plan.totals.people_lifted - one.plan.totals.people_lifted,
                    "objective": one.plan.objective,
                    "from_best": round(one.from_best, 9),
                    "ledger_yuan": one.plan.totals.ledger_yuan,
                    **asdict(one.from_base),
                    "nearest": one.nearest,
                    "spared": [{"kind": part.kind, "id": part.id} for part in one.spared],
                    "digest": one.plan.digest,
                }
                for one in self.found
            ],
            "tries": [asdict(one) for one in content.found.tries],
        }

    def summary(self) -> RenderableType:
        """The table that the command line shows, for `rich.print`."""
        return alternatives_table(self.content)

    def page(self) -> str:
        """The page with the chart: one HTML document that needs nothing outside itself."""
        return alternatives_page(self.content)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write a plan folder for each alternative, `alternatives.json`, `alternatives.html`, `comparison.html`.

        Returns the folder, absolute.

        Raises
        ------
        InputProblems
            If something is there already (unless `overwrite`), or cannot be written.
        """
        place = Path(folder).absolute()
        names = [place / name_of(number) for number in range(1, len(self.found) + 1)]
        for name in names:
            ready(name, overwrite=overwrite)
        refuse_files(files_of(place), overwrite)
        for name, one in zip(names, self.found, strict=True):
            result = Result(one.plan.status, one.plan.stopped_by, one.plan, one.plan.objective_bound, one.seconds)
            save_plan(one.plan, self.content.county, result, name, overwrite=overwrite)
        write_answer(self, place, FILE, PAGE, overwrite)
        if self.found:
            self.comparison().save(place / COMPARISON, overwrite=overwrite)
        elif overwrite:
            (place / COMPARISON).unlink(missing_ok=True)
        if overwrite:
            _sweep(place, len(self.found))
        return place


def name_of(number: int) -> str:
    """The name of an alternative's folder, from 1."""
    return f"{PREFIX}{number}"


def _sweep(folder: Path, count: int) -> None:
    """Remove plan folders of an earlier search that found more."""
    for left in folder.glob(f"{PREFIX}*"):
        number = left.name.removeprefix(PREFIX)
        if number.isdecimal() and int(number) > count and (left / PLAN_FILE).is_file():
            rmtree(left)


def files_of(folder: Path) -> list[Path]:
    """The files, besides plan folders, that `Alternatives.save` writes."""
    return [folder / name for name in (FILE, PAGE, COMPARISON)]


def alternatives(
    plan: Plan | Solution | str | Path,
    county: County | str | Path | None = None,
    *,
    count: int = 3,
    within: int | None = None,
    apart: float = APART,
    settings: Settings | None = None,
    watch: Watch | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Alternatives:
    """Plans of the same county that reach nearly as much and do clearly something else.

    Parameters
    ----------
    plan, county
        As for `liftplan.verify`.
    count
        How many to look for, 1 to 20.
    within
        People (points, where plans are scored) that an alternative may be below the plan; otherwise 0.5 % of them.
    apart
        Share of the money that has to do something else than in the plan, and than in every other alternative.
    settings, options
        As for `solve`, of each solve.
    watch, cancel
        Told what each solve gave; a switch that ends it with what was found.

    Raises
    ------
    InputProblems
        If the plan or the county cannot be read, or a number means nothing.
    PlanRejected
        If the plan does not pass the checker.
    """
    chosen = settings_of(settings, options)
    _refuse(count, within, apart)
    known, against = checked(plan, county)
    fewer = int(known.totals.people_lifted * WITHIN) if within is None else within
    with reproducible({"alternatives": count, "within": fewer, "apart": apart}, against, known, own=True):
        found: Found = search(against, known, count, fewer, apart, chosen, watch=watch, cancel=cancel)
    return Alternatives(AlternativesContent(against, known, fewer, apart, found))


def _refuse(count: int, within: int | None, apart: float) -> None:
    problems = []
    if not 1 <= count <= 20:
        message = m("{count} alternatives cannot be had.", count=count)
        problems.append(_problem("count", message, m("Ask for 1 to 20.")))
    if not 0 < apart <= 1:
        message = m("{value} is no share.", value=apart)
        problems.append(_problem("apart", message, m("Give a number above 0, up to 1.")))
    if within is not None and within < 0:
        message = m("{people} people cannot be given up.", people=within)
        problems.append(_problem("within", message, m("Give a whole number from 0 on.")))
    if problems:
        raise InputProblems(problems)


def _problem(column: str, message: Message, way_out: Message) -> Problem:
    return Problem("alternatives", Place(column=column), message, way_out)
