"""Suppression: no figure about fewer than ten people is published, nor one from which it could be worked out.

Villages form townships, townships the county. Every sum is published, so what is left out of a sum is known by
subtraction. Rows are left out whole. A set of rows left out of one sum is safe if they are two or more, and if what
they have together is no small group either. Rows are added, the smallest first, until that holds; where all of a
township are left out and it still does not, its own sum is left out like a row of the county. Of a township whose sum
is left out no village is published, so that what is left out of the county is whole townships.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 10
"""Groups with fewer people (but some) are not published."""


@dataclass(frozen=True)
class Group:
    """A village: its people by what becomes of them."""

    key: str
    parts: tuple[int, ...]
    """People lifted, not lifted, already out: together all that are registered."""

    @property
    def whole(self) -> int:
        """All people of the group."""
        return sum(self.parts)


@dataclass(frozen=True)
class Published:
    """What may be published."""

    groups: frozenset[str]
    """Keys of groups."""
    sums: frozenset[str]
    """Names of sums."""
    total: bool
    """The sum of everything."""


def suppressed(sums: Mapping[str, Sequence[Group]]) -> Published:
    """What may be published of groups, the sums that they form, and the sum of these. sums: name -> its groups."""
    totals = [Group(name, _together(groups)) for name, groups in sums.items()]
    hidden = {name: _hidden(groups, ()) for name, groups in sums.items()}
    unsafe = [
        name
        for name, groups in sums.items()
        if hidden[name] and not _safe([group for group in groups if group.key in hidden[name]])
    ]
    sums_hidden = _hidden(totals, unsafe)
    for name in sums_hidden:
        hidden[name] = {group.key for group in sums[name]}
    left_out = [total for total in totals if total.key in sums_hidden]
    return Published(
        frozenset(group.key for name, groups in sums.items() for group in groups if group.key not in hidden[name]),
        frozenset(sums) - sums_hidden,
        not left_out or _safe(left_out),
    )


def _hidden(groups: Sequence[Group], begun: Iterable[str]) -> set[str]:
    """Keys left out of one sum: the small ones, and the smallest others until what is left out is safe."""
    hidden = set(begun) | {group.key for group in groups if _small(group.parts)}
    others = sorted((group for group in groups if group.key not in hidden), key=lambda one: (one.whole, one.key))
    while hidden and others and not _safe([group for group in groups if group.key in hidden]):
        hidden.add(others.pop(0).key)
    return hidden


def _safe(hidden: Sequence[Group]) -> bool:
    """Whether groups can be left out of one published sum."""
    return sum(1 for group in hidden if group.whole) > 1 and not _small(_together(hidden))


def _small(parts: Sequence[int]) -> bool:
    """Whether any of these is a group of few people."""
    return any(0 < part < SMALLEST for part in (*parts, sum(parts)))


def _together(groups: Sequence[Group]) -> tuple[int, ...]:
    return tuple(sum(parts) for parts in zip(*(group.parts for group in groups), strict=True))
