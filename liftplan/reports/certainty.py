"""How sure an outcome is, in plain words."""

from __future__ import annotations

from math import floor

from liftplan.models.county import County
from liftplan.models.messages import Message, joined, labelled, m
from liftplan.models.plan import Plan
from liftplan.reports.counts import leaving
from liftplan.reports.words import STOPS, percent, shown, yuan
from liftplan.solver.result import Result

ENDS: dict[str, Message] = {
    "infeasible": m("proved infeasible"),
    "unknown": m("no plan found, nothing proved of whether there is one"),
}
"""Ends without a plan."""


def headline(result: Result, county: County) -> str:
    """The outcome in one line."""
    name = shown(county.head.name, county.head.name_en)
    plan = result.plan
    if plan is None:
        return str(labelled(name, ENDS.get(result.status, result.status)))
    people = leaving(plan.totals.people_lifted)
    known = m("proved best") if plan.status == "optimal" else m("gap {gap}", gap=percent(plan.gap, 3))
    return str(labelled(name, joined([people, known])))


def certainty(result: Result) -> Message:
    """How sure the outcome is, in plain words."""
    if result.plan is None:
        return without_plan(result.status, result.stopped_by, result.objective_bound)
    return sure(result.plan)


def without_plan(status: str, stopped_by: str | None, bound: float | None) -> Message:
    """What an end without a plan means."""
    if status == "infeasible":
        return m("No plan keeps all the hard rules of this county. This is proved.")
    stop = STOPS.get(stopped_by or "", m("it ended"))
    if bound is None:
        return m("No plan was found, and nothing is proved: {stop}.", stop=stop)
    return m("No plan was found: {stop}. No plan can score more than {bound}.", stop=stop, bound=f"{bound:,.1f}")


def sure(plan: Plan) -> Message:
    """How sure a plan is, in plain words."""
    scored = plan.objective != plan.totals.people_lifted
    if plan.status == "optimal":
        return (
            m("No plan has a higher score. This is proved.")
            if scored
            else m("No plan lifts more people. This is proved.")
        )
    gap = percent(plan.gap, 3)
    if scored:
        return m(
            "This plan scores {objective}; it is proved that no plan can score more than {bound} (gap {gap}).",
            objective=f"{plan.objective:,.1f}",
            bound=f"{plan.objective_bound:,.1f}",
            gap=gap,
        )
    most = floor(plan.objective_bound)
    return m(
        "It is proved that no plan can lift more than {most} people, {more} more than this one (gap {gap}).",
        most=f"{most:,}",
        more=f"{most - plan.totals.people_lifted:,}",
        gap=gap,
    )


def lower_levels(plan: Plan) -> list[Message]:
    """How good the plan is at the second and third level of the objective."""
    found, second = [], plan.second
    if second is not None and second.goal == "least_money":
        if second.bound is None:
            found.append(m("Whether less money could do as much is not proved."))
        elif second.bound == second.value:
            found.append(m("No plan that does as much spends less. This is proved."))
        else:
            bound = yuan(second.bound)
            found.append(m("It is proved that no plan that does as much spends less than {bound} yuan.", bound=bound))
    elif second is not None:
        value = f"{second.value:,}"
        if second.bound is None:
            found.append(m("Of those not lifted {value} person-needs are met.", value=value))
        else:
            bound = f"{second.bound:,}"
            found.append(
                m(
                    "Of those not lifted {value} person-needs are met; it is proved that no plan that does as much "
                    "meets more than {bound}.",
                    value=value,
                    bound=bound,
                )
            )
    lines = f"{plan.totals.ledger_lines:,}"
    found.append(m("The ledger has {lines} lines; their number was improved, not proved to be the least.", lines=lines))
    return found
