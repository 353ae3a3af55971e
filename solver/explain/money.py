"""Who may pay a cost line, what is left over for it, and what a yuan of it is worth at the plan's prices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from liftplan.models.policy import LEDGER_TOPUP
from liftplan.solver.check.facts import Facts, Purse, Spot
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.values import Value

Bar = Literal["ring_fenced", "purpose", "recipient", "mode", "scope", "closed"]
"""Why a fund may not pay a line: never allocated; another purpose, recipient, mode of finance; outside its scope; the
village or household is to get nothing (R12)."""


@dataclass(frozen=True)
class Line(Value):
    """One cost line of something that is not funded."""

    item: str
    purpose: str
    yuan: int
    payers: tuple[str, ...]
    """Funds that may pay it, the one with most left over first."""
    left: int
    """Most that one of them has left over, yuan."""
    price: float | None
    """People that 10,000 yuan of it are worth elsewhere, at the margin, at the plan's prices; None: nobody may pay."""


@dataclass(frozen=True)
class Paid(Value):
    """One ledger line."""

    fund: str
    item: str
    purpose: str
    yuan: int


def bar(facts: Facts, purse: Purse, spot: Spot, purpose: str) -> Bar | None:
    """Why a fund may not pay a purpose there (R2); None: it may."""
    fund = purse.row
    if not fund.integrable:
        return "ring_fenced"
    if spot.village in facts.closed or (spot.home and spot.home in facts.banned):
        return "closed"
    if purpose not in purse.purposes:
        return "purpose"
    if ("measures" if spot.home else "projects") not in fund.recipients:
        return "recipient"
    if spot.mode not in fund.modes:
        return "mode"
    villages = not fund.villages or spot.village in fund.villages
    tags = not fund.village_tags or bool(set(fund.village_tags) & set(facts.villages[spot.village].tags))
    groups = not fund.household_groups or (
        bool(spot.home) and bool(set(fund.household_groups) & set(facts.homes[spot.home].groups))
    )
    return None if villages and tags and groups else "scope"


def payers(case: Case, item: str, purpose: str) -> tuple[str, ...]:
    """Funds that may pay a line, the one with most left over first."""
    spot = case.facts.spot(item)
    if spot is None:
        return ()
    found = [name for name, purse in case.facts.purses.items() if bar(case.facts, purse, spot, purpose) is None]
    return tuple(sorted(found, key=lambda name: (-case.left.get(name, 0), name)))


def line(case: Case, item: str, purpose: str, yuan: int) -> Line:
    """A cost line, or a top-up, with who may pay it."""
    able = payers(case, item, purpose)
    left = max((case.left.get(fund, 0) for fund in able), default=0)
    return Line(item, purpose, yuan, able, left, price(case, item, purpose))


def price(case: Case, item: str, purpose: str) -> float | None:
    """People per 10,000 yuan of a line, at the plan's prices; None where nobody may pay it."""
    cell = case.cells.get((item, purpose))
    if cell is None and item.startswith(LEDGER_TOPUP):
        home = case.home.get(item.removeprefix(LEDGER_TOPUP), -1)
        cell = int(case.problem.households.topup_cell[home]) if home >= 0 else -1
    if cell is None or cell < 0:
        return None
    return case.persons(int(case.prices.cells[cell]) * 10_000)


def uncovered(case: Case, lines: Iterable[Line]) -> int:
    """Yuan of some lines that money left over cannot pay, however it is shared out.

    The most, over sets of payers' sets, of what they ask for beyond what their funds have left (deficiency version of
    Hall's theorem).
    """
    asked: Counter[frozenset[str]] = Counter()
    for one in lines:
        asked[frozenset(one.payers)] += one.yuan
    groups = sorted(asked, key=sorted)
    return max(
        sum(asked[group] for group in chosen) - sum(case.left.get(fund, 0) for fund in frozenset().union(*chosen))
        for size in range(len(groups) + 1)
        for chosen in combinations(groups, size)
    )


def cost_lines(case: Case, items: Iterable[str]) -> Iterator[Line]:
    """The cost lines of projects and measures."""
    for item in items:
        for purpose, yuan in case.facts.lines.get(item, {}).items():
            yield line(case, item, purpose, yuan)


def ledger_lines(case: Case, items: Iterable[str]) -> tuple[Paid, ...]:
    """What the plan pays for some items."""
    return tuple(Paid(*one) for item in items for one in case.paid.get(item, ()))


def cost(case: Case, item: str) -> int:
    """Yuan of an item's cost lines."""
    return sum(case.facts.lines.get(item, {}).values())
