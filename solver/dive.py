"""Diving: from a node's mixture down to one set of projects per block, prices adapted on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liftplan.solver.columns import Column
from liftplan.solver.generation import MISSING, Generated
from liftplan.solver.master import Mixture
from liftplan.solver.nodes import WHOLE, Fixing
from liftplan.solver.oracle.data import Blocks
from liftplan.solver.problem import Bools, Problem

CLEAR = 0.75
"""Weight from which a block's set of projects is taken at once."""

Visit = Callable[[tuple[Fixing, ...]], Generated | None]
"""Column generation under fixings; None: they leave no plan that could be better."""


@dataclass(frozen=True)
class Landed:
    """Where a dive ended."""

    built: Bools
    """(projects,)"""
    found: Generated
    """Prices and mixture with these projects."""


def dive(
    problem: Problem, blocks: Blocks, columns: list[Column], found: Generated, fixings: tuple[Fixing, ...], visit: Visit
) -> Landed | None:
    """Fix projects block by block, the clearest first; a choice that leads nowhere is undone once.

    columns: the master's, which grow during the dive. found: the mixture to start from, under `fixings`.
    """
    barred: set[tuple[int, bytes]] = set()
    while True:
        sets = project_sets(problem, columns, found.mixture)
        open_blocks = [block for block, weights in enumerate(sets) if len(weights) > 1]
        if not open_blocks:
            return landed_at(problem, columns, found)
        ranked = []
        for block in open_blocks:
            allowed = {key: weight for key, weight in sets[block].items() if (block, key) not in barred}
            if not allowed:
                return None
            best = max(allowed, key=lambda key: (allowed[key], key))
            ranked.append((allowed[best], block, best))
        ranked.sort(key=lambda entry: (-entry[0], entry[1]))
        picked = [entry for entry in ranked if entry[0] >= CLEAR] or ranked[:1]
        landed = None
        for attempt in (picked, picked[:1]):
            more = [fixing for _, block, key in attempt for fixing in _fix(blocks, block, key, fixings)]
            landed = visit((*fixings, *more))
            if landed is not None:
                fixings, found = (*fixings, *more), landed
                break
            if len(picked) == 1:
                break
        if landed is None:
            if len(barred) >= 3:
                return None
            barred.add((picked[0][1], picked[0][2]))


def landed_at(problem: Problem, columns: list[Column], found: Generated) -> Landed | None:
    """The landing of a mixture that splits no block's projects and keeps every hard row; None where it does not."""
    sets = project_sets(problem, columns, found.mixture)
    if found.mixture.missing > MISSING or any(len(weights) != 1 for weights in sets):
        return None
    return Landed(np.concatenate([np.frombuffer(next(iter(weights)), dtype=np.bool_) for weights in sets]), found)


def project_sets(problem: Problem, columns: list[Column], mixture: Mixture) -> list[dict[bytes, float]]:
    """Per block: weight of each set of projects (its flags as bytes) in a mixture."""
    found: list[dict[bytes, float]] = [{} for _ in range(problem.blocks)]
    for index in np.flatnonzero(mixture.weights > WHOLE):
        column = columns[index]
        key = column.built.tobytes()
        found[column.block][key] = found[column.block].get(key, 0.0) + float(mixture.weights[index])
    return found


def _fix(blocks: Blocks, block: int, key: bytes, known: tuple[Fixing, ...]) -> list[Fixing]:
    low = int(blocks.project[block])
    done = {fixing.index for fixing in known if fixing.kind == "project"}
    flags = np.frombuffer(key, dtype=np.bool_).tolist()
    return [Fixing("project", low + place, int(flag)) for place, flag in enumerate(flags) if low + place not in done]
