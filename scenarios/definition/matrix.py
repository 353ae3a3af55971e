"""A matrix: axes whose values, one of each, make one scenario for every combination."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from liftplan.scenarios.overrides import Line

_NO_NAME = re.compile(r"[^\w.+\-]+")


@dataclass(frozen=True)
class Value:
    """One value of an axis."""

    label: str
    lines: tuple[Line, ...] = ()
    """What it overrides; () also of a value that stands in the overrides as `{axis}`."""


@dataclass(frozen=True)
class Axis:
    """One axis of a matrix."""

    name: str
    values: tuple[Value, ...]


def combinations(name: str, overrides: Sequence[Line], axes: Sequence[Axis]) -> list[tuple[str, tuple[Line, ...]]]:
    """Name and overrides of each scenario of a matrix; the last axis turns fastest.

    `{axis}` in an override becomes the value's label; after the overrides come those of the values, axis by axis.
    """
    found = []
    for chosen in product(*(axis.values for axis in axes)):
        words = {axis.name: value.label for axis, value in zip(axes, chosen, strict=True)}
        lines = (*overrides, *(line for value in chosen for line in value.lines))
        found.append((_named(name, [value.label for value in chosen]), tuple(_filled(line, words) for line in lines)))
    return found


def _named(name: str, labels: Sequence[str]) -> str:
    """`name-label-label`; a label with a sign needs no other dash: `budgets+10`."""
    for label in labels:
        plain = _NO_NAME.sub("_", label)
        name += plain if plain.startswith(("+", "-")) else f"-{plain}"
    return name


def _filled(line: Line, words: dict[str, str]) -> Line:
    text = line.text
    for axis, label in words.items():
        text = text.replace(f"{{{axis}}}", label)
    return replace(line, text=text)
