"""How far money can move between arcs while every row stays as it is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from liftplan.solver.ledger.task import FlowTask
from liftplan.solver.problem import Ints

Move = Sequence[tuple[int, int]]
"""(arc, +1 or -1) per yuan moved."""


class Slack:
    """Flows that may be changed yuan by yuan: no hard row breaks, no soft row gets shorter, no floor is passed."""

    def __init__(self, task: FlowTask, flow: Ints) -> None:
        self.flow = flow.tolist()
        """(arcs,) yuan, changed by `move`."""
        self._floor = task.floor.tolist()
        self._slack = np.maximum(0, task.activity(flow) - task.rest).tolist()
        self._short = task.short(flow).tolist()
        order = np.argsort(task.entry_arc, kind="stable")
        self._start = np.searchsorted(task.entry_arc[order], np.arange(task.arcs + 1)).tolist()
        self._row = task.entry_row[order].tolist()
        self._coef = task.coef[order].tolist()

    def span(self, move: Move) -> tuple[int, int]:
        """Least and most yuan (<= 0 <=) that the move may carry, as rows and floors allow."""
        low, high = -(2**62), 2**62
        for arc, sign in move:
            spare = self.flow[arc] - self._floor[arc]
            if sign > 0:
                low = max(low, -spare)
            else:
                high = min(high, spare)
        for row, gain in self._gains(move).items():
            if gain > 0:
                low = max(low, -(self._slack[row] // gain))
            elif gain < 0:
                high = min(high, self._slack[row] // -gain)
        return min(low, 0), max(high, 0)

    def move(self, move: Move, yuan: int) -> None:
        """Carry out a move of `yuan` inside its span."""
        for arc, sign in move:
            self.flow[arc] += sign * yuan
        for row, gain in self._gains(move).items():
            # what a short row gains makes it less short first
            surplus = self._slack[row] - self._short[row] + gain * yuan
            self._slack[row], self._short[row] = max(0, surplus), max(0, -surplus)

    def _gains(self, move: Move) -> dict[int, int]:
        gains: dict[int, int] = {}
        for arc, sign in move:
            for entry in range(self._start[arc], self._start[arc + 1]):
                row = self._row[entry]
                gains[row] = gains.get(row, 0) + sign * self._coef[entry]
        return gains
