"""Diving: from a node's mixture down to one set of projects per block, prices adapted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from liftplan.solver.columns import Column
from liftplan.solver.generation import MISSING, Generated
from liftplan.solver.master import Mixture
from liftplan.solver.nodes import WHOLE, Fixing
from liftplan.solver.oracle.data import Blocks
from liftplan.solver.problem import Bools, Problem

CLEAR = 0.75
"""Weight from which a block's set of projects is taken together with others."""

TRIES = 6
"""Steps that are tried at one place."""

Visit = Callable[[tuple[Fixing, ...], Generated], Generated | None]
"""Column generation under fixings, from what was found with fewer; None: they leave no plan that could be better."""


@dataclass(frozen=True)
class Landed:
    """Where a dive ended."""

    built: Bools
    """(projects,)"""
    found: Generated
    """Prices and mixture with these projects."""


def dive(
    problem: Problem,
    blocks: Blocks,
    columns: list[Column],
    found: Generated,
    fixings: tuple[Fixing, ...],
    visit: Visit,
    *,
    loss: float = np.inf,
) -> Landed | None:
    """Fix projects step by step, the clearest first.

    columns: the master's, which grow during the dive. found: the mixture to start from, under `fixings`. loss: persons
    that a step may cost before others are tried as well; by default only where it leads nowhere.
    """
    clear = CLEAR
    while True:
        sets = project_sets(problem, columns, found.mixture)
        if all(len(weights) <= 1 for weights in sets):
            return landed_at(problem, columns, found)
        best: tuple[tuple[Fixing, ...], Generated] | None = None
        for number, step in enumerate(islice(_steps(blocks, sets, fixings, clear), TRIES)):
            landed = visit((*fixings, *step), found)
            if landed is None:
                continue
            if best is None or landed.mixture.value > best[1].mixture.value:
                best = step, landed
            if found.mixture.value - landed.mixture.value <= loss:
                break
            if number == 0:
                clear = (1 + clear) / 2  # it cost people, be it one block or many: fewer together from here on
        if best is None:
            return None
        fixings, found = (*fixings, *best[0]), best[1]


def _steps(
    blocks: Blocks, sets: list[dict[bytes, float]], fixings: tuple[Fixing, ...], clear: float
) -> Iterator[tuple[Fixing, ...]]:
    """What could be fixed next: clear blocks together, a block, its other sets, its most disputed project alone."""
    ranked = sorted(
        ((sorted(weights.items(), key=lambda one: (-one[1], one[0])), block) for block, weights in enumerate(sets)
         if len(weights) > 1),
        key=lambda one: (-one[0][0][1], one[1]),
    )  # fmt: skip
    group = [(choices, block) for choices, block in ranked if choices[0][1] >= clear]
    if len(group) > 1:
        yield tuple(one for choices, block in group for one in _fix(blocks, block, choices[0][0], fixings))
    for choices, block in ranked:
        yield _fix(blocks, block, choices[0][0], fixings)
        yield _fix(blocks, block, choices[1][0], fixings)
        yield from _disputed(blocks, block, choices)


def _disputed(blocks: Blocks, block: int, choices: list[tuple[bytes, float]]) -> Iterator[tuple[Fixing, ...]]:
    """The project that the block's sets agree on least, decided alone: as most would have it, then otherwise."""
    built = sum(weight * np.frombuffer(key, dtype=np.bool_).astype(np.float64) for key, weight in choices)
    share = np.asarray(built) / sum(weight for _, weight in choices)
    place = int(np.argmax(np.minimum(share, 1 - share)))
    most = int(share[place] >= 0.5)
    for value in (most, 1 - most):
        yield (Fixing("project", int(blocks.project[block]) + place, value),)


def landed_at(problem: Problem, columns: list[Column], found: Generated) -> Landed | None:
    """The landing of a mixture that splits no block's projects and keeps every hard row; None where it does not."""
    sets = project_sets(problem, columns, found.mixture)
    if found.mixture.missing > MISSING or any(len(weights) != 1 for weights in sets):
        return None
    built = np.concatenate([np.frombuffer(next(iter(weights)), dtype=np.bool_) for weights in sets])
    return Landed(built, found)


def project_sets(problem: Problem, columns: list[Column], mixture: Mixture) -> list[dict[bytes, float]]:
    """Per block: weight of each set of projects (its flags as bytes) in a mixture."""
    found: list[dict[bytes, float]] = [{} for _ in range(problem.blocks)]
    for index in np.flatnonzero(mixture.weights > WHOLE):
        column = columns[index]
        key = column.built.tobytes()
        found[column.block][key] = found[column.block].get(key, 0.0) + float(mixture.weights[index])
    return found


def _fix(blocks: Blocks, block: int, key: bytes, known: tuple[Fixing, ...]) -> tuple[Fixing, ...]:
    low = int(blocks.project[block])
    done = {fixing.index for fixing in known if fixing.kind == "project"}
    flags = np.frombuffer(key, dtype=np.bool_).tolist()
    return tuple(
        Fixing("project", low + place, int(flag)) for place, flag in enumerate(flags) if low + place not in done
    )
