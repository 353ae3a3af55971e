"""Every whole plan of a small flat problem in which decisions leave the money no choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from liftplan.solver.nodes import Fixing
from liftplan.solver.problem import HARD, Bools, Csr, Decisions, Ints, Problem

from .brute import Packages, closed_choices
from .flat import random_problem


def settled_problem(
    seed: int, blocks: int = 2, homes: int = 2, sites: int = 3, most_measures: int = 3, *, payers: int = 1
) -> Problem:
    """A random problem as compiled for level 1, with hard household minimums and, by default, one payer a cell."""
    problem = random_problem(seed, blocks, homes, sites, most_measures, payers=payers)
    households = problem.households
    households = replace(
        households,
        minimum_price=np.full_like(households.minimum_price, HARD),
        lift_high=np.ones_like(households.lift_high),
        need_worth=np.zeros_like(households.need_worth),
    )
    return replace(problem, households=households, arc_cost=0)


class Plans:
    """All decisions that keep the rules inside blocks, and what they come to. Arrays run over plans.

    With several payers a cell only the decisions mean something.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        parts = [_BlockPlans(problem, block) for block in range(problem.blocks)]
        places = np.meshgrid(*(np.arange(len(part.worth)) for part in parts), indexing="ij")
        pairs = [(part, place.ravel()) for part, place in zip(parts, places, strict=True)]
        self.built: Bools = sum(part.built[place] for part, place in pairs) > 0
        self.taken: Bools = sum(part.taken[place] for part, place in pairs) > 0
        self.lifted: Bools = sum(part.lifted[place] for part, place in pairs) > 0
        self.topup: Ints = sum(part.topup[place] for part, place in pairs)
        self.flows: Ints = sum(part.flows[place] for part, place in pairs)
        rows = problem.rows
        act = sum(part.items[place] for part, place in pairs) + self.flows @ _matrix(rows.arcs, len(self.flows.T)).T
        short = np.maximum(0, rows.rhs - act)
        self.keeps: Bools = (short[:, rows.price == HARD] == 0).all(axis=1)
        """Whether the plan keeps every hard row."""
        worth = sum(part.worth[place] for part, place in pairs)
        self.objective: Ints = problem.constant + worth - short @ np.maximum(0, rows.price)
        """Units of level 1."""
        self.money: Ints = self.flows.sum(axis=1)
        """Yuan."""

    def best(self, among: Bools | None = None) -> int | None:
        """Largest objective of a plan that keeps the hard rows (among some); None if there is none."""
        fine = self.keeps if among is None else self.keeps & among
        return int(self.objective[fine].max()) if fine.any() else None

    def under(self, fixings: tuple[Fixing, ...]) -> Bools:
        """Plans that keep the fixings."""
        kept = np.ones(len(self.objective), dtype=np.bool_)
        arrays = {"project": self.built, "lift": self.lifted, "measure": self.taken}
        for fixing in fixings:
            kept &= arrays[fixing.kind][:, fixing.index] == bool(fixing.value)
        return kept

    def needs_met(self) -> Ints:
        """Person-needs met among those not lifted."""
        households, measures = self.problem.households, self.problem.measures
        total = np.zeros(len(self.objective), dtype=np.int64)
        for home in range(len(households.block)):
            own = households.measures.of(home)[0]
            met = np.bitwise_or.reduce(np.where(self.taken[:, own], measures.meets[own], 0), axis=1, initial=0)
            count = np.bitwise_count(met & households.needs[home]).astype(np.int64)
            total += np.where(self.lifted[:, home], 0, count * households.persons[home])
        return total

    def decisions(self, plan: int) -> Decisions:
        """The decisions of one plan."""
        return Decisions(self.built[plan], self.taken[plan], self.topup[plan])


class _BlockPlans:
    """Plans of one block, with zeros for the others."""

    def __init__(self, problem: Problem, block: int) -> None:
        homes = [Packages(problem, home) for home in np.flatnonzero(problem.households.block == block).tolist()]
        topups = [home.topups()[0] for home in homes]
        plans = []
        for built in closed_choices(problem, block):
            fine = [
                np.flatnonzero(home.under(built)[0] & (topup >= 0)) for home, topup in zip(homes, topups, strict=True)
            ]
            every = np.stack(np.meshgrid(*fine, indexing="ij"), axis=-1).reshape(-1, len(homes)).tolist()
            plans += [(built, places) for places in every]
        count, projects, measures = len(plans), problem.projects, problem.measures
        self.built = np.zeros((count, len(projects.block)), dtype=np.int64)
        self.taken = np.zeros((count, len(measures.household)), dtype=np.int64)
        self.lifted = np.zeros((count, len(problem.households.block)), dtype=np.int64)
        self.topup = np.zeros_like(self.lifted)
        touched, over = np.zeros_like(self.lifted), np.zeros_like(self.lifted)
        for number, (built, places) in enumerate(plans):
            self.built[number, sorted(built)] = 1
            for home, place, topup in zip(homes, places, topups, strict=True):
                self.taken[number, home.own] = home.taken[place]
                self.lifted[number, home.home] = home.lifted[place]
                self.topup[number, home.home] = topup[place]
                touched[number, home.home] = home.touched[place] or topup[place] > 0
                over[number, home.home] = home.over(int(place), int(topup[place]))
        households, cells = problem.households, len(problem.flows.cell_village)
        paid = np.zeros((len(households.block), cells), dtype=np.int64)
        with_cell = np.flatnonzero(households.topup_cell >= 0)
        paid[with_cell, households.topup_cell[with_cell]] = 1
        self.flows = (
            self.built @ _matrix(projects.lines, cells)
            + self.taken @ _matrix(measures.lines, cells)
            + self.topup @ paid
        )[:, problem.flows.arc_cell]
        rows = len(problem.rows.rhs)
        self.items = (
            self.built @ _matrix(projects.rows, rows)
            + self.taken @ _matrix(measures.rows, rows)
            + self.lifted @ _matrix(households.rows, rows)
        )
        self.worth = self.built @ projects.worth + self.taken @ measures.worth + self.lifted @ households.worth
        self.worth += touched @ households.touch_worth - over @ np.maximum(0, households.maximum_price)


def _matrix(lists: Csr, columns: int) -> Ints:
    """(owners, columns) the lists as a full matrix."""
    full = np.zeros((lists.owners, columns), dtype=np.int64)
    np.add.at(full, (lists.owner_of_entry(), lists.index), lists.value)
    return full
