"""Which set of projects each block takes: a mixed integer program over sets that are nearly tied at some prices.

Only the sets are whole; within its set a block may mix plans, since packages of households are small change beside
projects. Where the sets of a linear program's solution clash over money, this finds sets that fit together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.columns import Column
from liftplan.solver.engines.highs import Matrix
from liftplan.solver.engines.mip import MipModel, solve_mip
from liftplan.solver.master import Master
from liftplan.solver.problem import HARD, Bools, Csr, Ints
from liftplan.solver.progress import Cancel
from liftplan.solver.rounding.choice import Alternatives
from liftplan.solver.rounding.exactly import choose_exactly

MISSING = 1e-7
"""Scaled shortfall of hard rows up to which sets fit together."""


@dataclass(frozen=True)
class Sets:
    """A set of projects for every block."""

    built: Bools
    """(projects,)"""
    value: float
    """Persons that mixtures of the plans given reach with them."""


def choose_sets(
    master: Master,
    columns: Sequence[Column],
    *,
    above: float = -np.inf,
    target: float = np.inf,
    gap: float = 0.0,
    time_limit: float | None = None,
    node_limit: int | None = None,
    seed: int = 0,
    cancel: Cancel | None = None,
) -> Sets | None:
    """The best sets among those of `columns` (at least one plan for every block), or None if none was found.

    above: persons that sets must exceed to be of interest; target: persons that are good enough; gap: relative.
    """
    problem = master.problem
    sets: dict[tuple[int, bytes], list[int]] = {}
    for place, column in enumerate(columns):
        sets.setdefault((column.block, column.built.tobytes()), []).append(place)
    model, first = _model(master, columns, list(sets.values()))
    constant = problem.constant / UNITS_PER_PERSON
    result = solve_mip(
        model,
        mip_rel_gap=gap,
        target=constant - target,
        cutoff=constant - above,
        time_limit=time_limit,
        node_limit=node_limit,
        threads=1,
        seed=seed,
        neighbourhoods=False,
        cancel=cancel,
    )
    if result.x is None or result.objective is None or constant - result.objective <= above:
        return None
    arcs, rows = len(problem.flows.arc_cell), problem.rows
    missing = float(result.x[arcs : arcs + len(rows.rhs)][rows.price == HARD].sum())
    if missing + float(result.x[arcs + len(rows.rhs) : first].sum()) > MISSING:
        return None
    taken = result.x[first + len(columns) :]
    best: dict[int, tuple[float, bytes]] = {}
    for (block, key), weight in zip(sets, taken.tolist(), strict=True):
        if block not in best or weight > best[block][0]:
            best[block] = weight, key
    built = [np.frombuffer(best[block][1], dtype=np.bool_) for block in range(problem.blocks)]
    return Sets(np.concatenate(built), constant - result.objective)


def choose_plans(
    master: Master,
    columns: Sequence[Column],
    *,
    least: float,
    target: float,
    time_limit: float | None,
    work_limit: float | None,
    workers: int,
    seed: int,
    cancel: Cancel | None,
) -> Sets | None:
    """As `choose_sets`, but one plan of each block instead of a mixture of plans with the same projects.

    In whole numbers, which is quicker where there are many sets. least: persons below which sets are of no interest.
    None also where amounts are too large.
    """
    problem, merged = master.problem, master.merged
    columns = sorted(columns, key=lambda column: column.block)
    demand = [_pairs(merged.demand(column.cells, column.yuan)) for column in columns]
    rows = [_pairs(merged.effects(column.rows, column.coefficients)) for column in columns]
    none, nothing = np.zeros(len(problem.flows.cell_village), dtype=np.int64), Csr.from_lists([[] for _ in columns])
    alternatives = Alternatives(
        np.array([column.block for column in columns], dtype=np.int64),
        np.array([column.worth for column in columns], dtype=np.int64),
        Csr.from_lists(demand),
        Csr.from_lists(rows),
        nothing,
        none,
        np.zeros(len(problem.rows.rhs), dtype=np.int64),
        none,
        0,
    )
    constant = problem.constant / UNITS_PER_PERSON
    try:
        chosen = choose_exactly(
            problem,
            alternatives,
            least=least - constant,
            target=target - constant,
            time_limit=time_limit,
            work_limit=work_limit,
            workers=workers,
            seed=seed,
            cancel=cancel,
        )
    except OverflowError:
        return None
    if chosen is None:
        return None
    built = [columns[place].built for place in chosen.chosen.tolist()]
    return Sets(np.concatenate(built), constant + chosen.value)


def _pairs(entries: tuple[Ints, Ints]) -> list[tuple[int, int]]:
    """Index and value of each entry."""
    return list(zip(*(one.tolist() for one in entries), strict=True))


def _model(master: Master, columns: Sequence[Column], sets: Sequence[Sequence[int]]) -> tuple[MipModel, int]:
    """The program, and the number of its first block plan: after the plans comes one 0/1 column per set.

    A row per set: the weights of its plans add up to the set's own.
    """
    program = master.program(columns)
    rows, count = len(program.row_lower), len(columns)
    first = len(program.costs) - count
    owner = np.empty(count, dtype=np.int64)
    for number, members in enumerate(sets):
        owner[list(members)] = number
    starts = program.start.copy()
    starts[first:] += np.arange(count + 1)  # each plan has one entry more, its set's
    index = np.insert(program.index, program.start[first + 1 :], rows + owner)
    value = np.insert(program.value, program.start[first + 1 :], 1.0)
    own = np.arange(len(sets), dtype=np.int64)
    kinds = np.zeros(first + count + len(sets), dtype=np.bool_)
    kinds[first + count :] = True
    upper = np.full(len(kinds), np.inf)
    upper[first + count :] = 1.0
    none = np.zeros(len(sets))
    model = MipModel(
        np.concatenate([program.costs, none]),
        np.zeros(len(kinds)),
        upper,
        kinds,
        np.concatenate([program.row_lower, none]),
        np.concatenate([program.row_upper, none]),
        Matrix(
            np.concatenate([starts, starts[-1] + 1 + own]),
            np.concatenate([index, rows + own]),
            np.concatenate([value, -np.ones(len(sets))]),
        ),
        columnwise=True,
    )
    return model, first
