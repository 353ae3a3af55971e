"""Repairs of the three kinds beside one another."""

from __future__ import annotations

import liftplan
from liftplan.solver.diagnose.diagnosis import diagnose
from liftplan.solver.diagnose.repairs import repairs

TWICE = ["policy.R4.rows[poverty].minimum x 2", "funds[special_poverty].amount x 0.6"]
"""Where lowering a minimum mends as much as money by the same number of rules, and by less."""


def test_no_other_kind_gives_less_by_as_few_rules() -> None:
    """What is said to change the fewest rules, by as little as they need, is not beaten by the repair beside it."""
    county = liftplan.under("tiny", [], overrides=TWICE).county
    made = {repair.kind: repair for repair in repairs(diagnose(county))}
    fewest, others = made["rules"], [made["yuan"], made["priorities"]]
    assert all((fewest.rules, fewest.yuan) <= (other.rules, other.yuan) for other in others)
    assert fewest.least == fewest.rules == 1
