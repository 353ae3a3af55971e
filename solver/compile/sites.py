"""Sites: the projects, and stand-ins for soft demands on villages and direct effects that no single item can carry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import ITEM_UNITS, Facts, flat, located
from liftplan.solver.problem import Ints

VILLAGE = "village:"
"""Beginning of the name of the stand-in of a village that softly is to get nothing."""


COPY = "copy:"
"""Beginning of the name of a copy of a project in another village that needs it; then the two ids, a colon between."""


def is_stand_in(name: str) -> bool:
    """Whether a project of the flat problem is none of the county: ids have no colon."""
    return ":" in name


@dataclass(frozen=True)
class StandIn:
    """A project that exists only in the flat problem."""

    name: str
    """Has a colon; see `is_stand_in`."""
    village: int
    worth: int
    """Units when built."""
    requires: tuple[int, ...]
    """Rows of projects."""
    spends: bool
    """Stands for money in its village: whatever costs there requires it."""


@dataclass(frozen=True)
class Sites:
    """Projects (rows of the table), then stand-ins."""

    stand_ins: tuple[StandIn, ...]
    village: Ints
    """(sites,) where it lies."""
    home: Ints
    """(sites,) the village whose block it belongs to."""
    owner: Ints
    """(requirements,) site that requires ..."""
    needs: Ints
    """(requirements,) ... this site."""
    measure_owner: Ints
    """(measure requirements,) measure (row) that requires ..."""
    measure_needs: Ints
    """(measure requirements,) ... this site; `uses_slot` is one."""
    slot: Ints
    """(measures,) project whose slot it uses, or -1."""
    copies: tuple[tuple[int, int], ...] = ()
    """Sites with a copy of theirs in another village."""

    @property
    def size(self) -> int:
        """Number of sites."""
        return len(self.village)


def sites(facts: Facts) -> Sites:
    """All sites and what requires them."""
    ids, real = facts.projects["id"], len(facts.projects)
    owner, names = flat(facts.projects["requires"])
    needs = located(names, ids)
    measure_owner, names = flat(facts.measures["requires"])
    measure_needs = located(names, ids)
    slot = located(facts.measures["uses_slot"], ids)
    using = np.flatnonzero(slot >= 0)
    measure_owner, measure_needs = np.concatenate([measure_owner, using]), np.concatenate([measure_needs, slot[using]])
    stand_ins = (*_closed_villages(facts), *_wanted_effects(facts, measure_owner, measure_needs))
    costed_measures = np.flatnonzero(facts.costed[real:])
    for number, one in enumerate(stand_ins, real):
        parts = [np.array(one.requires, dtype=np.int64)]
        owner = np.concatenate([owner, np.full(len(parts[0]), number)])
        needs = np.concatenate([needs, *parts])
        if one.spends:
            costed = np.flatnonzero(facts.costed[:real] & (facts.project_village == one.village))
            owner, needs = np.concatenate([owner, costed]), np.concatenate([needs, np.full(len(costed), number)])
            here = costed_measures[facts.home_village[facts.measure_home[costed_measures]] == one.village]
            measure_owner = np.concatenate([measure_owner, here])
            measure_needs = np.concatenate([measure_needs, np.full(len(here), number)])
    size = real + len(stand_ins)
    owner, needs = _distinct(owner, needs, size)
    measure_owner, measure_needs = _distinct(measure_owner, measure_needs, size)
    village = np.concatenate([facts.project_village, np.array([one.village for one in stand_ins], dtype=np.int64)])
    return Sites(stand_ins, village, village, owner, needs, measure_owner, measure_needs, slot)


def _closed_villages(facts: Facts) -> list[StandIn]:
    """Soft never of a village: its price is paid once, as soon as anything costs there."""
    return [
        StandIn(VILLAGE + demand.id, village, -demand.price * ITEM_UNITS, (), spends=True)
        for village, demand in facts.listed("never", "village", hard=False)
        if demand.price
    ]


def _wanted_effects(facts: Facts, owner: Ints, needs: Ints) -> list[StandIn]:
    """Soft must of a direct effect of several projects: its price is earned once all of them are built."""
    found = []
    for measure, demand in facts.listed("must", "measure", hard=False):
        projects = sorted(set(needs[owner == measure].tolist()))
        if facts.automatic[measure] and len(projects) > 1 and demand.price:
            village = int(facts.project_village[projects[0]])
            worth = demand.price * ITEM_UNITS
            found.append(StandIn(f"must measure:{demand.id}", village, worth, tuple(projects), spends=False))
    return found


def _distinct(owner: Ints, needs: Ints, size: int) -> tuple[Ints, Ints]:
    """Sorted pairs, each once."""
    owner, needs = np.divmod(np.unique(owner * size + needs), max(1, size))
    return owner, needs
