"""How much more of which fund lifts one more household, everything else staying as it is. Checked, not estimated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from liftplan.models.base import BP
from liftplan.models.county import County
from liftplan.models.plan import LedgerLine
from liftplan.solver.check import check_decisions
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.values import Value
from liftplan.solver.explain.ways import Way

TRIED = 6
"""Choices of funds that are checked."""

SHOWN = 3
"""Choices that are told."""


@dataclass(frozen=True)
class Enough(Value):
    """More money with which the plan lifts one household more; the independent checker accepts that plan."""

    more: tuple[tuple[str, int], ...]
    """Fund -> yuan that its amount must rise by, fee included."""
    from_left: int
    """Yuan that money left over pays."""
    people: int
    """People lifted then."""

    @property
    def yuan(self) -> int:
        """Yuan in all that must be added."""
        return sum(yuan for _, yuan in self.more)


def enough(case: Case, name: str, way: Way) -> tuple[Enough, ...]:
    """Choices of funds that would do, fewest yuan first; none where a rule besides money stands in the way."""
    kept = {measure for measure in case.measures_of.get(name, ()) if measure in case.taken}
    if not kept <= set(way.measures) or case.plan.topups.get(name, 0) > way.topup_yuan:
        return ()  # something is given up: its money would have to move
    funds = Counter(fund for line in way.lines for fund in line.payers)
    choices = [_paid(case, way, first) for first, _ in funds.most_common(TRIED)]
    found: list[Enough] = []
    seen: set[tuple[tuple[str, int], ...]] = set()
    for lines in sorted((one for one in choices if one is not None), key=lambda one: sum(_more(case, one).values())):
        more = _more(case, lines)
        key = tuple(sorted(more.items()))
        if key in seen or len(found) == SHOWN:
            continue
        seen.add(key)
        people = _accepted(case, name, way, lines, more)
        if people is not None:
            spent = sum(yuan for *_, yuan in lines)
            new = sum(_net(case, fund, yuan) for fund, yuan in more.items())
            found.append(Enough(key, max(0, spent - new), people))
    return tuple(found)


def _paid(case: Case, way: Way, first: str) -> list[LedgerLine] | None:
    """Ledger lines for a way: money left over first, then `first` where it may pay, then whoever may."""
    left = dict(case.left)
    lines: list[LedgerLine] = []
    for line in way.lines:
        due = line.yuan
        if not line.payers:
            return None
        for fund in line.payers:
            part = min(due, left.get(fund, 0))
            if part:
                left[fund] -= part
                due -= part
                lines.append((fund, line.item, line.purpose, part))
        if due:
            payer = first if first in line.payers else line.payers[0]
            lines.append((payer, line.item, line.purpose, due))
    return lines


def _more(case: Case, lines: Iterable[LedgerLine]) -> dict[str, int]:
    """By how much funds' amounts must rise for further ledger lines, fees included."""
    spent: Counter[str] = Counter()
    for fund, _, _, yuan in lines:
        spent[fund] += yuan
    found = {}
    for fund, yuan in spent.items():
        lack = yuan - case.left.get(fund, 0)
        if lack > 0:
            found[fund] = _gross(case, fund, lack)
    return found


def _gross(case: Case, fund: str, lack: int) -> int:
    """Least rise of a fund's amount that leaves so much more after its fee."""
    rise = lack
    while _net(case, fund, rise) < lack:
        rise += max(1, lack - _net(case, fund, rise))
    return rise


def _net(case: Case, fund: str, rise: int) -> int:
    """What of a rise of a fund's amount is left after its fee."""
    purse = case.facts.purses[fund]
    amount = purse.amount + rise
    return amount - -(-amount * purse.row.fee_bp // BP) - (purse.amount - purse.fee)


def _accepted(case: Case, name: str, way: Way, lines: list[LedgerLine], more: dict[str, int]) -> int | None:
    """People lifted by the plan with one household more and funds raised; None: the checker rejects it."""
    county = with_amounts(case.county, {fund: case.facts.purses[fund].amount + rise for fund, rise in more.items()})
    together: Counter[tuple[str, str, str]] = Counter()
    for fund, item, purpose, yuan in [*case.plan.ledger, *lines]:
        together[fund, item, purpose] += yuan
    projects = case.built | set(way.projects)
    measures = case.taken | set(way.measures) | _effects(case, projects)
    topups = dict(case.plan.topups)
    if way.topup_yuan:
        topups[name] = way.topup_yuan
    ledger = [(*key, yuan) for key, yuan in together.items()]
    findings = check_decisions(county, projects, measures, topups, ledger)
    worth = findings.evaluation
    if findings.violations or name not in worth.lifted or worth.objective < case.plan.objective:
        return None
    return worth.totals.people_lifted


def _effects(case: Case, projects: frozenset[str]) -> set[str]:
    """Direct effects that projects bring to anyone."""
    new = projects - case.built
    near = {one for project in new for one in case.needed_by.get(project, ())} & case.facts.automatic_ids
    return {
        one
        for one in near
        if set(case.options[one].requires) <= projects
        and not case.facts.shut_out(case.facts.homes[case.options[one].household])
    }


def with_amounts(county: County, amounts: dict[str, int]) -> County:
    """The county with other amounts of some funds, in the year planned."""
    year = county.head.years[0]
    funds, budgets = county["funds"], county["budgets"]
    column = funds["amount"].copy()
    for fund, amount in amounts.items():
        column[funds["id"] == fund] = amount
    own = budgets["amount"].copy()
    for row, (fund, when) in enumerate(zip(budgets["fund"].tolist(), budgets["year"].tolist(), strict=True)):
        if when == year and fund in amounts:
            own[row] = amounts[fund]
    return county.with_tables(funds=funds.replace(amount=column), budgets=budgets.replace(amount=own))
