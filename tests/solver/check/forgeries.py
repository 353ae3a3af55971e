"""Other decisions with everything else derived anew: plans that agree with themselves and break one rule.

A forgery returns other decisions and the rules that must be named, or None if it does not apply.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any

from liftplan.models.base import BP
from liftplan.models.rows import FundShare
from liftplan.solver.check.facts import Home

from .desk import Desk
from .planted import Planter, Tight

Forged = tuple[set[str], set[str], dict[str, int], "Counter[tuple[str, str, str]]", set[str]]
"""Projects, measures, top-ups, payments, what must be named."""


class Forger:
    """Makes forgeries of one planted plan."""

    def __init__(self, planter: Planter, desk: Desk) -> None:
        self.planter, self.desk, self.random = planter, desk, desk.random
        self.facts = desk.facts
        self.tight: Tight = planter.tight
        demands = [row for row in self.facts.demands if row.enforce == "hard"]
        self.must = {row.id for row in demands if row.sense == "must"}
        self.never = {row.id for row in demands if row.sense == "never"}

    def _copy(self) -> tuple[set[str], set[str], dict[str, int], Counter[tuple[str, str, str]]]:
        made = self.planter
        return set(made.projects), set(made.measures), dict(made.topups), Counter(made.pays)

    def overspent(self) -> Forged | None:
        """One yuan of a line moves to a fund that has none left: R1."""
        projects, measures, topups, pays = self._copy()
        moves = [
            (line, fund)
            for line in sorted(pays)
            for fund in self.desk.payers(line[1], line[2])
            if fund != line[0] and fund in self.tight.funds
        ]
        if not moves:
            return None
        line, fund = self.random.choice(moves)
        named = {"R1"} | self._moved(line, fund)
        self._move(pays, line, fund, 1)
        return projects, measures, topups, pays, named

    def ineligible(self) -> Forged | None:
        """A line is paid by a fund that may not: R2."""
        projects, measures, topups, pays = self._copy()
        line = self.random.choice(sorted(pays))
        others = sorted(set(self.facts.purses) - set(self.desk.payers(line[1], line[2])))
        if not others:
            return None
        self._move(pays, line, self.random.choice(others), pays[line])
        return projects, measures, topups, pays, {"R2"}

    def moved(self) -> Forged | None:
        """One yuan of a line moves to another fund that may pay it: whatever it pulls below a tight minimum."""
        projects, measures, topups, pays = self._copy()
        moves = [(line, fund) for line in sorted(pays) for fund in self.desk.payers(line[1], line[2])]
        moves = [(line, fund) for line, fund in moves if fund != line[0] and self._moved(line, fund)]
        if not moves:
            return None
        line, fund = self.random.choice(moves)
        self._move(pays, line, fund, 1)
        return projects, measures, topups, pays, self._moved(line, fund)

    def starved(self) -> Forged | None:
        """So much moves away from a fund, or from those of a department, that they spend a yuan too little: R13."""
        projects, measures, topups, pays = self._copy()
        rule, moves = self.facts.policy.R13, []
        for row in rule.rows if rule.enforce == "hard" else ():
            funds = [
                fund
                for fund, purse in self.facts.purses.items()
                if purse.row.integrable and (fund == row.fund or purse.row.department == row.department)
            ]
            spent = sum(yuan for line, yuan in pays.items() if line[0] in funds)
            asked = -(-row.share_bp * sum(self.facts.purses[fund].amount for fund in funds) // BP)
            moves += [
                (line, fund, spent - asked + 1)
                for line in sorted(pays)
                if line[0] in funds and pays[line] > spent - asked
                for fund in self.desk.payers(line[1], line[2])
                if fund not in funds
            ]
        if not moves:
            return None
        line, fund, yuan = self.random.choice(moves)
        self._move(pays, line, fund, yuan)
        return projects, measures, topups, pays, {"R13"} | self._moved(line, fund)

    def diluted(self) -> Forged | None:
        """Yuan of a line move to another fund, so that purposes get too small or too large a share of one: R7."""
        if self.facts.policy.R7.enforce != "hard" or not self.facts.fund_shares:
            return None
        moves = [(line, fund) for line in sorted(self.planter.pays) for fund in self.desk.payers(line[1], line[2])]
        moves = [(line, fund) for line, fund in moves if fund != line[0]]
        for line, fund in self.random.sample(moves, min(20, len(moves))):
            projects, measures, topups, pays = self._copy()
            self._move(pays, line, fund, self.random.randint(1, pays[line]))
            if any(self._share_is_wrong(row, pays) for row in self.facts.fund_shares):
                return projects, measures, topups, pays, {"R7"} | self._moved(line, fund)
        return None

    def left_behind(self) -> Forged | None:
        """A measure is left out that lifted its household, and with it just enough people of its group: R10."""
        if self.facts.policy.R10.enforce != "hard" or not self._lifting:
            return None
        projects, measures, topups, pays = self._copy()
        name = self.random.choice(self._lifting)
        measures.remove(name)
        village = self.facts.homes[self.facts.option(name).household].village
        named = {"R10"} | self._without(name, village, pays)
        return projects, measures, topups, self._unpaid(pays, name), named

    def left_out(self) -> Forged | None:
        """A project is left out with its money: whatever needs it or counts its yuan."""
        projects, measures, topups, pays = self._copy()
        name = self.random.choice(sorted(projects))
        projects.remove(name)
        users = [one for one in projects if name in self.facts.projects[one].requires]
        users += [one for one in measures if name in self.facts.option(one).requires]
        named = self._without(name, self.facts.projects[name].village, pays) | ({"R8"} if users else set())
        return (projects, measures, topups, self._unpaid(pays, name), named) if named else None

    def no_measure(self) -> Forged | None:
        """A measure is left out with its money: a direct effect, a must, a committed one, a tight village's."""
        projects, measures, topups, pays = self._copy()
        name = self.random.choice(sorted(measures))
        measures.remove(name)
        village = self.facts.homes[self.facts.option(name).household].village
        named = self._without(name, village, pays) | ({"R8"} if name in self.facts.automatic_ids else set())
        return (projects, measures, topups, self._unpaid(pays, name), named) if named else None

    def one_more(self) -> Forged | None:
        """One measure too many, paid in full: labour, alternatives, main house, slots, requires, a never, R9."""
        names = [name for name, named in self._excesses.items() if named]
        return self._with(self.random.choice(names)) if names else None

    def _with(self, name: str) -> Forged:
        """A measure taken on top of all others, and paid."""
        projects, measures, topups, pays = self._copy()
        measures.add(name)
        for use, yuan in self.facts.lines.get(name, {}).items():
            payers = self.desk.payers(name, use) or sorted(self.facts.purses)
            pays[payers[0], name, use] += yuan
        return projects, measures, topups, pays, self._excesses[name]

    def too_rich(self) -> Forged | None:
        """One measure more, paid in full, for a household that gets as much as it may: R9 and nothing else."""
        names = [name for name, named in self._excesses.items() if named == {"R9"}]
        return self._with(self.random.choice(names)) if names else None

    def topup(self) -> Forged | None:
        """A top-up one yuan off, paid: R5."""
        projects, measures, topups, pays = self._copy()
        lines = [line for line in sorted(pays) if line[1].startswith("topup:")]
        if not lines or self.facts.policy.R5.enforce != "hard":
            return None
        line = self.random.choice(lines)
        step = self.random.choice([1, -1, -pays[line]])
        home = line[1].removeprefix("topup:")
        pays[line] += step
        topups[home] += step
        return projects, measures, {key: yuan for key, yuan in topups.items() if yuan}, +pays, {"R5"}

    def short_line(self) -> Forged | None:
        """A cost line not paid to the yuan: the ledger."""
        projects, measures, topups, pays = self._copy()
        pays[self.random.choice(sorted(pays))] += self.random.choice([-1, 1])
        return projects, measures, topups, pays, {"ledger"}

    def harmless(self) -> Forged | None:
        """Two funds change places for as many yuan in the same village and purpose: another plan, and a valid one."""
        projects, measures, topups, pays = self._copy()
        committed = {(row.fund, row.item, row.purpose) for row in self.facts.commitments}
        pairs = [
            (first, then)
            for first in sorted(pays)
            for then in sorted(pays)
            if first[0] < then[0]
            and first[1] != then[1]
            and first[2] == then[2]
            and self._village(first[1]) == self._village(then[1])
            and not {first, then} & committed
            and then[0] in self.desk.payers(*first[1:])
            and first[0] in self.desk.payers(*then[1:])
        ]
        if not pairs:
            return None
        first, then = self.random.choice(pairs)
        yuan = self.random.randint(1, min(pays[first], pays[then]))
        self._move(pays, first, then[0], yuan)
        self._move(pays, then, first[0], yuan)
        return projects, measures, topups, +pays, set()

    @staticmethod
    def _move(pays: Counter[tuple[str, str, str]], line: tuple[str, str, str], fund: str, yuan: int) -> None:
        pays[line] -= yuan
        pays[fund, line[1], line[2]] += yuan
        if not pays[line]:
            del pays[line]

    @staticmethod
    def _unpaid(pays: Counter[tuple[str, str, str]], item: str) -> Counter[tuple[str, str, str]]:
        return Counter({line: yuan for line, yuan in pays.items() if line[1] != item})

    def _village(self, item: str) -> str:
        spot = self.facts.spot(item)
        assert spot
        return spot.village

    def _moved(self, line: tuple[str, str, str], fund: str) -> set[str]:
        """What is named if one yuan of a line moves to another fund."""
        owner, other = (self.facts.purses[name].row.department for name in (line[0], fund))
        named = {"R11"} if line in self.tight.commitments else set()
        if owner != other and (self._village(line[1]), owner) in self.tight.departments:
            named.add("R4")
        return named

    @staticmethod
    def _share_is_wrong(row: FundShare, pays: Counter[tuple[str, str, str]]) -> bool:
        """Whether a share rule is broken, cross-multiplied."""
        spent = sum(yuan for line, yuan in pays.items() if line[0] == row.fund)
        part = sum(yuan for line, yuan in pays.items() if line[0] == row.fund and line[2] in row.purposes)
        return part * BP < row.share_bp * spent if row.sense == "at_least" else part * BP > row.share_bp * spent

    @cached_property
    def _lifting(self) -> list[str]:
        """Measures without which too few people of a group are lifted."""
        return [name for name in sorted(self.planter.measures) if self._lowers(name)]

    def _lowers(self, name: str) -> bool:
        """Whether a group lifts too few once a measure is left out."""
        home = self.facts.homes[self.facts.option(name).household]
        if self._passes(home, set()) or not self._passes(home, self.planter.measures):
            return False
        if self._passes(home, self.planter.measures - {name}):
            return False
        groups, share = self.planter.GROUPS[self.facts.policy.R10.by], self.facts.policy.R10.share_bp
        for group in groups(self.facts, home):
            fellows = [one for one in self.facts.homes.values() if group in groups(self.facts, one)]
            fellows = [one for one in fellows if not self._passes(one, set())]
            lifted = sum(one.persons for one in fellows if self._passes(one, self.planter.measures))
            if (lifted - home.persons) * BP < share * sum(one.persons for one in fellows):
                return True
        return False

    def _passes(self, home: Home, measures: set[str]) -> bool:
        """Whether a household passes the exit test with those of the measures that are its own."""
        mine = [option for option in map(self.facts.option, measures) if option.household == home.id]
        met = {need for option in mine for need in option.meets}
        return self.facts.passes(home, sum(option.gain for option in mine), met)

    def _without(self, item: str, village: str, pays: Counter[tuple[str, str, str]]) -> set[str]:
        """What is named if an item and its money are left out."""
        lines = [line for line in pays if line[1] == item]
        named = {"R12"} if item in self.must else set()
        if any(line in self.tight.commitments for line in lines):
            named.add("R11")
        if lines and village in self.tight.villages:
            named.add("R3")
        if lines and self.tight.county:
            named.add("R6")
        if any((village, self.facts.purses[line[0]].row.department) in self.tight.departments for line in lines):
            named.add("R4")
        return named

    @cached_property
    def _excesses(self) -> dict[str, set[str]]:
        """What is named if each of the measures that are not taken is."""
        return {name: self._excess(name) for name in sorted(set(self.facts.option_index) - self.planter.measures)}

    def _excess(self, name: str) -> set[str]:
        """What is named if a measure is taken on top of all others."""
        option = self.facts.option(name)
        mine = [self.facts.option(one) for one in self.planter.measures]
        home = [one for one in mine if one.household == option.household]
        built = self.planter.projects.issuperset(option.requires)
        labour = sum(one.labour for one in home) + option.labour > self.facts.homes[option.household].labour
        house = option.main_house and any(one.main_house for one in home)
        group = option.group and any(one.group == option.group for one in home)
        users = sum(one.slot == option.slot for one in mine) + 1
        crowded = option.slot and users > self.facts.projects[option.slot].slots
        named = {"R8"} if not built or labour or house or group or crowded else set()
        if name in self.never:
            named.add("R12")
        if any(not self.desk.payers(name, use) for use in self.facts.lines.get(name, {})):
            named.add("R2")
        if name in self.facts.lines and option.household in self.tight.richest:
            named.add("R9")
        return named


FORGERIES: tuple[Callable[[Forger], Any], ...] = (
    Forger.overspent,
    Forger.ineligible,
    Forger.moved,
    Forger.starved,
    Forger.diluted,
    Forger.left_behind,
    Forger.left_out,
    Forger.no_measure,
    Forger.one_more,
    Forger.too_rich,
    Forger.topup,
    Forger.short_line,
)
