"""What flat problems are worth, by trying everything: straight from the definitions in solver/problem.py."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from liftplan.solver.problem import HARD, Bools, Csr, Ints, Problem

NEVER = -(1 << 62)
"""Value of what is not allowed; everything else here stays far above."""


def closed_choices(problem: Problem, block: int) -> Iterator[set[int]]:
    """Every set of projects of a block that keeps requires, alternatives, must and never."""
    projects = problem.projects
    members = np.flatnonzero(projects.block == block).tolist()
    for bits in itertools.product((False, True), repeat=len(members)):
        built = {project for project, on in zip(members, bits, strict=True) if on}
        groups = [int(projects.group[project]) for project in built if projects.group[project] >= 0]
        if (
            len(set(groups)) == len(groups)
            and all(set(projects.requires.of(project)[0].tolist()) <= built for project in built)
            and all(projects.high[project] for project in built)
            and all(project in built for project in members if projects.low[project])
        ):
            yield built


def packages(problem: Problem, home: int, built: set[int] | None = None) -> Iterator[list[int]]:
    """Every package of a household that keeps R8 and must and never of measures; under these projects, if given.

    Direct effects may be among its measures or not.
    """
    measures = problem.measures
    own, _ = problem.households.measures.of(home)
    open_ = [m for m in own.tolist() if built is None or set(measures.requires.of(m)[0].tolist()) <= built]
    for bits in itertools.product((False, True), repeat=len(open_)):
        taken = [m for m, on in zip(open_, bits, strict=True) if on]
        groups = [int(measures.group[m]) for m in taken if measures.group[m] >= 0]
        if (
            len(set(groups)) == len(groups)
            and sum(bool(measures.house[m]) for m in taken) <= 1
            and sum(int(measures.labour[m]) for m in taken) <= problem.households.labour[home]
            and all(measures.high[m] for m in taken)
            and all(m in taken for m in own.tolist() if measures.low[m])
        ):
            yield taken


class Worth:
    """Net worth of everything at multipliers of the rows (units); those of soft rows are cut to their price."""

    def __init__(self, problem: Problem, multipliers: Ints) -> None:
        rows, flows = problem.rows, problem.flows
        u = np.where(rows.price == HARD, multipliers, np.minimum(multipliers, rows.price)).tolist()
        arc = [problem.arc_cost] * len(flows.arc_cell)
        for row in range(len(u)):
            for index, coefficient in _entries(rows.arcs, row):
                arc[index] -= u[row] * coefficient
        into = flows.cell_arcs
        self.cells = [min(arc[a] for a in into.of(cell)[0].tolist()) for cell in range(into.owners)]
        """(cells,) least price of a yuan."""
        self.rows = u
        """(rows,)"""
        projects, measures, households = problem.projects, problem.measures, problem.households
        self.project = self._net(projects.worth, projects.rows, projects.lines)
        self.measure = self._net(measures.worth, measures.rows, measures.lines)
        self.lift = self._net(households.worth, households.rows, None)

    def _net(self, worth: Ints, rows: Csr, lines: Csr | None) -> Ints:
        return np.array(
            [
                one
                + sum(self.rows[row] * value for row, value in _entries(rows, owner))
                - (sum(self.cells[cell] * yuan for cell, yuan in _entries(lines, owner)) if lines else 0)
                for owner, one in enumerate(worth.tolist())
            ],
            dtype=np.int64,
        )


class Packages:
    """Every package of one household, its direct effects among the measures taken. Arrays run over packages."""

    def __init__(self, problem: Problem, home: int) -> None:
        self.home, self.problem = home, problem
        households, measures = problem.households, problem.measures
        self.own = households.measures.of(home)[0]
        found = list(packages(problem, home))
        self.taken: Bools = np.array([np.isin(self.own, one) for one in found], dtype=np.bool_)
        self.taken = self.taken.reshape(len(found), len(self.own))
        self.effects: Bools = self.taken & measures.automatic[self.own]
        yuan = np.array([measures.lines.of(m)[1].sum() for m in self.own.tolist()], dtype=np.int64)
        meets = measures.meets[self.own]
        met = np.bitwise_or.reduce(np.where(self.taken, meets, 0), axis=1, initial=0) & households.needs[home]
        self.met = np.bitwise_count(met).astype(np.int64)
        self.lifted: Bools = (met == households.needs[home]) & (
            self.taken @ measures.gain[self.own] >= households.income_gap[home]
        )
        self.direct: Ints = self.taken @ yuan
        self.touched: Bools = (self.taken & ~measures.automatic[self.own]).any(axis=1)
        self.fine: Bools = np.where(self.lifted, households.lift_high[home] > 0, households.lift_low[home] == 0)

    def under(self, built: set[int]) -> tuple[Bools, Bools]:
        """Packages that these projects allow: with exactly the effects that they bring, and with any of them."""
        measures = self.problem.measures
        needed = [set(measures.requires.of(m)[0].tolist()) <= built for m in self.own.tolist()]
        there = np.array(needed, dtype=np.bool_)
        due = there & measures.automatic[self.own] & (measures.high[self.own] > 0)
        some: Bools = self.fine & ~(self.taken & ~there).any(axis=1)
        return some & (self.effects == due).all(axis=1), some

    def topups(self) -> Ints:
        """(candidates, packages) top-ups among which a best one is, -1 where not allowed."""
        households, home = self.problem.households, self.home
        minimum, maximum = int(households.minimum[home]), int(households.maximum[home])
        assisted = (self.direct > 0) | households.always_assisted[home]
        deficit = np.where(assisted, np.maximum(0, minimum - self.direct), 0)
        paid = np.array([deficit, 0 * deficit, np.minimum(1, deficit)])
        if maximum >= 0:  # worth is linear between these
            paid = np.concatenate([paid, [np.minimum(deficit, np.maximum(0, maximum - self.direct))]])
        return np.where([[self.allowed(*one) for one in zip(row, self.direct, strict=True)] for row in paid], paid, -1)

    def allowed(self, topup: int, direct: int) -> bool:
        """Whether a top-up keeps the hard rules on a household's money."""
        households, home = self.problem.households, self.home
        assisted = direct > 0 or bool(households.always_assisted[home])
        deficit = max(0, int(households.minimum[home]) - direct) if assisted else 0
        over = assisted and 0 <= households.maximum[home] < direct + topup
        return bool(
            0 <= topup <= deficit
            and (topup == deficit or households.minimum_price[home] != HARD)
            and (topup == 0 or households.topup_cell[home] >= 0)
            and not (over and households.maximum_price[home] == HARD)
        )

    def over(self, place: int, topup: int) -> int:
        """Yuan beyond the maximum."""
        assisted = self.direct[place] > 0 or self.problem.households.always_assisted[self.home]
        maximum = int(self.problem.households.maximum[self.home])
        return max(0, int(self.direct[place]) + topup - maximum) if assisted and maximum >= 0 else 0

    def values(self, worth: Worth, topup: Ints) -> Ints:
        """Worth of each package with its top-up; NEVER where that is not allowed (-1)."""
        households, home = self.problem.households, self.home
        assisted = (self.direct > 0) | households.always_assisted[home]
        deficit = np.where(assisted, np.maximum(0, households.minimum[home] - self.direct), 0)
        maximum = households.maximum[home]
        over = np.where(assisted & (maximum >= 0), np.maximum(0, self.direct + topup - maximum), 0)
        value = self.taken @ worth.measure[self.own]
        value += np.where(self.lifted, worth.lift[home], households.need_worth[home] * self.met)
        value += np.where(self.touched | (topup > 0), households.touch_worth[home], 0)
        value -= max(0, int(households.minimum_price[home])) * (deficit - topup)
        value -= max(0, int(households.maximum_price[home])) * over
        if households.topup_cell[home] >= 0:
            value -= worth.cells[households.topup_cell[home]] * topup
        return np.where(topup >= 0, value, NEVER)

    def index(self, taken: set[int]) -> int | None:
        """Number of the package of these measures; None if R8 forbids it."""
        same = (self.taken == np.isin(self.own, sorted(taken))).all(axis=1)
        return int(np.argmax(same)) if same.any() else None


