"""How a plan stands many draws of costs, incomes and arrivals of money; and one made with a margin."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from liftplan.api.checked import checked
from liftplan.api.failure import reproducible
from liftplan.api.outputs import refuse_files, write_answer
from liftplan.api.saving import ready
from liftplan.api.scenario import Scenario, under
from liftplan.api.solution import Solution
from liftplan.api.solving import settings_of, solve
from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.stresses import StressContent, stress_headline, stress_page, stress_table
from liftplan.scenarios.stress import Outcome, Spread, Subject, outcome, trials
from liftplan.solver.progress import Cancel, Listener
from liftplan.solver.settings import Settings

FILE, PAGE, FOLDER = "stress.json", "stress.html", "resistant-plan"

RESISTANT = "resistant"
"""Name of the scenario of a plan made with margins."""


@dataclass(frozen=True)
class Stress:
    """A plan under many draws; and, if margins were asked for, one made with them under the same draws."""

    content: StressContent
    solution: Solution | None
    """The solve with margins; None: none were asked for."""

    @property
    def plan(self) -> Outcome:
        """The plan's figures."""
        return self.content.plan

    @property
    def resistant(self) -> Outcome | None:
        """Those of the plan made with margins; None: there is none."""
        return self.content.resistant

    @property
    def headline(self) -> str:
        """The outcome in one line, in the current language."""
        return stress_headline(self.content)

    def as_json(self) -> dict[str, Any]:
        """All figures as plain values."""
        content = self.content
        solution = self.solution
        return {
            "county": content.county.head.id,
            "county_digest": content.county.digest,
            "scenario": content.scenario,
            "seed": content.seed,
            "spread": asdict(content.spread),
            "stressed": asdict(content.plan),
            "margins": {"overrides": list(content.margins)},
            "resistant_status": None if solution is None else solution.status,
            "resistant": None if content.resistant is None else asdict(content.resistant),
        }

    def summary(self) -> RenderableType:
        """The tables that the command line shows, for `rich.print`."""
        return stress_table(self.content)

    def page(self) -> str:
        """The page with the charts: one HTML document that needs nothing outside itself."""
        return stress_page(self.content)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write `stress.json`, `stress.html` and, if there is one, the folder `resistant-plan`. Returns it, absolute.

        Raises
        ------
        InputProblems
            If something is there already (unless `overwrite`), or cannot be written.
        """
        place = Path(folder).absolute()
        refuse_files([place / FILE, place / PAGE], overwrite)
        if self.solution is not None and self.solution.has_plan:
            ready(place / FOLDER, overwrite=overwrite)
            self.solution.save(place / FOLDER, overwrite=overwrite)
        return write_answer(self, place, FILE, PAGE, overwrite)


def stress(
    plan: Plan | Solution | str | Path,
    county: County | str | Path | None = None,
    *,
    draws: int = 1000,
    seed: int = 0,
    costs: float = Spread.costs,
    incomes: float = Spread.incomes,
    arrivals: float = Spread.arrivals,
    margin: float = 0.0,
    reserve: float = 0.0,
    income_margin: float = 0.0,
    settings: Settings | None = None,
    listener: Listener | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Stress:
    """How many people stay lifted when costs, incomes and arrivals of money turn out otherwise.

    Parameters
    ----------
    plan, county
        As for `liftplan.verify`.
    draws, seed
        How many draws, 1 to 100,000; the same seed draws the same.
    costs, incomes, arrivals
        Spreads, as in `Spread`: assumptions, 0 to 1.
    margin, reserve, income_margin
        Make a plan with costs higher by a share, with so large a share of every fund kept back, with incomes that must
        pass the poverty line by a share; and stress it too. All 0: do not.
    settings, options, listener, cancel
        As for `solve`, of that plan.

    Raises
    ------
    InputProblems
        If the plan or the county cannot be read, or a number means nothing.
    PlanRejected
        If the plan does not pass the checker.
    """
    chosen = settings_of(settings, options)
    _refuse(draws, {"costs": costs, "incomes": incomes, "arrivals": arrivals,
                    "margin": margin, "reserve": reserve, "income-margin": income_margin})  # fmt: skip
    known, against = checked(plan, county)
    spread = Spread(costs, incomes, arrivals)
    margins = _margins(against, margin, reserve, income_margin)
    with reproducible({"stress": draws, "seed": seed}, against, known, own=True):
        found = _stressed(against, known, spread, draws, seed)
    solution = None
    resistant = None
    if margins:
        begun = Scenario(known.scenario, known.overrides, against, known.applied)
        asked = under(begun, overrides=margins, name=RESISTANT)
        solution = solve(asked, chosen, listener=listener, cancel=cancel, warm_start=known)
        if solution.has_plan:
            resistant = _stressed(against, solution.plan, spread, draws, seed)
    return Stress(StressContent(against, known.scenario, spread, seed, margins, found, resistant), solution)


def _stressed(county: County, plan: Plan, spread: Spread, draws: int, seed: int) -> Outcome:
    subject = Subject(county, plan)
    return outcome(subject, trials(subject, spread, draws, seed))


def _margins(county: County, margin: float, reserve: float, income: float) -> tuple[str, ...]:
    """Overrides of a plan with margins."""
    found = []
    if margin:
        found.append(f"costs.yuan x {1 + margin:.6f}")
    if reserve:
        found.append(f"funds[integrable=true].amount x {1 - reserve:.6f}")
    if income:
        found.append(f"policy.exit.margin_bp = {county.policy.exit.margin_bp + round(income * BP)}")
    return tuple(found)


def _refuse(draws: int, shares: dict[str, float]) -> None:
    problems = []
    if not 1 <= draws <= 100_000:
        message = m("{count} draws cannot be made.", count=draws)
        problems.append(Problem("stress", Place(column="draws"), message, m("Ask for 1 to 100,000.")))
    for name, value in shares.items():
        if not 0 <= value <= 1 or (name == "reserve" and value == 1):
            message = m("{value} is no share.", value=value)
            problems.append(Problem("stress", Place(column=name), message, m("Give a number from 0 to 1.")))
    if problems:
        raise InputProblems(problems)
