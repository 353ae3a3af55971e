"""From continuous flows to whole yuan that still sum to each cell's need."""

from __future__ import annotations

import numpy as np

from liftplan.solver.engines.highs import Floats
from liftplan.solver.ledger.task import Free
from liftplan.solver.problem import Ints


def nearest_whole(free: Free, flow: Floats) -> Ints:
    """Whole flows (free arcs,) >= 0 near `flow` whose sum into each cell is its need: largest remainders up."""
    least = np.minimum(np.floor(np.maximum(flow, 0.0) + 1e-3).astype(np.int64), free.need[free.arc_cell])
    remainder = flow - least
    missing = free.need - sums_into(free, least)
    order = np.lexsort((np.arange(len(flow)), -remainder, free.arc_cell))
    first = np.searchsorted(free.arc_cell, np.arange(len(free.cells)))
    rank = np.empty(len(flow), dtype=np.int64)
    rank[order] = np.arange(len(flow)) - first[free.arc_cell[order]]
    least += rank < missing[free.arc_cell]
    for cell in np.flatnonzero(sums_into(free, least) != free.need):
        _settle(least, np.flatnonzero(free.arc_cell == cell), int(free.need[cell]))
    return least


def sums_into(free: Free, flow: Ints) -> Ints:
    """Sum of flow into each free cell, int64 (free cells,)."""
    total = np.zeros(len(free.cells), dtype=np.int64)
    np.add.at(total, free.arc_cell, flow)
    return total


def _settle(flow: Ints, arcs: Ints, need: int) -> None:
    """Add or take what is missing in one cell, largest flow first, in place."""
    for arc in arcs[np.argsort(-flow[arcs], kind="stable")]:
        flow[arc] += max(-int(flow[arc]), need - int(flow[arcs].sum()))
