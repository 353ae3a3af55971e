"""Column generation: the master gives prices, the oracle gives columns and a proved bound, until the two meet.

Most rounds ask the oracle for good plans only: a plan found by local search steers as well as the best one. What is
asked exactly, branching on projects, is the bound, and that only once quick rounds find nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.columns import make_columns
from liftplan.solver.engines.highs import Floats
from liftplan.solver.master import Master, Mixture, grid
from liftplan.solver.oracle.oracle import Answer, Choice, Effort, Oracle, total_bound, total_value
from liftplan.solver.oracle.pricing import Prices, price
from liftplan.solver.oracle.room import Room
from liftplan.solver.problem import Problem

MISSING = 1e-6
"""Scaled artificial shortfall (1 = 10,000 yuan) below which a mixture keeps the hard rows, as the engine sees it."""

SMOOTHING = 0.3
"""Share of the best prices so far in the prices asked (Wentges 1997)."""

CLOSING, STALE = 0.9, 6
"""Exact rounds that do not bring bound and master to less than this part of their distance, until a node is left."""

BELOW = 0.1
"""Part of the distance to a goal out of reach within which bound and master value count as met."""

QUICK_ROUNDS = 2
"""Subgradient steps on the shares where only a good plan is wanted."""


@dataclass(frozen=True)
class Generated:
    """What column generation found for one node."""

    bound: int | None
    """Proved upper bound in units, phase one: of minus the artificial shortfall. None: proved infeasible."""
    mixture: Mixture
    """Last solution of the master."""
    duals: Floats
    """(rows,) multipliers that prove the bound."""
    center: Floats
    """(rows,) multipliers of the best value: where to go on from."""
    value: float
    """What the plans found at the best prices add up to, persons: about the bound, but not proved."""


Report = Callable[[int | None, Mixture], bool]
"""Called each round with the best bound and the mixture; True stops."""


@dataclass(frozen=True)
class Limits:
    """When to stop."""

    tolerance: float
    """Persons between bound and master value that count as met."""
    rounds: int = 400
    cutoff: int | None = None
    """Stop once the bound is below this (units): the node is done with."""
    nodes: int = 400
    """Oracle's nodes per block in an exact round."""
    shares: int = QUICK_ROUNDS
    """Subgradient steps on the oracle's shares in a quick round: what bounds need, not values."""
    goal: float = -np.inf
    """Persons below which it matters less how much below: `tolerance` grows with the distance then."""


class _Rounds:
    """Prices, mixture and bound of one column generation, from round to round."""

    def __init__(
        self,
        problem: Problem,
        oracle: Oracle,
        master: Master,
        start: Floats,
        limits: Limits,
        inherited: int | None,
        proof: Floats,
    ) -> None:
        self._problem, self._oracle, self._master, self._limits = problem, oracle, master, limits
        self._room: Room | None = None
        self.bound, self.duals = inherited, proof
        self.center, self.value = start, np.inf
        self.asked = start
        self.mixture = master.solve()
        self.number = 0
        self.impossible = False

    @property
    def width(self) -> float:
        """Persons between the best value and the master."""
        return max(0.0, self.value - self.mixture.value)

    @property
    def whole(self) -> bool:
        """Whether the mixture keeps every hard row."""
        return self.mixture.missing < MISSING

    def ask(self, exact: bool) -> bool:
        """One round at `asked`; whether the master gained columns. Raises InternalError if bound and value cross."""
        self.number += 1
        problem = self._problem
        self._room = self._room or self._oracle.room(problem)
        prices = priced_at(problem, self.asked, self._room)
        answers = self._oracle.ask(prices, self._effort(prices, exact), range(problem.blocks))
        bound = total_bound(prices, answers)
        if bound is None:
            self.impossible, self.duals = True, self.asked
            return False
        if self.bound is None or bound < self.bound:
            self.bound, self.duals = bound, self.asked
        value = total_value(prices, answers) / UNITS_PER_PERSON
        if value < self.value:
            self.center, self.value = self.asked, value
        improving = add_columns(problem, self._oracle, self._master, answers) > 0
        if improving:
            self.mixture = self._master.solve()
        self._require()
        return improving

    def move(self, improving: bool) -> None:
        """Where to ask next: between the best prices and the master's, or just there if nothing was gained."""
        duals = self.mixture.duals
        self.asked = SMOOTHING * self.center + (1.0 - SMOOTHING) * duals if improving else duals

    def go_on(self, before: Generated) -> None:
        """Take over what was found before on the same problem, and go on from there."""
        self.center, self.value = before.center, before.value
        self.move(True)

    def _require(self) -> None:
        """Bound >= master value, in every round."""
        value = int(np.floor(self.mixture.value * UNITS_PER_PERSON))
        slack = int(1e-6 * UNITS_PER_PERSON * max(1.0, abs(self.mixture.value)))
        if self.whole and self.bound is not None and self.bound < value - slack:
            raise InternalError(f"the bound {self.bound} is below the master's value {value}")

    def _effort(self, prices: Prices, exact: bool) -> Effort:
        """Search as sharply as the present width deserves."""
        blocks, tolerance = max(1, self._problem.blocks), self._limits.tolerance
        width = self.width if np.isfinite(self.width) else float(blocks)
        if exact:
            share = 0.3 * max(tolerance, 0.2 * min(width, 1.0)) / blocks
            return Effort(units(share, prices), nodes=self._limits.nodes)
        share = max(tolerance, 0.05 * width) / blocks
        return Effort(units(share, prices), first_rounds=self._limits.shares, nodes=1)

    def result(self) -> Generated:
        """What has been reached."""
        bound = None if self.impossible else self.bound
        return Generated(bound, self.mixture, self.duals, self.center, self.value)


