"""Decisions looked at through the county: what is built and taken, where each yuan goes, who is lifted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from operator import index
from typing import Self

from liftplan.models.plan import LedgerLine
from liftplan.solver.check.facts import Facts, Spot
from liftplan.solver.check.taken import Taken


class Decided:
    """Decisions of one plan with their sums; unknown ids are kept apart (`strangers`) and count nowhere.

    Parameters
    ----------
    facts
        The county.
    projects, measures
        Ids of what is built and taken.
    topups
        Household -> whole yuan.
    ledger
        Lines of fund, item, purpose, whole yuan.
    """

    def __init__(
        self,
        facts: Facts,
        projects: Iterable[str],
        measures: Iterable[str],
        topups: Mapping[str, int],
        ledger: Iterable[LedgerLine],
    ) -> None:
        self.facts = facts
        self.project_list, self.measure_list = list(projects), list(measures)
        self.built = {name for name in self.project_list if name in facts.projects}
        self.taken = Taken(facts, self.measure_list)
        self.topup_entries = {household: index(yuan) for household, yuan in topups.items()}
        known = all(household in facts.homes for household in self.topup_entries)
        self.topups = (
            self.topup_entries
            if known
            else {household: yuan for household, yuan in self.topup_entries.items() if household in facts.homes}
        )
        direct: defaultdict[str, int] = defaultdict(int)
        for name, household in zip(self.taken, self.taken.column("household"), strict=True):
            if lines := facts.lines.of(name):
                direct[household] += sum(lines.values())
        self.direct = Counter(direct)
        """Household -> yuan of the cost lines of its measures taken."""
        self.spots: dict[str, Spot | None] = {}
        self._pay(ledger)

    def paid_by(self, ledger: Iterable[LedgerLine]) -> Self:
        """The same decisions with another ledger."""
        other = copy(self)
        other.spots = dict(self.spots)
        other._pay(ledger)
        return other

    def _pay(self, ledger: Iterable[LedgerLine]) -> None:
        self.ledger: list[LedgerLine] = [_whole(line) for line in ledger]
        self.spots |= {item: self.facts.spot(item) for item in {line[1] for line in self.ledger} - self.spots.keys()}
        self._add_up()

    def _add_up(self) -> None:
        """Sums of ledger yuan; first by village, fund and purpose, of which there are few."""
        parts: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for fund, item, purpose, yuan in self.ledger:
            spot = self.spots[item]
            if spot is not None and fund in self.facts.purses:
                parts[spot.village, fund, purpose] += yuan
        self.by_fund: Counter[str] = Counter()
        self.by_purpose: Counter[str] = Counter()
        self.by_village: Counter[str] = Counter()
        self.by_village_fund: Counter[tuple[str, str]] = Counter()
        self.by_fund_purpose: Counter[tuple[str, str]] = Counter()
        for (village, fund, purpose), yuan in parts.items():
            self.by_fund[fund] += yuan
            self.by_purpose[purpose] += yuan
            self.by_village[village] += yuan
            self.by_village_fund[village, fund] += yuan
            self.by_fund_purpose[fund, purpose] += yuan

    def paid(self, fund: str, item: str, purpose: str) -> int:
        """Yuan of one ledger line."""
        return sum(line[3] for line in self.ledger if line[:3] == (fund, item, purpose))

    @property
    def strangers(self) -> list[str]:
        """Projects, measures and households that the county does not have."""
        facts = self.facts
        return [
            *(name for name in self.project_list if name not in facts.projects),
            *self.taken.strangers,
            *(name for name in self.topup_entries if name not in facts.homes),
        ]

    @cached_property
    def already_out(self) -> set[str]:
        """Households that pass with nothing done."""
        return {home.id for home in self.facts.homes.values() if self.facts.passes(home, 0, set())}

    @cached_property
    def lifted(self) -> set[str]:
        """Households that pass with the measures taken, and did not before."""
        found = set()
        for name, options in self.taken.by_household("gain", "meets"):
            home = self.facts.homes[name]
            gain, met = sum(one for one, _ in options), {need for _, meets in options for need in meets}
            if name not in self.already_out and self.facts.passes(home, gain, met):
                found.add(name)
        return found

    @cached_property
    def by_household(self) -> dict[str, list[str]]:
        """Household -> measures taken."""
        return {household: [measure for (measure,) in taken] for household, taken in self.taken.by_household("id")}

    @cached_property
    def assisted(self) -> set[str]:
        """Households with a measure that costs money, or named by R11 or R12; never those that R12 shuts out."""
        paid = {household for household, yuan in self.direct.items() if yuan}
        known = {name for name in self.facts.named if name in self.facts.homes}
        return {name for name in paid | known if not self.facts.shut_out(self.facts.homes[name])}


def _whole(line: LedgerLine) -> LedgerLine:
    """A ledger line with a plain whole number, whatever kind of integer it has."""
    return line if type(line[3]) is int else (*line[:3], index(line[3]))
