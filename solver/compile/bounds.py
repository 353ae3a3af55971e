"""What can be built and taken at all, and what must be (R8, R11, R12, lines that nobody may pay)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import Facts, located
from liftplan.solver.compile.money import Lines
from liftplan.solver.compile.sites import Sites
from liftplan.solver.problem import Bools, Ints


@dataclass(frozen=True)
class Bounds:
    """Low and high (0 or 1) of sites and measures. low 1 with high 0: a hard rule asks for what is impossible."""

    site_low: Ints
    site_high: Ints
    low: Ints
    """(measures,)"""
    high: Ints
    """(measures,)"""

    @property
    def kept_sites(self) -> Bools:
        """(sites,) may be built, or must be."""
        kept: Bools = (self.site_high > 0) | (self.site_low > 0)
        return kept

    @property
    def kept(self) -> Bools:
        """(measures,) may be taken, or must be."""
        kept: Bools = (self.high > 0) | (self.low > 0)
        return kept


def bounds(facts: Facts, places: Sites, lines: Lines) -> Bounds:
    """Bounds of everything; what follows from them through requirements is included."""
    real = len(facts.projects)
    unpaid = np.zeros(len(facts.item_ids), dtype=np.bool_)
    unpaid[lines.item[~lines.payable]] = True
    possible = np.ones(places.size, dtype=np.bool_)
    possible[:real] = ~unpaid[:real]
    _switch(possible, [row for row, _ in facts.listed("never", "project", hard=True)])
    later = (facts.projects["mode"] == "build_first") & (facts.projects["acceptance_year"] > facts.year)
    possible[:real] &= ~later.astype(np.bool_)
    _spread(places.owner, places.needs, possible)
    takeable = _takeable(facts, places, possible) & ~unpaid[real:]
    must_build, must_take = _musts(facts, places)
    _force_stand_ins(facts, places, must_build)
    return Bounds(
        must_build.astype(np.int64), possible.astype(np.int64), must_take.astype(np.int64), takeable.astype(np.int64)
    )


def _takeable(facts: Facts, places: Sites, possible: Bools) -> Bools:
    takeable: Bools = ~facts.banned_home[facts.measure_home]
    _switch(takeable, [row for row, _ in facts.listed("never", "measure", hard=True)])
    takeable[places.measure_owner[~possible[places.measure_needs]]] = False
    takeable &= facts.measures["labour"] <= facts.households["labour"][facts.measure_home]
    using = np.flatnonzero(places.slot >= 0)
    takeable[using] &= facts.projects["slots"][places.slot[using]] > 0
    return takeable


def _musts(facts: Facts, places: Sites) -> tuple[Bools, Bools]:
    """Sites and measures that hard rules ask for, with all that these require."""
    real = len(facts.projects)
    build, take = np.zeros(places.size, dtype=np.bool_), np.zeros(len(facts.measures), dtype=np.bool_)
    build[[row for row, _ in facts.listed("must", "project", hard=True)]] = True
    take[[row for row, _ in facts.listed("must", "measure", hard=True)]] = True
    if facts.policy.R11.enforce == "hard":
        items = located(facts.tables["commitments"]["item"], facts.item_ids)
        build[items[items < real]] = True
        take[items[items >= real] - real] = True
    build[places.measure_needs[take[places.measure_owner]]] = True
    while not bool(build[places.needs[build[places.owner]]].all()):
        build[places.needs[build[places.owner]]] = True
    return build, take


def _force_stand_ins(facts: Facts, places: Sites, build: Bools) -> None:
    """A soft never of a village is broken in any case where a household gets its hard minimum whatever is taken."""
    if facts.policy.R5.enforce == "hard":
        paid = np.unique(facts.home_village[facts.assisted_anyway])
        for number, one in enumerate(places.stand_ins, len(facts.projects)):
            build[number] |= one.spends and one.village in paid


def _switch(flags: Bools, rows: list[int]) -> None:
    flags[np.array(rows, dtype=np.int64)] = False


def _spread(owner: Ints, needs: Ints, possible: Bools) -> None:
    """A site that requires an impossible one is impossible."""
    while bool((possible[owner] & ~possible[needs]).any()):
        possible[owner[~possible[needs]]] = False
