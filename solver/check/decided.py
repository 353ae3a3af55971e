"""Decisions looked at through the county: what is built and taken, where each yuan goes, who is lifted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import index

from liftplan.models.plan import LedgerLine
from liftplan.solver.check.facts import Facts, Home, Option, Spot


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
        self.taken = {name: facts.option(name) for name in self.measure_list if name in facts.option_index}
        self.topup_entries = {household: index(yuan) for household, yuan in topups.items()}
        self.topups = {household: yuan for household, yuan in self.topup_entries.items() if household in facts.homes}
        self.ledger: list[LedgerLine] = [(fund, item, purpose, index(yuan)) for fund, item, purpose, yuan in ledger]
        self.options: dict[str, list[Option]] = {}
        """Household -> measures taken."""
        for option in self.taken.values():
            self.options.setdefault(option.household, []).append(option)
        self.direct: Counter[str] = Counter()
        """Household -> yuan of the cost lines of its measures taken."""
        for name, option in self.taken.items():
            if name in facts.lines:
                self.direct[option.household] += sum(facts.lines[name].values())
        self._add_up()

    def _add_up(self) -> None:
        self.by_fund: Counter[str] = Counter()
        self.by_purpose: Counter[str] = Counter()
        self.by_village: Counter[str] = Counter()
        self.by_village_fund: Counter[tuple[str, str]] = Counter()
        self.by_fund_purpose: Counter[tuple[str, str]] = Counter()
        self.by_line: Counter[tuple[str, str]] = Counter()
        """(item, purpose) -> ledger yuan, whoever pays."""
        self.by_ledger_line: Counter[tuple[str, str, str]] = Counter()
        self.spots: dict[str, Spot | None] = {}
        for fund, item, purpose, yuan in self.ledger:
            if item not in self.spots:
                self.spots[item] = self.facts.spot(item)
            spot = self.spots[item]
            if spot is None or fund not in self.facts.purses:
                continue
            self.by_fund[fund] += yuan
            self.by_purpose[purpose] += yuan
            self.by_village[spot.village] += yuan
            self.by_village_fund[spot.village, fund] += yuan
            self.by_fund_purpose[fund, purpose] += yuan
            self.by_line[item, purpose] += yuan
            self.by_ledger_line[fund, item, purpose] += yuan

    @property
    def strangers(self) -> list[str]:
        """Projects, measures and households that the county does not have."""
        facts = self.facts
        return [
            *(name for name in self.project_list if name not in facts.projects),
            *(name for name in self.measure_list if name not in facts.option_index),
            *(name for name in self.topup_entries if name not in facts.homes),
        ]

    def met(self, home: Home) -> set[str]:
        """Needs met by the measures a household takes."""
        return {need for option in self.options.get(home.id, ()) for need in option.meets}

    @cached_property
    def already_out(self) -> set[str]:
        """Households that pass with nothing done."""
        return {home.id for home in self.facts.homes.values() if self.facts.passes(home, 0, set())}

    @cached_property
    def lifted(self) -> set[str]:
        """Households that pass with the measures taken, and did not before."""
        found = set()
        for name, options in self.options.items():
            home = self.facts.homes[name]
            gain = sum(option.gain for option in options)
            if name not in self.already_out and self.facts.passes(home, gain, self.met(home)):
                found.add(name)
        return found

    @cached_property
    def assisted(self) -> set[str]:
        """Households with a measure that costs money, or named by R11 or R12; never those that R12 shuts out."""
        paid = {household for household, yuan in self.direct.items() if yuan}
        known = {name for name in self.facts.named if name in self.facts.homes}
        return {name for name in paid | known if not self.facts.shut_out(self.facts.homes[name])}
