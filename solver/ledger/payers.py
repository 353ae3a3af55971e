"""One likely payer for every cell: where linear programs over the flow of money begin."""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.problem import Ints

USED = 1e-3
"""How much using up all that a row has left counts, against what another row is short."""


def likely_payers(
    arc_cell: Ints, need: Ints | Floats, rest: Ints | Floats, entry_row: Ints, entry_arc: Ints, coef: Ints
) -> Ints:
    """(cells,) the arc that pays for all of a cell; -1 where it has none.

    Cells with the fewest payers choose first, dear ones before cheap ones: the payer by which rows are short of least.
    What uses up what a row has left counts a little, and much where that is next to nothing.

    arc_cell: (arcs,) ascending; need: (cells,) yuan; rest: (rows,) what the arcs are to add to each row at least, as
    `FlowTask` has it; entry_row, entry_arc, coef: (entries,).
    """
    start = np.searchsorted(arc_cell, np.arange(len(need) + 1))
    order = np.lexsort((-need, np.diff(start)))
    entries: list[list[tuple[int, int]]] = [[] for _ in arc_cell]
    for row, arc, coefficient in zip(entry_row.tolist(), entry_arc.tolist(), coef.tolist(), strict=True):
        entries[arc].append((row, coefficient))
    first, needs = start.tolist(), need.astype(np.float64).tolist()
    left: list[float] = rest.astype(np.float64).tolist()
    payers = np.full(len(need), -1, dtype=np.int64)
    for cell in order.tolist():
        yuan, least = needs[cell], np.inf
        for arc in range(first[cell], first[cell + 1]):
            cost = _cost(entries[arc], left, yuan)
            if cost < least:
                payers[cell], least = arc, cost
        if payers[cell] >= 0:
            for row, coefficient in entries[payers[cell]]:
                left[row] -= coefficient * yuan
    return payers


def _cost(entries: list[tuple[int, int]], left: list[float], yuan: float) -> float:
    """By how much more rows are short when an arc carries so much. left: what rows still ask for; below 0: is free."""
    cost = 0.0
    for row, coefficient in entries:
        before = left[row]
        cost += max(0.0, before - coefficient * yuan) - max(0.0, before)
        if coefficient < 0 and before < 0:
            cost += USED * yuan * yuan / -before
    return cost
