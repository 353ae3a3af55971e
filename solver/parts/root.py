"""A part with its portion of everything: the block plans that are worth having there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import Generated, priced_at
from liftplan.solver.master import Master, Program, Scaling
from liftplan.solver.parts.part import Part
from liftplan.solver.problem import Bools, Ints
from liftplan.solver.search import Search

NEAR = 1.0
"""Persons of loss up to which block plans are kept."""


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
