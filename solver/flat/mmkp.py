"""Files of multiple-choice multidimensional knapsack problems, as the literature exchanges them.

Khan et al. (2002): `n l m`, the m capacities, then for each of n groups its number and l rows `value w_1 .. w_m`; what
follows the last group is not read. Hiremath and Hill (2007): several such problems one after the other, each headed by
its number. Files may be compressed (.gz). A group is a group, an item an option, a resource a source of one class.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import lcm
from pathlib import Path

from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import gzip_reason
from liftplan.solver.flat.problem import FlatProblem, Option, Source, flat_problem

MOST = 10**6
"""Groups, items or resources of a problem at most."""

LONGEST = 30
"""Characters of a number at most."""


@dataclass(frozen=True)
class Mmkp:
    """One problem of a file."""

    number: int
    """As the file says; 1 where it holds one problem."""
    problem: FlatProblem
    scale: int
    """Values of the problem are those of the file times this, which makes them whole."""

    def value(self, whole: int) -> Fraction:
        """A value of the problem as the file counts it."""
        return Fraction(whole, self.scale)


def read_mmkp(path: str | Path) -> tuple[Mmkp, ...]:
    """Read all problems of a file.

    Raises
    ------
    InputProblems
        If the file cannot be read, ends too early, or holds something else than numbers; `Place.row` is the line.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("ascii", "replace")
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(path, 0, m("Cannot be read: {reason}.", reason=gzip_reason(error))) from None
    words = _Words(path, text)
    if words.on_first_line == 3:
        return (_problem(words, 1),)
    found = []
    while words.more:
        found.append(_problem(words, words.count(m("number of the problem"))))
    return tuple(found)


class _Words:
    """The numbers of a file, one after the other."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        lines = [line.split() for line in text.splitlines()]
        self.on_first_line = next((len(words) for words in lines if words), 0)
        """Words on the first line that has any."""
        self._words = [(row, word) for row, words in enumerate(lines, 1) for word in words]
        self._next = 0

    @property
    def more(self) -> bool:
        """Whether anything is left; an empty file has one problem, which is missing."""
        return self._next < len(self._words) or not self._words

    def number(self, what: Message) -> int | Fraction:
        """The next word as a number >= 0, exactly."""
        if self._next >= len(self._words):
            row = self._words[-1][0] if self._words else 0
            raise _refused(self._path, row, m("the file ends where a number is expected: {what}", what=what))
        row, word = self._words[self._next]
        self._next += 1
        if word.isdecimal() and len(word) <= LONGEST:  # nearly all of them
            return int(word)
        try:
            decimal = Decimal(word)
        except InvalidOperation:
            decimal = Decimal("NaN")
        found = Fraction(decimal) if decimal.is_finite() and abs(decimal.adjusted()) <= LONGEST else Fraction(-1)
        if found < 0 or len(word) > LONGEST:
            raise _refused(self._path, row, m("{word} is no number of 0 or more: {what}", word=repr(word), what=what))
        return found

    def count(self, what: Message, expected: int | None = None) -> int:
        """The next word as a whole number > 0, or as the one expected."""
        found = self.number(what)
        row = self._words[self._next - 1][0]
        if found.denominator != 1 or not 1 <= found <= MOST or (expected is not None and found != expected):
            wanted = m("a whole number from 1 to {most}", most=MOST) if expected is None else expected
            raise _refused(
                self._path, row, m("{found} where {wanted} is expected: {what}", found=found, wanted=wanted, what=what)
            )
        return int(found)


def _refused(path: Path, row: int, message: Message) -> InputProblems:
    way = m("give a file of a multiple-choice multidimensional knapsack problem, as docs/flat.md describes it")
    return InputProblems([Problem("mmkp", Place(row=row, file=path.name), message, way)])


def _problem(words: _Words, number: int) -> Mmkp:
    groups, items, resources = (words.count(what) for what in (m("groups"), m("items of a group"), m("resources")))
    capacity = [words.number(m("capacity")) for _ in range(resources)]
    values: list[list[int | Fraction]] = []
    weights: list[list[list[int | Fraction]]] = []
    what = m("value or weight")
    for group in range(1, groups + 1):
        words.count(m("number of the group"), group)
        rows = [[words.number(what) for _ in range(resources + 1)] for _ in range(items)]
        values.append([row[0] for row in rows])
        weights.append([row[1:] for row in rows])
    scale = lcm(*(value.denominator for group in values for value in group))
    # of each resource alone; a capacity may be rounded down where weights are whole
    unit = [lcm(*(row[place].denominator for group in weights for row in group)) for place in range(resources)]
    names = [str(place) for place in range(1, resources + 1)]
    options = (
        [
            Option(int(value * scale), {name: int(row[k] * unit[k]) for k, name in enumerate(names)})
            for value, row in zip(group_values, group_weights, strict=True)
        ]
        for group_values, group_weights in zip(values, weights, strict=True)
    )
    sources = [Source(name, int(capacity[k] * unit[k]), (name,)) for k, name in enumerate(names)]
    return Mmkp(number, flat_problem(options, sources), scale)
