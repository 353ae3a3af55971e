"""Villages taken apart: a project that several villages need has a copy in each, and rows keep all of them alike.

Villages that need one another's projects would be one block, and to search a block takes longer the more projects it
has: all of them are decided together, though but a few concern more than one village. So a project belongs to the
village that needs it, wherever it lies. Where several do, it belongs to one of them, and each of the others has a copy
that costs nothing: built exactly if the project is, as two rows per copy say. Prices of these rows then tell what the
project is worth to each village. Two linked villages that are a small part of the county stay one block, which is
bounded more sharply and whose search then hardly counts.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from liftplan.solver.compile.bounds import Bounds
from liftplan.solver.compile.facts import Facts
from liftplan.solver.compile.groups import Groups
from liftplan.solver.compile.rows import RowBook
from liftplan.solver.compile.sites import COPY, Sites, StandIn
from liftplan.solver.problem import HARD, Bools, Ints

MOST_VILLAGES = 240
"""Villages of a county from which it is solved part by part: parts share no projects, so that linked villages stay
together there."""

FEW = 150
"""Linked villages with so few households stay one block: it is searched at once."""

TOGETHER, PART = 2, 20
"""So many linked villages at most stay one block, if they have at most one of so many households of the county."""


def taken_apart(facts: Facts, places: Sites, limits: Bounds) -> tuple[Sites, Bounds]:
    """Sites with homes and copies so that requirements stay inside a village; and the bounds of all of them.

    Linked villages stay together in counties of very many villages.
    """
    if len(facts.villages) >= MOST_VILLAGES:
        return places, limits
    owner = facts.home_village[facts.measure_home[places.measure_owner]]
    used = limits.kept[places.measure_owner]
    home = _homes(facts, places, owner, used)
    large = _large(facts, home, places, owner, used)
    abroad = used & (owner != home[places.measure_needs]) & large[owner]
    across = (home[places.owner] != home[places.needs]) & large[home[places.owner]]
    village = np.concatenate([owner[abroad], home[places.owner[across]]])
    needed = np.concatenate([places.measure_needs[abroad], places.needs[across]])
    if not len(needed):
        return replace(places, home=home), limits
    pairs, number = np.unique(village * places.size + needed, return_inverse=True)
    villages, originals = np.divmod(pairs, places.size)
    copies = places.size + np.arange(len(pairs), dtype=np.int64)
    measure_needs, needs = places.measure_needs.copy(), places.needs.copy()
    measure_needs[abroad] = copies[number[: int(abroad.sum())]]
    needs[across] = copies[number[int(abroad.sum()) :]]
    names = [*facts.projects["id"].tolist(), *(one.name for one in places.stand_ins)]
    made = tuple(
        StandIn(f"{COPY}{names[site]}:{facts.village_ids[village]}", village, 0, (), spends=False)
        for village, site in zip(villages.tolist(), originals.tolist(), strict=True)
    )
    apart = replace(
        places,
        stand_ins=(*places.stand_ins, *made),
        village=np.concatenate([places.village, villages]),
        home=np.concatenate([home, villages]),
        needs=needs,
        measure_needs=measure_needs,
        copies=tuple(zip(originals.tolist(), copies.tolist(), strict=True)),
    )
    low, high = limits.site_low, limits.site_high
    bounds = replace(
        limits, site_low=np.concatenate([low, low[originals]]), site_high=np.concatenate([high, high[originals]])
    )
    return apart, bounds


def tie_rows(places: Sites, book: RowBook) -> None:
    """Every copy is built exactly if its project is: neither less than the other."""
    real = places.size - len(places.stand_ins)
    for site, copy in places.copies:
        name = places.stand_ins[copy - real].name
        for sign, sense in ((1, "at most"), (-1, "at least")):
            row = book.add(("R8", f"{name} {sense}"), 0, HARD)
            book.sites.add(row, np.array([site, copy]), np.array([sign, -sign]))


def _large(facts: Facts, home: Ints, places: Sites, owner: Ints, used: Bools) -> Bools:
    """(villages,) whether too much hangs together with this one to be one block."""
    groups = Groups(len(facts.villages))
    groups.join(owner[used], home[places.measure_needs[used]])
    groups.join(home[places.owner], home[places.needs])
    lead = groups.leaders()
    villages = np.bincount(lead, minlength=len(lead))
    homes = np.bincount(lead[facts.home_village], minlength=len(lead))
    large: Bools = (homes > FEW) & ((villages > TOGETHER) | (homes * PART > len(facts.households)))
    return large[lead]


def _homes(facts: Facts, places: Sites, owner: Ints, used: Bools) -> Ints:
    """(sites,) the village that a site belongs to: its own, or where all who need it are.

    Sites of a village that require one another, or exclude one another, have one home.
    """
    together = Groups(places.size)
    inside = places.village[places.owner] == places.village[places.needs]
    together.join(places.owner[inside], places.needs[inside])
    grouped = np.flatnonzero(facts.projects["alternative_group"] != "")
    first: dict[tuple[int, str], int] = {}
    for site in grouped.tolist():
        key = (int(places.village[site]), str(facts.projects["alternative_group"][site]))
        together.join(np.array([first.setdefault(key, site)]), np.array([site]))
    lead = together.leaders()
    across = ~inside
    pairs = np.unique(
        np.concatenate(
            [
                lead[places.measure_needs[used]] * len(facts.villages) + owner[used],
                lead[places.needs[across]] * len(facts.villages) + places.village[places.owner[across]],
            ]
        )
    )
    needed, village = np.divmod(pairs, len(facts.villages))
    own = village == places.village[needed]
    home = places.village.copy()
    # the first village that needs it, then its own where that needs it too
    home[needed[::-1]] = village[::-1]
    home[needed[own]] = village[own]
    return home[lead]
