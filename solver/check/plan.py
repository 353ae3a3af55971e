"""A whole plan against its county: identity, digest, rules, and everything it says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.plan import PLAN_VERSION, Plan, content_digest
from liftplan.solver.check.evaluate import Judgement, judged
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Violation
from liftplan.solver.check.redundant import redundant
from liftplan.solver.check.stated import stated


def check_plan(
    county: County, plan: Plan, facts: Facts | None = None, *, judgement: Judgement | None = None
) -> list[Violation]:
    """Everything that is wrong with a plan; an empty list accepts it. Its bound is not proved again here.

    Parameters
    ----------
    county
        A validated county.
    plan
        The plan; against another county than its own nothing but that is reported.
    facts
        The county already indexed, where that has been done; checking begins with it otherwise.
    judgement
        What this checker has found about decisions of this county; used only if the plan decides exactly those.

    Raises
    ------
    ValueError
        If `facts` or `judgement` are of another county.
    """
    if judgement is not None:
        facts = judgement.decided.facts
    if facts is not None and facts.county is not county:
        raise ValueError("the facts are of another county")
    violations = [*_digest(plan), *_county(county, plan)]
    if any(violation.rule == "county" for violation in violations):
        return violations
    facts = facts or Facts(county)
    if judgement is None or not judgement.fits(plan):
        judgement = judged(facts, plan.projects, plan.measures, plan.topups, plan.ledger)
    decided, findings = judgement.decided, judgement.findings
    return [*violations, *findings.violations, *redundant(decided, plan, findings.evaluation), *stated(facts, plan)]


def _digest(plan: Plan) -> Iterator[Violation]:
    try:
        digest = content_digest(plan)
    except ValueError:  # a number that JSON does not have
        digest = ""
    if plan.digest != digest:
        message = m("The plan was changed after it was made: its digest does not fit its content.")
        yield Violation("digest", "digest", message, plan.digest, digest)


def _county(county: County, plan: Plan) -> Iterator[Violation]:
    if plan.plan_version != PLAN_VERSION:
        message = m(
            "The plan is in format {value}; this version reads format {limit}.",
            value=plan.plan_version,
            limit=PLAN_VERSION,
        )
        yield Violation("county", "plan_version", message, plan.plan_version, PLAN_VERSION)
    if plan.county.digest != county.digest:
        message = m("The plan was made for another county, or for another version of this one.")
        yield Violation("county", plan.county.id, message, plan.county.digest, county.digest)
    elif (plan.county.id, plan.county.name) != (county.head.id, county.head.name):
        message = m("The plan names its county {value}; it is {limit}.", value=plan.county.id, limit=county.head.id)
        yield Violation("county", plan.county.id, message, plan.county.name, county.head.name)
    if len(county.head.years) != 1:
        message = m("Plans over several years are not checked yet.")
        yield Violation("county", county.head.id, message, len(county.head.years), 1)
