"""One department deciding alone: its own money, what it can see, and the next best item."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from liftplan.models.plan import LedgerLine
from liftplan.scenarios.separate.items import Cost, Item, Register

MOST_PERSONS = 10**7
"""No item helps so many."""

HELPS = 10**40
"""Least rank of items that nobody demands."""

HELPS_NOBODY = 10**50
"""Least rank of items that help nobody."""


@dataclass
class Built:
    """What everybody can see: projects that are built, and what follows from them."""

    projects: set[str] = field(default_factory=set)
    groups: set[tuple[str, str]] = field(default_factory=set)
    """Village and alternative group of which one is built."""
    met: dict[str, set[str]] = field(default_factory=dict)
    """Household -> needs met by direct effects."""
    taken: set[str] = field(default_factory=set)
    """Measures that have a payer: nobody pays for one again, but nobody looks into another's files either."""


class Department:
    """A department with its money and its own choices. It honours R8 within what it can see."""

    def __init__(self, name: str, books: Register, built: Built, wanted: Iterable[str]) -> None:
        """wanted: items that R11 and R12 name; they come before all others."""
        self._books = books
        self._built = built
        self._wanted = set(wanted)
        self.money = {fund: left for fund, left in books.money.items() if books.owners[fund] == name}
        """Fund -> yuan left."""
        self._own_payers: dict[tuple[str, ...], bool] = {}
        """Payers of a line -> whether one of its funds is among them."""
        self.ledger: list[LedgerLine] = []
        self.spent: dict[str, int] = {}
        """Village -> yuan."""
        self._groups: set[tuple[str, str]] = set()
        self._houses: set[str] = set()
        self._labour: dict[str, int] = {}
        self._slots: dict[str, int] = {}
        self._met: dict[str, set[str]] = {}
        self.payable = {name: item for name, item in books.items.items() if self._may_pay(item)}
        """Items whose whole cost its funds may pay."""
        self._by_village: dict[str, list[Item]] = {}
        for item in self.payable.values():
            if item.costs:
                self._by_village.setdefault(item.village, []).append(item)

    def fill(self, village: str, yuan: int) -> None:
        """Spend at least so much more in a village, as far as money and items reach; what helps nobody comes last."""
        aim = self.spent.get(village, 0) + yuan
        for item in self._best_first(self._by_village.get(village, ()), helping=False):
            if self.spent.get(village, 0) >= aim:
                return
            self._take(item)

    def spend(self) -> None:
        """Fund what helps most people for the money until nothing more can be funded."""
        for item in self._best_first(self.payable.values(), helping=True):
            self._take(item)

    def _may_pay(self, item: Item) -> bool:
        for cost in item.costs:
            if cost.payers not in self._own_payers:
                self._own_payers[cost.payers] = not self.money.keys().isdisjoint(cost.payers)
            if not self._own_payers[cost.payers]:
                return False
        return True

    def _best_first(self, items: Iterable[Item], *, helping: bool) -> Iterator[Item]:
        """Items that can be taken, by yuan per person helped; ties by identifier.

        Whom an item helps may become fewer while others are taken, never more: its place is then found anew. An item
        whose projects are missing waits until they are built. helping: leave out what helps nobody.
        """
        heap = [(self._rank(item), item.id) for item in items if not self._done(item)]
        heapq.heapify(heap)
        waiting: dict[str, list[tuple[int, str]]] = {}
        while heap and any(self.money.values()):
            rank, name = heapq.heappop(heap)
            item = self.payable[name]
            now = self._rank(item)
            if now != rank:
                heapq.heappush(heap, (now, name))
                continue
            if helping and now >= HELPS_NOBODY:
                return
            missing = next((project for project in item.requires if project not in self._built.projects), "")
            if missing:
                waiting.setdefault(missing, []).append((rank, name))
                continue
            if not self._fits(item):
                continue
            yield item
            if name in self._built.projects:
                for entry in waiting.pop(name, ()):
                    heapq.heappush(heap, entry)

    def _done(self, item: Item) -> bool:
        return item.id in self._built.projects or item.id in self._built.taken

    def _rank(self, item: Item) -> int:
        """Order of items: what is wanted, then yuan per person helped, then what helps nobody, cheapest first.

        The quotient in units so small that no two quotients of fewer than `MOST_PERSONS` persons fall together.
        """
        if item.id in self._wanted:
            return item.yuan
        persons = self._helped(item)
        return HELPS + (item.yuan * MOST_PERSONS**2) // persons if persons else HELPS_NOBODY + item.yuan

    def _helped(self, item: Item) -> int:
        """Members of households with a need the item meets or an income it raises, those already out left aside.

        A project helps the households whose measures require it; one with slots as many of the largest as it has
        slots.
        """
        if item.household:
            return self._books.homes[item.household].persons if self._helps(item) else 0
        homes = {
            use.household
            for name in self._books.users.get(item.id, ())
            if self._helps(use := self._books.items.get(name) or self._books.effects[name])
        }
        persons = sorted((self._books.homes[home].persons for home in homes), reverse=True)
        slots = self._books.slots.get(item.id, 0)
        return sum(persons[:slots] if slots else persons)

    def _helps(self, measure: Item) -> bool:
        home = self._books.homes[measure.household]
        if home.out:
            return False
        met = self._met.get(measure.household, set()) | self._built.met.get(measure.household, set())
        return measure.gain > 0 or bool((measure.meets & home.needs) - met)

    def _fits(self, item: Item) -> bool:
        """Whether R8 allows the item, as far as the department sees, and its money is there."""
        books, built = self._books, self._built
        if self._done(item):
            return False
        if not item.household:
            return (item.village, item.group) not in built.groups and self._payment(item) is not None
        home = books.homes[item.household]
        return not (
            (item.household, item.group) in self._groups
            or (item.main_house and item.household in self._houses)
            or self._labour.get(item.household, 0) + item.labour > home.labour
            or (item.slot and self._slots.get(item.slot, 0) >= books.slots.get(item.slot, 0))
            or self._payment(item) is None
        )

    def _payment(self, item: Item) -> list[LedgerLine] | None:
        """Who pays what of an item; None if the money is not there. The scarcest lines first."""
        left = dict(self.money) if len(item.costs) > 1 else self.money
        lines: list[LedgerLine] = []
        for cost in sorted(item.costs, key=lambda one: (self._own(one), one.purpose)):
            due = cost.yuan
            for fund in cost.payers:
                part = min(due, left.get(fund, 0))
                if part:
                    lines.append((fund, item.id, cost.purpose, part))
                    due -= part
                    if left is not self.money:
                        left[fund] -= part
            if due:
                return None
        return lines

    def _own(self, cost: Cost) -> int:
        return sum(fund in self.money for fund in cost.payers)

    def _take(self, item: Item) -> None:
        lines = self._payment(item) or []
        for line in lines:
            self.money[line[0]] -= line[3]
        self.ledger += lines
        self.spent[item.village] = self.spent.get(item.village, 0) + item.yuan
        if not item.household:
            self._build(item)
            return
        self._built.taken.add(item.id)
        if item.group:
            self._groups.add((item.household, item.group))
        if item.main_house:
            self._houses.add(item.household)
        if item.slot:
            self._slots[item.slot] = self._slots.get(item.slot, 0) + 1
        self._labour[item.household] = self._labour.get(item.household, 0) + item.labour
        self._met.setdefault(item.household, set()).update(item.meets)

    def _build(self, project: Item) -> None:
        built = self._built
        built.projects.add(project.id)
        if project.group:
            built.groups.add((project.village, project.group))
        for name in self._books.users.get(project.id, ()):
            effect = self._books.effects.get(name)
            if effect is not None and built.projects.issuperset(effect.requires):
                built.met.setdefault(effect.household, set()).update(effect.meets)
