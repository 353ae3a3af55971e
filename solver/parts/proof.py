"""What the bounds of all parts prove of the whole, and its certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.certificate.form import Certificate
from liftplan.solver.certificate.pieces import of_pieces
from liftplan.solver.engines.highs import Floats
from liftplan.solver.parts.bound import PartBound
from liftplan.solver.parts.coupling import CommonPrices
from liftplan.solver.problem import Ints, Problem, reachable


@dataclass(frozen=True)
class PartsProof:
    """A bound of the whole."""

    bound: int
    """Units."""
    duals: Floats
    """(rows,) multipliers that prove it, persons per row unit."""
    certificate: Certificate | None


def proved(
    problem: Problem,
    common: CommonPrices,
    multipliers: Ints,
    bounds: Sequence[PartBound],
    says: Callable[[int], object],
) -> PartsProof:
    """The bound with its certificate, or that of the search where none says the same of the best plan.

    multipliers: (rows,) in units of 2^shift of the common prices. bounds: of all parts, in their order. says: what a
    bound (units) says of the best plan.
    """
    shift = common.shift
    duals = multipliers.astype(np.float64) * (2.0**shift / UNITS_PER_PERSON)
    shared = common.cost(problem.rows.rhs[problem.rows.local < 0])
    outside = sum(bound.fixed for bound in bounds) - (shared - problem.constant >> shift)  # rounded up, as proofs do
    found = reachable(problem, outside + sum(bound.blocks for bound in bounds) << shift)
    pieces = [bound.piece for bound in bounds if bound.piece is not None]
    if len(pieces) == len(bounds):
        shown = reachable(problem, outside + sum(piece.bound for piece in pieces) << shift)
        if shown <= found or says(shown) == says(found):
            return PartsProof(shown, duals, of_pieces(multipliers, shift, pieces))
    return PartsProof(found, duals, None)
