"""What R5 asks for at least, counted again household by household: whom rules force to be helped, and where it goes.

See `assistance`, which finds such rows; nothing of it is used here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from liftplan.solver.diagnose.rules import Instance
from liftplan.solver.problem import Ints, Problem

Choice = tuple[str, int]
"""What of one household, or of all projects, goes together with no other of the same choice."""


class Minimums:
    """What R5 asks for in one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        homes, measures = problem.households, problem.measures
        self.minimum = homes.minimum.tolist()
        self.topup = homes.topup_cell.tolist()
        self.lines: dict[int, list[tuple[int, int, int, Choice]]] = defaultdict(list)
        """Household -> (cell, yuan, measure, choice) of each cost line of its measures that can be taken."""
        self.surely = {home for home, always in enumerate(homes.always_assisted.tolist()) if always}
        """Households that are helped in every plan and get a minimum."""
        for measure, home in enumerate(measures.household.tolist()):
            cells, yuan = (part.tolist() for part in measures.lines.of(measure))
            if cells and measures.low[measure]:
                self.surely.add(home)
            if measures.high[measure] and measures.labour[measure] <= homes.labour[home]:
                group = int(measures.group[measure])
                alone = ("house", 0) if measures.house[measure] else ("one", measure)
                choice = ("group", group) if group >= 0 else alone
                self.lines[home] += [(cell, cost, measure, choice) for cell, cost in zip(cells, yuan, strict=True)]
        self.surely = {home for home in self.surely if self.minimum[home] > 0}

    def row(self, named: list[Instance], block: int, where: str) -> tuple[int, Ints, Ints] | None:
        """Least, arcs and coefficients of a row of R5; None if the county has no such row.

        named: R5 alone: households of a block that are helped in any case get their minimums together. Or with one rule
        that needs households to be helped: those that get least, as many as it takes.
        """
        if len(named) == 1:
            own = [home for home in self.surely if self.problem.households.block[home] == block]
            others, fewest = list[int](), 0
        elif len(named) == 2:
            forced = self._forced(named[1])
            if forced is None:
                return None
            own, others, fewest = forced
        else:
            return None
        if not own and not fewest:
            return None
        cells = self._cells([*own, *others], where)
        needs = sorted(self._need(home, cells) for home in others)
        least = sum(self._need(home, cells) for home in own) + sum(needs[:fewest])
        arcs = np.flatnonzero(np.isin(self.problem.flows.arc_cell, sorted(cells)))
        return least, arcs, np.ones(len(arcs), dtype=np.int64)

    def _forced(self, rule: Instance) -> tuple[list[int], list[int], int] | None:
        """Households that a rule is kept by: those helped anyway, others, and how many of these it needs at least."""
        place = next(
            (row for row, name in enumerate(self.problem.names.rows) if name == (rule.rule, rule.subject)), None
        )
        if place is None:
            return None
        if rule.rule == "R10":
            gives, least = self._people(place)
        elif rule.rule in {"R3", "R4", "R6", "R13"}:
            gives, least = self._yuan(place)
        else:
            return None
        own = [home for home, amount in gives.items() if home in self.surely and amount > 0]
        others = [home for home, amount in gives.items() if home not in self.surely and amount > 0]
        left = least - sum(gives[home] for home in own)
        fewest = 0
        for amount in sorted((gives[home] for home in others), reverse=True):
            if left <= 0:
                break
            left, fewest = left - amount, fewest + 1
        return own, others, fewest

    def _yuan(self, row: int) -> tuple[dict[int, int], int]:
        """What each household can add to a row over yuan, and what projects leave of it."""
        problem, projects = self.problem, self.problem.projects
        arcs, coefs = problem.rows.arcs.of(row)
        if any(coef != 1 for coef in coefs.tolist()):
            return {}, 0
        inside = set(problem.flows.arc_cell[arcs].tolist())
        built: dict[Choice, int] = defaultdict(int)
        for project, (high, group) in enumerate(zip(projects.high.tolist(), projects.group.tolist(), strict=True)):
            if high:
                cells, yuan = (part.tolist() for part in projects.lines.of(project))
                costs = sum(cost for cell, cost in zip(cells, yuan, strict=True) if cell in inside)
                choice = ("group", group) if group >= 0 else ("one", project)
                built[choice] = max(built[choice], costs)
        gives = {}
        for home in {*self.lines, *self.surely}:
            if home in self.surely or self.lines[home]:
                direct = self._direct(home, inside)
                gives[home] = max(direct, self.minimum[home]) if self.topup[home] in inside else direct
        return gives, int(problem.rows.rhs[row]) - sum(built.values())

    def _people(self, row: int) -> tuple[dict[int, int], int]:
        """People of each household that count only if it is helped, and how many of them a row of R10 needs."""
        homes, left = self.problem.households, int(self.problem.rows.rhs[row])
        gives = {}
        for home in range(len(homes.block)):
            rows, values = homes.rows.of(home)
            people = int(values[rows == row].sum())
            own = homes.measures.of(home)[0].tolist()
            if people and self._passes(home, (one for one in own if not len(self.problem.measures.lines.of(one)[0]))):
                left -= people
            elif people and self._passes(home, own):
                gives[home] = people
        return gives, left

    def _passes(self, home: int, taken: Iterable[int]) -> bool:
        homes, measures = self.problem.households, self.problem.measures
        gain, missing = 0, int(homes.needs[home])
        for one in taken:
            if measures.high[one]:
                gain, missing = gain + int(measures.gain[one]), missing & ~int(measures.meets[one])
        return gain >= int(homes.income_gap[home]) and not missing

    def _direct(self, home: int, cells: set[int]) -> int:
        """Yuan of a household's cost lines in some cells at most."""
        costs: dict[tuple[int, Choice], int] = defaultdict(int)
        for cell, yuan, measure, choice in self.lines[home]:
            if cell in cells:
                costs[measure, choice] += yuan
        dearest: dict[Choice, int] = defaultdict(int)
        for (_, choice), yuan in costs.items():
            dearest[choice] = max(dearest[choice], yuan)
        return sum(dearest.values())

    def _cells(self, homes: list[int], where: str) -> set[int]:
        """Cells of the money of some households that are looked at."""
        topups = {self.topup[home] for home in homes if self.topup[home] >= 0}
        every = topups | {cell for home in homes for cell, *_ in self.lines[home]}
        if where == "all":
            return every
        if where == "topups":
            return topups
        payers = {cell: set(self._payers(cell)) for cell in every}
        funds = {fund for cell in topups for fund in payers[cell]}
        return {cell for cell in every if funds & payers[cell]}

    def _payers(self, cell: int) -> list[int]:
        found: list[int] = self.problem.flows.arc_fund[self.problem.flows.cell_arcs.of(cell)[0]].tolist()
        return found

    def _need(self, home: int, cells: set[int]) -> int:
        """Yuan that flow into some cells at least if a household is helped: what its lines elsewhere cannot take up."""
        if self.topup[home] >= 0 and self.topup[home] not in cells:
            return 0
        elsewhere = {cell for cell, *_ in self.lines[home]} - cells
        return max(0, int(self.problem.households.minimum[home]) - self._direct(home, elsewhere))
