"""Which projects to build: the restricted master as an integer program over the block plans found."""

from __future__ import annotations

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Floats
from liftplan.solver.generation import priced_at
from liftplan.solver.problem import Csr, Problem
from liftplan.solver.progress import Cancel
from liftplan.solver.rounding.choice import Alternatives, choose


def best_plans(
    problem: Problem,
    columns: list[Column],
    duals: Floats,
    *,
    most: int = 30,
    gap: float = 1e-5,
    time_limit: float | None = None,
    node_limit: int | None = None,
    seed: int = 0,
    threads: int = 1,
    cancel: Cancel | None = None,
) -> list[Column] | None:
    """One column per block, together keeping every hard row; None if none was found.

    Of each block only the `most` columns of least reduced cost at `duals` take part.
    """
    prices = priced_at(problem, duals)
    u, q = duals, prices.cells.astype(np.float64) * 2.0**prices.shift / UNITS_PER_PERSON
    scored: list[list[tuple[float, int]]] = [[] for _ in range(problem.blocks)]
    for index, column in enumerate(columns):
        value = (
            column.worth / UNITS_PER_PERSON
            + float(u[column.rows] @ column.coefficients)
            - float(q[column.cells] @ column.yuan)
        )
        scored[column.block].append((-value, index))
    if not all(scored):
        return None
    kept = [columns[index] for block in scored for _, index in sorted(block)[:most]]
    alternatives = Alternatives(
        np.array([column.block for column in kept], dtype=np.int64),
        np.array([column.worth for column in kept], dtype=np.int64),
        _lists([(column.cells, column.yuan) for column in kept]),
        _lists([(column.rows, column.coefficients) for column in kept]),
        Csr.from_lists([[] for _ in kept]),
        np.zeros(len(problem.flows.cell_village), dtype=np.int64),
        np.zeros(len(problem.rows.rhs), dtype=np.int64),
        np.zeros(len(problem.flows.cell_village), dtype=np.int64),
        0,
    )
    found = choose(
        problem,
        alternatives,
        gap=gap,
        time_limit=time_limit,
        node_limit=node_limit,
        seed=seed,
        threads=threads,
        cancel=cancel,
    )
    if found is None:
        return None
    return [kept[index] for index in found.chosen]


def _lists(parts: list[tuple[np.typing.NDArray[np.int64], np.typing.NDArray[np.int64]]]) -> Csr:
    start = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(index) for index, _ in parts], out=start[1:])
    return Csr(start, np.concatenate([index for index, _ in parts]), np.concatenate([value for _, value in parts]))
