"""The parts together: one linear program over the block plans kept, which tells what of the shared falls to each.

Each part begins with its portion. What moves from part to part of a shared row costs a little, so that no more moves
than brings something.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from liftplan.models.problems import InternalError
from liftplan.solver.clock import Clock
from liftplan.solver.engines.highs import Floats, Lp, LpResult, Matrix, Method
from liftplan.solver.parts.root import PartMaster
from liftplan.solver.problem import Ints

FRICTION, LEAST_FRICTION = 0.01, 1e-6
"""What a move costs, in terms of the price of the row; and at least, persons per scaled unit."""

METHODS: tuple[Method, ...] = ("ipm", "simplex")
"""How it is solved, and how if that fails. Interior points take a quarter of the time for 40 parts, less for more."""

MARGIN = 2
"""Units that each part gives more than it is asked for, so that whole units can be asked for."""


def together(masters: Sequence[PartMaster], portions: Sequence[Ints], duals: Floats, clock: Clock) -> list[Ints] | None:
    """Per part, (coupling,): what its rows have to reach, best for all; None if it takes too long.

    portions: the same at first; what is returned adds up to the same. duals: (coupling,) about what the rows cost.
    Solves the restricted master of the whole over the parts' block plans. Raises InternalError where the engine fails.
    """
    count = len(duals)
    scale = np.min([master.scale for master in masters], axis=0)
    lower, upper = [np.zeros(count)], [np.zeros(count)]
    costs, starts, rows, values = [], [np.zeros(1, np.int64)], [], []
    at, entries = count, 0
    moves, sign = np.repeat(np.arange(count), 2), np.tile([1.0, -1.0], count)
    for master, portion in zip(masters, portions, strict=True):
        program = master.program
        own = program.row_lower.copy()
        own[master.coupling] = (portion + MARGIN * master.touched) * master.scale
        lower.append(own)
        upper.append(program.row_upper)
        # a move out of the balance into the part's row: it has to reach less there
        rows += [at + program.index, np.stack([moves, at + master.coupling[moves]], axis=1).ravel()]
        values += [program.value, np.stack([-sign, sign * (master.scale / scale)[moves]], axis=1).ravel()]
        costs += [program.costs, np.repeat(np.maximum(FRICTION * duals / scale, LEAST_FRICTION), 2)]
        starts += [entries + program.start[1:], entries + program.start[-1] + 2 * np.arange(1, 2 * count + 1)]
        at += len(own)
        entries += int(program.start[-1]) + 4 * count
    matrix = Matrix(np.concatenate(starts), np.concatenate(rows), np.concatenate(values))
    result = _solved(np.concatenate(lower), np.concatenate(upper), np.concatenate(costs), matrix, clock)
    if result is None:
        return None
    column, moved = 0, []
    for master in masters:
        column += len(master.program.costs)
        pairs = result.x[column : column + 2 * count].reshape(count, 2)
        moved.append((pairs[:, 0] - pairs[:, 1]) / scale)
        column += 2 * count
    return _asked(masters, portions, moved)


def _solved(lower: Floats, upper: Floats, costs: Floats, matrix: Matrix, clock: Clock) -> LpResult | None:
    """The optimum of a program of columns that are at least 0; None if it takes too long."""
    for method in METHODS:
        lp = Lp(method=method)
        lp.add_rows(lower, upper)
        lp.add_cols(costs, 0.0, np.inf, matrix)
        result = lp.solve(clock.left(np.inf), cancel=clock.cancel)
        if result.status in ("cancelled", "time"):
            return None
        if result.status == "optimal":
            return result
    raise InternalError("the engine found no optimum of the linear program over the parts")


def _asked(masters: Sequence[PartMaster], portions: Sequence[Ints], moved: Sequence[Floats]) -> list[Ints]:
    """What each part is asked for after the moves, in whole units: never more than the mixture gives, if it can."""
    asked = [portion - np.ceil(move).astype(np.int64) for portion, move in zip(portions, moved, strict=True)]
    lacking = np.sum(portions, axis=0) - np.sum(asked, axis=0)
    for number, master in enumerate(masters):
        more = np.clip(lacking, 0, MARGIN * master.touched)
        asked[number] = asked[number] + more
        lacking = lacking - more
    asked[-1] = asked[-1] + lacking
    return asked