def generate(
    problem: Problem,
    oracle: Oracle,
    master: Master,
    start: Floats,
    limits: Limits,
    report: Report,
    inherited: tuple[int, Floats] | None = None,
    before: Generated | None = None,
) -> Generated:
    """Solve the master over all block plans of `problem` (a node may bound decisions otherwise than the master).

    start: (rows,) multipliers to ask first. inherited: a bound known before, units, and the multipliers that prove it.
    before: a generation on the same problem to go on with, from there and not from `start`. Raises InternalError if a
    bound falls below the master's value.
    """
    bound, proof = (None, start) if inherited is None else inherited
    run = _Rounds(problem, oracle, master, start, limits, bound, proof)
    if before is not None:
        run.go_on(before)
    exact = at_master = False
    apart, stale = np.inf, 0
    while run.number < limits.rounds:
        improving = run.ask(exact)
        if run.impossible or run.bound is None:
            return run.result()
        left = run.bound / UNITS_PER_PERSON - run.mixture.value
        stale = 0 if left < CLOSING * apart or not (run.whole and exact) else stale + 1
        apart = apart if stale else left
        met = run.whole and (left <= limits.tolerance or stale >= STALE)
        stop = report(run.bound, run.mixture)
        below = limits.cutoff is not None and run.bound < limits.cutoff
        if met or stop or below or (exact and at_master and not improving):
            return run.result()
        run.move(improving)
        at_master = not improving
        exact = at_master or (run.whole and run.width <= limits.tolerance)
        if limits.cutoff is not None and run.value * UNITS_PER_PERSON < limits.cutoff:
            # these prices seem to show that the node is done with: prove it
            run.asked, exact, at_master = run.center, True, False
    return run.result()


def steer(
    problem: Problem,
    oracle: Oracle,
    master: Master,
    start: Floats,
    limits: Limits,
    stop: Callable[[], bool],
    above: Generated | None = None,
    near: float = 0.0,
) -> Generated | None:
    """Prices and a mixture as good as quick rounds give; None where they show nothing as good as the cutoff.

    above: what was found before the problem was restricted; a mixture that costs no more than `near` persons and is not
    below the cutoff will do, and where there is one at once, so do its prices.
    """
    run = _Rounds(problem, oracle, master, start, limits, None, start)
    cutoff = -np.inf if limits.cutoff is None else limits.cutoff / UNITS_PER_PERSON
    enough = np.inf if above is None else max(above.value - near, cutoff)
    if above is not None and run.whole and run.mixture.value >= enough:
        return replace(above, mixture=run.mixture)
    at_master = False
    while run.number < limits.rounds:
        improving = run.ask(False)
        if run.impossible or run.value < cutoff or stop():
            return None
        near_enough = run.width <= max(limits.tolerance, BELOW * (limits.goal - run.value))
        met = run.whole and (near_enough or run.mixture.value >= enough)
        if met or (at_master and not improving):
            break
        run.move(improving)
        at_master = not improving
    return run.result()


def priced_at(problem: Problem, duals: Floats, room: Room | None = None) -> Prices:
    """Prices of everything at multipliers in persons per row unit, on the finest grid that cannot overflow.

    room: what this problem needs (`Oracle.room`); None: worked out here, which takes longer than pricing.
    """
    shift = (room or Room.of(problem)).shift(np.maximum(duals, 0.0) * float(UNITS_PER_PERSON))
    return price(problem, grid(duals, shift), shift)


def units(persons: float, prices: Prices) -> int:
    """Persons in the unit of prices, rounded down."""
    return int(persons * UNITS_PER_PERSON) >> prices.shift


def add_columns(problem: Problem, oracle: Oracle, master: Master, found: Sequence[Answer | Choice]) -> int:
    """Give the master the plans in the oracle's answers, or its choices; how many were new."""
    new = [plan for plan in found if plan.value is not None and not master.has(plan)]
    return master.add(make_columns(problem, oracle.static.blocks, new))
