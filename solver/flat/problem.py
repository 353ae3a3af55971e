"""The flat problem by itself: groups of options, what options cost by class, and sources that may pay some classes.

    maximise    sum over groups of the value of the option taken (exactly one of each group)
    subject to  per class c:    sum of flow over the sources that may pay c  =  cost of the options taken in c
                per source s:   minimum[s]  <=  flow out of s  <=  amount[s]

A multiple-choice multidimensional knapsack is the case of one source to each class. Doing nothing is an option like any
other, of value 0 and without costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import gcd

import numpy as np

from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.solver.problem import Bools, Csr, Ints

LARGEST_TOTAL = 2**50
"""Values, costs and amounts may not add up to more than this, so that priced sums stay within 64 bits."""


@dataclass(frozen=True)
class Option:
    """One way to serve a group. costs: class -> whole units (>= 0)."""

    value: int
    costs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A fund: it spends between `minimum` and `amount`, on the classes that it `pays`."""

    name: str
    amount: int
    pays: Sequence[str]
    minimum: int = 0


@dataclass(frozen=True)
class FlatProblem:
    """The problem as arrays. Options of a group are consecutive; every class has a payer; equal to what was given."""

    values: Ints
    """(options,)"""
    start: Ints
    """(groups + 1,) first option of each group; no group is empty."""
    costs: Csr
    """option -> classes with what it costs there (> 0), each class once."""
    amount: Ints
    """(sources,)"""
    minimum: Ints
    """(sources,)"""
    payers: Csr
    """class -> sources that may pay it."""
    classes: tuple[str, ...]
    sources: tuple[str, ...]
    barred: Ints
    """(entries,) options that cost something in a class that nobody pays, and cannot be taken; only what they cost in
    other classes is in `costs`."""

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.start) - 1

    @property
    def options(self) -> int:
        """Number of options."""
        return len(self.values)

    @cached_property
    def group(self) -> Ints:
        """(options,) group of each option."""
        return np.repeat(np.arange(self.groups, dtype=np.int64), np.diff(self.start))

    @cached_property
    def step(self) -> int:
        """Values of plans differ by multiples of this."""
        return max(1, gcd(*(self.values - self.values[self.start[:-1]][self.group]).tolist()))

    def several(self, left: Bools) -> Bools:
        """(options,) which of those `left` have another one left in their group."""
        counts = np.add.reduceat(left.astype(np.int64), self.start[:-1])
        return left & (counts > 1)[self.group]

    def reachable(self, bound: int) -> int:
        """The largest value that a plan can have if none is above `bound`."""
        first = int(self.values[self.start[:-1]].sum())
        return first + (bound - first) // self.step * self.step

    def spent(self, choice: Ints) -> Ints:
        """(classes,) what a choice costs. choice: (groups,) options."""
        total = np.zeros(len(self.classes), dtype=np.int64)
        for option in choice.tolist():
            index, value = self.costs.of(option)
            total[index] += value
        return total


def flat_problem(groups: Iterable[Sequence[Option]], sources: Sequence[Source]) -> FlatProblem:
    """Make a problem of groups of options and of sources.

    Raises
    ------
    InputProblems
        All at once: a group without options, values, costs or amounts that are not whole or are out of range, a
        minimum above its amount, names that come twice, totals above `LARGEST_TOTAL`.
    """
    taken = [tuple(group) for group in groups]
    found = [*_in_groups(taken), *_in_sources(sources)]
    if not found:
        found = _too_large(taken, sources)
    if found:
        raise InputProblems(found)
    names: dict[str, int] = {}
    for source in sources:
        for name in source.pays:
            names.setdefault(name, len(names))
    barred, lists = [], []
    for place, option in enumerate(option for group in taken for option in group):
        costs = [(name, cost) for name, cost in option.costs.items() if cost]
        if any(name not in names for name, _ in costs):
            barred.append(place)
        lists.append(sorted((names[name], cost) for name, cost in costs if name in names))
    payers: list[list[tuple[int, int]]] = [[] for _ in names]
    for place, source in enumerate(sources):
        for name in dict.fromkeys(source.pays):
            payers[names[name]].append((place, 1))
    return FlatProblem(
        np.array([option.value for group in taken for option in group], dtype=np.int64),
        np.cumsum([0, *(len(group) for group in taken)], dtype=np.int64),
        Csr.from_lists(lists),
        np.array([source.amount for source in sources], dtype=np.int64),
        np.array([source.minimum for source in sources], dtype=np.int64),
        Csr.from_lists(payers),
        tuple(names),
        tuple(source.name for source in sources),
        np.array(barred, dtype=np.int64),
    )


def _problem(table: str, row: int, column: str, message: Message, way_out: Message) -> Problem:
    return Problem("flat", Place(table, row, column), message, way_out)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _in_groups(groups: Sequence[Sequence[Option]]) -> list[Problem]:
    found = []
    if not groups:
        found.append(_problem("groups", 0, "", m("there are no groups"), m("give at least one group of options")))
    for row, group in enumerate(groups, 1):
        if not group:
            say, way = m("a group without options"), m("give it an option; doing nothing is Option(0)")
            found.append(_problem("groups", row, "", say, way))
        for place, option in enumerate(group, 1):
            if not _whole(option.value):
                say = m("value {value} is not a whole number", value=repr(option.value))
                way = m("multiply all values by the same number until they are whole")
                found.append(_problem("groups", row, f"option {place}", say, way))
            for name, cost in option.costs.items():
                if not _whole(cost) or cost < 0:
                    say = m("a cost of {value} in class {name}: costs are whole and 0 or more", value=cost, name=name)
                    way = m("multiply the costs and amounts by the same number until they are whole")
                    found.append(_problem("groups", row, f"option {place}", say, way))
    return found


def _in_sources(sources: Sequence[Source]) -> list[Problem]:
    found = []
    known: set[str] = set()
    for row, source in enumerate(sources, 1):
        if source.name in known:
            say, way = m("source {name} comes twice", name=source.name), m("give every source its own name")
            found.append(_problem("sources", row, "name", say, way))
        known.add(source.name)
        if not _whole(source.amount) or not _whole(source.minimum) or not 0 <= source.minimum <= source.amount:
            say = m(
                "source {name} is to spend {minimum} to {amount}: both are whole, and 0 <= minimum <= amount",
                name=source.name,
                minimum=source.minimum,
                amount=source.amount,
            )
            found.append(_problem("sources", row, "amount", say, m("correct the amount or the minimum")))
    return found


def _too_large(groups: Sequence[Sequence[Option]], sources: Sequence[Source]) -> list[Problem]:
    totals = {
        "value": sum(max(abs(option.value) for option in group) for group in groups),
        "costs": sum(max(sum(option.costs.values()) for option in group) for group in groups),
        "amount": sum(source.amount for source in sources),
    }
    return [
        _problem(
            "sources" if column == "amount" else "groups",
            0,
            column,
            m("{total} in all, more than {most}", total=total, most=LARGEST_TOTAL),
            m("use a larger unit"),
        )
        for column, total in totals.items()
        if total > LARGEST_TOTAL
    ]
