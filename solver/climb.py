"""Climbing: from the projects of a dive to better ones, a block at a time, at the prices of the projects themselves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.dive import Landed, landed_at
from liftplan.solver.generation import QUICK_ROUNDS, Generated, priced_at
from liftplan.solver.master import Master
from liftplan.solver.nodes import Fixing, restricted
from liftplan.solver.oracle.oracle import Answer, Effort, Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Bools, Problem

TRIES = 12
"""Changes that are tried in all."""

LEAST = 0.02
"""Persons that a change must promise, and bring."""

Evaluate = Callable[[tuple[Fixing, ...]], Generated | None]
"""Prices and mixture with all projects decided; None: nothing as good as the best plan."""


def climb(problem: Problem, oracle: Oracle, master: Master, landed: Landed, evaluate: Evaluate) -> Landed:
    """Exchange one block's projects for those that the present prices prefer, while that brings more.

    problem: with the bounds of the node. Returns the best landing, the first one if nothing is better.
    """
    barred: set[tuple[int, bytes]] = set()
    for _ in range(TRIES):
        wishes = [
            wish for wish in _wishes(problem, oracle, landed) if (wish[1].block, wish[1].built.tobytes()) not in barred
        ]
        if not wishes:
            break
        _, answer = wishes[0]
        barred.add((answer.block, answer.built.tobytes()))
        built = landed.built.copy()
        built[oracle.views[answer.block].projects] = answer.built > 0
        fixings = all_fixed(built)
        found = evaluate(fixings)
        if found is None or found.value < landed.found.value + LEAST:
            continue
        better = landed_at(problem, master.columns, found, fixings)
        if better is not None:
            landed = better
    return landed


def all_fixed(built: Bools) -> tuple[Fixing, ...]:
    """Every project decided."""
    return tuple(Fixing("project", index, int(value)) for index, value in enumerate(built.tolist()))


def _wishes(problem: Problem, oracle: Oracle, landed: Landed) -> list[tuple[float, Answer]]:
    """Blocks that would rather have other projects: what that promises in persons, most first."""
    prices = priced_at(problem, landed.found.duals)
    fixed = price(restricted(problem, all_fixed(landed.built)), prices.rows, prices.shift)
    effort = Effort(0, first_rounds=QUICK_ROUNDS, nodes=1)
    blocks = range(problem.blocks)
    wishes = []
    for now, other in zip(oracle.ask(fixed, effort, blocks), oracle.ask(prices, effort, blocks), strict=True):
        if now.value is None or other.value is None or np.array_equal(now.built, other.built):
            continue
        gain = float((other.value - now.value) << prices.shift) / UNITS_PER_PERSON
        if gain >= LEAST:
            wishes.append((gain, other))
    return sorted(wishes, key=lambda wish: (-wish[0], wish[1].block))
