"""The parts together: one linear program over the block plans kept, which tells what of the shared falls to each.

Each part begins with its share. What moves from part to part of a shared row costs a little, so that no more moves than
brings something; the multipliers of the balance of these moves are the prices of what is shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.solver.engines.highs import Floats, Lp, Matrix
from liftplan.solver.parts.root import PartRoot
from liftplan.solver.problem import Ints
from liftplan.solver.progress import Cancel

FRICTION, LEAST_FRICTION = 0.01, 1e-6
"""What a move costs, in terms of the price of the row; and at least, persons per scaled unit."""

MARGIN = 2
"""Units that each part gives more than it is asked for, so that whole units can be asked for."""


@dataclass(frozen=True)
class Together:
    """A mixture of block plans of all parts."""

    value: float
    """Persons, without the problem's constant."""
    missing: float
    """Scaled shortfall; 0 if the mixture keeps every row."""
    duals: Floats
    """(coupling,) persons per row unit."""
    asked: list[Ints]
    """Per part, (coupling,): what its rows have to reach. They add up to what the shares add up to."""


def together(
    roots: Sequence[PartRoot], shares: Sequence[Ints], duals: Floats, cancel: Cancel | None = None
) -> Together | None:
    """Solve the restricted master of the whole over the parts' block plans; None if cancelled.

    shares: per part, (coupling,): what each row asks of it at first. duals: (coupling,) about what the rows cost.
    """
    count = len(duals)
    scale = np.min([root.scale for root in roots], axis=0)
    lower, upper = [np.zeros(count)], [np.zeros(count)]
    costs, starts, rows, values = [], [np.zeros(1, np.int64)], [], []
    at, entries = count, 0
    for root, share in zip(roots, shares, strict=True):
        program = root.program
        own = program.row_lower.copy()
        own[root.coupling] = (share + MARGIN) * root.scale
        lower.append(own)
        upper.append(program.row_upper)
        moves = np.repeat(np.arange(count), 2)
        sign = np.tile([1.0, -1.0], count)
        # a move out of the balance into the part's row: it asks for less there
        rows += [at + program.index, np.stack([moves, at + root.coupling[moves]], axis=1).ravel()]
        values += [program.value, np.stack([-sign, sign * (root.scale / scale)[moves]], axis=1).ravel()]
        costs += [program.costs, np.repeat(np.maximum(FRICTION * duals / scale, LEAST_FRICTION), 2)]
        starts += [entries + program.start[1:], entries + program.start[-1] + 2 * np.arange(1, 2 * count + 1)]
        at += len(own)
        entries += int(program.start[-1]) + 4 * count
    lp = Lp()
    lp.add_rows(np.concatenate(lower), np.concatenate(upper))
    matrix = Matrix(np.concatenate(starts), np.concatenate(rows), np.concatenate(values))
    lp.add_cols(np.concatenate(costs), 0.0, np.inf, matrix)
    result = lp.solve(cancel=cancel)
    if result.status != "optimal":
        return None
    missing, column, moved = 0.0, 0, []
    for root in roots:
        size = len(root.program.costs)
        missing += float(result.x[column : column + size][root.artificial].sum())
        column += size
        pairs = result.x[column : column + 2 * count].reshape(count, 2)
        moved.append((pairs[:, 0] - pairs[:, 1]) / scale)
        column += 2 * count
    return Together(-result.objective, missing, np.abs(result.row_duals[:count]) * scale, _asked(shares, moved))


def _asked(shares: Sequence[Ints], moved: Sequence[Floats]) -> list[Ints]:
    """What each part is asked for after the moves, in whole units: never more than the mixture gives."""
    asked = [share - np.ceil(move).astype(np.int64) for share, move in zip(shares, moved, strict=True)]
    lacking = np.sum(shares, axis=0) - np.sum(asked, axis=0)
    for number in range(len(asked)):
        more = np.minimum(np.maximum(0, lacking), MARGIN) if number < len(asked) - 1 else lacking
        asked[number] = asked[number] + more
        lacking = lacking - more
    return asked
