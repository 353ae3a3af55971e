"""Block plans of random flat problems as columns: what masters are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from liftplan.solver.columns import Column, key_of, make_columns
from liftplan.solver.generation import MISSING
from liftplan.solver.master import Master, Mixture
from liftplan.solver.oracle.oracle import Effort, Oracle
from liftplan.solver.oracle.pricing import price
from liftplan.solver.problem import Problem

from .flat import multipliers, random_problem


def columns_of(problem: Problem, oracle: Oracle, rng: np.random.Generator, rounds: int = 20) -> list[Column]:
    """Columns that the oracle finds at random prices, in order of appearance, none twice."""
    found: dict[tuple[int, bytes], Column] = {}
    for _ in range(rounds):
        prices = price(problem, multipliers(problem, rng), 0)
        for answer in oracle.ask(prices, Effort(0), range(problem.blocks)):
            if answer.value is not None:
                blocks = oracle.static.blocks
                column = make_columns(problem, blocks, [answer])[0]
                found[column.block, key_of(column)] = column
    return list(found.values())


@dataclass
class Case:
    """A problem with some block plans, and the master over all of them."""

    problem: Problem
    oracle: Oracle
    columns: list[Column]
    mixture: Mixture

    @property
    def whole(self) -> bool:
        """Whether the mixture keeps all hard rows."""
        return self.mixture.missing < MISSING


@cache
def case(seed: int) -> Case:
    """A random problem with the columns of a few prices."""
    problem = random_problem(seed, blocks=2)
    oracle = Oracle(problem, 1)
    columns = columns_of(problem, oracle, np.random.default_rng(seed))
    return Case(problem, oracle, columns, solved(problem, columns))


def solved(problem: Problem, columns: list[Column]) -> Mixture:
    """The mixture of some columns."""
    master = Master(problem)
    master.add(columns)
    return master.solve()
