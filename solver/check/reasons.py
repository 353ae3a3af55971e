"""Why money of a fund is left over: which reasons can be true.

Where nothing but the fee is unspent, that is `reserved`. Money is `not_worth_it` if something that is not taken has a
cost line that the fund may pay (R2), `no_eligible_use` if nothing has. An item that cannot be taken at all - a hard
rule or a missing payer shuts it out - counts neither way.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Spot
from liftplan.solver.check.funds import refusal


class Reasons:
    """What may be said of the money that decisions leave over."""

    def __init__(self, decided: Decided) -> None:
        self.facts, self.decided = decided.facts, decided

    def of(self, fund: str, left: int) -> tuple[str, ...]:
        """Reasons that can be true of a fund with so many yuan left, the likeliest first."""
        purse = self.facts.purses[fund]
        if not purse.row.integrable:
            return ("ring_fenced",)
        if left <= 0:
            return ("reserved",) if left == 0 and purse.fee else ("none_left",)
        sure, doubtful = self._uses[fund]
        if sure:
            return ("not_worth_it",)
        return ("no_eligible_use", "not_worth_it") if doubtful else ("no_eligible_use",)

    @cached_property
    def _uses(self) -> dict[str, tuple[bool, bool]]:
        """Fund with money left -> whether something not taken could use it, for sure or perhaps."""
        facts, found = self.facts, dict.fromkeys(self.facts.purses, (False, False))
        waiting = {
            fund: purse
            for fund, purse in facts.purses.items()
            if purse.row.integrable and self.decided.by_fund[fund] < purse.amount - purse.fee
        }
        purposes = frozenset[str]().union(*(purse.purposes for purse in waiting.values()))
        for item, purpose, spot in self._open_lines(purposes):
            users = [fund for fund, purse in waiting.items() if refusal(facts, purse, item, purpose, spot) is None]
            possible = bool(users) and self._possible(item, spot)
            for fund in users:
                found[fund] = (possible, True)
                if possible:
                    del waiting[fund]
            if not waiting:
                break
        return found

    def _open_lines(self, purposes: frozenset[str]) -> Iterator[tuple[str, str, Spot]]:
        """Item, purpose and place of each cost line for these purposes, of what is not taken."""
        for item, lines in self.facts.lines.items():
            if item in self.decided.built or item in self.decided.taken or purposes.isdisjoint(lines):
                continue
            spot = self.facts.spot(item)
            if spot is not None:
                yield from ((item, purpose, spot) for purpose in lines if purpose in purposes)

    def _possible(self, item: str, spot: Spot) -> bool:
        """Whether an item could be taken, money and other choices apart."""
        if spot.village in self.facts.closed:
            return False
        if not spot.home:
            return item in self._buildable
        option, home = self.facts.option(item), self.facts.homes[spot.home]
        return (
            item not in self.facts.banned_measures
            and home.id not in self.facts.banned
            and option.labour <= home.labour
            and not (option.slot and not self.facts.projects[option.slot].slots)
            and self._buildable.issuperset(option.requires)
            and self._payable(item, spot)
        )

    @cached_property
    def _buildable(self) -> set[str]:
        """Projects that could be built: not ruled out, paid in this year, with payers, and all that they require."""
        facts = self.facts
        found = {
            name
            for name, project in facts.projects.items()
            if name not in facts.banned_projects
            and project.village not in facts.closed
            and not facts.later(project)
            and self._payable(name, Spot(project.village, "", project.mode))
        }
        while True:
            kept = {name for name in found if found.issuperset(facts.projects[name].requires)}
            if kept == found:
                return found
            found = kept

    def _payable(self, item: str, spot: Spot) -> bool:
        """Whether each of its cost lines has a payer."""
        return all(
            any(refusal(self.facts, purse, item, purpose, spot) is None for purse in self.facts.purses.values())
            for purpose in self.facts.lines.get(item, ())
        )
