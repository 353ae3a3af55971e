"""Blocks: villages linked by what projects and measures require, and the order of everything inside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.compile.facts import Facts, Texts, flat, located
from liftplan.solver.problem import Bools, Ints


@dataclass(frozen=True)
class Links:
    """Requirements by row: owner requires project."""

    project_owner: Ints
    project_needs: Ints
    measure_owner: Ints
    measure_needs: Ints
    slot: Ints
    """(measures,) project whose slot it uses, or -1."""


@dataclass(frozen=True)
class Order:
    """County rows in the problem's order, and the problem's index of each county row (-1: left out).

    Projects: rows of the table, then the sites of `Facts.unwanted`."""

    blocks: int
    village_block: Ints
    projects: Ints
    project_index: Ints
    homes: Ints
    home_index: Ints
    measures: Ints
    measure_index: Ints


def links(facts: Facts) -> Links:
    """All requirements; `uses_slot` is one, and so is the site of a village that softly is to get nothing."""
    ids = facts.projects["id"]
    project_owner, project_needs = flat(facts.projects["requires"])
    measure_owner, measure_needs = flat(facts.measures["requires"])
    slots: Texts = facts.measures["uses_slot"]
    slot = located(slots, ids) if len(slots) else np.zeros(0, dtype=np.int64)
    using = np.flatnonzero(slot >= 0)
    owner = np.concatenate([measure_owner, using])
    needs = np.concatenate([_located(measure_needs, ids), slot[using]])
    project_needs = _located(project_needs, ids)
    costs = located(facts.county["costs"]["item"], np.concatenate([ids, facts.measures["id"]]))
    costed = np.unique(costs)
    for number, (village, _) in enumerate(facts.unwanted):
        site = len(ids) + number
        sites = costed[costed < len(ids)]
        sites = sites[facts.project_village[sites] == village]
        project_owner = np.concatenate([project_owner, sites])
        project_needs = np.concatenate([project_needs, np.full(len(sites), site)])
        measures = costed[costed >= len(ids)] - len(ids)
        measures = measures[facts.home_village[facts.measure_home[measures]] == village]
        owner, needs = np.concatenate([owner, measures]), np.concatenate([needs, np.full(len(measures), site)])
    pairs = np.unique(np.stack([owner, needs]), axis=1) if len(owner) else np.zeros((2, 0), dtype=np.int64)
    return Links(project_owner, project_needs, pairs[0], pairs[1], slot)


def arrange(facts: Facts, linked: Links, keep: Bools) -> Order:
    """Sort projects, households and kept measures (bool per county row) by block, then in the county's order."""
    village_block = _village_blocks(facts, linked)
    projects = np.argsort(village_block[facts.site_village], kind="stable")
    homes = np.argsort(village_block[facts.home_village], kind="stable")
    home_index = _inverse(homes, len(homes))
    kept = np.flatnonzero(keep)
    measures = kept[np.argsort(home_index[facts.measure_home[kept]], kind="stable")]
    return Order(
        int(village_block.max(initial=-1)) + 1,
        village_block,
        projects,
        _inverse(projects, len(projects)),
        homes,
        home_index,
        measures,
        _inverse(measures, len(keep)),
    )


def _village_blocks(facts: Facts, linked: Links) -> Ints:
    """(villages,) block, numbered by the first village of each."""
    root = list(range(len(facts.villages)))

    def find(village: int) -> int:
        while root[village] != village:
            root[village] = root[root[village]]
            village = root[village]
        return village

    ends = np.concatenate(
        [
            np.stack([facts.site_village[linked.project_owner], facts.site_village[linked.project_needs]]),
            np.stack(
                [
                    facts.home_village[facts.measure_home[linked.measure_owner]],
                    facts.site_village[linked.measure_needs],
                ]
            ),
        ],
        axis=1,
    )
    for one, other in np.unique(ends[:, ends[0] != ends[1]], axis=1).T.tolist():
        one, other = find(one), find(other)
        root[max(one, other)] = min(one, other)
    _, blocks = np.unique([find(village) for village in range(len(root))], return_inverse=True)
    return blocks.astype(np.int64)


def _inverse(order: Ints, size: int) -> Ints:
    index = np.full(size, -1, dtype=np.int64)
    index[order] = np.arange(len(order), dtype=np.int64)
    return index


def _located(values: Texts, ids: Texts) -> Ints:
    return located(values, ids) if len(values) else np.zeros(0, dtype=np.int64)
