"""What the parts of a problem share: rows that couple blocks, how much of them a part uses, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.engines.highs import Floats
from liftplan.solver.incumbent import Incumbent
from liftplan.solver.ledger.demand import row_rest
from liftplan.solver.parts.part import Part
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


def priced(part: Part, common: CommonPrices) -> tuple[Problem, Ints]:
    """The part alone, its use of what is shared paid at common prices; and what its coupling rows ask for.

    Each coupling row asks for more than the part can give, so that its shortfall says what is used.
    """
    problem, coupling = part.problem, part.coupling
    most = _most(problem)[coupling]
    rows = problem.rows
    rhs, price, upper = rows.rhs.copy(), rows.price.copy(), rows.upper.copy()
    rhs[coupling], price[coupling] = most, common.units
    upper[coupling] = 2**62
    return replace(problem, rows=replace(rows, rhs=rhs, price=price, upper=upper), granularity=1), most


def _most(problem: Problem) -> Ints:
    """(rows,) more than can be added to a row, whatever is decided."""
    rows = problem.rows
    spending = int(problem.projects.lines.value.sum() + problem.measures.lines.value.sum())
    spending += int(problem.households.minimum.sum())
    most = np.zeros(len(rows.rhs), dtype=np.int64)
    owner = rows.arcs.owner_of_entry()
    np.maximum.at(most, owner, np.maximum(0, rows.arcs.value))
    most *= spending
    for lists in (problem.projects.rows, problem.measures.rows, problem.households.rows):
        np.add.at(most, lists.index, np.maximum(0, lists.value))
    return most


def shares(problem: Problem, blocks: Bools) -> Floats:
    """(coupling,) part of each coupling row that falls to some blocks (flags) by their people."""
    weight = np.bincount(problem.households.block, problem.households.persons, problem.blocks)
    touched = _touched(problem)
    total, own = touched @ weight, touched[:, blocks] @ weight[blocks]
    found: Floats = np.where(total > 0, own / np.maximum(total, 1.0), blocks.mean())
    return found


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
