"""An explanation in words, whatever it is about."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.reports.explanations.fund import fund
from liftplan.reports.explanations.household import household
from liftplan.reports.explanations.measure import measure
from liftplan.reports.explanations.names import Names, Paragraph
from liftplan.reports.explanations.project import project
from liftplan.reports.explanations.proof import forced
from liftplan.reports.explanations.rule import rule
from liftplan.reports.explanations.village import village
from liftplan.reports.explanations.worths import worths
from liftplan.solver.explain.explanation import Explanation
from liftplan.solver.explain.fund import FundFacts
from liftplan.solver.explain.household import HouseholdFacts
from liftplan.solver.explain.measure import MeasureFacts
from liftplan.solver.explain.project import ProjectFacts
from liftplan.solver.explain.village import VillageFacts


def sentences(found: Explanation, county: County, plan: Plan) -> list[Paragraph]:
    """What is to say, in the current language once it is printed; names are those of now."""
    names, facts, scored = Names(county), found.facts, found.scored
    best = plan.status == "optimal"
    if isinstance(facts, HouseholdFacts):
        told = list(household(facts, names, scored, best))
    elif isinstance(facts, ProjectFacts):
        told = list(project(facts, names, scored, best))
    elif isinstance(facts, MeasureFacts):
        told = list(measure(facts, names))
    elif isinstance(facts, VillageFacts):
        told = list(village(facts, names, scored))
    elif isinstance(facts, FundFacts):
        told = list(fund(facts, names, scored))
    else:
        told = list(rule(facts, names, scored))
    if found.forced is not None:
        told += forced(found.forced, names, scored)
    if found.worths:
        told += worths(found.worths, names, scored)
    return told
