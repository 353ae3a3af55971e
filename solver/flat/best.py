"""The best choice so far, and what a better one has to be worth."""

from __future__ import annotations

from collections.abc import Callable

from liftplan.solver.flat.flows import pay
from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Ints


class Best:
    """The best choice that sources can pay."""

    def __init__(self, problem: FlatProblem, changed: Callable[[], None]) -> None:
        """changed: called after each improvement."""
        self._problem = problem
        self._changed = changed
        self._barred = set(problem.barred.tolist())
        self.objective: int | None = None
        self.choice: Ints | None = None
        """(groups,) options."""
        self.flows: Ints | None = None
        """(entries of `payers`,)"""

    @property
    def better(self) -> int | None:
        """Least value of a better choice; None: any."""
        return None if self.objective is None else self.objective + self._problem.step

    def offer(self, choice: Ints) -> bool:
        """Take a choice (groups,) if it is better and can be paid."""
        value = int(self._problem.values[choice].sum())
        if self.beats(value) or not self._barred.isdisjoint(choice.tolist()):
            return False
        flows = pay(self._problem, self._problem.spent(choice)).flows
        if flows is None:
            return False
        self.objective, self.choice, self.flows = value, choice, flows
        self._changed()
        return True

    def beats(self, bound: int) -> bool:
        """Whether choices worth at most `bound` are no better."""
        return self.objective is not None and bound <= self.objective

    def reachable(self, bound: int) -> int:
        """The largest value of a choice that is worth at most `bound`."""
        return self._problem.reachable(bound)
