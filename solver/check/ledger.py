"""The ledger itself: known ids, whole yuan above 0, no line twice, and every cost line and top-up paid to the yuan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter

import numpy as np

from liftplan.models.messages import Message, m
from liftplan.models.plan import LedgerLine
from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach, Value

Entry = tuple[str, str, int, int]
"""Item, purpose, yuan paid and yuan owed."""


def ledger(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """For each item taken and purpose: sum of ledger yuan = yuan of the cost line; no other lines."""
    yield from _lines(facts, decided)
    entries = merge(_owed(facts, decided), _paid(facts, decided))
    for (item, purpose), both in groupby(entries, key=itemgetter(0, 1)):
        value, limit = map(sum, zip(*((paid, owed) for _, _, paid, owed in both), strict=True))
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


def _owed(facts: Facts, decided: Decided) -> Iterator[Entry]:
    """What the decisions cost, in order of item and purpose."""
    topups = (LEDGER_TOPUP + name for name, yuan in decided.topups.items() if yuan > 0)
    for item in sorted(chain(decided.built, decided.taken, topups)):
        household = item.removeprefix(LEDGER_TOPUP)
        if item == household:
            for purpose, yuan in sorted(facts.lines.of(item).items()):
                yield item, purpose, 0, yuan
        else:
            yield item, facts.policy.R5.purpose, 0, decided.topups[household]


def _paid(facts: Facts, decided: Decided) -> Iterator[Entry]:
    """What the ledger pays, in order of item and purpose; what is not of this county is left out."""
    items = np.array([line[1] for line in decided.ledger], dtype=object)
    lines = (decided.ledger[place] for place in np.argsort(items, kind="stable"))
    for item, own in groupby(lines, key=itemgetter(1)):
        if decided.spots[item] is not None:
            for fund, _, purpose, yuan in sorted(own, key=itemgetter(2)):
                if fund in facts.purses:
                    yield item, purpose, yuan, 0


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
