"""The figures of a whole plan."""

from __future__ import annotations

from liftplan.scenarios.compare.lines import Key
from liftplan.scenarios.compare.sides import Side

TOTALS = (
    "people_lifted",
    "households_lifted",
    "people_registered",
    "people_already_out",
    "available_yuan",
    "fee_yuan",
    "ledger_yuan",
    "left_yuan",
    "leveraged_yuan",
    "yuan_per_person",
    "projects_built",
    "padding",
    "measures_taken",
    "topup_yuan",
    "ledger_lines",
)
"""Figures in order. Yuan are whole; `available_yuan` may be allocated, fees included; ring-fenced money is in none."""


def totals(side: Side) -> dict[Key, int | None]:
    """Each figure of `TOTALS`; `yuan_per_person` is None where nobody is lifted."""
    plan, sums = side.plan, side.plan.totals
    table = side.county["households"]
    persons = dict(zip(table["id"].tolist(), table["persons"].tolist(), strict=True))
    free = [use for use in plan.funds if use.reason != "ring_fenced"]
    priced = set(side.county["costs"]["item"].tolist())
    found: dict[str, int | None] = {
        "people_lifted": sums.people_lifted,
        "households_lifted": sums.households_lifted,
        "people_registered": sum(persons.values()),
        "people_already_out": sum(persons[household] for household in plan.already_out),
        "available_yuan": sum(use.amount for use in free),
        "fee_yuan": sum(use.fee for use in free),
        "ledger_yuan": sums.ledger_yuan,
        "left_yuan": sum(use.left for use in free),
        "leveraged_yuan": sums.leveraged_yuan,
        "yuan_per_person": round(sums.ledger_yuan / sums.people_lifted) if sums.people_lifted else None,
        "projects_built": len(plan.projects),
        "padding": len(plan.padding),
        "measures_taken": sum(measure in priced for measure in plan.measures),
        "topup_yuan": sum(plan.topups.values()),
        "ledger_lines": sums.ledger_lines,
    }
    return {(name,): found[name] for name in TOTALS}
