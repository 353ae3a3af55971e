"""A part with its portion of everything: the block plans that are worth having there, and an exact bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Generated, priced_at
from liftplan.solver.master import Master, Program, Scaling, grid
from liftplan.solver.oracle.oracle import Effort, Oracle, total_bound
from liftplan.solver.oracle.pricing import price
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
    shift: int
    """Of the grid that these multipliers are priced on."""
    shared: Ints
    """(coupling,) rows of the part that couple blocks."""
    columns: list[Column]
    left_out: Bools
    """(rows of the part,) rows that were left out where its money was merged."""


@dataclass(frozen=True)
class PartMaster:
    """A part's restricted master, from which the linear program over all parts is made."""

    program: Program
    """Over the block plans kept, money merged."""
    coupling: Ints
    """(coupling,) the rows that couple blocks, as rows of `program`."""
    scale: Floats
    """(coupling,) what these rows of `program` are multiplied by."""
    touched: Bools
    """(coupling,) whether anything of the part counts in these rows."""


def kept_root(part: Part, search: Search, found: Generated) -> tuple[PartRoot, PartMaster]:
    """What to keep of a part whose root `search` has found, whatever its coupling rows asked for there."""
    kept = [search.master.columns[index] for index in np.flatnonzero(found.mixture.losses <= NEAR)]
    merging = search.merging.of(part.problem)
    program = Master(part.problem, merging).program(kept)
    rows = merging.merged.row[part.coupling]
    shortfall = 1  # every row has an entry for what it is short of
    shift = priced_at(part.problem, found.center, search.oracle.room(part.problem)).shift
    return (
        PartRoot(found.center, shift, part.coupling, kept, merging.left_out),
        PartMaster(
            program,
            rows,
            Scaling.of(merging.merged.problem).row[rows],
            np.bincount(program.index, minlength=len(program.row_lower))[rows] > shortfall,
        ),
    )


def part_bound(part: Part, oracle: Oracle, duals: Floats, common: CommonPrices) -> int | None:
    """No plan of the part is worth more than this, units, what it uses of the shared paid at common prices. Exact.

    duals: (rows of the part,) multipliers of its other rows, left out if they are too large for the grid of the common
    prices. None: proved that the part has no plan. Raises InternalError if the common prices are too fine themselves.
    """
    alone, coupling = priced(part, common), part.coupling
    at = duals.copy()
    at[coupling] = common.duals
    shift = oracle.room(alone).shift(np.maximum(at, 0.0) * float(UNITS_PER_PERSON))
    if shift > common.shift:
        at = np.zeros(len(at))
        at[coupling] = common.duals
        shift = oracle.room(alone).shift(at * float(UNITS_PER_PERSON))
    if shift > common.shift:
        raise InternalError(f"common prices are too fine for a part ({shift}, {common.shift})")
    rows = grid(at, shift)
    rows[coupling] = common.units >> shift
    prices = price(alone, rows, shift)
    tolerance = UNITS_PER_PERSON // (1000 * max(1, alone.blocks)) >> shift
    return total_bound(prices, oracle.ask(prices, Effort(tolerance, nodes=NODES), range(alone.blocks)))
