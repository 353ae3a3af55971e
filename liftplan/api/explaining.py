"""Explaining: why a plan is as it is, and what a little more money or a relaxed rule would bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from liftplan.api.checked import checked
from liftplan.api.failure import reproducible
from liftplan.api.solution import Solution
from liftplan.api.solving import settings_of
from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.reports.explanations import sentences, worth_table, worths
from liftplan.reports.explanations.names import Names
from liftplan.solver.explain.case import scored
from liftplan.solver.explain.explanation import Explanation as Found
from liftplan.solver.explain.explanation import explain as explain_plan
from liftplan.solver.explain.explanation import proved_worths
from liftplan.solver.explain.proved import Solver, Watcher
from liftplan.solver.explain.question import KINDS, Question, asked
from liftplan.solver.explain.relaxed import Target, fund_targets, rule_targets
from liftplan.solver.explain.sensitivity import SHARES, Worth
from liftplan.solver.progress import Cancel
from liftplan.solver.settings import Settings


@dataclass(frozen=True)
class Explanation:
    """Why one thing of a plan is as it is. What rests on prices holds at the margin, at the plan's prices."""

    found: Found
    """The facts, in numbers and ids; `found.facts` depends on what was asked about."""
    plan: Plan
    county: County

    @property
    def text(self) -> str:
        """The explanation in the current language."""
        return "\n".join(map(str, sentences(self.found, self.county, self.plan)))

    def as_json(self) -> dict[str, Any]:
        """Numbers, texts, lists and objects only."""
        return self.found.as_json()

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Explanation of {self.found.question.kind} {self.found.question.id}>"


@dataclass(frozen=True)
class Sensitivity:
    """What more of each fund and less of each rule brings: intervals, each from two proved solves."""

    worths: tuple[Worth, ...]
    plan: Plan
    county: County
    cancelled: bool
    """It was cancelled; what is not here was not asked."""

    @property
    def scored(self) -> bool:
        """Intervals are points of a score instead of people."""
        return scored(self.county)

    @property
    def open(self) -> int:
        """How often nothing can be said: not even whether anybody gains."""
        return sum(one.verdict in {"open", "unproved"} for one in self.worths)

    @property
    def text(self) -> str:
        """The intervals in the current language."""
        return "\n".join(map(str, worths(self.worths, Names(self.county), self.scored)))

    def table(self) -> Table:
        """The intervals as a table, for `rich.print`."""
        return worth_table(self.worths, Names(self.county), self.scored)

    def as_json(self) -> dict[str, Any]:
        """Numbers, texts, lists and objects only."""
        return {
            "worths": [one.as_json() for one in self.worths],
            "asked": len(self.worths),
            "open": self.open,
            "scored": self.scored,
        }

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Sensitivity of {len(self.worths)} funds and rules>"


def explain(
    plan: Plan | Solution | str | Path,
    county: County | str | Path | None = None,
    *,
    fund: str = "",
    village: str = "",
    household: str = "",
    project: str = "",
    measure: str = "",
    rule: str = "",
    prove: bool = False,
    settings: Settings | None = None,
    watcher: Watcher | None = None,
    cancel: Cancel | None = None,
    report: Callable[[str], None] | None = None,
    **options: Any,
) -> Explanation:
    """Explain one fund, village, household, project, measure or rule of a plan. The plan is verified first.

    Parameters
    ----------
    plan, county
        As for `liftplan.verify`.
    fund, village, household, project, measure, rule
        The id of what is asked about; exactly one of them. A rule is `R4`, `R4/poverty`, `R4/v07/poverty` ...
    prove
        Force the opposite (of a fund: more of it, of a rule: relaxed) and solve again: proved intervals.
    settings, options
        `Settings` of each solve, or its fields one by one.
    watcher
        Called with a `Step` as each solve begins and goes on.
    cancel
        A switch that another thread may set; what is proved by then is told.
    report
        Called with `check` and `explain` as these begin.

    Raises
    ------
    InputProblems
        If the plan, the county or the id is wrong; the nearest ids are told.
    PlanRejected
        If the plan does not pass the checker.
    """
    given = dict(zip(KINDS, (fund, village, household, project, measure, rule), strict=True))
    named = [(kind, name) for kind, name in given.items() if name]
    if len(named) != 1:
        raise InputProblems([_one_thing()])
    report = report or _silent
    report("check")
    known, against = checked(plan, county)
    question = asked(against, *named[0])
    report("explain")
    solver = None
    if prove:
        solver = Solver(settings_of(settings, options), watcher, cancel)
    with reproducible({"explain": question.id, "prove": prove}, against, known, own=True):
        return Explanation(explain_plan(against, known, question, solver), known, against)


def _silent(_: str) -> None:
    """Tell nobody."""


def sensitivity(
    plan: Plan | Solution | str | Path,
    county: County | str | Path | None = None,
    *,
    funds: Sequence[str] | None = None,
    rules: Sequence[str] | None = None,
    settings: Settings | None = None,
    watcher: Watcher | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Sensitivity:
    """People per extra yuan of funds and per relaxed rule, as intervals from two proved solves each.

    Parameters
    ----------
    plan, county
        As for `liftplan.verify`.
    funds, rules
        Ids of funds and rules. Both None: every fund that allocates and every rule that can be relaxed by degrees.
    settings, options, watcher, cancel
        As for `explain`.

    Raises
    ------
    InputProblems, PlanRejected
        As for `explain`.
    """
    chosen = settings_of(settings, options)
    known, against = checked(plan, county)
    targets = _targets(against, known, funds, rules)
    solver = Solver(chosen, watcher, cancel, 1 + len(SHARES) * len(targets))
    with reproducible({"sensitivity": [one.id for one in targets]}, against, known, own=True):
        found = proved_worths(against, known, targets, solver)
    return Sensitivity(found, known, against, solver.cancelled)


def _targets(county: County, plan: Plan, funds: Sequence[str] | None, rules: Sequence[str] | None) -> list[Target]:
    """What is asked about; if that is everything, funds come first, by their prices, the dearest first."""
    if funds is None and rules is None:
        dearest = sorted(fund_targets(county), key=lambda one: (-plan.prices.get(one.id, 0.0), one.id))
        return [*dearest, *rule_targets(county)]
    problems: list[Problem] = []
    found: list[Target] = []
    for kind, names in (("fund", funds or ()), ("rule", rules or ())):
        for name in names:
            try:
                question = asked(county, "fund" if kind == "fund" else "rule", name)
                found += _of(county, question)
            except InputProblems as error:
                problems += error.problems
    if problems:
        raise InputProblems(problems)
    return list(dict.fromkeys(found))


def _of(county: County, question: Question) -> list[Target]:
    if question.kind == "rule":
        return rule_targets(county, question)
    own = [target for target in fund_targets(county) if target.id == question.id]
    if not own:
        message = m("The fund {fund} is ring-fenced: it is never allocated.", fund=question.id)
        raise InputProblems([Problem("fund-ring-fenced", Place(), message, m("Ask about another fund."))])
    return own


def _one_thing() -> Problem:
    message = m("Name exactly one fund, village, household, project, measure or rule.")
    way_out = m("Use one of {names}.", names="--fund, --village, --household, --project, --measure, --rule")
    return Problem("question", Place(), message, way_out)
