"""The ledger itself: known ids, whole yuan above 0, no line twice, and every cost line and top-up paid to the yuan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from liftplan.models.messages import Message, m
from liftplan.models.plan import LedgerLine
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach, Value


def ledger(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """For each item taken and purpose: sum of ledger yuan = yuan of the cost line; no other lines."""
    yield from _lines(facts, decided)
    owed, paid = _owed(facts, decided), decided.by_line
    if owed == paid:
        return
    for item, purpose in sorted(owed.keys() | paid.keys()):
        value, limit = paid.get((item, purpose), 0), owed.get((item, purpose), 0)
        if value != limit:
            message = (
                m("{value} yuan are paid of {limit} yuan.", value=value, limit=limit)
                if limit
                else m("{item} is not taken or has no cost for {purpose}.", item=item, purpose=purpose)
            )
            yield _broken(f"{item}/{purpose}", message, value, limit)


def known(decided: Decided) -> Iterator[Breach]:
    """Every id exists, nothing is named twice, every top-up is above 0."""
    for name in decided.strangers:
        yield _broken(name, m("The county has no {item}.", item=name), name, None)
    for names in (decided.project_list, decided.measure_list):
        for name, count in Counter(names).items():
            if count > 1:
                yield _broken(name, m("{item} is named {count} times.", item=name, count=count), count, 1)
    for household, yuan in decided.topup_entries.items():
        if yuan <= 0:
            message = m("The top-up of {household} is {value} yuan.", household=household, value=yuan)
            yield _broken(LEDGER_TOPUP + household, message, yuan, 1)


def _owed(facts: Facts, decided: Decided) -> dict[tuple[str, str], int]:
    """(item, purpose) -> whole yuan that the decisions cost."""
    costly = (item for item in chain(decided.built, decided.taken) if item in facts.lines)
    owed = {(item, purpose): yuan for item in costly for purpose, yuan in facts.lines[item].items()}
    purpose = facts.policy.R5.purpose
    return owed | {(LEDGER_TOPUP + name, purpose): yuan for name, yuan in decided.topups.items() if yuan > 0}


def _lines(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """Each line by itself."""
    before: LedgerLine | None = None
    for line in sorted(decided.ledger):
        fund, item, _, yuan = line
        if yuan <= 0:
            yield _wrong(line, m("A ledger line of {value} yuan.", value=yuan), yuan, 1)
        if fund not in facts.purses:
            yield _wrong(line, m("The county has no fund {fund}.", fund=fund), fund, None)
        if decided.spots[item] is None:
            yield _wrong(line, m("The county has no {item}.", item=item), item, None)
        if before is not None and before[:3] == line[:3]:
            yield _wrong(line, m("The ledger has this line twice."), 2, 1)
        before = line


def _wrong(line: LedgerLine, message: Message, value: Value, limit: Value) -> Breach:
    return _broken("/".join(line[:3]), message, value, limit)


def _broken(subject: str, message: Message, value: Value, limit: Value) -> Breach:
    return Breach("ledger", subject, message, value, limit)
