"""R11 and R12: money already committed, and what must or must not be done."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.models.rows import Demand
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach


def committed(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R11: for each commitment, its item is taken and its ledger line >= the commitment."""
    rule = facts.policy.R11
    for row in facts.commitments:
        value = decided.paid(row.fund, row.item, row.purpose)
        done = row.item in decided.built or row.item in decided.taken
        if not done:
            value = 0
        if value < row.yuan:
            subject = f"{row.fund}/{row.item}/{row.purpose}"
            message = (
                m("{value} yuan are paid, {limit} yuan are committed.", value=value, limit=row.yuan)
                if done
                else m("{limit} yuan are committed to {item}, which is not taken.", limit=row.yuan, item=row.item)
            )
            short = row.yuan - value
            yield Breach("R11", subject, message, value, row.yuan, short, "yuan", rule.enforce, rule.price)


def must_never(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R12: each row of the table `demands`."""
    for row in facts.demands:
        if not _kept(facts, decided, row):
            subject = f"{row.sense} {row.target}:{row.id}"
            what = _named(row)
            message = (
                m("Demanded, but not so: {what}.", what=what)
                if row.sense == "must"
                else m("Ruled out, but so: {what}.", what=what)
            )
            value, limit = (0, 1) if row.sense == "must" else (1, 0)
            yield Breach("R12", subject, message, value, limit, 1, "item", row.enforce, row.price)


def _named(row: Demand) -> Message:
    """What a demand is about."""
    named = {
        "project": m("project {id}", id=row.id),
        "measure": m("measure {id}", id=row.id),
        "household": m("household {id}", id=row.id),
        "village": m("village {id}", id=row.id),
    }
    return named[row.target]


def _kept(facts: Facts, decided: Decided, row: Demand) -> bool:
    """Project built, measure taken, household lifted or already out, village with a yuan - or nothing of the kind."""
    must = row.sense == "must"
    if row.target == "project":
        return (row.id in decided.built) is must
    if row.target == "measure":
        return (row.id in decided.taken) is must
    if row.target == "village":
        return (decided.by_village[row.id] > 0) is must
    if must:
        return row.id in decided.lifted or row.id in decided.already_out
    return not _touched(facts, decided, row)


def _touched(facts: Facts, decided: Decided, row: Demand) -> bool:
    """True if a household has a top-up or a measure; direct effects count only against a hard never."""
    if decided.topups.get(row.id):
        return True
    measures = decided.by_household.get(row.id, [])
    if row.enforce == "hard":
        return bool(measures)
    return not facts.automatic_ids.issuperset(measures)
