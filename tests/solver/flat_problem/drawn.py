"""Random flat problems, small enough to try every choice."""

from __future__ import annotations

import itertools

import numpy as np

from liftplan.solver.engines.highs import Lp, Matrix
from liftplan.solver.flat import FlatProblem, Option, Source, flat_problem


def drawn(seed: int, groups: int = 5, options: int = 4) -> FlatProblem:
    """Sources that overlap, some with minimums, some options that nobody pays; about a fifth have no choice at all."""
    rng = np.random.default_rng(seed)
    names = ["road", "house", "farm", "school"][: int(rng.integers(1, 5))]
    tight = float(rng.uniform(0.1, 0.6))
    taken = []
    for _ in range(groups):
        group = []
        for _ in range(int(rng.integers(1, options + 1))):
            costs = {name: int(rng.integers(0, 40)) for name in names if rng.random() < 0.7}
            if rng.random() < 0.05:
                costs["nobody's"] = int(rng.integers(0, 3))
            group.append(Option(int(rng.integers(-5, 60)), costs))
        if rng.random() < 0.7:
            group.append(Option(0))
        taken.append(group)
    sources = []
    for number in range(int(rng.integers(1, 5))):
        amount = int(rng.integers(0, int(40 * groups * tight) + 2))
        pays = [name for name in names if rng.random() < 0.6]
        minimum = int(rng.integers(0, amount + 1)) if rng.random() < 0.3 else 0
        sources.append(Source(f"s{number}", amount, pays, minimum // 2))
    return flat_problem(taken, sources)


def hard(seed: int) -> FlatProblem:
    """Too many choices to try, and too many sources for branch and bound to finish in a second."""
    rng = np.random.default_rng(seed)
    names = [f"c{number}" for number in range(25)]
    groups = []
    for _ in range(40):
        group = [Option(0)]
        for _ in range(9):
            costs = {name: int(rng.integers(0, 100)) for name in names}
            group.append(Option(int(sum(costs.values()) * rng.uniform(0.9, 1.1)) // 10, costs))
        groups.append(group)
    return flat_problem(groups, [Source(name, 1_500, [name]) for name in names])


def payable(problem: FlatProblem, choice: tuple[int, ...]) -> bool:
    """Whether sources can pay a choice of options, by a linear program (a transport problem has whole optima)."""
    if set(choice) & set(problem.barred.tolist()):
        return False
    spent = problem.spent(np.array(choice))
    into, source = problem.payers.owner_of_entry(), problem.payers.index
    arcs = len(source)
    lp = Lp()
    lp.add_cols(np.zeros(arcs), 0.0, np.inf)
    row = np.concatenate([into, len(problem.classes) + source])
    column = np.tile(np.arange(arcs), 2)
    order = np.argsort(row, kind="stable")
    rows = len(problem.classes) + len(problem.sources)
    matrix = Matrix(np.searchsorted(row[order], np.arange(rows + 1)), column[order], np.ones(2 * arcs))
    lp.add_rows(np.concatenate([spent, problem.minimum]), np.concatenate([spent, problem.amount]), matrix)
    return lp.solve().status == "optimal"


def best_of_all(problem: FlatProblem) -> int | None:
    """The largest value of a choice that can be paid, by trying all, dearest first."""
    groups = [range(first, last) for first, last in itertools.pairwise(problem.start.tolist())]
    values = problem.values.tolist()
    ranked = sorted(itertools.product(*groups), key=lambda choice: -sum(values[option] for option in choice))
    return next((sum(values[option] for option in choice) for choice in ranked if payable(problem, choice)), None)
