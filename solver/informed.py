"""A search that knows beforehand what plans are worth: at least, and about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.dive import Landed
from liftplan.solver.generation import MISSING, Generated, Limits, generate
from liftplan.solver.master import Mixture
from liftplan.solver.nodes import Leaf, Node
from liftplan.solver.problem import Bools, Problem
from liftplan.solver.search import Search

WIDE_AIM, WIDE_DIVE, WIDE_NEAR, WIDE_LOSS = 0.3, 0.12, 0.5, 0.8
"""Parts of the gap asked for, where there was an earlier plan: within which the root's bound and mixture are to meet,
but for a person that a plan may lose; within which a step of the first dive is near enough to its prices; that it may
cost before prices are adapted, and each time that they are; and that the whole dive may cost."""

WIDE = 5.0
"""Persons of a gap from which on it is wide."""

MOST_BETTER = 2.0
"""Times the worth of what could be used of an earlier plan that a plan is expected to have at most."""


@dataclass
class Informed(Search):
    """A search whose first bound, as long as there is no plan, is taken no further than it can decide something."""

    expected: float = 0.0
    """Persons that the best plan is likely to be worth, if there is one; 0: nobody knows."""
    missed: bool = False
    """Whether what a wide gap seemed to leave room for missed it, in this look at the root."""

    def _limits(self) -> Limits:
        """As exact as the gap asks for at what is expected; and no further once no plan can be worth so little."""
        limits = super()._limits()
        if self.nodes > 1:
            return limits
        lowest, known = least(self.problem), self.expected
        if self.best is not None:
            lowest, known = limits.cutoff, MOST_BETTER * self.best.objective / UNITS_PER_PERSON
        if self._value > 1:
            known = self._value
        aim = self._aim(min(self.expected, known))
        return replace(limits, tolerance=max(limits.tolerance, aim), cutoff=lowest)

    def _aim(self, value: float) -> float:
        return max(super()._aim(value), WIDE_AIM * self._wide(value) - 1.0)

    @property
    def _dive_tolerance(self) -> float:
        return max(super()._dive_tolerance, WIDE_DIVE * self._wide(self._value) if self.nodes == 1 else 0.0)

    @property
    def _root_near(self) -> float:
        return max(super()._root_near, WIDE_NEAR * self._wide(self._value))

    def _dive_cutoff(self, found: Generated) -> int | None:
        cutoff, wide = super()._dive_cutoff(found), self._wide(self._value) if self.nodes == 1 else 0.0
        if not wide:
            return cutoff
        lowest = int((found.value - WIDE_LOSS * wide) * UNITS_PER_PERSON)
        return lowest if cutoff is None else max(cutoff, lowest)

    def _wide(self, value: float) -> float:
        """Persons of the gap asked for, where they are some and there was an earlier plan."""
        gap = self.settings.gap * value
        return gap if self.expected and gap >= WIDE and not self.missed else 0.0

    def _first_landing(self, node: Node, found: Generated) -> Landed | None:
        """Where a dive ends that a wide gap leaves room for; if that is too far down, one as if it were narrow."""
        landed = super()._first_landing(node, found)
        if not self._wide(self._value) or (landed is not None and self._near_enough_at(landed.found.value)):
            return landed
        self.missed = True
        return super()._first_landing(node, found) or landed

    def _near_enough_at(self, value: float) -> bool:
        """Whether a plan of so many persons would be within the gap asked for."""
        return self.bound is None or self.bound / UNITS_PER_PERSON - value <= self.settings.gap * value

    def _rows_matter(self, left_out: Bools) -> bool:
        again = super()._rows_matter(left_out)
        if again:
            self.missed = False  # with these rows there may be room
        return again

    def _once_more(self, node: Node, found: Generated) -> None:
        """Where a wide gap is missed all the same: a dive as if it were narrow."""
        if self._wide(self._value):
            self.missed = True
            self._dive_first(node, found)

    def _bound(self, problem: Problem, node: Node, before: Generated | None = None) -> Generated | None:
        """At the root, until block plans are mixed that keep all rows: whether a bound shows that nothing does.

        Once: a root that is looked at again has a bound.
        """
        lowest = least(problem)
        if self.best is not None or self.nodes > 1 or lowest is None or node.bound is not None:
            return super()._bound(problem, node, before)
        found = generate(problem, self.oracle, self.master, node.start, self._limits(), self._kept_or_over)
        if found.bound is None or found.bound < lowest:
            self.tree.close(Leaf(node.fixings, None, found.duals))
            return None
        whole = found if found.mixture.missing < MISSING else None
        return super()._bound(problem, replace(node, bound=found.bound, duals=found.duals, start=found.center), whole)

    def _kept_or_over(self, bound: int | None, mixture: Mixture) -> bool:
        return self._report(bound, mixture) or mixture.missing < MISSING


def least(problem: Problem) -> int | None:
    """What every plan is worth at least, units; None where something has a price, so that plans may be worth less."""
    homes = problem.households
    gains = (homes.worth, homes.touch_worth, homes.need_worth, problem.projects.worth, problem.measures.worth)
    prices = (problem.rows.price, homes.minimum_price, homes.maximum_price)
    if problem.arc_cost or any((gain < 0).any() for gain in gains) or any((price > 0).any() for price in prices):
        return None
    return problem.constant
