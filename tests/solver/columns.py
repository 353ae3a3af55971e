"""Block plans of random flat problems as columns: what masters are made of."""

from __future__ import annotations

import numpy as np

from liftplan.solver.columns import Column, make_column
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Problem

from .flat import multipliers


def columns_of(problem: Problem, oracle: Oracle, rng: np.random.Generator, rounds: int = 20) -> list[Column]:
    """Columns that the oracle finds at random prices, in order of appearance, none twice."""
    found: dict[tuple[int, bytes], Column] = {}
    for _ in range(rounds):
        prices = price(problem, multipliers(problem, rng), 0)
        for answer in oracle.ask(prices, Effort(0), range(problem.blocks)):
            if answer.value is not None:
                blocks = oracle.static.blocks
                column = make_column(problem, blocks, answer.block, answer.built, answer.take, answer.topup)
                found[column.block, column.key()] = column
    return list(found.values())
