"""The figures of a whole plan."""

from __future__ import annotations

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.scenarios.compare.lines import Key
from liftplan.scenarios.compare.sides import Side
from liftplan.scenarios.separate import Outcome, repaired

TOTALS = (
    "people_lifted",
    "people_possible",
    "people_kept",
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
"""Figures in order. `people_possible` and `people_kept`, without what breaks rules, are of outcomes only. Yuan are
whole; `available_yuan` may be allocated, fees included; ring-fenced money is in none."""


def totals(side: Side) -> dict[Key, int | None]:
    """Each figure of `TOTALS`; `yuan_per_person` is None where nobody is lifted."""
    decided, sums = side.decided, side.decided.totals
    table = side.county["households"]
    persons = dict(zip(table["id"].tolist(), table["persons"].tolist(), strict=True))
    funds = side.county["funds"]
    free = set(funds["id"][funds["integrable"]].tolist())
    topups = sum(yuan for _, item, _, yuan in decided.ledger if item.startswith(LEDGER_TOPUP))
    uses = [use for use in decided.funds if use.fund in free]
    priced = set(side.county["costs"]["item"].tolist())
    found: dict[str, int | None] = {
        "people_lifted": sums.people_lifted,
        "households_lifted": sums.households_lifted,
        "people_registered": sum(persons.values()),
        "people_already_out": sum(persons[household] for household in decided.already_out),
        "available_yuan": sum(use.amount for use in uses),
        "fee_yuan": sum(use.fee for use in uses),
        "ledger_yuan": sums.ledger_yuan,
        "left_yuan": sum(use.left for use in uses),
        "leveraged_yuan": sums.leveraged_yuan,
        "yuan_per_person": round(sums.ledger_yuan / sums.people_lifted) if sums.people_lifted else None,
        "projects_built": len(decided.projects),
        "padding": len(decided.padding),
        "measures_taken": sum(measure in priced for measure in decided.measures),
        "topup_yuan": topups,
        "ledger_lines": sums.ledger_lines,
    }
    if isinstance(decided, Outcome):
        left = repaired(side.county, decided)
        found |= {"people_possible": left.people_possible, "people_kept": left.people_kept}
    return {(name,): found[name] for name in TOTALS if name in found}
