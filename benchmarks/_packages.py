"""Undominated packages: how many ways to lift a household are worth looking at.

A package is a set of measures with cost lines (or slots) that keeps R8 and, with the direct effects of the projects it
requires, lifts the household. It is dominated if another one that lifts needs no more projects, no more slots, and no
more yuan of any purpose, top-up included. Packages that differ in nothing count once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.models.county import County

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Measure:
    gain: int
    meets: int
    uses: int
    """Bits of the projects required, slot included."""
    labour: int
    house: bool
    group: str
    slot: bool
    yuan: tuple[tuple[int, int], ...]
    """Purpose and yuan of each cost line."""


@dataclass(frozen=True)
class _Home:
    gap: int
    needs: int
    labour: int
    measures: tuple[_Measure, ...]
    projects: int
    """Number of projects that its measures require."""


def undominated(county: County, every: int = 1) -> Ints:
    """Undominated packages that lift, of every so-manieth household; -1 where the household is already out."""
    purposes = len(county["purposes"])
    topup = county["purposes"]["id"].tolist().index(county.policy.R5.purpose)
    minimum = 0 if county.policy.R5.enforce == "off" else county.policy.R5.minimum
    return np.array(
        [_count(home, purposes, topup, minimum) for home in islice(_homes(county), 0, None, every)], dtype=np.int64
    )


def _homes(county: County) -> Iterator[_Home]:
    """Households in the order of their table."""
    purposes = {name: place for place, name in enumerate(county["purposes"]["id"].tolist())}
    needs = {name: 1 << place for place, name in enumerate(county["needs"]["id"].tolist())}
    line = county.head.poverty_line[county.head.years[0]] * (10_000 + county.policy.exit.margin_bp)
    lines: dict[str, list[tuple[int, int]]] = {}
    costs = county["costs"]
    for item, purpose, yuan in zip(*(costs[name].tolist() for name in ("item", "purpose", "yuan")), strict=True):
        lines.setdefault(item, []).append((purposes[purpose], yuan))
    table = county["measures"]
    columns = (
        "household",
        "id",
        "income_gain",
        "meets",
        "requires",
        "uses_slot",
        "labour",
        "main_house",
        "alternative_group",
    )
    offered: dict[str, list[tuple[Any, ...]]] = {}
    for household, *rest in zip(*(table[name].tolist() for name in columns), strict=True):
        offered.setdefault(household, []).append(tuple(rest))
    homes = county["households"]
    for name, persons, income, lacking, labour in zip(
        *(homes[column].tolist() for column in ("id", "persons", "income", "needs", "labour")), strict=True
    ):
        bits: dict[str, int] = {}
        measures = []
        for ident, gain, meets, requires, slot, work, house, group in offered.get(name, []):
            uses = 0
            for project in (*requires, *([slot] if slot else [])):
                uses |= 1 << bits.setdefault(project, len(bits))
            met = sum(needs[need] for need in set(meets) & set(lacking))
            measures.append(_Measure(gain, met, uses, work, house, group, bool(slot), tuple(lines.get(ident, []))))
        gap = -(-(line - 10_000 * income) * persons // 10_000)
        yield _Home(gap, sum(needs[need] for need in lacking), labour, tuple(measures), len(bits))


def _count(home: _Home, purposes: int, topup: int, minimum: int) -> int:
    if home.gap <= 0 and not home.needs:
        return -1
    free = [one for one in home.measures if not one.yuan and not one.slot and not one.labour and not one.group]
    free = [one for one in free if one.gain or one.meets]
    costly = [one for one in home.measures if one.yuan or one.slot or one.labour or one.group]
    rows: list[list[int]] = []

    def extend(
        place: int,
        gain: int,
        met: int,
        uses: int,
        labour: int,
        house: bool,
        groups: frozenset[str],
        slots: int,
        yuan: tuple[int, ...],
    ) -> None:
        if place == len(costly):
            _close(rows, home, free, gain, met, uses, slots, yuan, topup, minimum)
            return
        extend(place + 1, gain, met, uses, labour, house, groups, slots, yuan)
        one = costly[place]
        if labour + one.labour > home.labour or (house and one.house) or (one.group and one.group in groups):
            return
        more = list(yuan)
        for purpose, amount in one.yuan:
            more[purpose] += amount
        extend(
            place + 1,
            gain + one.gain,
            met | one.meets,
            uses | one.uses,
            labour + one.labour,
            house or one.house,
            groups | {one.group} if one.group else groups,
            slots + one.slot,
            tuple(more),
        )

    extend(0, 0, 0, 0, 0, False, frozenset(), 0, (0,) * purposes)
    if not rows:
        return 0
    found = np.unique(np.array(rows, dtype=np.int64), axis=0)
    kept = 0
    order = np.argsort(found.sum(axis=1), kind="stable")
    found = found[order]
    for row in found:
        better = (found <= row).all(axis=1)
        kept += int(better.sum() == 1)
    return kept


def _close(
    rows: list[list[int]],
    home: _Home,
    free: list[_Measure],
    gain: int,
    met: int,
    uses: int,
    slots: int,
    yuan: tuple[int, ...],
    topup: int,
    minimum: int,
) -> None:
    """Append the package with every smallest set of further projects whose direct effects make it lift."""
    total = sum(yuan)
    paid = list(yuan)
    if total:
        paid[topup] += max(0, minimum - total)
    minimal: list[int] = []
    choices = sorted(
        {uses} | {uses | _union(free, subset) for subset in range(1 << len(free))}, key=lambda b: (b.bit_count(), b)
    )
    for wider in choices:
        if any(known & ~wider == 0 for known in minimal):
            continue
        earned, covered = gain, met
        for one in free:
            if one.uses & ~wider == 0:
                earned += one.gain
                covered |= one.meets
        if earned >= home.gap and home.needs & ~covered == 0:
            minimal.append(wider)
            rows.append([*paid, slots, *(wider >> bit & 1 for bit in range(home.projects))])


def _union(free: list[_Measure], subset: int) -> int:
    uses = 0
    for place, one in enumerate(free):
        if subset >> place & 1:
            uses |= one.uses
    return uses
