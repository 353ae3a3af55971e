"""Who pays what: whole flows from sources into classes, by augmenting paths. Exact, and always decided.

First each source's minimum is spent, then the rest of what classes cost is paid. A path that spends more from one
source leaves what the others spend as it is, so that minimums stay kept (Ford and Fulkerson 1962, chapter 2). Where no
path is left, the nodes that were reached are a cut, and prices of 1 or -1 on its sources prove that nobody can pay.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from liftplan.solver.flat.problem import FlatProblem
from liftplan.solver.problem import Ints


@dataclass(frozen=True)
class Payment:
    """Flows, or plain prices that prove that there are none."""

    flows: Ints | None
    """(entries of `problem.payers`,) whole units."""
    refusal: Ints | None
    """(sources,) plain prices of -1, 0 or 1 whose bound is below 0."""


def pay(problem: FlatProblem, spent: Ints) -> Payment:
    """Pay exactly `spent` (classes,) within every source's minimum and amount."""
    network = _Network(problem, spent)
    idle = network.raise_to(problem.minimum)
    if idle is not None:
        return Payment(None, network.marked(network.beside(idle), -1))
    network.raise_to(problem.amount)
    unpaid = [name for name, due in enumerate(network.due) if due]
    if unpaid:
        return Payment(None, network.marked(network.behind(unpaid), 1))
    return Payment(network.flows(), None)


class _Network:
    """Flows under construction."""

    def __init__(self, problem: FlatProblem, spent: Ints) -> None:
        self.due: list[int] = spent.tolist()
        """What is still to be paid, by class."""
        self._payers = problem.payers
        self._used = [0] * len(problem.sources)
        self._pays: list[list[int]] = [[] for _ in problem.sources]
        self._paid: list[dict[int, int]] = [{} for _ in self.due]
        """By class: source -> flow > 0."""
        for name, source in zip(problem.payers.owner_of_entry().tolist(), problem.payers.index.tolist(), strict=True):
            self._pays[source].append(name)

    def raise_to(self, limits: Ints) -> int | None:
        """Spend as much as `limits` (sources,) and what is due allow. Returns a source that stays below, or None."""
        idle = None
        for source, limit in enumerate(limits.tolist()):
            for name in self._pays[source]:
                self._give(source, name, min(limit - self._used[source], self.due[name]))
            while self._used[source] < limit and self._push(source, limit - self._used[source]):
                pass
            if self._used[source] < limit:
                idle = source
        return idle

    def _give(self, source: int, name: int, flow: int) -> None:
        if flow > 0:
            self._paid[name][source] = self._paid[name].get(source, 0) + flow
            self._used[source] += flow
            self.due[name] -= flow

    def _push(self, first: int, most: int) -> int:
        """Spend up to `most` more from a source by way of others that pay something else instead; how much."""
        came: dict[int, tuple[int, int]] = {}
        """Source -> the one that takes over a class from it, and the class."""
        seen = {first}
        waiting = deque([first])
        while waiting:
            source = waiting.popleft()
            for name in self._pays[source]:
                if self.due[name]:
                    return self._along(first, source, name, came, most)
                for other in self._paid[name]:
                    if other not in seen:
                        seen.add(other)
                        came[other] = source, name
                        waiting.append(other)
        return 0

    def _along(self, first: int, last: int, name: int, came: dict[int, tuple[int, int]], most: int) -> int:
        flow, source = min(most, self.due[name]), last
        while source != first:
            before, through = came[source]
            flow = min(flow, self._paid[through][source])
            source = before
        self._give(last, name, flow)
        source = last
        while source != first:
            before, through = came[source]
            self._paid[through][before] = self._paid[through].get(before, 0) + flow
            self._paid[through][source] -= flow
            if not self._paid[through][source]:
                del self._paid[through][source]
            self._used[source] -= flow
            self._used[before] += flow
            source = before
        return flow

    def beside(self, idle: int) -> set[int]:
        """The sources that could spend in place of what `idle` would take over: they pay all that any of them may."""
        reached, waiting = {idle}, [idle]
        while waiting:
            for name in self._pays[waiting.pop()]:
                waiting += [source for source in self._paid[name] if source not in reached]
                reached.update(self._paid[name])
        return reached

    def behind(self, unpaid: list[int]) -> set[int]:
        """The sources whose spending, all of it, goes where some of it is missing."""
        reached: set[int] = set()
        known, waiting = set(unpaid), list(unpaid)
        while waiting:
            for source in self._payers.of(waiting.pop())[0].tolist():
                if source not in reached:
                    reached.add(source)
                    more = [name for name in self._pays[source] if source in self._paid[name] and name not in known]
                    known.update(more)
                    waiting += more
        return reached

    def marked(self, sources: Iterable[int], price: int) -> Ints:
        """(sources,) `price` for some, 0 for the others."""
        prices = np.zeros(len(self._used), dtype=np.int64)
        prices[list(sources)] = price
        return prices

    def flows(self) -> Ints:
        """(entries of payers,) what each source pays."""
        owner = self._payers.owner_of_entry().tolist()
        pairs = zip(owner, self._payers.index.tolist(), strict=True)
        return np.array([self._paid[name].get(source, 0) for name, source in pairs], dtype=np.int64)
