"""The one-line text of an override, taken apart: `SELECTOR OP VALUE`, or `must` / `never` with what is meant.

funds[department=poverty].amount x 0.6
policy.R4.rows[line].minimum = 2000000
must project v07-p03
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from liftplan.models.files.numbers import tidy
from liftplan.models.messages import m
from liftplan.scenarios.overrides.fault import Fault, near

Operator = Literal["=", "x", "+", "-"]

OPERATORS: tuple[Operator, ...] = ("=", "x", "+", "-")
"""Set, multiply, add, take away."""

SENSES = ("must", "never")
TARGETS = ("project", "measure", "household", "village")

_CHANGE = re.compile(r"((?:[^\s\[\]]|\[[^\[\]]*\])+)\s+(\S+)\s+(\S.*)")
_PART = re.compile(r"([^.\[\]]+)((?:\[[^\[\]]*\])*)(?:\.(?=.)|$)")
_FILTERS = re.compile(r"\[([^\[\]]*)\]")
_AND = re.compile(r"\s+(?:AND|and)\s+")


@dataclass(frozen=True)
class Filter:
    """`column=value|value`: rows whose column has one of the values. Without a column the values are identifiers."""

    column: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        values = "|".join(self.values)
        return f"{self.column}={values}" if self.column else values


@dataclass(frozen=True)
class Part:
    """One name of a selector, with the filters behind it; a row must pass all of them."""

    name: str
    filters: tuple[Filter, ...] = ()

    def __str__(self) -> str:
        return self.name + (f"[{' AND '.join(map(str, self.filters))}]" if self.filters else "")


@dataclass(frozen=True)
class Change:
    """`SELECTOR OP VALUE`."""

    selector: tuple[Part, ...]
    operator: Operator
    value: str

    def __str__(self) -> str:
        return f"{self.path} {self.operator} {self.value}"

    @property
    def path(self) -> str:
        """The selector as text."""
        return ".".join(map(str, self.selector))


@dataclass(frozen=True)
class Asked:
    """`must` or `never` (R12), of one project, measure, household or village."""

    sense: str
    target: str
    id: str

    def __str__(self) -> str:
        return f"{self.sense} {self.target} {self.id}"


def parse(text: str) -> Change | Asked:
    """Take an override apart. `str()` of what is returned is its plain form. Raises `Fault`."""
    text = text.strip()
    words = text.split()
    if words and words[0] in SENSES:
        return _asked(words)
    match = _CHANGE.fullmatch(text)
    if match is None:
        raise Fault("override-form", m("this is no override"), _FORM)
    selector, operator, value = match.groups()
    for known in OPERATORS:
        if operator == known:
            return Change(_selector(selector), known, value)
    way_out = (
        m("Write x to multiply.") if tidy(operator).casefold() in {"*", "×", "x"} else m("Use one of =, x, + and -.")
    )
    raise Fault("override-operator", m("there is no operator {operator}", operator=operator), way_out)


_FORM = m("Write SELECTOR OP VALUE with blanks between, as in {example}.", example="policy.R3.minimum = 3500000")


def _asked(words: list[str]) -> Asked:
    if len(words) != len(("must", "project", "id")):
        example = m("Write it as in {example}.", example=f"{words[0]} project v07-p03")
        raise Fault("override-form", m("a demand names a kind of thing and one identifier"), example)
    sense, target, name = words
    if target not in TARGETS:
        message = m("nothing of the kind {target} can be demanded", target=target)
        raise Fault("override-form", message, near(target, TARGETS))
    return Asked(sense, target, name)


def _selector(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    place = 0
    while place < len(text):
        match = _PART.match(text, place)
        if match is None:
            raise Fault("override-form", m("{selector} is no selector", selector=text), _FORM)
        parts.append(Part(match[1], tuple(one for inside in _FILTERS.findall(match[2]) for one in _filters(inside))))
        place = match.end()
    return tuple(parts)


def _filters(text: str) -> list[Filter]:
    found = []
    for one in _AND.split(text.strip()):
        column, sign, values = one.partition("=")
        if not sign:
            column, values = "", one
        names = tuple(name.strip() for name in values.split("|"))
        if not all(names) or (sign and not column.strip()):
            way_out = m("Write it as in {example}.", example="funds[department=poverty AND channel=fiscal].amount")
            raise Fault("override-filter", m("{filter} is no condition", filter=one or "[]"), way_out)
        found.append(Filter(column.strip(), names))
    return found
