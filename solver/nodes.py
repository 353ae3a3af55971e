"""Nodes of the search tree: the problem with some decisions fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.master import Mixture
from liftplan.solver.oracle.data import Blocks
from liftplan.solver.problem import HARD, Bools, Ints, Problem

WHOLE = 1e-6
"""Fractions nearer than this to 0 or 1 count as whole."""

Kind = Literal["project", "lift", "measure"]


@dataclass(frozen=True)
class Fixing:
    """One decision: a project is built or not, a household lifted or not, a measure taken or not."""

    kind: Kind
    index: int
    value: int


@dataclass(frozen=True)
class Node:
    """A part of all plans: those that keep the fixings."""

    fixings: tuple[Fixing, ...]
    bound: int | None
    """Proved upper bound inherited from the parent, units."""
    duals: Floats
    """(rows,) multipliers that prove it."""
    start: Floats
    """(rows,) multipliers to begin with."""


@dataclass(frozen=True)
class Leaf:
    """A part of all plans that is done with."""

    fixings: tuple[Fixing, ...]
    bound: int | None
    """Proved upper bound at the multipliers, units; None: the part holds no plan."""
    duals: Floats
    """(rows,) multipliers that prove it."""
    plain: bool = False
    """Whether the multipliers prove that the part holds no plan, on the problem in which nothing is worth anything."""


def restricted(problem: Problem, fixings: tuple[Fixing, ...]) -> Problem:
    """The problem of a node."""
    if not fixings:
        return problem
    projects, households, measures = problem.projects, problem.households, problem.measures
    arrays = {
        "project": (projects.low.copy(), projects.high.copy()),
        "lift": (households.lift_low.copy(), households.lift_high.copy()),
        "measure": (measures.low.copy(), measures.high.copy()),
    }
    for fixing in fixings:
        low, high = arrays[fixing.kind]
        if fixing.value:
            low[fixing.index] = 1
        else:
            high[fixing.index] = 0
    return replace(
        problem,
        projects=replace(projects, low=arrays["project"][0], high=arrays["project"][1]),
        households=replace(households, lift_low=arrays["lift"][0], lift_high=arrays["lift"][1]),
        measures=replace(measures, low=arrays["measure"][0], high=arrays["measure"][1]),
    )


def deciding(built: Bools) -> tuple[Fixing, ...]:
    """Fixings that decide every project: built (projects,) says how."""
    return tuple(Fixing("project", index, int(value)) for index, value in enumerate(built.tolist()))


def spread(problem: Problem, fixings: tuple[Fixing, ...]) -> tuple[Fixing, ...]:
    """Fixings with what they decide of copies in other blocks."""
    if not problem.twins or not fixings:
        return fixings
    members: dict[int, tuple[int, ...]] = {}
    for site, copy in problem.twins:
        members[site] = (*members.get(site, (site,)), copy)
    alike = {one: group for group in members.values() for one in group}
    wanted = dict.fromkeys(
        Fixing("project", one, fixing.value)
        for fixing in fixings
        if fixing.kind == "project"
        for one in alike.get(fixing.index, ())
    )
    return (*fixings, *(one for one in wanted if one not in set(fixings)))


@dataclass(frozen=True)
class Fractions:
    """How much of each decision a mixture takes."""

    built: Floats
    """(projects,)"""
    lifted: Floats
    """(households,)"""
    taken: Floats
    """(measures,)"""

    @property
    def whole(self) -> bool:
        """No decision is split."""
        return all(
            bool((np.minimum(values, 1 - values) <= WHOLE).all()) for values in (self.built, self.lifted, self.taken)
        )


def fractions(problem: Problem, blocks: Blocks, columns: list[Column], mixture: Mixture) -> Fractions:
    """Decisions of a mixture of `columns` (the master's)."""
    built = np.zeros(len(problem.projects.block))
    lifted = np.zeros(len(problem.households.block))
    taken = np.zeros(len(problem.measures.household))
    place = np.arange(len(taken), dtype=np.int64)
    place -= problem.households.measures.start[problem.measures.household]
    for index in np.flatnonzero(mixture.weights > 1e-9):
        column, weight = columns[index], mixture.weights[index]
        low, high = int(blocks.household[column.block]), int(blocks.household[column.block + 1])
        built[blocks.project[column.block] : blocks.project[column.block + 1]] += weight * column.built
        lifted[low:high] += weight * column.lifted
        span = slice(int(problem.households.measures.start[low]), int(problem.households.measures.start[high]))
        bits = column.take[problem.measures.household[span] - low] >> place[span] & 1
        taken[span] += weight * bits
    return Fractions(built, lifted, taken)


def branching(problem: Problem, fixed: Problem, found: Fractions) -> tuple[Kind, int] | None:
    """What to decide next: the project, else household, else measure that is split most; else anything still open.

    fixed: the node's problem. None if everything is decided.
    """
    for kind, values, weight in (
        ("project", found.built, np.ones(len(found.built))),
        ("lift", found.lifted, problem.households.persons.astype(np.float64)),
        ("measure", found.taken, np.ones(len(found.taken))),
    ):
        split = np.minimum(values, 1 - values)
        if kind == "measure":
            split = np.where(problem.measures.automatic, 0.0, split)
        if len(split) and split.max() > WHOLE:
            score = np.where(split > WHOLE, split * weight, 0.0)
            return kind, int(np.argmax(score))  # type: ignore[return-value]
    open_projects = np.flatnonzero((fixed.projects.low == 0) & (fixed.projects.high == 1))
    if len(open_projects):
        return "project", int(open_projects[0])
    measures = fixed.measures
    open_measures = np.flatnonzero((measures.low == 0) & (measures.high == 1) & ~measures.automatic)
    if len(open_measures):
        return "measure", int(open_measures[0])
    return None


def feasibility(problem: Problem) -> Problem:
    """The same problem worth nothing: its bound is below 0 exactly when prices prove that no plan keeps the rows."""
    projects, households, measures = problem.projects, problem.households, problem.measures

    def zero(values: Ints) -> Ints:
        return np.zeros_like(values)

    def free(prices: Ints) -> Ints:
        return np.where(prices == HARD, HARD, 0)

    return replace(
        problem,
        rows=replace(problem.rows, price=free(problem.rows.price)),
        projects=replace(projects, worth=zero(projects.worth)),
        households=replace(
            households,
            worth=zero(households.worth),
            minimum_price=free(households.minimum_price),
            maximum_price=free(households.maximum_price),
            touch_worth=zero(households.touch_worth),
            need_worth=zero(households.need_worth),
        ),
        measures=replace(measures, worth=zero(measures.worth)),
        constant=0,
        granularity=1,
        arc_cost=0,
    )


class Kept:
    """Which of the master's columns keep fixings, answered without looking at every column again and again."""

    def __init__(self, problem: Problem, blocks: Blocks, columns: list[Column]) -> None:
        """columns: the master's list, which may grow."""
        self._problem, self._blocks, self._columns = problem, blocks, columns
        self._place = np.arange(len(problem.projects.block)) - blocks.project[problem.projects.block]
        self._widest = int(np.diff(blocks.project).max(initial=0))
        self._built, self._block = self._table(())

    def allowed(self, fixings: tuple[Fixing, ...]) -> Bools:
        """(columns,) which columns keep the fixings."""
        if len(self._columns) > len(self._block):
            built, block = self._table(self._columns[len(self._block) :])
            self._built, self._block = np.concatenate([self._built, built]), np.concatenate([self._block, block])
        return self._keep(self._columns, self._built, self._block, fixings)

    def holds(self, plan: Sequence[Column], fixings: tuple[Fixing, ...]) -> bool:
        """Whether a plan, given as one column per block, keeps the fixings."""
        return bool(self._keep(plan, *self._table(plan), fixings).all())

    def _table(self, columns: Sequence[Column]) -> tuple[Bools, Ints]:
        """(columns, projects of the widest block) what each column builds, padded; and its block."""
        built = np.zeros((len(columns), self._widest), dtype=np.bool_)
        for row, column in zip(built, columns, strict=True):
            row[: len(column.built)] = column.built
        return built, np.array([column.block for column in columns], dtype=np.int64)

    def _keep(self, columns: Sequence[Column], built: Bools, block: Ints, fixings: tuple[Fixing, ...]) -> Bools:
        """(columns,) which of these keep the fixings. built, block: of each."""
        sites = [(fixing.index, fixing.value) for fixing in fixings if fixing.kind == "project"]
        kept = np.ones(len(columns), dtype=np.bool_)
        if sites:
            index, value = np.array(sites).T
            places = self._problem.projects.block[index], self._place[index]
            must = np.zeros((self._problem.blocks, self._widest), dtype=np.bool_)
            must_not = must.copy()
            must[places[0][value > 0], places[1][value > 0]] = True
            must_not[places[0][value == 0], places[1][value == 0]] = True
            kept &= ((built | ~must[block]) & ~(built & must_not[block])).all(axis=1)
        for fixing in fixings:
            if fixing.kind != "project":
                self._keep_home(columns, block, fixing, kept)
        return kept

    def _keep_home(self, columns: Sequence[Column], block: Ints, fixing: Fixing, kept: Bools) -> None:
        """Leave those out, in place, that do not keep a fixing of a household."""
        homes, measures = self._problem.households, self._problem.measures
        home = fixing.index if fixing.kind == "lift" else int(measures.household[fixing.index])
        own = int(homes.block[home])
        place = home - int(self._blocks.household[own])
        for index in np.flatnonzero(kept & (block == own)).tolist():
            column = columns[index]
            if fixing.kind == "lift":
                value = int(column.lifted[place])
            else:
                value = int(column.take[place]) >> fixing.index - int(homes.measures.start[home]) & 1
            kept[index] = value == fixing.value
