"""Random flow tasks small enough to enumerate, and their enumeration."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from liftplan.solver.ledger.task import FlowTask
from liftplan.solver.problem import HARD, Ints


def ints(values: object) -> Ints:
    """An int64 array."""
    return np.array(values, dtype=np.int64)


def task(
    demand: list[int],
    arc_cell: list[int],
    rows: list[tuple[int, int, list[tuple[int, int]]]],
    floor: list[int] | None = None,
) -> FlowTask:
    """A task from rows (rest, price, [(arc, coefficient)])."""
    entries = [(number, arc, coef) for number, (_, _, terms) in enumerate(rows) for arc, coef in terms]
    return FlowTask(
        ints(demand),
        ints(arc_cell),
        ints(floor or [0] * len(arc_cell)),
        ints([row for row, _, _ in entries]),
        ints([arc for _, arc, _ in entries]),
        ints([coef for _, _, coef in entries]),
        ints([rest for rest, _, _ in rows]),
        ints([price for _, price, _ in rows]),
    )


def random_task(seed: int) -> FlowTask:
    """Up to 3 cells, 3 funds and 4 rows: caps, minimums, shares and odd ones, hard or soft, some with no solution."""
    rng = np.random.default_rng(seed)
    cells, funds = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    arc_cell = [cell for cell in range(cells) for _ in range(funds) if rng.random() < 0.8]
    rows = []
    for _ in range(int(rng.integers(0, 5))):
        arcs = [arc for arc in range(len(arc_cell)) if rng.random() < 0.6]
        kind = rng.integers(4)
        if kind == 0:
            rest, coef = -int(rng.integers(0, 10)), [-1] * len(arcs)
        elif kind == 1:
            rest, coef = int(rng.integers(0, 8)), [1] * len(arcs)
        elif kind == 2:
            share = int(rng.integers(1, 10))
            rest, coef = 0, [int(rng.choice([10 - share, -share])) for _ in arcs]
        else:
            rest, coef = int(rng.integers(-5, 8)), rng.integers(-3, 4, len(arcs)).tolist()
        price = HARD if rng.random() < 0.6 else int(rng.integers(0, 50)) * 10 ** int(rng.integers(0, 9))
        rows.append((rest, price, list(zip(arcs, coef, strict=True))))
    floor = [int(rng.integers(0, 3)) if rng.random() < 0.1 else 0 for _ in arc_cell]
    return task(rng.integers(0, 6, cells).tolist(), arc_cell, rows, floor)


def least_penalty(small: FlowTask) -> int | None:
    """Least penalty over all whole flows, by enumeration; None if no flow keeps the hard rows."""
    penalties = [small.penalty(flow) for flow in _flows(small) if small.keeps(flow)]
    return min(penalties, default=None)


def _flows(small: FlowTask) -> Iterator[Ints]:
    choices = []
    for cell in range(small.cells):
        width = int((small.arc_cell == cell).sum())
        need = int(small.demand[cell])
        choices.append([part for part in itertools.product(range(need + 1), repeat=width) if sum(part) == need])
    for parts in itertools.product(*choices):
        yield ints([yuan for part in parts for yuan in part])


def random_county(seed: int, villages: int = 12, *, slack: float = 0.0, soft: bool = False) -> tuple[FlowTask, Ints]:
    """A task of real shape around a hidden whole solution, with the fund of each arc.

    Fund amounts, department minimums per village and share rules with `slack` (share of the money) to spare; with
    `soft`, half of the minimums have a price and ask for more than the hidden solution gives.
    """
    rng = np.random.default_rng(seed)
    funds, classes = 18, 25
    payers = [np.flatnonzero(rng.random(funds) < 0.17) for _ in range(classes)]
    arcs = [
        (village * classes + kind, fund)
        for village in range(villages)
        for kind in range(classes)
        for fund in (payers[kind] if len(payers[kind]) else [kind % funds])
    ]
    cell, fund = ints(arcs).T
    hidden = np.where(rng.random(len(arcs)) < 0.5, rng.integers(0, 200_000, len(arcs)), 0)
    rows = []

    def row(where: np.ndarray, coef: np.ndarray, spare: int, price: int = HARD) -> None:
        terms = list(zip(where.tolist(), coef.tolist(), strict=True))
        rows.append((int((coef * hidden[where]).sum()) - spare, price, terms))

    for one in range(funds):
        own = np.flatnonzero(fund == one)
        spent = int(hidden[own].sum())
        row(own, -np.ones(len(own), dtype=np.int64), int(spent * slack) if rng.random() < 0.4 else 0)
        share = int(10_000 * hidden[own][cell[own] % 3 == 0].sum() / max(1, spent))
        coef = np.where(cell[own] % 3 == 0, 10_000 - share, -share)
        if one % 2 == 0:
            rows.append((0, HARD, list(zip(own.tolist(), coef.tolist(), strict=True))))
    for village in range(villages):
        for group in range(4):
            own = np.flatnonzero((cell // classes == village) & (np.minimum(fund % 9, 4) == group))
            priced = soft and rng.random() < 0.5
            spare = -int(rng.integers(0, 100_000)) if priced else int(hidden[own].sum() * slack)
            row(own, np.ones(len(own), dtype=np.int64), spare, 10**10 * int(rng.integers(1, 9)) if priced else HARD)
    demand = np.zeros(villages * classes, dtype=np.int64)
    np.add.at(demand, cell, hidden)
    return task(demand.tolist(), cell.tolist(), rows), fund
