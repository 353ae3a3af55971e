"""The oracle over all blocks: runs the kernels on threads and adds the bound up exactly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from liftplan.solver.oracle.data import NONE, Static, static
from liftplan.solver.oracle.listing import list_choices, values_of
from liftplan.solver.oracle.neighbours import near_choices
from liftplan.solver.oracle.pricing import Prices
from liftplan.solver.oracle.projects import search_projects
from liftplan.solver.oracle.room import Reach, Room
from liftplan.solver.oracle.view import Found, Terms, View
from liftplan.solver.problem import Bools, Ints, Problem

Item = TypeVar("Item")

FLIP = (20, 8, 60)
"""Subgradient steps at the first and at later nodes, and nodes, to prove a project decided."""

LISTING = (12, 4_000)
"""Subgradient steps a node, and nodes, to list the choices of a block that are worth enough."""

MEMORY = 4
"""Project choices per block that the next search starts from."""


@dataclass(frozen=True)
class Effort:
    """How hard to search the projects of each block."""

    tolerance: int
    """A block's search ends when its bound is within this (units of 2^shift) of its value."""
    first_rounds: int = 20
    """Subgradient steps at the root of the search."""
    rounds: int = 12
    """Subgradient steps at later nodes."""
    nodes: int = 200
    """Nodes per block."""


@dataclass(frozen=True)
class Answer:
    """What the oracle says about one block, in units of 2^shift of the prices."""

    block: int
    value: int | None
    """Value of the plan below; None if none was found."""
    bound: int | None
    """No plan of the block is worth more; None: proved that the block has no plan at all."""
    nodes: int
    built: Ints
    take: Ints
    topup: Ints


@dataclass(frozen=True)
class Choice:
    """A plan of one block that builds certain projects and gives each household its best package within them."""

    block: int
    value: int
    """Units of 2^shift of the prices."""
    built: Ints
    take: Ints
    topup: Ints


