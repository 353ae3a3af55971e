"""Diving: take the clearest option of the relaxation, solve it again, until all groups are decided."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.flat.best import Best
from liftplan.solver.flat.look import Looker
from liftplan.solver.flat.narrow import Narrowed
from liftplan.solver.problem import Bools, Ints

NEAR = 1e-6
"""A fraction within this of 0 or 1 counts as whole."""

NOISE = 0.5
"""Largest change of a fraction in dives after the first, so that they end elsewhere."""


def rounded(start: Ints, x: Floats, allowed: Bools | None = None) -> Ints:
    """(groups,) the allowed option of each group with the largest fraction; start: (groups + 1,)."""
    shown = x if allowed is None else np.where(allowed, x, -1.0)
    top = np.repeat(np.maximum.reduceat(shown, start[:-1]), np.diff(start))
    best: Ints = np.maximum.reduceat(np.where(shown == top, np.arange(len(x)), -1), start[:-1])
    return best


def dive(
    narrowed: Narrowed, looker: Looker, best: Best, bound: int, seed: int | None, stop: Callable[[], bool]
) -> None:
    """Offer the choices met on one way down. bound: proved for all choices; seed: None takes the clearest way."""
    problem = narrowed.problem
    rng = None if seed is None else np.random.default_rng(seed)
    looked = looker.look(np.ones(problem.options, dtype=np.bool_), bound, 1)
    while looked.point is not None and not stop():
        x, allowed = looked.point.x, looked.allowed
        best.offer(narrowed.choice(rounded(problem.start, x, allowed)))
        open_ones = np.flatnonzero((x > NEAR) & (x < 1.0 - NEAR) & problem.several(allowed))
        if not len(open_ones):
            break
        clear = x[open_ones] if rng is None else x[open_ones] + NOISE * rng.random(len(open_ones))
        option = int(open_ones[np.argmax(clear)])
        taken = allowed & (problem.group != problem.group[option])
        taken[option] = True
        without = allowed.copy()
        without[option] = False
        bound = looked.bound
        looked = looker.look(taken, bound, 1)
        if looked.point is None:
            looked = looker.look(without, bound, 1)
