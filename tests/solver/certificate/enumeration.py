"""What a block of a flat problem is worth at prices, by trying every plan of it: the yardstick of the prover.

Straight from the definitions in solver/problem.py, in whole units, and sharing nothing with solver/certificate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from liftplan.solver.nodes import Fixing
from liftplan.solver.problem import HARD, Csr, Problem

from ..brute import closed_choices, packages
from ..flat import random_problem


def level_one(seed: int, blocks: int = 1, homes: int = 2, sites: int = 3, most_measures: int = 4) -> Problem:
    """A random problem as compiled for level 1: needs of the others are worth nothing, nobody is kept from lifting.

    In every third problem households have maximums of their own, some below the minimum.
    """
    problem = random_problem(seed, blocks, homes, sites, most_measures)
    households = problem.households
    maximum = households.maximum
    if seed % 3 == 0:
        maximum = np.random.default_rng(seed).integers(4_000, 16_000, len(maximum))
    households = replace(
        households,
        need_worth=np.zeros_like(households.need_worth),
        lift_high=np.ones_like(households.lift_high),
        maximum=maximum,
    )
    return replace(problem, households=households)


@dataclass(frozen=True)
class Package:
    """What one household may get."""

    home: int
    taken: tuple[int, ...]
    lifted: bool
    direct: int
    """Yuan of its measures."""
    touched: bool


class Enumerated:
    """Every choice of projects of one block with every package of each household under it."""

    def __init__(self, problem: Problem, block: int) -> None:
        self.problem = problem
        homes = np.flatnonzero(problem.households.block == block).tolist()
        self.choices = [
            (built, [self._packages(home, built) for home in homes]) for built in closed_choices(problem, block)
        ]

    def _packages(self, home: int, built: set[int]) -> list[Package]:
        measures, households = self.problem.measures, self.problem.households
        own = households.measures.of(home)[0].tolist()
        # direct effects are not chosen: they are taken exactly when their projects are built
        effects = {
            m
            for m in own
            if measures.automatic[m] and measures.high[m] and set(measures.requires.of(m)[0].tolist()) <= built
        }
        found = []
        for taken in packages(self.problem, home, built):
            if not effects <= set(taken):
                continue
            met = 0
            for m in taken:
                met |= int(measures.meets[m])
            gain = sum(int(measures.gain[m]) for m in taken)
            lifted = int(households.needs[home]) & ~met == 0 and gain >= int(households.income_gap[home])
            direct = sum(int(measures.lines.of(m)[1].sum()) for m in taken)
            touched = any(not measures.automatic[m] for m in taken)
            found.append(Package(home, tuple(taken), lifted, direct, touched))
        return found

    def best(self, multipliers: list[int], fixings: tuple[Fixing, ...] = (), *, plain: bool = False) -> int | None:
        """The most that worth, rows and money at these multipliers come to under fixings; None: no plan.

        multipliers: (rows,) units. plain: worths and penalties count nothing.
        """
        problem, u = self.problem, multipliers
        if plain:
            u = [0 if price != HARD else one for one, price in zip(u, problem.rows.price.tolist(), strict=True)]
        worth = 0 if plain else 1
        cells = _cells(problem, u, worth)
        highest = None
        for built, homes in self.choices:
            if any(f.kind == "project" and (f.index in built) != bool(f.value) for f in fixings):
                continue
            total = sum(
                worth * int(problem.projects.worth[p])
                + _along(problem.projects.rows, p, u)
                - _along(problem.projects.lines, p, cells)
                for p in built
            )
            for options in homes:
                values = [
                    value
                    for option in options
                    if self._keeps(option, fixings) and (value := self._value(option, u, cells, worth)) is not None
                ]
                if not values:
                    break
                total += max(values)
            else:
                highest = total if highest is None else max(highest, total)
        return highest

    def _keeps(self, option: Package, fixings: tuple[Fixing, ...]) -> bool:
        owner = self.problem.measures.household
        return not any(
            (f.kind == "lift" and f.index == option.home and option.lifted != bool(f.value))
            or (f.kind == "measure" and owner[f.index] == option.home and (f.index in option.taken) != bool(f.value))
            for f in fixings
        )

    def _value(self, option: Package, u: list[int], cells: list[int], worth: int) -> int | None:
        households, measures, home = self.problem.households, self.problem.measures, option.home
        value = sum(
            worth * int(measures.worth[m]) + _along(measures.rows, m, u) - _along(measures.lines, m, cells)
            for m in option.taken
        )
        if option.lifted:
            value += worth * int(households.worth[home]) + _along(households.rows, home, u)
        elif households.lift_low[home]:
            return None
        minimum, maximum = int(households.minimum[home]), int(households.maximum[home])
        low, high = int(households.minimum_price[home]), int(households.maximum_price[home])
        assisted = option.direct > 0 or bool(households.always_assisted[home])
        deficit = max(0, minimum - option.direct) if assisted else 0
        found = []
        # worth is linear between these, but for the step at the first yuan
        for paid in {0, min(1, deficit), deficit, min(deficit, max(0, maximum - option.direct))}:
            short, over = deficit - paid, max(0, option.direct + paid - maximum) if assisted and maximum >= 0 else 0
            if (short and low == HARD) or (over and high == HARD) or (paid and households.topup_cell[home] < 0):
                continue
            price = cells[int(households.topup_cell[home])] if paid else 0
            loss = worth * (max(0, low) * short + max(0, high) * over)
            touch = worth * int(households.touch_worth[home]) if option.touched or paid else 0
            found.append(touch - price * paid - loss)
        return value + max(found) if found else None


def _along(lists: Csr, owner: int, values: list[int]) -> int:
    index, value = lists.of(owner)
    return sum(values[i] * v for i, v in zip(index.tolist(), value.tolist(), strict=True))


def _cells(problem: Problem, u: list[int], worth: int) -> list[int]:
    """(cells,) the least that a yuan costs in each."""
    arcs = [worth * problem.arc_cost] * len(problem.flows.arc_cell)
    for row, multiplier in enumerate(u):
        for arc, value in zip(*(part.tolist() for part in problem.rows.arcs.of(row)), strict=True):
            arcs[arc] -= multiplier * value
    into = problem.flows.cell_arcs
    return [min(arcs[arc] for arc in into.of(cell)[0].tolist()) for cell in range(into.owners)]