class Block:
    """Every plan of one block.

    A household that must not be lifted (branching only) may leave direct effects out in `value`: what they add can only
    help. `forbids` says whether there is such a household.
    """

    def __init__(self, problem: Problem, block: int) -> None:
        self.problem, self.number = problem, block
        self.choices = list(closed_choices(problem, block))
        self.homes = [Packages(problem, home) for home in np.flatnonzero(problem.households.block == block).tolist()]
        self.under = [[home.under(built) for built in self.choices] for home in self.homes]
        self.topups = [home.topups() for home in self.homes]
        kept = [problem.households.lift_high[home.home] > 0 for home in self.homes]
        self.forbids = not all(kept)
        self.allowed = [[both[0 if fine else 1] for both in own] for own, fine in zip(self.under, kept, strict=True)]

    def best(self, worth: Worth) -> int | None:
        """The most that a plan of the block is worth; None: it has no plan."""
        known = [value for value in self.values(worth) if value is not None]
        return max(known, default=None)

    def values(self, worth: Worth) -> list[int | None]:
        """What the best plan with each choice of projects is worth; None: there is none."""
        own = [
            np.max([home.values(worth, row) for row in topups], axis=0)
            for home, topups in zip(self.homes, self.topups, strict=True)
        ]
        found: list[int | None] = []
        for number, built in enumerate(self.choices):
            values = [
                int(np.where(under[number][0], value, NEVER).max(initial=NEVER))
                for under, value in zip(self.under, own, strict=True)
            ]
            whole = all(value != NEVER for value in values)
            found.append(sum(values) + sum(int(worth.project[site]) for site in built) if whole else None)
        return found

    def value(self, worth: Worth, built: set[int], taken: set[int], topup: Ints) -> int | None:
        """Worth of one plan (topup: (households of the block,) yuan); None if it breaks a rule."""
        if built not in self.choices:
            return None
        total = sum(int(worth.project[site]) for site in built)
        for home, allowed, paid in zip(self.homes, self.allowed, topup.tolist(), strict=True):
            place = home.index(taken & set(home.own.tolist()))
            if place is None:
                return None
            if not allowed[self.choices.index(built)][place] or not home.allowed(paid, int(home.direct[place])):
                return None
            total += int(home.values(worth, np.full(len(home.direct), paid))[place])
        return total


def _entries(lists: Csr, owner: int) -> list[tuple[int, int]]:
    return list(zip(*(part.tolist() for part in lists.of(owner)), strict=True))
