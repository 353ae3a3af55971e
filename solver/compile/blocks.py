"""Blocks: villages linked by what projects and measures require, and the order of everything inside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import Facts
from liftplan.solver.compile.groups import Groups
from liftplan.solver.compile.sites import Sites
from liftplan.solver.problem import Bools, Ints


@dataclass(frozen=True)
class Order:
    """Rows of the tables in the problem's order, and the problem's index of each row (-1: left out)."""

    blocks: int
    village_block: Ints
    """(villages,)"""
    sites: Ints
    """(projects of the problem,) site."""
    site_index: Ints
    """(sites,)"""
    homes: Ints
    """(households,) row."""
    home_index: Ints
    measures: Ints
    """(measures of the problem,) row."""
    measure_index: Ints


def arrange(facts: Facts, places: Sites, keep: Bools) -> Order:
    """Sort sites, households and kept measures (flags per row) by block, households within blocks, then by row."""
    village_block = _village_blocks(facts, places, keep)
    ranked_sites = np.argsort(village_block[places.home], kind="stable")
    homes = np.argsort(village_block[facts.home_village], kind="stable")
    home_index = _inverse(homes, len(homes))
    kept = np.flatnonzero(keep)
    measures = kept[np.argsort(home_index[facts.measure_home[kept]], kind="stable")]
    return Order(
        int(village_block.max(initial=-1)) + 1,
        village_block,
        ranked_sites,
        _inverse(ranked_sites, places.size),
        homes,
        home_index,
        measures,
        _inverse(measures, len(keep)),
    )


def _village_blocks(facts: Facts, places: Sites, keep: Bools) -> Ints:
    """(villages,) block, numbered by the first village of each. Measures that are left out link nothing."""
    linked, villages = keep[places.measure_owner], Groups(len(facts.villages))
    owner = facts.home_village[facts.measure_home[places.measure_owner[linked]]]
    villages.join(places.home[places.owner], places.home[places.needs])
    villages.join(owner, places.home[places.measure_needs[linked]])
    _, blocks = np.unique(villages.leaders(), return_inverse=True)
    return blocks.astype(np.int64)


def _inverse(order: Ints, size: int) -> Ints:
    index = np.full(size, -1, dtype=np.int64)
    index[order] = np.arange(len(order), dtype=np.int64)
    return index
