"""Repairs of the three kinds beside one another."""

from __future__ import annotations

import liftplan
from liftplan.solver.diagnose.diagnosis import diagnose
from liftplan.solver.diagnose.repairs import Priorities, repairs

TWICE = ["policy.R4.rows[poverty].minimum x 2", "funds[special_poverty].amount x 0.6"]
"""Where lowering a minimum mends as much as money by the same number of rules, and by less."""


def test_no_other_kind_gives_less_by_as_few_rules() -> None:
    """What is said to change the fewest rules, by as little as they need, is not beaten by the repair beside it."""
    county = liftplan.under("tiny", [], overrides=TWICE).county
    made = {repair.kind: repair for repair in repairs(diagnose(county))}
    fewest, others = made["rules"], [made["yuan"], made["priorities"]]
    assert all((fewest.rules, fewest.yuan) <= (other.rules, other.yuan) for other in others)
    assert fewest.least == fewest.rules == 1


def test_a_choice_of_rules_that_gives_fewer_yuan_is_found() -> None:
    """Two conflicts, of one of which either rule may give: the repair of fewest rules is the cheaper choice."""
    water = "policy.R13.rows + {id: water, fund: drinking_water, share_bp: 9000}"
    lines = ["policy.R4.rows[poverty].minimum = 40000", "policy.R13.enforce = hard", water]
    county = liftplan.under("tiny", [], overrides=lines).county
    nobody = Priorities({}, frozenset())
    made = {repair.kind: repair for repair in repairs(diagnose(county), nobody)}
    assert (made["rules"].yuan, made["rules"].rules) == (27_500, 2)
    assert (made["yuan"].yuan, made["yuan"].rules) == (27_500, 2)


def test_no_repair_has_a_change_that_it_can_do_without() -> None:
    """Where a share of people gives way, no household's minimum is lowered besides."""
    lines = ["policy.R10.enforce = hard", "policy.R10.share_bp = 95%"]
    county = liftplan.under("tiny", [], overrides=lines).county
    made = {repair.kind: repair for repair in repairs(diagnose(county))}
    assert [give.instance.rule for give in made["priorities"].gives] == ["R10"]
