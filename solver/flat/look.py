"""Looking at a set of choices: what they are worth at most, and which options no better choice takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.flat.best import Best
from liftplan.solver.flat.flows import pay
from liftplan.solver.flat.narrow import Narrowed
from liftplan.solver.flat.prices import NOTHING, Pricer, Prices
from liftplan.solver.flat.relaxation import Point, Relaxation
from liftplan.solver.problem import Bools

ZERO = 1e-7
"""A smaller fraction of an option counts as none."""


@dataclass(frozen=True)
class Looked:
    """What looking gave. The bound is proved by `prices`, one after the other, and the bound before."""

    allowed: Bools
    """(options,) what is left."""
    bound: int
    """Value's unit; NOTHING: there is no choice."""
    worth: float
    """The bound before it is lowered to what plans can reach: tells small gains apart."""
    point: Point | None
    """The relaxation's optimum over what is left; None: no better choice is left."""
    prices: tuple[Prices, ...]


class Looker:
    """Looks at sets of choices of one narrowed problem."""

    def __init__(self, narrowed: Narrowed, best: Best, relaxation: Relaxation, pricer: Pricer) -> None:
        self._narrowed, self._problem, self._best = narrowed, narrowed.problem, best
        self._relaxation, self._pricer = relaxation, pricer
        self._worth = float("inf")

    def look(self, allowed: Bools, bound: int, rounds: int) -> Looked:
        """Bound the choices from allowed options ((options,), at least one in each group), known to be <= bound.

        rounds: LPs at most, while options are left out that the LP's optimum takes.
        """
        shown: list[Prices] = []
        point = None
        self._worth = float("inf")
        for _ in range(rounds):
            self._relaxation.allow(allowed)
            point = self._relaxation.solve()
            before = allowed
            allowed, bound = self._price(self._pricer.whole(point.prices), allowed, bound, shown)
            if point.missing and not self._done(bound):
                plain = self._relaxation.solve(plain=True)
                allowed, bound = self._price(self._pricer.whole(plain.prices, plain=True), allowed, bound, shown)
            if self._done(bound):
                return Looked(allowed, bound, self._worth, None, tuple(shown))
            if not (before & ~allowed & (point.x > ZERO)).any():
                break
        if not self._problem.several(allowed).any():
            allowed, bound = self._alone(allowed, bound, shown)
            return Looked(allowed, bound, self._worth, None, tuple(shown))
        return Looked(allowed, bound, self._worth, point, tuple(shown))

    def _price(self, prices: Prices, allowed: Bools, bound: int, shown: list[Prices]) -> tuple[Bools, int]:
        """Bound at prices, and without the options that no better choice takes."""
        shown.append(prices)
        proved = self._pricer.bound(prices, allowed)
        if proved.total == NOTHING or (prices.plain and proved.total < 0):
            self._worth = -float("inf")
            return allowed, NOTHING
        least = 0 if prices.plain else self._best.better
        if not prices.plain:
            bound = min(bound, self._best.reachable(proved.total >> prices.shift))
            self._worth = min(self._worth, proved.total / 2**prices.shift)
        if least is not None and not self._done(bound):
            allowed = allowed & (proved.total - proved.loss >= least << prices.shift)
        return allowed, bound

    def _alone(self, allowed: Bools, bound: int, shown: list[Prices]) -> tuple[Bools, int]:
        """One option is left in each group: either it can be paid or it cannot."""
        choice = np.flatnonzero(allowed)
        self._best.offer(self._narrowed.choice(choice))
        refusal = pay(self._problem, self._problem.spent(choice)).refusal
        if refusal is not None:
            return self._price(Prices(refusal, 0, plain=True), allowed, bound, shown)
        return self._price(Prices(np.zeros_like(self._problem.amount), self._pricer.shift), allowed, bound, shown)

    def _done(self, bound: int) -> bool:
        return bound == NOTHING or self._best.beats(bound)
