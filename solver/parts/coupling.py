"""What the parts of a problem share: rows that couple blocks, how much of them a part uses, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.engines.highs import Floats
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.ledger.demand import row_rest
from liftplan.solver.parts.part import Part, reach
from liftplan.solver.problem import HARD, Bools, Ints, Problem


@dataclass(frozen=True)
class CommonPrices:
    """Multipliers of the coupling rows that are the same in every part, to the unit.

    units: (coupling,) units per row unit, whole multiples of 2^shift.
    """

    units: Ints
    shift: int

    @classmethod
    def of(cls, duals: Floats, prices: Ints, shift: int) -> CommonPrices:
        """From multipliers in persons per row unit ((coupling,)); none above the price of its row."""
        steps = np.rint(np.maximum(duals, 0.0) * (UNITS_PER_PERSON / 2.0**shift)).astype(np.int64)
        steps = np.where(prices == HARD, steps, np.minimum(steps, prices >> shift))
        return cls(steps << shift, shift)

    def cost(self, amounts: Ints) -> int:
        """What amounts of the rows ((coupling,)) cost, units. Exact."""
        return sum(int(unit) * int(amount) for unit, amount in zip(self.units, amounts, strict=True))

    @property
    def duals(self) -> Floats:
        """(coupling,) persons per row unit."""
        return self.units / UNITS_PER_PERSON


def priced(part: Part, common: CommonPrices) -> Problem:
    """The part alone, its use of what is shared paid at common prices.

    Each coupling row asks for more than the part can give, so that its shortfall says what is used; what that costs too
    much is given back as the constant.
    """
    problem, coupling = part.problem, part.coupling
    most = reach(problem)[coupling]
    rows = problem.rows
    rhs, price, upper = rows.rhs.copy(), rows.price.copy(), rows.upper.copy()
    rhs[coupling], price[coupling] = most, common.units
    upper[coupling] = 2**62
    changed = replace(rows, rhs=rhs, price=price, upper=upper)
    return replace(problem, rows=changed, constant=common.cost(most), granularity=1)


def portions(problem: Problem, parts: Sequence[Ints]) -> list[Ints]:
    """Per part (its blocks), (coupling,): its portion of what every coupling row asks for, by the people it touches.

    Exact: together all of it.
    """
    rhs = problem.rows.rhs[problem.rows.local < 0]
    weight = np.bincount(problem.households.block, problem.households.persons, problem.blocks)
    touched = _touched(problem)
    total = np.maximum(touched @ weight, 1.0)
    given = [np.ceil(rhs * (touched[:, blocks] @ weight[blocks] / total)).astype(np.int64) for blocks in parts]
    owners = np.stack([touched[:, blocks].any(axis=1) for blocks in parts])
    last = len(parts) - 1 - np.argmax(owners[::-1], axis=0)  # the last part that can give anything
    rest = rhs - np.sum(given, axis=0)
    for number in range(len(parts)):
        given[number] = given[number] + np.where(last == number, rest, 0)
    return given


def _touched(problem: Problem) -> Bools:
    """(coupling, blocks) which blocks can add to which coupling row."""
    rows, flows, measures = problem.rows, problem.flows, problem.measures
    coupling = np.flatnonzero(rows.local < 0)
    place = np.full(len(rows.rhs), -1, dtype=np.int64)
    place[coupling] = np.arange(len(coupling))
    touched = np.zeros((len(coupling), problem.blocks), dtype=np.bool_)
    for index, block in (
        (rows.arcs.owner_of_entry(), flows.cell_block[flows.arc_cell[rows.arcs.index]]),
        (problem.projects.rows.index, problem.projects.block[problem.projects.rows.owner_of_entry()]),
        (problem.households.rows.index, problem.households.block[problem.households.rows.owner_of_entry()]),
        (measures.rows.index, problem.households.block[measures.household[measures.rows.owner_of_entry()]]),
    ):
        kept = place[index] >= 0
        touched[place[index[kept]], block[kept]] = True
    return touched


def used(problem: Problem, plan: Incumbent) -> Ints:
    """(rows,) left-hand side of every row under a plan. Exact."""
    total = problem.rows.rhs - row_rest(problem, plan.decisions)
    arcs = problem.rows.arcs
    np.add.at(total, arcs.owner_of_entry(), arcs.value * plan.flows[arcs.index])
    return total
