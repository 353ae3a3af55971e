"""What a part is worth at most at common prices of the shared rows, and how a certificate shows it.

All parts are priced on the grid of the common prices, so that their bounds add up to one of the whole as it would be
priced at once: what a certificate of the whole proves is the same to the unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.models.problems import InternalError
from liftplan.solver.certificate.pieces import Piece, written_piece
from liftplan.solver.engines.highs import Floats
from liftplan.solver.master import grid
from liftplan.solver.oracle.oracle import Effort, Oracle, total_bound
from liftplan.solver.oracle.pricing import Prices, price
from liftplan.solver.oracle.room import Room
from liftplan.solver.parts.coupling import CommonPrices, priced
from liftplan.solver.parts.part import Part
from liftplan.solver.parts.writing import Writing
from liftplan.solver.problem import Ints, Problem

NODES = 1_000
"""Nodes of the oracle per block for a bound."""


@dataclass(frozen=True)
class PartBound:
    """No plan of a part is worth more, what it uses of the shared paid at common prices."""

    units: int
    """Exact; a whole multiple of 2^shift of the common prices."""
    multipliers: Ints
    """(rows of the part,) that prove it, in units of 2^shift of the common prices."""
    piece: Piece | None
    """How a certificate shows it; None: not written."""


def part_bound(
    part: Part, oracle: Oracle, duals: Floats, common: CommonPrices, writing: Writing | None
) -> PartBound | None:
    """The bound of a part. None: proved that it has no plan.

    duals: (rows of the part,) multipliers of its other rows, left out if they are too large for the grid of the common
    prices. writing: the time to write how it is shown; None: nobody wants to know. Raises InternalError if the common
    prices are too fine themselves.
    """
    alone = priced(part, common)
    prices = _priced_at(alone, oracle.room(alone), part.coupling, duals, common)
    tolerance = UNITS_PER_PERSON // (1000 * max(1, alone.blocks)) >> prices.shift
    answers = oracle.ask(prices, Effort(tolerance, nodes=NODES), range(alone.blocks))
    units = total_bound(prices, answers)
    if units is None:
        return None
    piece = None
    if writing is not None:
        with writing.part() as over:
            piece = written_piece(alone, oracle, prices, answers, over)
    if piece is not None:
        units = prices.fixed + piece.bound << prices.shift  # trees may show a little less than the search did
    return PartBound(units, prices.rows, piece)


def _priced_at(alone: Problem, room: Room, coupling: Ints, duals: Floats, common: CommonPrices) -> Prices:
    """Prices of everything in a part on the grid of the common prices."""
    for own in (np.maximum(duals, 0.0), np.zeros(len(duals))):
        at = own.copy()
        at[coupling] = common.duals
        if room.shift(at * float(UNITS_PER_PERSON)) <= common.shift:
            rows = grid(at, common.shift)
            rows[coupling] = common.units >> common.shift
            return price(alone, rows, common.shift)
    raise InternalError(f"common prices are too fine for a part ({common.shift})")
