"""Walking the tree of a block: decided projects with what follows from them, and the bound that the tree shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from liftplan.models.messages import Message, m
from liftplan.solver.certificate.bounds import IN, OPEN, OUT, Block, bound_under
from liftplan.solver.certificate.form import KEPT, LEAF, NOTHING
from liftplan.solver.problem import Ints, Problem


class Broken(Exception):
    """A certificate that does not hold together."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class Sites:
    """The projects of one block and what their decisions entail (R8)."""

    def __init__(self, problem: Problem, needed: Sequence[frozenset[int]], span: slice) -> None:
        """needed: the closures of all projects. span: the block's projects."""
        size, first = span.stop - span.start, span.start
        self.groups = problem.projects.group[span]
        self.low, self.high = problem.projects.low[span], problem.projects.high[span]
        self._needs = [[other - first for other in needed[first + site]] for site in range(size)]
        self._needed_by: list[list[int]] = [[] for _ in range(size)]
        for site, others in enumerate(self._needs):
            for other in others:
                self._needed_by[other].append(site)

    def decide(self, status: Ints, site: int, built: bool) -> Ints | None:
        """A new status with one more decision and all that follows; None on contradiction."""
        status = status.copy()
        for member in self._needs[site] if built else self._needed_by[site]:
            wanted = IN if built else OUT
            if status[member] == (OUT if built else IN):
                return None
            if status[member] == wanted:
                continue
            status[member] = wanted
            if built and self.groups[member] >= 0:
                for other in np.flatnonzero(self.groups == self.groups[member]).tolist():
                    if other != member:
                        further = self.decide(status, other, built=False)
                        if further is None:
                            return None
                        status = further
        return status

    def start(self, low: Ints, high: Ints) -> Ints | None:
        """What bounds of the projects (of the block) leave open; None on contradiction."""
        status: Ints | None = np.full(len(self.groups), OPEN, dtype=np.int64)
        for site in range(len(self.groups)):
            if status is not None and (low[site] > 0 or high[site] == 0):
                status = None if low[site] > high[site] else self.decide(status, site, bool(low[site] > 0))
        return status


def bound_by(tree: Sequence[int], sites: Sites, block: Block, start: Ints | None, shares: Ints) -> int | None:
    """The bound that a block's tree shows; None: it shows that the block has no plan. Raises Broken."""
    highest, kept = walked(tree, sites, block, start, shares)
    if kept:
        raise Broken(m("a tree keeps choices where none are looked at"))
    return highest


def walked(
    tree: Sequence[int], sites: Sites, block: Block, start: Ints | None, shares: Ints
) -> tuple[int | None, list[Ints]]:
    """The bound that the leaves of a block's tree show, None for no plan, and the choices it keeps. Raises Broken.

    Choices: (projects of the block,) 1 where built.
    """
    stack, place = [start], 0
    highest: int | None = None
    kept: list[Ints] = []
    while stack:
        if place >= len(tree):
            raise Broken(m("a tree ends before it covers every case"))
        status, entry = stack.pop(), tree[place]
        place += 1
        if entry == NOTHING:
            if status is not None:
                raise Broken(m("a tree calls possible decisions contradictory"))
        elif entry == LEAF:
            bound = None if status is None else bound_under(block, status, shares, sites.groups)
            if bound is not None:
                highest = bound if highest is None else max(highest, bound)
        elif entry == KEPT:
            if status is None or (status == OPEN).any():
                raise Broken(m("a tree keeps a choice that is open or contradictory"))
            kept.append(status)
        elif status is None or not 0 <= entry < len(status) or status[entry] != OPEN:
            raise Broken(m("a tree branches where nothing is open"))
        else:
            stack += [sites.decide(status, entry, built=True), sites.decide(status, entry, built=False)]
    if place != len(tree):
        raise Broken(m("a tree goes on after it has covered every case"))
    return highest, kept
