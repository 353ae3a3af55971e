"""The gap closed over sets of projects (Benders 1962, Geoffrion 1972), where a tree would need thousands of nodes.

Once prices are good, nearly all projects are decided, and every plan better than the best has, in each block, one of a
few sets of projects: those that lose no more at the root's prices than bound and plan are apart. These are listed, all
of them. An integer program takes one set a block such that all cuts (`cuts.py`) let them be worth the goal; these sets
are tried: column generation with the projects fixed says what they are worth, gives the prices of the next cut, and
packages where they beat the best plan. No combination left: no plan reaches the goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.benders.cuts import Cuts
from liftplan.solver.benders.tree import Combinations
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.oracle.oracle import Answer, Oracle, total_bound
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.problem import Bools, Ints, Problem, reachable

STEP = UNITS_PER_PERSON
"""Units by which the worth that is ruled out falls from one list of sets to the next."""

MOST, MOST_SETS = 400, 4_000
"""Sets of a block and of all blocks that are listed at most."""

KEPT = 60
"""Prices that are asked again when more sets are listed: the root's, and the latest."""


class Host(Protocol):
    """The search that wants its gap closed."""

    problem: Problem
    oracle: Oracle

    @property
    def goal(self) -> int:
        """What the next plan must be worth, units."""

    def enough(self) -> bool:
        """Whether the gap asked for is reached, or the search has to end."""

    def lower(self, bound: int, asked: Sequence[Floats]) -> None:
        """Take note of a proved bound, units, and the multipliers (rows,) that show it together, the root's first."""

    def attempt(self, built: Bools, start: Floats) -> Floats | None:
        """Look for plans with a choice of projects (projects,). start: (rows,) multipliers to begin with.

        Returns multipliers (rows,) that show what it is worth; None where no plan has it.
        """


@dataclass(frozen=True)
class Held:
    """A combination of sets that cuts let be worth more than the best plan, and for which no such plan was found."""

    built: Bools
    """(projects,)"""
    bound: int
    """What plans with it are worth at most, units."""
    duals: Floats
    """(rows,) multipliers near its own."""


def close(host: Host, duals: Floats, prices: Prices, answers: list[Answer]) -> list[Held] | None:
    """Bring bound and plan together. Every plan better than the host's best builds one of the choices returned.

    None where nothing of that kind is shown: the host has enough, or there are too many sets.
    duals: (rows,) multipliers of the root's bound; prices: the same as whole numbers; answers: the oracle's for every
    block at these prices.
    """
    ceiling = total_bound(prices, answers)
    if ceiling is None:
        return None
    run = _Run(host, [duals], Cuts((), host.problem.twins))
    floor = reachable(host.problem, ceiling)
    while not host.enough():
        floor = max(floor, host.goal)
        slack = (ceiling - floor >> prices.shift) + 1
        sets = host.oracle.listed(prices, answers, slack, MOST, host.enough)
        if sets is None or sum(map(len, sets)) > MOST_SETS or not run.exhausts(sets, floor):
            break
        if floor <= host.goal:
            return [one for one in run.held if one.bound >= host.goal]
        floor = reachable(host.problem, floor - STEP)
    return None


@dataclass
class _Run:
    """Listed sets, and what has been asked about them."""

    host: Host
    asked: list[Floats]
    """(rows,) multipliers of the cuts, the root's first."""
    cuts: Cuts
    held: list[Held] = field(default_factory=list)

    def exhausts(self, sets: list[Ints], floor: int) -> bool:
        """Try combinations of sets until none is worth the goal, which is `floor` (units) at least; False: cut off."""
        host = self.host
        if not all(map(len, sets)):
            host.lower(max(floor, host.goal) - 1, self.asked)
            return True
        self.cuts = self.cuts.over(sets)
        self.asked = [self.asked[0], *self.asked[1:][-KEPT:]]
        for duals in self.asked:
            self._cut(duals)
        tree = Combinations(self.cuts, max(host.goal, floor))
        while not host.enough():
            goal = max(host.goal, floor)
            chosen = tree.best(goal, host.enough)
            if chosen is None:
                if tree.exhausted:
                    host.lower(max(goal - 1, self._most_held), self.asked)
                return tree.exhausted
            host.lower(max(tree.bound, self._most_held), self.asked)
            self._try(chosen, floor)
        return False

    @property
    def _most_held(self) -> int:
        return max((one.bound for one in self.held), default=0)

    def _try(self, chosen: Ints, floor: int) -> None:
        """Find out what a combination is worth, and cut it off."""
        built = self.cuts.built(chosen)
        duals = self.host.attempt(built, self.asked[self.cuts.sharpest(chosen)])
        if duals is not None:
            for asked in (duals, 0.5 * (duals + self.asked[0])):
                self.asked.append(asked)
                self._cut(asked)
        worth = self.cuts.worth(chosen)
        if worth >= max(self.host.goal, floor):
            self.cuts.refused.append(chosen)
            self.held.append(Held(built, worth, self.asked[0] if duals is None else duals))

    def _cut(self, duals: Floats) -> None:
        prices = priced_at(self.host.problem, duals, self.host.oracle.room(self.host.problem))
        self.cuts.add(prices, self.host.oracle.values(prices, self.cuts.sets))
