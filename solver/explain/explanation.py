"""One question answered: the facts, and what forcing the opposite or relaxing the rule proved."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.fund import FundFacts, explain_fund
from liftplan.solver.explain.household import HouseholdFacts, explain_household
from liftplan.solver.explain.measure import MeasureFacts, explain_measure
from liftplan.solver.explain.opposite import Forced, force
from liftplan.solver.explain.project import ProjectFacts, explain_project
from liftplan.solver.explain.proved import Solver
from liftplan.solver.explain.question import Question
from liftplan.solver.explain.relaxed import Target, fund_targets, rule_targets
from liftplan.solver.explain.rule import RuleFacts, explain_rule
from liftplan.solver.explain.sensitivity import Worth, worth
from liftplan.solver.explain.values import Value
from liftplan.solver.explain.village import VillageFacts, explain_village

Facts = HouseholdFacts | ProjectFacts | MeasureFacts | VillageFacts | FundFacts | RuleFacts


@dataclass(frozen=True)
class Explanation(Value):
    """What is to say of one thing."""

    question: Question
    facts: Facts
    scored: bool
    """Worths and intervals are points of a score instead of people."""
    forced: Forced | None
    """Asked to prove: the opposite forced; None of funds, rules and measures without cost."""
    worths: tuple[Worth, ...]
    """Asked to prove, of a fund or rule: what a little more is worth."""


def explain(county: County, plan: Plan, question: Question, solver: Solver | None = None) -> Explanation:
    """Explain one thing of a verified plan; with a solver the opposite is forced, too, or the rule relaxed."""
    case = Case(county, plan)
    name = question.id
    facts: Facts
    if question.kind == "household":
        facts = explain_household(case, name)
    elif question.kind == "project":
        facts = explain_project(case, name)
    elif question.kind == "measure":
        facts = explain_measure(case, name)
    elif question.kind == "village":
        facts = explain_village(case, name)
    elif question.kind == "fund":
        facts = explain_fund(case, name)
    else:
        facts = explain_rule(case, question)
    forced: Forced | None = None
    worths: tuple[Worth, ...] = ()
    if solver is not None and question.kind in {"fund", "rule"}:
        worths = proved_worths(county, plan, _targets(county, question), solver)
    elif solver is not None:
        forced = force(county, plan, question, solver)
    return Explanation(question, facts, case.scored, forced, worths)


def proved_worths(county: County, plan: Plan, targets: list[Target], solver: Solver) -> tuple[Worth, ...]:
    """What each target is worth; as many as there are before it is cancelled."""
    if not targets:
        return ()
    known, best = solver.as_it_is(county, plan)
    found: list[Worth] = []
    for target in targets:
        if solver.cancelled:
            break
        found.append(worth(county, best, known, target, solver))
    return tuple(found)


def _targets(county: County, question: Question) -> list[Target]:
    if question.kind == "fund":
        return [target for target in fund_targets(county) if target.id == question.id]
    return rule_targets(county, question)
