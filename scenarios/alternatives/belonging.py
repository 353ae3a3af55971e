"""A plan found for a changed county as a plan of the county itself: checked, with the bound that was proved there."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, Plan, PlanBody, SecondLevel
from liftplan.solver.assemble import Origin, assemble
from liftplan.solver.check import Facts, check_plan
from liftplan.solver.check.evaluate import judged
from liftplan.solver.check.findings import SHOWN
from liftplan.solver.columns import effects
from liftplan.solver.compile import Compiled
from liftplan.solver.draft import Proved, drafted
from liftplan.solver.engines.highs import Floats
from liftplan.solver.problem import Decisions
from liftplan.solver.rejected import RejectedPlan


def belonging(county: County, compiled: Compiled, facts: Facts, duals: Floats, base: Plan, found: Plan) -> Plan:
    """The decisions of `found` as a plan of the county of `base`, with the bound, prices and certificate of `base`.

    Raises
    ------
    RejectedPlan
        If the checker does not accept it: a bug, for only demands were added.
    """
    problem, told = compiled.problem, compiled.decisions(found.projects, found.measures, found.topups)
    taken = (told.taken & ~problem.measures.automatic) | effects(problem, told.built)  # of those that got nothing, too
    decisions = Decisions(told.built, taken, told.topup)
    named = compiled.named(decisions)
    judgement = judged(facts, named.projects, named.measures, named.topups, found.ledger)
    value = judgement.findings.evaluation
    bound = round(base.objective_bound * SHOWN) * (UNITS_PER_PERSON // SHOWN)
    origin = Origin(base.scenario, base.applied, found.settings)
    proved = Proved(bound, duals, None, base.certificate)
    plan = assemble(compiled.county, drafted(compiled, decisions, named, found.ledger, proved, "gap"), origin, value)
    second = plan.second and SecondLevel(goal=plan.second.goal, value=plan.second.value, bound=None)
    kept = {name: getattr(plan, name) for name in PlanBody.model_fields}
    kept |= {"prices": base.prices, "rule_prices": base.rule_prices, "second": second}
    if plan.status != "optimal":
        kept["stopped_by"] = None
    own = Plan.sealed(PlanBody(**kept))
    violations = check_plan(county, own)
    if violations:
        raise RejectedPlan(own, violations)
    return own
