"""A part with its share of everything: the block plans that are worth having there, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Generated, priced_at
from liftplan.solver.master import Master, Program, Scaling
from liftplan.solver.oracle.oracle import Effort, Oracle, total_bound
from liftplan.solver.parts.coupling import CommonPrices, priced
from liftplan.solver.parts.part import Part
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.search import Search

NEAR = 1.0
"""Persons of loss up to which block plans are kept."""

NODES = 1_000
"""Nodes of the oracle per block for a bound."""


@dataclass(frozen=True)
class PartRoot:
    """What is kept of a part between the pass that finds prices and the one that finds plans."""

    duals: Floats
    """(rows of the part,) persons per row unit."""
    shared: Ints
    """(coupling,) rows of the part that couple blocks."""
    columns: list[Column]
    left_out: Bools
    """(rows of the part,) rows that were left out where its money was merged."""
    program: Program
    """The restricted master over `columns`, money merged."""
    coupling: Ints
    """Rows of `program` that couple blocks."""
    scale: Floats
    """(coupling,) what these rows of `program` are multiplied by."""
    artificial: slice
    """Columns of `program` that are shortfalls."""


def kept_root(part: Part, search: Search, found: Generated) -> PartRoot:
    """What to keep of a part whose root `search` has found, whatever its coupling rows asked for there."""
    kept = [search.master.columns[index] for index in np.flatnonzero(found.mixture.losses <= NEAR)]
    merging = search.merging.of(part.problem)
    merged = merging.merged.problem
    program = Master(part.problem, merging).program(kept)
    rows = merging.merged.row[part.coupling]
    first = len(program.costs) - len(kept)
    artificial = slice(first - len(merged.rows.rhs) - merged.blocks, first)
    return PartRoot(
        found.center, part.coupling, kept, merging.left_out, program, rows, Scaling.of(merged).row[rows], artificial
    )


def part_bound(part: Part, oracle: Oracle, duals: Floats, common: CommonPrices) -> int | None:
    """No plan of the part is worth more than this, units, what it uses of the shared paid at common prices. Exact.

    duals: (rows of the part,) multipliers of its other rows. None: proved that the part has no plan.
    """
    alone, most = priced(part, common)
    at = duals.copy()
    at[part.coupling] = common.duals
    prices = priced_at(alone, at)
    if not np.array_equal(prices.rows[part.coupling] << prices.shift, common.units):
        raise InternalError(f"common prices are not on the grid of a part ({prices.shift}, {common.shift})")
    tolerance = UNITS_PER_PERSON // (1000 * max(1, alone.blocks)) >> prices.shift
    bound = total_bound(prices, oracle.ask(prices, Effort(tolerance, nodes=NODES), range(alone.blocks)))
    if bound is None:
        return None
    return bound + common.cost(most)
