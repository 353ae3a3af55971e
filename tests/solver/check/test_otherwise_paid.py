"""The same decisions with another ledger are looked at without starting afresh, and nothing of the old one stays."""

from __future__ import annotations

from liftplan.scenarios.counties import load
from liftplan.solver.check import Decided, Facts, broken, judged
from liftplan.solver.clock import Clock
from liftplan.solver.diagnose.feasible import Judge, Witness
from liftplan.solver.diagnose.ground import Ground


def witness() -> tuple[Facts, Witness]:
    """A plan of the tiny county."""
    ground = Ground(load("tiny"))
    found = Judge(ground, Clock(60.0, None)).decide(ground.everything)
    assert isinstance(found, Witness)
    return Facts(ground.county), found


def test_a_ledger_that_pays_too_little_is_found_out() -> None:
    """After a good ledger one without its last line is rejected, as if it were looked at alone."""
    facts, plan = witness()
    good = Decided(facts, plan.projects, plan.measures, plan.topups, plan.ledger)
    other = good.paid_by(plan.ledger[:-1])
    alone = judged(facts, plan.projects, plan.measures, plan.topups, plan.ledger[:-1]).findings
    assert broken(good) == ()
    assert broken(other) == alone.violations != ()


def test_the_first_ledger_stays_as_it_was() -> None:
    """Looking at another ledger does not change what is known of the first."""
    facts, plan = witness()
    good = Decided(facts, plan.projects, plan.measures, plan.topups, plan.ledger)
    good.paid_by([("nobody", "nothing", "none", 1)])
    assert broken(good) == ()
    assert good.ledger == list(plan.ledger)