class Oracle:
    """Prices blocks. Keeps, per block, shares and choices from call to call: they change speed, not validity."""

    def __init__(self, problem: Problem, threads: int) -> None:
        self.static: Static = static(problem)
        self._reach = Reach.of(problem)
        self.threads = threads
        self._pool = (
            ThreadPoolExecutor(threads, "oracle") if threads > 1 and len(problem.households.block) > 400 else None
        )
        self.views = self._map(lambda block: View(self.static, block), range(problem.blocks))
        self._shares = [np.zeros(len(view.town.project), dtype=np.int64) for view in self.views]
        self._shift = 0
        self.asked = 0
        """Households priced so far: a measure of work that is the same on every machine."""
        self._choices = [np.zeros((1, view.projects.stop - view.projects.start), dtype=np.int64) for view in self.views]

    def _map(self, function: Callable[[int], Item], blocks: Sequence[int]) -> list[Item]:
        return [function(block) for block in blocks] if self._pool is None else list(self._pool.map(function, blocks))

    def room(self, problem: Problem) -> Room:
        """The room that a problem needs; known in parts where it is a version of the oracle's own."""
        return Room.of(problem, self._reach)

    def close(self) -> None:
        """Stop the threads."""
        if self._pool:
            self._pool.shutdown()

    def ask(self, prices: Prices, effort: Effort, blocks: Sequence[int]) -> list[Answer]:
        """Answers for some blocks, in their order."""
        self.asked += sum(self.views[block].size for block in blocks)
        if prices.shift != self._shift:
            change = prices.shift - self._shift
            for share in self._shares:
                share[:] = _rescaled(share, change)
            self._shift = prices.shift
        return self._map(lambda block: self._ask_block(prices, effort, block), blocks)

    def options(self, prices: Prices, built: Bools, width: int) -> list[Found]:
        """Per block the packages within `width` of each household's best with some projects ((projects,)) built.

        width: units of 2^shift of the prices.
        """

        def of(view: View) -> Found:
            return view.options(prices, view.terms(prices), built[view.projects].astype(np.int64), width)

        return self._map(lambda block: of(self.views[block]), range(len(self.views)))

    def remember(self, block: int, built: Ints) -> None:
        """Start later searches of a block from this choice too."""
        kept = self._choices[block]
        if not any(np.array_equal(built, old) for old in kept):
            self._choices[block] = np.concatenate([built[None, :], kept])[:MEMORY].astype(np.int64)

    def shares(self, block: int, shift: int) -> Ints:
        """A block's shares of project costs, as they are now, in units of 2^shift."""
        change = shift - self._shift
        share = self._shares[block]
        return _rescaled(share, change)

    def decided(
        self,
        prices: Prices,
        answers: Sequence[Answer],
        slack: int,
        known: Collection[int],
        stop: Callable[[], bool] = lambda: False,
    ) -> list[tuple[int, int]]:
        """Projects (global) and their values that every block plan within `slack` of its block's bound shares.

        answers: of all blocks at these prices. slack: units of 2^shift of the prices. known: projects not to be asked
        about again. stop: looked at between projects; what was decided by then is returned.
        """
        found = self._map(lambda index: self._decided(prices, answers[index], slack, known, stop), range(len(answers)))
        return [pair for pairs in found for pair in pairs]

    def _decided(
        self, prices: Prices, answer: Answer, slack: int, known: Collection[int], stop: Callable[[], bool]
    ) -> list[tuple[int, int]]:
        if stop():
            return []
        view = self.views[answer.block]
        terms = view.terms(prices)
        free = np.flatnonzero((terms.low == 0) & (terms.high == 1))
        if answer.bound is None or answer.value is None or not len(free):
            return []
        options = view.options(prices, terms)
        pairs = []
        for project in free.tolist():
            if view.projects.start + project in known or stop():
                continue
            low, high = terms.low.copy(), terms.high.copy()
            value = int(answer.built[project])
            low[project], high[project] = 1 - value, 1 - value
            share = self._shares[answer.block].copy()
            _, bound, _, _ = search_projects(
                view.town,
                terms.project,
                low,
                high,
                options.start,
                options.options,
                self._choices[answer.block],
                share,
                0,
                *FLIP,
                answer.bound - slack,
            )
            if bound <= answer.bound - slack:
                pairs.append((view.projects.start + project, value))
        return pairs

    def near(self, prices: Prices, slack: int, most: int) -> list[Choice]:
        """Per block its best choices of projects, as far as toggling finds them: within `slack`, at most `most`."""
        found = self._map(lambda block: self._near(prices, block, slack, most), range(len(self.views)))
        return [choice for choices in found for choice in choices]

    def _near(self, prices: Prices, block: int, slack: int, most: int) -> list[Choice]:
        view = self.views[block]
        terms = view.terms(prices)
        found = view.options(prices, terms)
        bounds = terms.project, terms.low, terms.high
        values, sets = near_choices(view.town, *bounds, found.start, found.options, self._choices[block], slack, most)
        order = np.argsort(-values, kind="stable")
        order = order[values[order] >= values[order[:1]] - slack]
        choices = []
        for value, built in zip(values[order].tolist(), sets[order], strict=True):
            choices.append(Choice(block, value, built, *_best_plan(view, prices, terms, found, built)))
        return choices

    def listed(
        self,
        prices: Prices,
        answers: Sequence[Answer],
        slack: int,
        most: int,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[Ints] | None:
        """Per block all its choices of projects (choices, projects of the block) within `slack` of its block's bound.

        answers: of all blocks at these prices. slack: units of 2^shift of the prices. stop: looked at between blocks.
        None: stopped, or a block has more than `most`, or listing them takes too long.
        """
        found = self._map(lambda index: self._listed(prices, answers[index], slack, most, stop), range(len(answers)))
        if any(sets is None for sets in found):
            return None
        return [sets for sets in found if sets is not None]

    def _listed(self, prices: Prices, answer: Answer, slack: int, most: int, stop: Callable[[], bool]) -> Ints | None:
        if stop():
            return None
        view = self.views[answer.block]
        terms = view.terms(prices)
        found = view.options(prices, terms)
        if answer.bound is None:
            return np.zeros((0, len(terms.project)), dtype=np.int64)
        share = self._shares[answer.block].copy()
        bounds = terms.project, terms.low, terms.high
        least = answer.bound - slack
        whole, sets = list_choices(view.town, *bounds, found.start, found.options, share, least, most, *LISTING)
        return sets if whole else None

    def values(self, prices: Prices, sets: Sequence[Ints]) -> list[Ints]:
        """Per block what choices of its projects (choices, projects of the block) are worth; `NONE`: no plan has them.

        In units of 2^shift of the prices, exactly: each household takes its best package.
        """
        self.asked += sum(view.size for view in self.views)
        return self._map(lambda block: self._values(prices, block, sets[block]), range(len(sets)))

    def _values(self, prices: Prices, block: int, sets: Ints) -> Ints:
        view = self.views[block]
        terms = view.terms(prices)
        found = view.options(prices, terms)
        return values_of(view.town, terms.project, found.start, found.options, sets)

    def _ask_block(self, prices: Prices, effort: Effort, block: int) -> Answer:
        view = self.views[block]
        terms = view.terms(prices)
        found = view.options(prices, terms)
        value, bound, nodes, built = search_projects(
            view.town,
            terms.project,
            terms.low,
            terms.high,
            found.start,
            found.options,
            self._choices[block],
            self._shares[block],
            effort.tolerance,
            effort.first_rounds,
            effort.rounds,
            effort.nodes,
            NONE,
        )
        take = np.zeros(view.size, dtype=np.int64)
        topup = take
        if value != NONE:
            self.remember(block, built)
            take, topup = _best_plan(view, prices, terms, found, built)
        return Answer(
            block,
            None if value == NONE else int(value),
            None if bound == NONE else int(bound),
            nodes,
            built,
            take,
            topup,
        )


def _best_plan(view: View, prices: Prices, terms: Terms, found: Found, built: Ints) -> tuple[Ints, Ints]:
    """Measures (bits) and top-up (yuan) of each household: its best package within built projects."""
    take = view.with_effects(prices, built, view.packages(found, built))
    return take, view.topups(terms, take)


def _rescaled(share: Ints, change: int) -> Ints:
    """Shares in units of 2^change times the old ones; no sum of them leaves 64 bits (any shares >= 0 are valid)."""
    if change >= 0:
        return share >> change
    room = 2**60 // max(1, len(share)) >> -change
    return np.minimum(share, room) << -change


def total_bound(prices: Prices, answers: Sequence[Answer]) -> int | None:
    """UB in units of 1 (2^shift taken out again), rounded up; None: proved infeasible. All blocks must be there."""
    bounds = [answer.bound for answer in answers]
    if any(bound is None for bound in bounds):
        return None
    return (prices.fixed + sum(bound for bound in bounds if bound is not None)) << prices.shift


def total_value(prices: Prices, answers: Sequence[Answer]) -> int:
    """The same sum over the plans found: what the bound would be if each were its block's best."""
    return (prices.fixed + sum(answer.value for answer in answers if answer.value is not None)) << prices.shift
